use jiff::Timestamp;

/// An instant in 8 bytes, where [`Timestamp`] takes 16; every schedule has four of them. The year 2262 stands for all
/// that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Nanos(i64);

impl Nanos {
    pub(super) fn before(self) -> Self {
        Self(self.0.saturating_sub(1))
    }
}

impl From<Timestamp> for Nanos {
    fn from(time: Timestamp) -> Self {
        let nanos = time.as_nanosecond();
        Self(i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl From<Nanos> for Timestamp {
    fn from(nanos: Nanos) -> Self {
        Self::from_nanosecond(nanos.0.into()).unwrap_or(Self::MAX)
    }
}
