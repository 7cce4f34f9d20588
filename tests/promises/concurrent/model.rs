//! Random runs, ends and strategies against a model of what they come to, on a paused clock.

use std::time::Duration;

use cano::WaitStrategy;
use proptest::prelude::*;

use super::{End, Job, at_most, letters, workflow};
use crate::log::Log;

fn jobs() -> impl Strategy<Value = Vec<(u64, End)>> {
    let end = prop_oneof![3 => Just(End::Succeed), 2 => Just(End::Fail), 1 => Just(End::Panic)];
    let jobs = proptest::collection::vec((0..20_u64, end), 0..12);
    // No two sums of these are equal, and none is odd, as the waits are: so no two things that matter are at once.
    jobs.prop_map(|jobs| (1_u64..).zip(jobs).map(|(i, (n, end))| (n * 10_000 + (1 << i), end)).collect())
}

fn strategies() -> impl Strategy<Value = WaitStrategy> {
    let duration = (0..25_u64).prop_map(|n| Duration::from_millis(10_000 * n + 1));
    let quota = 0..15_usize;
    prop_oneof![
        Just(WaitStrategy::WaitForever),
        quota.clone().prop_map(WaitStrategy::WaitForQuota),
        duration.clone().prop_map(WaitStrategy::WaitDuration),
        (quota, duration).prop_map(|(quota, duration)| WaitStrategy::WaitQuotaOrDuration { quota, duration }),
    ]
}

/// When the run of each job ends, if it may: each begins as soon as one of `limit` places is free.
fn ends(jobs: &[(u64, End)], limit: usize) -> Vec<u64> {
    let mut places = vec![0; limit];
    let mut end = |(millis, _): &(u64, End)| {
        let place = places.iter_mut().min().expect("a limit is not 0");
        *place += millis;
        *place
    };
    jobs.iter().map(&mut end).collect()
}

/// When the wait ends: after a time, or as soon as the ends up to then are enough.
fn wait_ends(jobs: &[(u64, End)], ends: &[u64], strategy: WaitStrategy) -> u64 {
    let (quota, duration) = match strategy {
        WaitStrategy::WaitForever => (None, None),
        WaitStrategy::WaitForQuota(quota) => (Some(quota), None),
        WaitStrategy::WaitDuration(duration) => (None, Some(duration)),
        WaitStrategy::WaitQuotaOrDuration { quota, duration } => (Some(quota), Some(duration)),
    };
    let mut moments: Vec<_> = ends.to_vec();
    moments.push(0);
    moments.sort_unstable();
    let met = |at: &u64| {
        let ended = |success: bool| {
            let is =
                |((_, end), at_end): (&(u64, End), &u64)| at_end <= at && (*end == End::Succeed) == success;
            jobs.iter().zip(ends).filter(|both| is(*both)).count()
        };
        let (succeeded, failed) = (ended(true), ended(false));
        match quota.filter(|quota| *quota <= jobs.len()) {
            Some(quota) => succeeded >= quota || jobs.len() - failed < quota,
            None => succeeded + failed == jobs.len(),
        }
    };
    let enough = moments.into_iter().find(met).expect("all have ended at last");
    duration.map_or(enough, |duration| u64::try_from(duration.as_millis()).expect("it is short").min(enough))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn concurrent_runs_keep_their_promises(jobs in jobs(), strategy in strategies(), limit in 1..6_usize) {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let log = Log::new();
            let stores: Vec<_> = jobs
                .iter()
                .map(|(millis, end)| Job { time: Duration::from_millis(*millis), end: *end, log: log.clone() })
                .collect();
            let runs = workflow().runs(stores).with_limit(at_most(limit));

            let (results, status) = runs.execute(strategy).await;

            let ends = ends(&jobs, limit);
            let until = wait_ends(&jobs, &ends, strategy);
            let expected: String = jobs
                .iter()
                .zip(&ends)
                .map(|((_, end), at)| match end {
                    _ if *at > until => 'C',
                    End::Succeed => 'S',
                    End::Fail | End::Panic => 'F',
                })
                .collect();
            prop_assert_eq!(letters(&results), expected);
            prop_assert_eq!(status.duration, Duration::from_millis(until));
            prop_assert_eq!(status.completed + status.failed + status.cancelled, jobs.len());
            prop_assert_eq!(log.count("began"), log.count("let go"));
            Ok(())
        })?;
    }
}
