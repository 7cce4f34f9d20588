//! How often the states of the table were entered.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

#[derive(Debug, Default)]
pub struct Visits(Mutex<HashMap<String, u64>>);

impl Visits {
    pub fn count(&self, state: &str) {
        let mut visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match visits.get_mut(state) {
            Some(visits) => *visits += 1,
            None => _ = visits.insert(state.to_owned(), 1),
        }
    }

    /// The states with their visits, the busiest first.
    pub fn busiest(&self) -> Vec<(String, u64)> {
        let visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut busiest: Vec<_> = visits.iter().map(|(state, visits)| (state.clone(), *visits)).collect();
        busiest.sort_by(|(a, a_visits), (b, b_visits)| b_visits.cmp(a_visits).then_with(|| a.cmp(b)));
        busiest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_state_comes_first() {
        let visits = Visits::default();

        for state in ["Price", "Read", "Book", "Read"] {
            visits.count(state);
        }

        assert_eq!(visits.busiest(), [("Read".into(), 2), ("Book".into(), 1), ("Price".into(), 1)]);
    }
}
