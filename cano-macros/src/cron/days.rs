//! Whether any date matches.

/// After so many years the calendar repeats itself.
const CYCLE: u32 = 400;
/// From which on there are slots.
const FIRST_YEAR: u32 = 1970;

/// Whether there is such a date. Days of week are counted from Sunday, which is 1.
pub(super) fn has_a_date(
    days: &[u32],
    months: &[u32],
    weekdays: &[u32],
    years: &[u32],
    either_day: bool,
) -> bool {
    // Of all years are also those for which there is no number.
    let is_every_year = years.len() == super::Field::Year.all().len();
    let is_day = |year: u32, month: u32, day: u32| {
        let (by_number, by_weekday) = (days.contains(&day), weekdays.contains(&weekday(year, month, day)));
        if either_day { by_number || by_weekday } else { by_number && by_weekday }
    };
    (FIRST_YEAR..=FIRST_YEAR + CYCLE).filter(|year| is_every_year || years.contains(year)).any(|year| {
        months.iter().any(|month| (1..=days_in(year, *month)).any(|day| is_day(year, *month, day)))
    })
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// By Sakamoto's method.
fn weekday(year: u32, month: u32, day: u32) -> u32 {
    const SHIFTS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = if month < 3 { year - 1 } else { year };
    (year + year / 4 - year / 100 + year / 400 + SHIFTS[month as usize - 1] + day) % 7 + 1
}
