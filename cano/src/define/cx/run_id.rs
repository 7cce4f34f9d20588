use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

/// The id of a run, unique among the runs of all processes. It prints as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
// Two words, not one of 16 bytes: that would align a run's future to 16 bytes.
pub struct RunId(u64, u64);

impl RunId {
    /// An id that no other run has: a number that is this process's own by the system's randomness, and a count.
    pub(crate) fn next() -> Self {
        static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()));
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(*PROCESS, COUNT.fetch_add(1, Relaxed))
    }

    /// The id of a run within this one, which depends on nothing but where it stands.
    pub(crate) fn nested(self, state: u32, visit: u64, task: u8) -> Self {
        [u128::from(state), u128::from(visit), u128::from(task)].into_iter().fold(self, Self::mix)
    }

    /// One step of FNV-1a's 128-bit form, on a whole word.
    fn mix(self, word: u128) -> Self {
        const PRIME: u128 = (1 << 88) + 0x13b;
        let mixed = (self.number() ^ word).wrapping_mul(PRIME);
        let mixed = mixed ^ mixed.rotate_right(61);
        #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
        Self((mixed >> 64) as u64, mixed as u64)
    }

    fn number(self) -> u128 {
        u128::from(self.0) << 64 | u128::from(self.1)
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.number())
    }
}

impl fmt::Debug for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RunId({self})")
    }
}
