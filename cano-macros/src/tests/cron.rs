//! What the macro says of a cron expression is what the scheduler says, which reads it with the `cron` crate.

use cano::schedule::{Cron, CronError};
use proptest::prelude::*;

use crate::cron::{Fault, check};

/// The verdict, as far as it can be compared: the field by its name.
fn ours(expression: &str) -> Result<(), String> {
    check(expression).map_err(|fault| match fault {
        Fault::Count(found) => format!("{found} fields"),
        Fault::Field { field, text, .. } => format!("{} {text}", field.name()),
        Fault::Never { field, text } => format!("never: {} {text}", field.name()),
    })
}

fn the_schedulers(expression: &str) -> Result<(), String> {
    Cron::new(expression).map(drop).map_err(|error| match error {
        CronError::FieldCount { found, .. } => format!("{found} fields"),
        CronError::Field { field, text, .. } => format!("{field} {text}"),
        CronError::NeverFires { field, text, .. } => format!("never: {field} {text}"),
        error => panic!("{error}"),
    })
}

#[test]
fn what_is_wrong_is_wrong_for_both_and_in_the_same_field() {
    for wrong in [
        "",
        "0 9",
        "@dayly",
        "@daily x",
        "0 0 0 0 0 0 0 0",
        "60 * * * * *",
        "* 60 * * * *",
        "0 24 * * *",
        "* * * 0 * *",
        "* * * 32 * *",
        "* * * * 13 *",
        "* * * * * 8",
        "* * * * * 0",
        "* * * * 8",
        "* * * * 6-8",
        "* * * * 1-+5",
        "* * * * 5/8",
        "* * * * 5/+2",
        "* * * * */8",
        "* * * * * * 1969",
        "* * * * * * 2101",
        "5-1 * * * * *",
        "*/0 * * * * *",
        "*/60 * * * * *",
        "1- * * * * *",
        "1,,2 * * * * *",
        "*5 * * * * *",
        "5* * * * * *",
        "* * * * * MON5",
        "* * * * * MON/2",
        "* * * * * MON-5",
        "* * * * * SUN-MON-TUE",
        "* * * * * SAT-SUN",
        "* * * * Foo *",
        "MON * * * * *",
        "? * * * * *",
        "* * * * ? *",
        "+5 * * * * *",
        "99999999999 * * * * *",
        "0 0 0 30 2 *",
        "0 0 0 31 4,6,9,11 *",
        "0 0 0 29 2 * 2100",
        "0 0 0 29 2 * 2025-2027",
        "0 0 30 2 *",
        "0 0 9 L-5 * *",
        "0 0 9 * sept *",
        "0 0 9 1 1 2 2026",
        "ä * * * * *",
    ] {
        let said = ours(wrong);
        assert!(said.is_err(), "{wrong}");
        assert_eq!(said, the_schedulers(wrong), "{wrong}");
    }
}

#[test]
fn what_is_right_is_right_for_both() {
    for right in [
        "@daily",
        " @weekly ",
        "0 9 * * *",
        "0 9 * * 0,7",
        "0 9 * * 1/2",
        "0 9 * * Mon-fri",
        "0 9 30 2 1",
        "0 0 9 ? * MON-FRI/2",
        "0 0 9 * January,FEB,sep *",
        "0 0 9 * * tues,thurs",
        "007 0 9 * * *",
        "0/15,3,10-20/5 * * * * *",
        "0 0 0 29 2 * 2028",
        "0 0 0 29 2 1",
        "* * * * * * 1970-2100",
    ] {
        assert_eq!((ours(right), the_schedulers(right)), (Ok(()), Ok(())), "{right}");
    }
}

#[test]
fn a_message_says_why_a_field_cannot_be_read() {
    for (wrong, why) in [
        ("0 25 * * *", ": hour `25` cannot be read: `25` is not one of its values"),
        ("0 17-9 * * *", ": hour `17-9` cannot be read: the range `17-9` ends before it begins"),
        ("0 9 * * 1-8", ": day of week `1-8` cannot be read: `8` is not one of its values"),
        ("*/0 * * * *", ": minute `*/0` cannot be read: a step is 1 to 59, not `0`"),
        ("0 9 * Jab *", ": month `Jab` cannot be read: nothing is named `Jab` here"),
        ("0 9 L * *", ": day of month `L` cannot be read: nothing is named `L` here"),
        ("0 9 1- * *", ": day of month `1-` cannot be read: something is missing beside a `,`, `-` or `/`"),
        ("0 0 31 2 *", " never fires: day of month `31` leaves no date that exists"),
        ("0 9 * *", " has 4 fields"),
    ] {
        assert_eq!(check(wrong).expect_err(wrong).rule(), why);
    }
}

/// A piece of a field, right or wrong.
fn item() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[0-9]{1,2}",
        3 => "[*?]",
        3 => "[0-9]{1,2}-[0-9]{1,2}",
        3 => "[*0-9]/[0-9]{1,2}",
        2 => "[0-9]-[0-9]{1,2}/[0-9]",
        2 => "(jan|Feb|MAY|dec|sunday|Mon|tues|FRI|Sat)(-(Mar|sat|Tue|DEC))?(/[0-9])?",
        1 => "(19|20|21)[0-9]{2}(-20[0-9]{2})?",
        1 => "[0-9*?,/a-c+-]{1,5}",
    ]
}

fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just("*".to_owned()),
        5 => prop::collection::vec(item(), 1..3).prop_map(|items| items.join(",")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_say_the_same_of_random_expressions(
        fields in prop::collection::vec(field(), 4..=8)
    ) {
        let expression = fields.join(" ");
        prop_assert_eq!(ours(&expression), the_schedulers(&expression), "{}", expression);
    }

    #[test]
    fn both_say_the_same_of_each_field_alone(item in item(), place in 0_usize..7) {
        let mut fields = ["*"; 7];
        fields[place] = &item;
        let expression = fields.join(" ");
        prop_assert_eq!(ours(&expression), the_schedulers(&expression), "{}", expression);
    }

    #[test]
    fn both_find_the_same_dates(
        day in 28_u32..32, month in 1_u32..13, weekday in "[*1-7]", year in 2095_u32..2101, crontab: bool
    ) {
        let expression = match crontab {
            true => format!("0 0 {day} {month} {weekday}"),
            false => format!("0 0 0 {day} {month} {weekday} {year}"),
        };
        prop_assert_eq!(ours(&expression), the_schedulers(&expression), "{}", expression);
    }
}
