//! From civil times to instants of a zone.

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};

use super::fields::Fields;

const SECOND: jiff::SignedDuration = jiff::SignedDuration::from_secs(1);
/// More than any offset differs from another.
const TWO_DAYS: jiff::SignedDuration = jiff::SignedDuration::from_hours(48);

/// Each matching civil time fires at exactly one instant, which never goes back as the civil time goes on.
pub(super) fn next_once(fields: &Fields, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
    let mut civil = whole_second(zone.to_datetime(after));
    loop {
        civil = fields.at_or_after(civil.checked_add(SECOND).ok()?)?;
        // In the second pass of a repeated hour, what matches there has fired already.
        let instant = the_instant(zone, civil)?;
        if instant > after {
            return Some(instant);
        }
    }
}

/// The first of two, or the first one after a gap.
fn the_instant(zone: &TimeZone, civil: DateTime) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(civil).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(civil).ok(),
        AmbiguousOffset::Gap { after, .. } => {
            let before_the_gap = after.to_timestamp(civil).ok()?;
            Some(zone.following(before_the_gap).next()?.timestamp())
        }
    }
}

/// Every instant at which the clock shows a matching time, one span of constant offset after the other.
pub(super) fn next_shown(fields: &Fields, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
    let mut from = Timestamp::from_second(after.as_nanosecond().div_euclid(1_000_000_000) as i64 + 1).ok()?;
    loop {
        let offset = zone.to_offset(from);
        let civil = offset.to_datetime(from);
        let end = zone.following(from).next().map(|transition| transition.timestamp());
        match fields.at_or_after(civil) {
            Some(shown) => {
                let instant = offset.to_timestamp(shown).ok();
                if instant.is_some_and(|instant| end.is_none_or(|end| instant < end)) {
                    return instant;
                }
            }
            // Only a clock that is set back could show one once more.
            None => {
                fields.at_or_after(civil.checked_sub(TWO_DAYS).ok()?)?;
            }
        }
        from = end?;
    }
}

fn whole_second(civil: DateTime) -> DateTime {
    civil.with().subsec_nanosecond(0).build().unwrap_or(civil)
}
