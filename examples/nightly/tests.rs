//! Two nights over a folder, by a paused clock.

use std::fs;

use cano::schedule::Timestamp;
use tokio::time::Instant;

use super::*;

const SAMPLE: &str = include_str!("../orders/sample.csv");

/// A folder of its own, which is removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("cano-nightly-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn files(&self, within: &str) -> usize {
        fs::read_dir(self.0.join(within)).map_or(0, |entries| entries.count())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test(start_paused = true)]
async fn each_night_takes_in_the_files_that_came_since() -> CanoResult<()> {
    let folder = Folder::new("nights");
    let inbox = Arc::new(Inbox::new(folder.0.clone()));
    let scheduler = scheduler(&inbox, Cron::new("0 0 2 * * *")?.in_zone("Europe/Berlin")?)?;
    scheduler.start().await?;
    let nights = scheduler.next_fires("nightly", 2).await?;
    // Not a day each: how many nights are in one depends on when the test begins, and on summer time.
    let start = (Timestamp::now(), Instant::now());
    let an_hour_after = |night: Timestamp| {
        let hour = Duration::from_secs(3_600);
        tokio::time::sleep_until(start.1 + night.duration_since(start.0).unsigned_abs() + hour)
    };

    fs::write(folder.0.join("a.csv"), SAMPLE)?;
    fs::write(folder.0.join("b.csv"), "this is no export")?;
    an_hour_after(nights[0]).await;
    assert_eq!((inbox.ledger().files, folder.files("done"), folder.files("refused")), (1, 1, 1));

    fs::write(folder.0.join("c.csv"), SAMPLE)?;
    an_hour_after(nights[1]).await;
    assert_eq!((inbox.ledger().invoices, folder.files("done")), (42, 2));

    let history = scheduler.history("nightly").await?;
    assert_eq!(history.iter().map(|run| run.slot).collect::<Vec<_>>(), nights);
    assert!(history.iter().all(|run| run.end.is_success()));
    let table = Statuses(&scheduler.list().await).to_string();
    assert!(table.contains("at 02:00 every day, Europe/Berlin"), "{table}");
    assert_eq!(scheduler.stop().await?, StopReport::default());
    Ok(())
}
