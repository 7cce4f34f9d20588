//! Cron expressions: two dialects, dates that are rare, errors.

use cano::schedule::{Cron, CronError, CronField, Trigger};

use super::time;

fn slots(expression: &str, after: &str, count: usize) -> Vec<String> {
    let cron = Cron::new(expression).expect("an expression");
    let after = time(after);
    let slots = std::iter::successors(cron.next(after, after), |slot| cron.next(*slot, after));
    slots.take(count).map(|slot| slot.to_string()).collect()
}

#[test]
fn six_fields_begin_with_seconds_and_the_week_with_sunday_as_1() {
    // 2026-01-01 is a Thursday.
    assert_eq!(
        slots("30 0 9 * * 2", "2026-01-01T00:00:00Z", 2),
        ["2026-01-05T09:00:30Z", "2026-01-12T09:00:30Z"]
    );
    assert_eq!(slots("0 0 9 * * 1", "2026-01-01T00:00:00Z", 1), ["2026-01-04T09:00:00Z"]);
}

#[test]
fn a_seventh_field_is_the_year() {
    assert_eq!(
        slots("0 0 0 1 1 * 2030-2031", "2026-01-01T00:00:00Z", 3),
        ["2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"]
    );
}

#[test]
fn five_fields_are_those_of_a_crontab_where_0_and_7_are_sunday() {
    for sunday in ["0", "7", "Sun", "7-7"] {
        assert_eq!(slots(&format!("0 9 * * {sunday}"), "2026-01-01T00:00:00Z", 1), ["2026-01-04T09:00:00Z"]);
    }
    let weekend =
        ["2026-01-02T09:00:00Z", "2026-01-03T09:00:00Z", "2026-01-04T09:00:00Z", "2026-01-09T09:00:00Z"];
    assert_eq!(slots("0 9 * * 5-7", "2026-01-02T00:00:00Z", 4), weekend);
    assert_eq!(slots("0 9 * * 5-7/2", "2026-01-02T00:00:00Z", 2), [weekend[0], weekend[2]]);
}

#[test]
fn a_crontab_with_both_days_restricted_fires_on_either() {
    let either =
        ["2026-01-02T00:00:00Z", "2026-01-09T00:00:00Z", "2026-01-13T00:00:00Z", "2026-01-16T00:00:00Z"];
    assert_eq!(slots("0 0 13 * 5", "2026-01-01T00:00:00Z", 4), either);
    // A field that begins with a wildcard does not restrict.
    assert_eq!(slots("0 0 */31 * 4", "2026-01-01T00:00:00Z", 1), ["2026-10-01T00:00:00Z"]);
}

#[test]
fn six_fields_with_both_days_restricted_fire_only_where_both_match() {
    assert_eq!(
        slots("0 0 0 13 * Fri", "2026-01-01T00:00:00Z", 2),
        ["2026-02-13T00:00:00Z", "2026-03-13T00:00:00Z"]
    );
}

#[test]
fn day_31_skips_the_months_that_have_none() {
    let days =
        ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31", "2026-08-31", "2026-10-31", "2026-12-31"];
    let found = slots("0 0 12 31 * *", "2026-01-01T00:00:00Z", 7);
    assert!(found.iter().zip(days).all(|(slot, day)| slot.starts_with(day)), "{found:?}");
}

#[test]
fn the_29th_of_february_comes_every_fourth_year_and_not_in_2100() {
    assert_eq!(
        slots("0 0 29 2 *", "2090-01-01T00:00:00Z", 3),
        ["2092-02-29T00:00:00Z", "2096-02-29T00:00:00Z", "2104-02-29T00:00:00Z"]
    );
    // A Monday among them may be forty years away.
    assert_eq!(slots("0 0 0 29 2 Mon", "2088-01-01T00:00:00Z", 1).len(), 1);
}

#[test]
fn shorthands_are_read() {
    assert_eq!(slots("@daily", "2026-01-01T00:00:00Z", 1), ["2026-01-02T00:00:00Z"]);
    assert_eq!(slots("@weekly", "2026-01-01T00:00:00Z", 1), ["2026-01-04T00:00:00Z"]);
    assert_eq!(slots("@hourly", "2026-01-01T00:00:00Z", 1), ["2026-01-01T01:00:00Z"]);
}

#[test]
fn an_error_quotes_the_expression_and_says_which_field() {
    for (expression, wrong, quoted) in [
        ("61 * * * * *", CronField::Second, "61"),
        ("0 60 * * * *", CronField::Minute, "60"),
        ("0 0 24 * * *", CronField::Hour, "24"),
        ("0 0 0 32 * *", CronField::DayOfMonth, "32"),
        ("0 0 0 0 * *", CronField::DayOfMonth, "0"),
        ("0 0 0 1 Foo *", CronField::Month, "Foo"),
        ("0 0 0 * * 0", CronField::DayOfWeek, "0"),
        ("0 0 0 * * 8", CronField::DayOfWeek, "8"),
        ("0 0 * * 8", CronField::DayOfWeek, "8"),
        ("0 0 * * 5-2", CronField::DayOfWeek, "5-2"),
        ("0 0 0 * * * 1969", CronField::Year, "1969"),
        ("*/0 * * * * *", CronField::Second, "*/0"),
        ("0 5-2 * * * *", CronField::Minute, "5-2"),
        ("0 ? * * * *", CronField::Minute, "?"),
        ("*5 * * * * *", CronField::Second, "*5"),
        ("** * * * * *", CronField::Second, "**"),
        ("0 1, 2 * * *", CronField::Minute, "1,"),
        ("0 1 -2 * * *", CronField::Hour, "-2"),
        ("0 1/ 2 * * *", CronField::Minute, "1/"),
        ("0 0 0 * * L", CronField::DayOfWeek, "L"),
        ("99999999999 * * * * *", CronField::Second, "99999999999"),
    ] {
        let error = Cron::new(expression).unwrap_err();
        let CronError::Field { field, text, .. } = &error else { panic!("{expression}: {error}") };
        assert_eq!((*field, &**text), (wrong, quoted), "{expression}");
        let message = error.to_string();
        assert!(
            message.contains(&format!("`{expression}`")) && message.contains(&wrong.to_string()),
            "{message}"
        );
    }
    assert_eq!(
        Cron::new("0 0 24 * * *").unwrap_err().to_string(),
        "cron expression `0 0 24 * * *`: hour `24` cannot be read: write `*`, a value, a list `a,b`, a range `a-b` or \
         steps `*/n` of 0 to 23"
    );
}

#[test]
fn another_number_of_fields_is_an_error_that_says_which_numbers_there_are() {
    for (expression, count) in
        [("", 0), ("* * * *", 4), ("@reboot", 1), ("* * * * * * * *", 8), ("******", 1)]
    {
        let error = Cron::new(expression).unwrap_err();
        assert!(matches!(error, CronError::FieldCount { found, .. } if found == count), "{error}");
    }
}

#[test]
fn an_expression_without_any_date_is_an_error_that_says_which_field() {
    for (expression, field) in [
        ("0 0 0 31 2 *", CronField::DayOfMonth),
        ("0 0 30 2 *", CronField::DayOfMonth),
        ("0 0 0 31 4,6,9,11 *", CronField::DayOfMonth),
        ("0 0 0 29 2 * 2026", CronField::Year),
    ] {
        let error = Cron::new(expression).unwrap_err();
        assert!(matches!(&error, CronError::NeverFires { field: wrong, .. } if *wrong == field), "{error}");
        assert!(error.to_string().contains(expression));
    }
}

#[test]
fn an_unknown_zone_is_an_error_that_names_it() {
    let error = Cron::new("0 0 9 * * *").unwrap().in_zone("Europe/Bärlin").unwrap_err();
    assert!(error.to_string().contains("`Europe/Bärlin`"), "{error}");
    assert!(matches!(error, CronError::UnknownZone { .. }));
}
