//! A circuit does what a model of it says, whatever comes in whichever order.

use cano::{
    limit::{CircuitBreaker, CircuitState, Permit},
    prelude::*,
};
use proptest::{
    collection::vec,
    option, prop_oneof,
    strategy::{Just, Strategy},
    test_runner::{Config, RngSeed, TestRunner},
};
use tokio::time::{Instant, advance};

use super::{
    circuit::{begin, failure},
    schedules::paused,
};

#[derive(Clone, Copy, Debug)]
struct Rule {
    failures: u32,
    of: u32,
    window: Option<u64>,
    probes: u32,
}

const OPEN_FOR: u64 = 50;

#[derive(Clone, Copy, Debug)]
enum Event {
    Begin,
    /// Of the attempts under way, this one, modulo their number.
    End(usize, Ended),
    Pass(u64),
    ForceOpen,
    ForceClosed,
    Reset,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Ended {
    Good,
    Bad,
    Uncounted,
    Dropped,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stand {
    Closed,
    Open { until: u64 },
    HalfOpen,
    ForcedOpen,
    ForcedClosed,
}

/// All that ever happened, looked through anew at each question.
struct Model {
    rule: Rule,
    now: u64,
    stand: Stand,
    /// Counts the stands.
    era: usize,
    /// Of this era: when each attempt ended, and whether well.
    ended: Vec<(u64, bool)>,
    /// Of each attempt under way, the era in which it began.
    running: Vec<usize>,
}

impl Model {
    fn enter(&mut self, stand: Stand) {
        self.stand = stand;
        self.era += 1;
        self.ended.clear();
    }

    fn stand(&self) -> Stand {
        match self.stand {
            Stand::Open { until } if until <= self.now => Stand::HalfOpen,
            other => other,
        }
    }

    fn begin(&mut self) -> bool {
        if self.stand() == Stand::HalfOpen && self.stand != Stand::HalfOpen {
            self.enter(Stand::HalfOpen);
        }
        let admitted = match self.stand {
            Stand::Closed | Stand::ForcedClosed => true,
            Stand::Open { .. } | Stand::ForcedOpen => false,
            Stand::HalfOpen => {
                let running = self.running.iter().filter(|era| **era == self.era).count();
                running + self.ended.len() < self.rule.probes as usize
            }
        };
        if admitted {
            self.running.push(self.era);
        }
        admitted
    }

    fn end(&mut self, number: usize, ended: Ended) {
        let era = self.running.remove(number);
        if era != self.era || matches!(ended, Ended::Uncounted | Ended::Dropped) {
            return;
        }
        self.ended.push((self.now, ended == Ended::Good));
        let bad = |seen: &[(u64, bool)]| seen.iter().filter(|(_, good)| !good).count();
        let too_many = match self.stand {
            Stand::HalfOpen => bad(&self.ended) > 0,
            Stand::Closed => {
                let last = &self.ended[self.ended.len().saturating_sub(self.rule.of as usize)..];
                let young = |at: &u64| self.rule.window.is_none_or(|window| self.now - at <= window);
                let young: Vec<_> = last.iter().filter(|(at, _)| young(at)).copied().collect();
                // What succeeds opens nothing: the failures before it had been too few.
                ended == Ended::Bad && bad(&young) >= self.rule.failures as usize
            }
            _ => false,
        };
        if too_many {
            self.enter(Stand::Open { until: self.now + OPEN_FOR });
        } else if self.stand == Stand::HalfOpen && self.ended.len() == self.rule.probes as usize {
            self.enter(Stand::Closed);
        }
    }
}

fn rules() -> impl Strategy<Value = Rule> {
    (1_u32..4, 0_u32..4, option::of(1_u64..60), 1_u32..4).prop_map(|(failures, more, window, probes)| Rule {
        failures,
        of: failures + more,
        window,
        probes,
    })
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let ended = prop_oneof![
        3 => Just(Ended::Good),
        3 => Just(Ended::Bad),
        1 => Just(Ended::Uncounted),
        1 => Just(Ended::Dropped)
    ];
    let event = prop_oneof![
        10 => Just(Event::Begin),
        10 => (0_usize..8, ended).prop_map(|(number, ended)| Event::End(number, ended)),
        4 => (1_u64..70).prop_map(Event::Pass),
        1 => Just(Event::ForceOpen),
        1 => Just(Event::ForceClosed),
        2 => Just(Event::Reset)
    ];
    vec(event, 1..120)
}

async fn follow(rule: Rule, events: Vec<Event>) {
    let millis = Duration::from_millis;
    let mut circuit = CircuitBreaker::new("bank")
        .with_failures(rule.failures, rule.of)
        .with_probes(rule.probes)
        .with_open_for(millis(OPEN_FOR));
    if let Some(window) = rule.window {
        circuit = circuit.with_window(millis(window));
    }
    let (began, cx) = (Instant::now(), Cx::detached());
    let mut running: Vec<Permit<'_>> = Vec::new();
    let mut model =
        Model { rule, now: 0, stand: Stand::Closed, era: 0, ended: Vec::new(), running: Vec::new() };
    for (number, event) in events.into_iter().enumerate() {
        match event {
            Event::Begin => {
                let permit = begin(&circuit, &cx).await;
                assert_eq!(permit.is_some(), model.begin(), "event {number}");
                running.extend(permit);
            }
            Event::End(..) if running.is_empty() => {}
            Event::End(which, ended) => {
                let which = which % running.len();
                let permit = running.remove(which);
                match ended {
                    Ended::Good => permit.succeeded(),
                    Ended::Bad => permit.failed(&failure()),
                    Ended::Uncounted => permit.failed(&CanoError::permanent("no such account")),
                    Ended::Dropped => drop(permit),
                }
                model.end(which, ended);
            }
            Event::Pass(time) => {
                advance(millis(time)).await;
                model.now += time;
            }
            Event::ForceOpen => {
                circuit.force_open();
                model.enter(Stand::ForcedOpen);
            }
            Event::ForceClosed => {
                circuit.force_closed();
                model.enter(Stand::ForcedClosed);
            }
            Event::Reset => {
                circuit.reset();
                model.enter(Stand::Closed);
            }
        }
        let expected = match model.stand() {
            Stand::Closed => CircuitState::Closed,
            Stand::Open { until } => CircuitState::Open { until: Some(began + millis(until)) },
            Stand::HalfOpen => CircuitState::HalfOpen,
            Stand::ForcedOpen => CircuitState::ForcedOpen,
            Stand::ForcedClosed => CircuitState::ForcedClosed,
        };
        assert_eq!(circuit.state(), expected, "after event {number}, {event:?}");
    }
}

#[test]
fn a_circuit_does_what_its_model_says() {
    let config =
        Config { cases: 512, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&(rules(), events()), |(rule, events)| {
            paused().block_on(follow(rule, events));
            Ok(())
        })
        .unwrap();
}
