//! From text to seven fields in the `cron` crate's dialect. It is pure text, so that whoever checks a literal when a
//! program is built can share it.

use super::error::{CronError, CronField};

/// How the fields of an expression are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// 6 or 7 fields, as the `cron` crate reads them.
    SecondsFirst,
    /// 5 fields, as crontab(5) says.
    Crontab,
}

/// The seven fields of an expression, from second to year.
pub(super) struct Written {
    pub(super) dialect: Dialect,
    /// In the `cron` crate's dialect.
    pub(super) fields: [String; 7],
    /// As the user wrote them.
    texts: [String; 7],
}

const FIELDS: [CronField; 7] = [
    CronField::Second,
    CronField::Minute,
    CronField::Hour,
    CronField::DayOfMonth,
    CronField::Month,
    CronField::DayOfWeek,
    CronField::Year,
];

impl Written {
    pub(super) fn read(expression: &str) -> Result<Self, CronError> {
        let expanded = shorthand(expression.trim()).unwrap_or(expression);
        let mut texts: Vec<String> = expanded.split_whitespace().map(str::to_owned).collect();
        let dialect = match texts.len() {
            5 => Dialect::Crontab,
            6 | 7 => Dialect::SecondsFirst,
            found => return Err(CronError::FieldCount { expression: expression.to_owned(), found }),
        };
        if dialect == Dialect::Crontab {
            texts.insert(0, "0".to_owned());
        }
        texts.resize(7, "*".to_owned());
        let texts: [String; 7] = texts.try_into().unwrap_or_default();
        let mut written = Self { dialect, fields: texts.clone(), texts };
        // A separator at the end of a field would join it with the next one.
        let at_an_end = |text: &String| text.starts_with([',', '-', '/']) || text.ends_with([',', '-', '/']);
        if let Some(index) = written.texts.iter().position(at_an_end) {
            return Err(written.fault(expression, index));
        }
        if dialect == Dialect::Crontab {
            let days = crontab_weekdays(&written.texts[5]);
            written.fields[5] = days.ok_or_else(|| written.fault(expression, 5))?;
        }
        Ok(written)
    }

    /// The expression that has this field, and `*` everywhere else.
    pub(super) fn alone(&self, index: usize) -> String {
        let fields: [&str; 7] = std::array::from_fn(|i| if i == index { &*self.fields[i] } else { "*" });
        fields.join(" ")
    }

    pub(super) fn fault(&self, expression: &str, index: usize) -> CronError {
        let (field, text) = (FIELDS[index], self.texts[index].clone());
        CronError::Field { expression: expression.to_owned(), field, text }
    }

    pub(super) fn never(&self, expression: &str, index: usize) -> CronError {
        let (field, text) = (FIELDS[index], self.texts[index].clone());
        CronError::NeverFires { expression: expression.to_owned(), field, text }
    }

    /// Whether the field begins with a wildcard, which is what crontab(5) calls not restricted.
    pub(super) fn is_wildcard(&self, index: usize) -> bool {
        self.texts[index].starts_with(['*', '?'])
    }
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

/// Digits, and no sign.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A day of week of a crontab, where 0 and 7 are Sunday, in the `cron` crate's dialect, where 1 is. Names stay.
fn crontab_weekdays(text: &str) -> Option<String> {
    let items: Option<Vec<String>> = text.split(',').map(crontab_weekday).collect();
    Some(items?.join(","))
}

fn crontab_weekday(item: &str) -> Option<String> {
    let (days, step) = match item.split_once('/') {
        Some((days, step)) => (days, Some(step)),
        None => (item, None),
    };
    if !days.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(item.to_owned());
    }
    let (first, last) = match days.split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        // `n` alone is one day, `n/s` goes on to the end of the week.
        None => {
            let day = number(days)?;
            (day, if step.is_some() { day.max(6) } else { day })
        }
    };
    let step = number(step.unwrap_or("1"))? as usize;
    if first > last || last > 7 || !(1..=7).contains(&step) {
        return None;
    }
    let days = (first..=last).step_by(step).map(|day| (day % 7 + 1).to_string());
    Some(days.collect::<Vec<_>>().join(","))
}
