//! Cron expressions, read as the scheduler reads them when the program runs: six or seven fields are the `cron` crate's
//! dialect, five are crontab's.
//!
//! A test compares the verdict with the scheduler's own, over random expressions.

mod days;
mod fault;
mod field;
mod values;

pub(crate) use self::fault::Fault;
use self::{
    days::has_a_date,
    fault::Why,
    field::{Field, crontab_weekdays},
    values::values,
};

/// Whether a schedule with this expression can be made, and has a slot.
pub(crate) fn check(expression: &str) -> Result<(), Fault> {
    let expanded = shorthand(expression.trim()).unwrap_or(expression);
    let mut texts: Vec<&str> = expanded.split_whitespace().collect();
    let is_crontab = match texts.len() {
        5 => true,
        6 | 7 => false,
        found => return Err(Fault::Count(found)),
    };
    if is_crontab {
        texts.insert(0, "0");
    }
    texts.resize(7, "*");
    let fields = || Field::ALL.into_iter().zip(&texts);
    for (field, text) in fields() {
        if text.starts_with([',', '-', '/']) || text.ends_with([',', '-', '/']) {
            return Err(Fault::at(field, text, Why::HalfWritten));
        }
    }
    let weekdays = if is_crontab { crontab_weekdays(texts[5]) } else { Ok(texts[5].to_owned()) };
    let weekdays = weekdays.map_err(|why| Fault::at(Field::Weekday, texts[5], why))?;
    let mut sets = Vec::new();
    for (field, text) in fields() {
        let read = if field == Field::Weekday { &weekdays } else { *text };
        sets.push(values(field, read).map_err(|why| Fault::at(field, text, why))?);
    }
    let is_restricted = |text: &str| !text.starts_with(['*', '?']);
    let either_day = is_crontab && is_restricted(texts[3]) && is_restricted(texts[5]);
    let [days, months, weekdays, years] = [&sets[3], &sets[4], &sets[5], &sets[6]];
    if has_a_date(days, months, weekdays, years, either_day) {
        return Ok(());
    }
    let every_year = Field::Year.all();
    let is_the_year = has_a_date(days, months, weekdays, &every_year, either_day);
    let (field, text) = if is_the_year { (Field::Year, texts[6]) } else { (Field::Day, texts[3]) };
    Err(Fault::Never { field, text: text.to_owned() })
}

fn shorthand(expression: &str) -> Option<&'static str> {
    Some(match expression {
        "@yearly" | "@annually" => "0 0 0 1 1 *",
        "@monthly" => "0 0 0 1 * *",
        "@weekly" => "0 0 0 * * 1",
        "@daily" | "@midnight" => "0 0 0 * * *",
        "@hourly" => "0 0 * * * *",
        _ => return None,
    })
}
