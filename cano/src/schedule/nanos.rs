use std::num::NonZeroU64;

use jiff::Timestamp;

/// An instant in 8 bytes, also where there may be none, while [`Timestamp`] takes 16; every schedule has four of them.
/// The year 2262 stands for all that follow.
///
/// It counts from the first instant that nanoseconds in an `i64` can say, which itself is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Nanos(NonZeroU64);

/// 1970, counted so.
const EPOCH: i128 = 1 << 63;

impl Nanos {
    /// The last instant that stands for itself alone.
    pub(super) const LAST: Self = Self(NonZeroU64::new(u64::MAX - 1).expect("it is not 0"));

    pub(super) fn before(self) -> Self {
        Self(NonZeroU64::new(self.0.get() - 1).unwrap_or(NonZeroU64::MIN))
    }
}

impl From<Timestamp> for Nanos {
    fn from(time: Timestamp) -> Self {
        let nanos = (time.as_nanosecond() + EPOCH).clamp(1, u64::MAX.into());
        Self(u64::try_from(nanos).ok().and_then(NonZeroU64::new).unwrap_or(NonZeroU64::MIN))
    }
}

impl From<Nanos> for Timestamp {
    fn from(nanos: Nanos) -> Self {
        Self::from_nanosecond(i128::from(nanos.0.get()) - EPOCH).unwrap_or(Self::MAX)
    }
}
