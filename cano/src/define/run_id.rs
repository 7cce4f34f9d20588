use std::{
    error::Error,
    fmt,
    hash::{BuildHasher, RandomState},
    str::FromStr,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

/// The id of a run, unique among the runs of all processes. It prints as 32 hexadecimal digits, and is read from them.
///
/// A program that keeps the id of each run, in a database for instance, can repeat a run that it did not see the end
/// of, under the same [idempotency keys](crate::Cx::idempotency_key):
///
/// ```
/// use cano::{RunId, RunOptions};
///
/// let kept = RunId::next().to_string();
/// // After a restart:
/// let options = RunOptions::new().with_run_id(kept.parse()?);
/// # drop(options);
/// # Ok::<(), cano::ParseRunIdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
// Two words, not one of 16 bytes: that would align a run's future to 16 bytes.
pub struct RunId(u64, u64);

impl RunId {
    /// An id that no other run has.
    #[must_use]
    pub fn next() -> Self {
        // The process's own number, by the system's randomness, and a count.
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
        Self::of(mixed ^ mixed.rotate_right(61))
    }

    #[expect(clippy::cast_possible_truncation, reason = "the two halves")]
    fn of(number: u128) -> Self {
        Self((number >> 64) as u64, number as u64)
    }

    fn number(self) -> u128 {
        u128::from(self.0) << 64 | u128::from(self.1)
    }
}

/// A text that is not the id of a run: that has 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseRunIdError(());

impl FromStr for RunId {
    type Err = ParseRunIdError;

    fn from_str(text: &str) -> Result<Self, ParseRunIdError> {
        // A number could have a sign, or be shorter.
        let is_id = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u128::from_str_radix(text, 16).ok().filter(|_| is_id);
        number.map(Self::of).ok_or(ParseRunIdError(()))
    }
}

impl fmt::Display for ParseRunIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of a run has 32 hexadecimal digits")
    }
}

impl Error for ParseRunIdError {}

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
