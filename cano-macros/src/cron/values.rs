//! The values that a field matches.

use super::{fault::Why, field::Field};

/// The values of a field: a list of `*`, values, ranges and names, all but a single name with a step perhaps.
pub(super) fn values(field: Field, text: &str) -> Result<Vec<u32>, Why> {
    let mut all = Vec::new();
    for item in text.split(',') {
        all.extend(item_values(field, item)?);
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Digits, and nothing else.
pub(super) fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn item_values(field: Field, item: &str) -> Result<Vec<u32>, Why> {
    let Some((base, step)) = item.split_once('/') else {
        return match is_name(item) {
            true => Ok(vec![named(field, item)?]),
            false => Ok(base_values(field, item)?.0),
        };
    };
    let by = number(step).ok_or_else(|| Why::Unreadable(item.to_owned()))?;
    let (mut values, is_one) = base_values(field, base)?;
    let (_, most) = field.bounds();
    if !(1..=most).contains(&by) {
        return Err(Why::Step { step: step.to_owned(), most });
    }
    if is_one {
        // One value with a step goes on to the last one.
        values.extend(values[0] + 1..=most);
    }
    Ok(values.into_iter().step_by(by as usize).collect())
}

/// `*`, a value or a range, in numbers or names; and whether it is one value.
fn base_values(field: Field, text: &str) -> Result<(Vec<u32>, bool), Why> {
    if text == "*" || (text == "?" && field.may_be_any()) {
        return Ok((field.all(), false));
    }
    let unreadable = || Why::Unreadable(text.to_owned());
    let checked = |value: u32| match field.has(value) {
        true => Ok(value),
        false => Err(Why::OutOfRange(value.to_string())),
    };
    let Some((first, last)) = text.split_once('-') else {
        return Ok((vec![checked(number(text).ok_or_else(unreadable)?)?], true));
    };
    let (first, last) = match is_name(first) && is_name(last) {
        true => (named(field, first)?, named(field, last)?),
        false => {
            let (first, last) = number(first).zip(number(last)).ok_or_else(unreadable)?;
            (checked(first)?, checked(last)?)
        }
    };
    if first > last {
        return Err(Why::Backwards(text.to_owned()));
    }
    Ok(((first..=last).collect(), false))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn named(field: Field, name: &str) -> Result<u32, Why> {
    field.named(name).ok_or_else(|| Why::Unnamed(name.to_owned()))
}
