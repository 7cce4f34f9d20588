//! Cron in time zones, compared with brute force.

use cano::schedule::{Cron, Trigger};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use proptest::{
    prop_oneof,
    strategy::{Just, Strategy},
    test_runner::{Config, RngSeed, TestRunner},
};

use super::{
    oracle::{Reading, Shown},
    time,
};

const ZONES: [&str; 14] = [
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Cairo",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "Asia/Tehran",
    "Africa/Casablanca",
    "America/St_Johns",
    "UTC",
];

type Matches = fn(DateTime) -> bool;

/// An expression, how it is to be read, and what it matches, written down once more.
const EXPRESSIONS: [(&str, Reading, Matches); 13] = [
    ("0 * * * * *", Reading::Clock, |_| true),
    ("0 */15 * * * *", Reading::Clock, |t| t.minute() % 15 == 0),
    ("0 30 * * * *", Reading::Clock, |t| t.minute() == 30),
    ("0 5 */2 * * *", Reading::Clock, |t| t.minute() == 5 && t.hour() % 2 == 0),
    ("0 */20 2 * * *", Reading::Clock, |t| t.minute() % 20 == 0 && t.hour() == 2),
    ("0 30 2 * * *", Reading::Once, |t| (t.hour(), t.minute()) == (2, 30)),
    ("0 0 0 * * *", Reading::Once, |t| (t.hour(), t.minute()) == (0, 0)),
    ("0 15,45 1-3 * * *", Reading::Once, |t| [15, 45].contains(&t.minute()) && (1..=3).contains(&t.hour())),
    ("0 59 23 * * Sun", Reading::Once, |t| (t.hour(), t.minute()) == (23, 59) && sunday(t)),
    ("0 0 12 31 * *", Reading::Once, |t| (t.hour(), t.minute(), t.day()) == (12, 0, 31)),
    ("0 0 2 ? 3,10,11 1", Reading::Once, |t| {
        (t.hour(), t.minute()) == (2, 0) && [3, 10, 11].contains(&t.month()) && sunday(t)
    }),
    ("30 2 1-7 * 0", Reading::Once, |t| {
        (t.hour(), t.minute()) == (2, 30) && (sunday(t) || (1..=7).contains(&t.day()))
    }),
    ("0 */3 * * 5-7", Reading::Clock, |t| {
        t.minute() == 0 && t.hour() % 3 == 0 && t.weekday().to_monday_one_offset() >= 5
    }),
];

fn sunday(time: DateTime) -> bool {
    time.weekday().to_monday_one_offset() == 7
}

fn found(cron: &Cron, (from, to): (Timestamp, Timestamp)) -> Vec<Timestamp> {
    let slots = std::iter::successors(cron.next(from, from), |slot| cron.next(*slot, from));
    slots.take_while(|slot| *slot <= to).collect()
}

/// Thirty hours on both sides of each change of clocks from 2005 to 2040, and a few days without one.
fn windows(zone: &TimeZone) -> Vec<(Timestamp, Timestamp)> {
    let hours = |hours: i64| jiff::SignedDuration::from_hours(hours);
    let (begin, end) = (time("2005-01-01T00:00:00Z"), time("2040-01-01T00:00:00Z"));
    let changes = zone.following(begin).map(|change| change.timestamp()).take_while(|change| *change < end);
    let quiet = (0..3).map(|n| begin + hours(29_617 * n + 45));
    changes.chain(quiet).map(|at| (at - hours(30), at + hours(30))).collect()
}

#[test]
fn an_expression_fires_at_the_instants_that_brute_force_finds_in_every_zone() {
    let mut compared = 0;
    for name in ZONES {
        let zone = TimeZone::get(name).unwrap();
        // Most rules repeat; each fifth change of clocks still has every kind of it.
        for window in windows(&zone).into_iter().step_by(5) {
            let shown = Shown::within(&zone, window, 60);
            for (expression, reading, matches) in EXPRESSIONS {
                let cron = Cron::new(expression).unwrap().with_zone(zone.clone());
                let expected = shown.slots(matches, reading);
                assert_eq!(found(&cron, window), expected, "{expression} in {name}, {window:?}");
                compared += expected.len();
            }
        }
    }
    assert!(compared > 200_000, "{compared}");
}

#[test]
fn an_expression_of_seconds_fires_at_the_instants_that_brute_force_finds() {
    let expressions: [(&str, Reading, Matches); 3] = [
        ("*/7 * * * * *", Reading::Clock, |t| t.second() % 7 == 0),
        ("15,30 59 1 * * *", Reading::Once, |t| {
            [15, 30].contains(&t.second()) && (t.hour(), t.minute()) == (1, 59)
        }),
        ("0-58 30-31 2 * * *", Reading::Once, |t| {
            t.second() < 59 && [30, 31].contains(&t.minute()) && t.hour() == 2
        }),
    ];
    for (name, change) in [
        ("Europe/Berlin", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-10-25T01:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
    ] {
        let change: Timestamp = change.parse().unwrap();
        let hours = |hours| jiff::SignedDuration::from_hours(hours);
        let window = (change - hours(3), change + hours(3));
        let zone = TimeZone::get(name).unwrap();
        let shown = Shown::within(&zone, window, 1);
        for (expression, reading, matches) in expressions {
            let cron = Cron::new(expression).unwrap().with_zone(zone.clone());
            let expected = shown.slots(matches, reading);
            assert_eq!(found(&cron, window), expected, "{expression} in {name}, {window:?}");
        }
    }
}

/// A field of a random expression, and the set that it stands for.
fn field(first: i8, last: i8) -> impl Strategy<Value = (String, Vec<i8>)> {
    prop_oneof![
        2 => Just(("*".to_owned(), (first..=last).collect())),
        2 => (first..=last).prop_map(|value| (value.to_string(), vec![value])),
        1 => (2..=last / 2).prop_map(move |step| {
            (format!("*/{step}"), (first..=last).step_by(usize::try_from(step).expect("not negative")).collect())
        }),
        1 => (first..=last, first..=last).prop_map(|(a, b)| {
            let (a, b) = (a.min(b), a.max(b));
            (format!("{a}-{b}"), (a..=b).collect())
        }),
        1 => (first..=last, first..=last).prop_map(|(a, b)| (format!("{a},{b}"), vec![a, b])),
    ]
}

#[test]
fn random_expressions_fire_at_the_instants_that_brute_force_finds() {
    let cases = (0..ZONES.len(), 0..1_000_usize, field(0, 59), field(0, 23), field(1, 31), field(0, 6));
    let config =
        Config { cases: 300, rng_seed: RngSeed::Fixed(17), failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&cases, |(zone, window, minute, hour, day, weekday)| {
        let (name, zone) = (ZONES[zone], TimeZone::get(ZONES[zone]).unwrap());
        let windows = windows(&zone);
        let window = windows[window % windows.len()];
        let expression = [&*minute.0, &hour.0, &day.0, "*", &weekday.0].join(" ");
        let is_wildcard =
            |(text, set): &(String, Vec<i8>), count| text.starts_with('*') || set.len() == count;
        let reading =
            if is_wildcard(&minute, 60) || is_wildcard(&hour, 24) { Reading::Clock } else { Reading::Once };
        let either = !day.0.starts_with('*') && !weekday.0.starts_with('*');
        let matches = |time: DateTime| {
            let by_number = day.1.contains(&time.day());
            let by_weekday = weekday.1.contains(&time.weekday().to_sunday_zero_offset());
            minute.1.contains(&time.minute())
                && hour.1.contains(&time.hour())
                && if either { by_number || by_weekday } else { by_number && by_weekday }
        };
        let cron = Cron::new(&expression).unwrap().with_zone(zone.clone());
        assert_eq!(
            found(&cron, window),
            Shown::within(&zone, window, 60).slots(matches, reading),
            "{expression} in {name}"
        );
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn every_slot_is_later_than_the_instant_it_was_asked_for() {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    for (expression, ..) in EXPRESSIONS {
        let cron = Cron::new(expression).unwrap().with_zone(zone.clone());
        // In the repeated hour of Berlin, each second and half a second.
        for half_seconds in 0..4 * 3_600 {
            let after: Timestamp = "2026-10-24T23:59:59Z".parse().unwrap();
            let after = after + jiff::SignedDuration::from_millis(500 * half_seconds);
            assert!(cron.next(after, after).unwrap() > after, "{expression} after {after}");
        }
    }
}
