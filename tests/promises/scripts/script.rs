//! What is to happen in a run, at random.

/// What happens in each attempt of each visit follows from this.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub(super) seed: u64,
    /// How many attempts of a hundred do not simply succeed.
    pub(super) trouble: u8,
    /// After so many transitions the run goes to its end.
    pub(super) length: u64,
    /// Of which state which attempt a test fails.
    pub(super) faults: Vec<(u8, u32)>,
    /// In milliseconds.
    pub(super) deadline: Option<u64>,
    /// Ends the run then by a token, not by a timeout.
    pub(super) is_cancelled: bool,
}

/// What is seen of a run: a line for each part of an attempt, and the end.
pub(super) type Seen = (Vec<String>, String);

/// What one part of an attempt does.
pub(super) struct Action {
    /// In milliseconds, one wait after the other; one of 0 lets others run.
    pub(super) waits: Vec<u64>,
    pub(super) end: Result<(), Trouble>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Trouble {
    Fails,
    FailsForGood,
    Panics,
}

/// The parts of an attempt.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Run,
    Prep,
    Exec,
    Fallback,
    Post,
    Undo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    S0,
    S1,
    S2,
    S3,
    S4,
    S5,
    S6,
    S7,
    Fill,
    End,
}

impl Way {
    pub(super) const STATES: [Self; 8] =
        [Self::S0, Self::S1, Self::S2, Self::S3, Self::S4, Self::S5, Self::S6, Self::S7];
}

impl Script {
    /// A number that depends on nothing but these. (The mixing is SplitMix64's.)
    fn random(&self, of: &[u64]) -> u64 {
        of.iter().fold(self.seed, |seed, n| {
            let mut z = (seed ^ n).wrapping_add(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        })
    }

    pub(super) fn action(&self, visit: u64, attempt: u32, part: Part) -> Action {
        let at = |what| self.random(&[visit, attempt.into(), part as u64, what]);
        if at(0) % 100 >= self.trouble.into() {
            let waits = if at(1).is_multiple_of(4) { vec![at(2) % 2 * 700] } else { Vec::new() };
            return Action { waits, end: Ok(()) };
        }
        let count = at(3) % 4;
        let long = [0, 0, 700, 700, 1_300, 1_300, 2_600, 3_900, 5_500, 1_000_000];
        let waits = (0..count).map(|n| long[at(10 + n) as usize % long.len()]).collect();
        let end = match at(4) % 16 {
            0..8 => Ok(()),
            8..14 => Err(Trouble::Fails),
            14 => Err(Trouble::FailsForGood),
            _ => Err(Trouble::Panics),
        };
        Action { waits, end }
    }

    pub(super) fn way(&self, visit: u64) -> Way {
        match self.random(&[visit, 1 << 40]) {
            _ if visit >= self.length => Way::End,
            fill if fill % 1000 == 0 => Way::Fill,
            way => Way::STATES[(way >> 20) as usize % 8],
        }
    }
}
