use super::*;

fn millis(config: &TaskConfig) -> Vec<u128> {
    config.delays().map(|delay| delay.as_millis()).collect()
}

#[test]
fn n_retries_are_n_delays() {
    assert_eq!(millis(&TaskConfig::with_fixed_retry(3, Duration::from_secs(1))), [1000; 3]);
    assert_eq!(TaskConfig::with_exponential_retry(7).delays().count(), 7);
    assert_eq!(TaskConfig::minimal().delays().count(), 0);
    assert_eq!(TaskConfig::default().max_attempts(), 4);
}

#[test]
fn exponential_delays_double_up_to_the_cap() {
    let config = TaskConfig::with_exponential_retry(12).with_jitter(0.0);
    assert_eq!(millis(&config)[..4], [100, 200, 400, 800]);
    assert_eq!(millis(&config)[9..], [30_000; 3]);
}

#[test]
fn even_the_shortest_delay_doubles_up_to_the_cap() {
    let config = TaskConfig::with_exponential_retry(40).with_base(Duration::from_nanos(1)).with_jitter(0.0);
    let delays: Vec<_> = config.delays().collect();
    assert_eq!(delays[33], 2 * delays[32]);
    assert_eq!(delays[39], Duration::from_secs(30));
}

#[test]
fn jitter_stays_within_its_part_and_below_the_cap() {
    let plain = millis(&TaskConfig::with_exponential_retry(40).with_jitter(0.0));
    for seed in 0..500 {
        let config = TaskConfig::with_exponential_retry(40).with_seed(seed);
        for (with, without) in millis(&config).iter().zip(&plain) {
            assert!(*with <= 30_000, "{with} is above the cap");
            assert!(with.abs_diff(*without) <= without / 10 + 1, "{with} is not within 10 % of {without}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_delays() {
    let config = TaskConfig::with_exponential_retry(20).with_jitter(1.0).with_seed(7);
    assert_eq!(millis(&config), millis(&config));
    assert_ne!(millis(&config), millis(&config.clone().with_seed(8)));
}

#[test]
fn a_delay_is_zero_only_if_asked() {
    for seed in 0..500 {
        let config = TaskConfig::with_exponential_retry(20).with_seed(seed);
        assert!(config.delays().all(|delay| delay > Duration::ZERO));
    }
    assert!(TaskConfig::with_fixed_retry(2, Duration::ZERO).delays().all(|delay| delay.is_zero()));
}

#[test]
fn the_largest_durations_neither_overflow_nor_panic() {
    let config = TaskConfig::with_exponential_retry(200)
        .with_base(Duration::MAX)
        .with_max_delay(Duration::MAX)
        .with_jitter(1.0);
    assert_eq!(config.delays().count(), 200);
    assert_eq!(TaskConfig::with_exponential_retry(u32::MAX).max_attempts(), u32::MAX);
}
