//! A trigger says in words when it fires.

use cano::schedule::{Cron, Every, EveryAfter, Manual};
use std::time::Duration;

#[test]
fn a_cron_expression_is_said_in_words_with_its_zone_and_dialect() {
    for (expression, words) in [
        ("0 0 9 * * *", "at 09:00 every day, Europe/Berlin"),
        ("0 9 * * *", "at 09:00 every day, Europe/Berlin (crontab)"),
        ("30 0 9,17 * * *", "at 09:00:30 and 17:00:30 every day, Europe/Berlin"),
        ("0 0 9 * * Mon-Fri", "at 09:00 on Monday to Friday, Europe/Berlin"),
        ("0 0 9 1 * *", "at 09:00 on day 1 of the month, Europe/Berlin"),
        ("0 0 9 13 * Fri", "at 09:00 on Friday if it is day 13 of the month, Europe/Berlin"),
        ("0 9 1,15 * 5", "at 09:00 on days 1 and 15 of the month or on Friday, Europe/Berlin (crontab)"),
        ("0 */15 * * * *", "every 15 minutes, Europe/Berlin"),
        ("0 */15 9-17 * * *", "every 15 minutes of hours 9 to 17, Europe/Berlin"),
        ("* * * * * *", "every second, Europe/Berlin"),
        ("0 0 0 1 1 * 2030", "at 00:00 on day 1 of the month in January of 2030, Europe/Berlin"),
    ] {
        let cron = Cron::new(expression).unwrap().in_zone("Europe/Berlin").unwrap();
        assert_eq!(cron.to_string(), words, "{expression}");
    }
    assert_eq!(Cron::new("@daily").unwrap().to_string(), "at 00:00 every day, UTC");
    assert_eq!(
        format!("{:#}", Cron::new("0 9 * * *").unwrap()),
        "at 09:00 every day, UTC (crontab `0 9 * * *`)"
    );
}

#[test]
fn an_interval_is_said_in_its_largest_units() {
    let every = |interval| Every::new(interval).unwrap().to_string();
    assert_eq!(every(Duration::from_secs(90)), "every 1m 30s");
    assert_eq!(every(Duration::from_millis(100)), "every 100ms");
    assert_eq!(every(Duration::from_secs(86_400)), "every 1d");
    assert_eq!(EveryAfter::new(Duration::from_secs(5)).unwrap().to_string(), "5s after each run");
    assert_eq!(Manual.to_string(), "by hand");
}
