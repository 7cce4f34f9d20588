//! Random scripts, played by a small table, by a large one and by the builder, are seen to go as a model of them says: each
//! attempt and its key, each timeout, fault, fallback, panic and undo, the end, and when.

mod builder;
mod model;
mod rows;
mod script;
mod table;
mod tasks;

use std::{array, time::Duration};

use cano::{CancellationToken, RunOptions, testing::FailAt};
use proptest::{
    collection::vec,
    prop_oneof,
    strategy::{Just, Strategy},
    test_runner::{Config, RngSeed, TestRunner},
};

use self::{
    model::{Catches, predict},
    script::{Script, Seen},
};

/// Hundreds of transitions where little fails, or a few where much does.
fn script() -> impl Strategy<Value = Script> {
    let faults = prop_oneof![2 => Just(Vec::new()), 3 => vec((0_u8..8, 1_u32..9), 1..12)];
    let kind = prop_oneof![
        1 => (Just(0_u8), 200_u64..800),
        1 => (Just(1), 200_u64..800),
        3 => (3_u8..30, 1_u64..60),
    ];
    // No sum of waits comes to this.
    let deadline = prop_oneof![2 => Just(None), 1 => (0_u64..200).prop_map(|n| Some(n * 300 + 57))];
    (proptest::num::u64::ANY, kind, faults, deadline, proptest::bool::ANY).prop_map(
        |(seed, (trouble, length), faults, deadline, is_cancelled)| Script {
            seed,
            trouble,
            length,
            faults,
            deadline,
            is_cancelled,
        },
    )
}

impl Script {
    fn options(&self) -> RunOptions {
        self.with_faults(match self.deadline.map(Duration::from_millis) {
            None => RunOptions::new(),
            Some(deadline) if self.is_cancelled => {
                let token = CancellationToken::new();
                let cancelled = token.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(deadline).await;
                    token.cancel();
                });
                RunOptions::new().with_cancellation(cancelled)
            }
            Some(deadline) => RunOptions::new().with_timeout(deadline),
        })
    }

    fn with_faults(&self, options: RunOptions) -> RunOptions {
        (0..8).fold(options, |options, state| {
            let here = self.faults.iter().filter(|(of, _)| *of == state).map(|(_, attempt)| *attempt);
            match here.collect::<Vec<_>>() {
                none if none.is_empty() => options,
                attempts => options.with_fault(format!("S{state}"), FailAt::attempts(attempts)),
            }
        })
    }
}

fn assert_goes_as_predicted(seen: &Seen, predicted: &Seen, who: &str) {
    let same = seen.0.iter().zip(&predicted.0).take_while(|(seen, predicted)| seen == predicted).count();
    let next = |lines: &Seen| lines.0.get(same).cloned();
    assert_eq!(next(seen), next(predicted), "{who}, after {:?}", &seen.0[same.saturating_sub(5)..same]);
    assert_eq!(seen.1, predicted.1, "{who}");
}

fn config() -> Config {
    Config { cases: 60, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..Config::default() }
}

#[test]
fn a_run_goes_as_a_model_predicts_whoever_drives_it() {
    let result = TestRunner::new(config()).run(&script(), |script| {
        let (with, without) = (predict(&script, Catches::Some), predict(&script, Catches::None));
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
        runtime.block_on(async {
            for is_observed in [false, true] {
                assert_goes_as_predicted(&table::small(&script, is_observed).await, &with, "the small table");
                assert_goes_as_predicted(&table::large(&script, is_observed).await, &with, "the large table");
                assert_goes_as_predicted(&builder::run(&script, is_observed).await, &without, "the builder");
            }
            // What one run alone is given, those at once are not.
            let scripts: [_; 3] = array::from_fn(|n| Script {
                seed: script.seed ^ n as u64,
                faults: Vec::new(),
                deadline: None,
                ..script.clone()
            });
            let several = [table::several_small(&scripts).await, table::several_large(&scripts).await];
            for (seen, script) in several.iter().flat_map(|seen| seen.iter().zip(&scripts)) {
                assert_goes_as_predicted(seen, &predict(script, Catches::Some), "one of several");
            }
        });
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn rows_of_several_tasks_go_alike_in_every_table_observed_or_not() {
    let result = TestRunner::new(config()).run(&script(), |script| {
        let script = Script { length: script.length % 40, ..script };
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
        runtime.block_on(async {
            let seen = rows::small(&script, false).await;
            assert_goes_as_predicted(&rows::small(&script, true).await, &seen, "the small table, observed");
            assert_goes_as_predicted(&rows::large(&script, false).await, &seen, "the large table");
            assert_goes_as_predicted(&rows::large(&script, true).await, &seen, "the large table, observed");
        });
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}
