//! What a script comes to.

use super::{
    script::{Part, Script, Seen, Trouble, Way},
    tasks::{gate, line},
};

/// Whether `S0`, `S2`, `S4` and `S6` catch every error.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Catches {
    Some,
    None,
}

struct Model<'a> {
    script: &'a Script,
    now: u64,
    lines: Vec<String>,
    /// How many attempts there were of each state.
    made: [u32; 8],
    state: usize,
    visit: u64,
    /// When the run is over, until it is.
    deadline: Option<u64>,
}

/// How an attempt fails.
#[derive(Clone, Copy, PartialEq)]
enum Failure {
    Timeout,
    Error(Trouble),
    /// The run's deadline.
    Over,
}

impl Failure {
    /// Whether no other attempt follows it.
    fn is_final(self) -> bool {
        self.ends_run() || self == Self::Error(Trouble::FailsForGood)
    }

    /// Whether nothing catches it.
    fn ends_run(self) -> bool {
        matches!(self, Self::Over | Self::Error(Trouble::Panics))
    }
}

const FAULT: Failure = Failure::Error(Trouble::Fails);

/// What is known of a task: of an attempt, in milliseconds.
struct Policy {
    retries: u32,
    delay: u64,
    timeout: u64,
}

const POLICIES: [Policy; 4] = [
    Policy { retries: 2, delay: 1_000, timeout: 5_001 },
    Policy { retries: 1, delay: 3_000, timeout: u64::MAX },
    Policy { retries: 2, delay: 1_000, timeout: 3_001 },
    Policy { retries: 2, delay: 2_000, timeout: 4_101 },
];

pub(super) fn predict(script: &Script, catches: Catches) -> Seen {
    let mut model = Model {
        script,
        now: 0,
        lines: Vec::new(),
        made: [0; 8],
        state: 0,
        visit: 0,
        deadline: script.deadline,
    };
    let mut done = Vec::new();
    loop {
        let way = match model.visit() {
            Ok(()) => {
                if model.state % 4 == 1 {
                    done.push((model.state, model.visit));
                }
                script.way(model.visit)
            }
            Err((failure, _))
                if !failure.ends_run() && catches == Catches::Some && model.state.is_multiple_of(2) =>
            {
                Way::STATES[(model.state + 1) % 8]
            }
            Err((_, told)) => {
                model.deadline = None;
                let mut failures = Vec::new();
                for (state, visit) in done.into_iter().rev() {
                    (model.state, model.visit) = (state, visit);
                    failures.extend(model.undo().err());
                }
                let end = if failures.is_empty() { told } else { format!("{told}; {}", failures.join(", ")) };
                return (model.lines, end);
            }
        };
        model.visit += 1;
        match Way::STATES.iter().position(|state| *state == way) {
            Some(next) => model.state = next,
            None => return (model.lines, format!("{way:?}")),
        }
    }
}

impl Model<'_> {
    /// One visit of a state.
    fn visit(&mut self) -> Result<(), (Failure, String)> {
        let policy = &POLICIES[self.state % 4];
        let is_node = self.state % 4 == 3;
        // Whether `prep` has been done.
        let mut is_prepared = false;
        let mut attempt = 1;
        loop {
            let mut is_settled = false;
            let end = if self.has_fault() {
                Err(FAULT)
            } else if let Err(failure) = self.gate(attempt) {
                Err(failure)
            } else if is_node {
                self.node(attempt, policy.timeout, &mut is_prepared, &mut is_settled)
            } else {
                let mut left = policy.timeout;
                self.part(attempt, Part::Run, &mut left)
            };
            let Err(failure) = end else { return Ok(()) };
            let ends = failure.is_final();
            if !is_settled && !ends && attempt <= policy.retries {
                self.wait(policy.delay).map_err(|failure| self.told(failure, attempt))?;
                attempt += 1;
                continue;
            }
            if !is_prepared || is_settled || failure.ends_run() {
                return Err(self.told(failure, attempt));
            }
            let mut left = policy.timeout;
            let end = self.part(attempt, Part::Fallback, &mut left);
            let end = end.and_then(|()| self.part(attempt, Part::Post, &mut left));
            return end.map_err(|failure| self.told(failure, attempt));
        }
    }

    fn node(
        &mut self,
        attempt: u32,
        timeout: u64,
        is_prepared: &mut bool,
        is_settled: &mut bool,
    ) -> Result<(), Failure> {
        let mut left = timeout;
        *is_settled = true;
        if !*is_prepared {
            self.part(attempt, Part::Prep, &mut left)?;
        }
        *is_prepared = true;
        *is_settled = false;
        self.part(attempt, Part::Exec, &mut left)?;
        *is_settled = true;
        self.part(attempt, Part::Post, &mut left)
    }

    /// Whether a fault takes the place of the attempt that begins.
    fn has_fault(&mut self) -> bool {
        self.made[self.state] += 1;
        self.script.faults.contains(&(self.state as u8, self.made[self.state]))
    }

    fn undo(&mut self) -> Result<(), String> {
        let mut attempt = 1;
        loop {
            let mut left = 2_001;
            let end = if self.has_fault() { Err(FAULT) } else { self.part(attempt, Part::Undo, &mut left) };
            let Err(failure) = end else { return Ok(()) };
            if failure.is_final() || attempt == 2 {
                return Err(self.told(failure, attempt).1);
            }
            self.now += 1_000;
            attempt += 1;
        }
    }

    /// What one part of an attempt comes to in the time that is left.
    fn part(&mut self, attempt: u32, part: Part, left: &mut u64) -> Result<(), Failure> {
        let line = line(&format!("S{}-{}", self.state, self.visit), attempt, part);
        self.lines.push(format!("{} {line}", self.now));
        let action = self.script.action(self.visit, attempt, part);
        let takes: u64 = action.waits.iter().sum();
        if takes > *left {
            self.wait(*left)?;
            return Err(Failure::Timeout);
        }
        self.wait(takes)?;
        *left -= takes;
        action.end.map_err(Failure::Error)
    }

    /// What the gate says to an attempt.
    fn gate(&mut self, attempt: u32) -> Result<(), Failure> {
        if ![2, 6, 7].contains(&self.state) {
            return Ok(());
        }
        let (wait, is_open) = gate(self.visit, attempt);
        self.wait(wait)?;
        if is_open { Ok(()) } else { Err(FAULT) }
    }

    fn wait(&mut self, millis: u64) -> Result<(), Failure> {
        self.now += millis;
        match self.deadline {
            Some(deadline) if self.now > deadline => {
                self.now = deadline;
                Err(Failure::Over)
            }
            _ => Ok(()),
        }
    }

    fn told(&self, failure: Failure, attempt: u32) -> (Failure, String) {
        let how = match failure {
            Failure::Timeout => "timed out",
            Failure::Error(Trouble::Panics) => "panicked",
            Failure::Error(_) => "failed",
            Failure::Over => "ended",
        };
        (failure, format!("S{} {how} in attempt {attempt}", self.state))
    }
}
