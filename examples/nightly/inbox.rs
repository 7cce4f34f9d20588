//! The folder, and the ledger that its orders go to.

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fmt, fs};

use indicatif::ProgressBar;

use crate::input::{self, InputError};
use crate::intake::Intake;
use crate::ledger::Ledger;
use crate::money::Money;
use crate::runs;
use crate::summary::Summary;

const JOBS: NonZeroUsize = NonZeroUsize::new(64).unwrap();

pub struct Inbox {
    folder: PathBuf,
    ledger: Arc<Ledger>,
    counts: Mutex<Counts>,
}

/// The totals of all nights.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub files: u64,
    pub invoices: u64,
    pub balance: Money,
}

impl Inbox {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, ledger: Arc::default(), counts: Mutex::default() }
    }

    /// The file that comes first by its name.
    pub fn next(&self) -> io::Result<Option<PathBuf>> {
        let entries = fs::read_dir(&self.folder)?.collect::<io::Result<Vec<_>>>()?;
        let files = entries.into_iter().map(|entry| entry.path());
        Ok(files.filter(|file| file.is_file() && file.extension().is_some_and(|end| end == "csv")).min())
    }

    /// Takes every invoice of the file to an exit of the orders' table.
    pub async fn take_in(&self, file: &Path) -> Result<(), InputError> {
        let invoices = input::read(&[file.to_owned()])?;
        let runs = runs::all(Intake::workflow(), invoices, JOBS, &self.ledger, &ProgressBar::hidden()).await;
        let summary = Summary::of(runs);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.files += 1;
        counts.invoices += summary.invoices;
        counts.balance = self.ledger.balance();
        Ok(())
    }

    /// Moves the file to a folder within the inbox.
    pub fn put_away(&self, file: &Path, folder: &str) -> io::Result<()> {
        let folder = self.folder.join(folder);
        fs::create_dir_all(&folder)?;
        fs::rename(file, folder.join(file.file_name().unwrap_or_default()))
    }

    pub fn ledger(&self) -> Counts {
        *self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { files, invoices, balance } = self;
        writeln!(f, "files: {files}, invoices: {invoices}, balance of the ledger: {balance}")
    }
}
