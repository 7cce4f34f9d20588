use std::collections::VecDeque;

use tokio::time::Instant;

use super::rule::Rule;

/// The calls that count: the last ones, and of these the young ones.
pub(super) struct Window {
    /// When each ended, and whether it failed; the oldest first.
    calls: VecDeque<(Instant, bool)>,
    failures: u32,
}

impl Window {
    pub(super) const fn new() -> Self {
        Self { calls: VecDeque::new(), failures: 0 }
    }

    pub(super) fn calls(&self) -> u32 {
        u32::try_from(self.calls.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn failures(&self) -> u32 {
        self.failures
    }

    pub(super) fn clear(&mut self) {
        self.calls.clear();
        self.failures = 0;
    }

    pub(super) fn push(&mut self, failed: bool, rule: &Rule, now: Instant) {
        if self.calls() == rule.of {
            self.forget_oldest();
        }
        self.calls.push_back((now, failed));
        self.failures += u32::from(failed);
        self.forget_old(rule, now);
    }

    pub(super) fn forget_old(&mut self, rule: &Rule, now: Instant) {
        let Some(window) = rule.window else { return };
        while self.calls.front().is_some_and(|(at, _)| now.saturating_duration_since(*at) > window) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, failed)) = self.calls.pop_front() {
            self.failures -= u32::from(failed);
        }
    }
}
