use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

/// Names one run, among all runs of all processes. It prints as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(u128);

impl RunId {
    /// An id that no other run has: a number that is this process's own by the system's randomness, and a count.
    pub(crate) fn next() -> Self {
        static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()));
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self(u128::from(*PROCESS) << 64 | u128::from(COUNT.fetch_add(1, Relaxed)))
    }

    /// The id of a run within this one, which depends on nothing but where it stands.
    pub(crate) fn nested(self, state: u32, visit: u64, task: u32) -> Self {
        [u128::from(state), u128::from(visit), u128::from(task)].into_iter().fold(self, Self::mix)
    }

    /// One step of FNV-1a's 128-bit form, on a whole word.
    fn mix(self, word: u128) -> Self {
        const PRIME: u128 = (1 << 88) + 0x13b;
        let mixed = (self.0 ^ word).wrapping_mul(PRIME);
        Self(mixed ^ mixed.rotate_right(61))
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RunId({self})")
    }
}
