//! The table: what happens in a night, file by file, until the folder is empty.

use std::path::{Path, PathBuf};

use cano::prelude::*;

use crate::inbox::Inbox;
use crate::input::InputError;

#[task]
async fn look(store: &Inbox) -> std::io::Result<Option<PathBuf>> {
    store.next()
}

#[task]
async fn take_in(file: &Path, store: &Inbox) -> Result<(), InputError> {
    store.take_in(file).await
}

#[task]
async fn put_away(file: &Path, store: &Inbox) -> std::io::Result<()> {
    store.put_away(file, "done")
}

#[task]
async fn refuse(file: &Path, fault: &CanoError, store: &Inbox) -> std::io::Result<()> {
    eprintln!("{}: {fault:#}", file.display());
    store.put_away(file, "refused")
}

workflow! {
    #[store(Inbox)]
    pub enum Night {
        #[start]
        Look = match look {
            Some(file) => TakeIn { file },
            None => Over,
        },
        #[catch(fault => Refuse { file, fault })]
        TakeIn { file: PathBuf } = take_in(file) >> PutAway { file },
        PutAway { file: PathBuf } = put_away(file) >> Look,
        Refuse { file: PathBuf, fault: CanoError } = refuse(file, fault) >> Look,
        #[exit] Over,
    }
}
