//! Whatever the table, its pictures show all of it, and can be read.

use cano::{StateKind, Table, TableState, Transition, TransitionKind};
use proptest::{
    collection::vec,
    prop_assert, prop_assert_eq,
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestCaseError, TestRunner},
};
use roxmltree::{Document, Node};

const PATTERNS: [&str; 7] = [
    "",
    "_",
    "Valid(invoice)",
    "Total(total) if total >= REVIEWED_FROM",
    "std::num::ParseIntError { .. } | Other(_)",
    "\"a\\\" <b> & c\"",
    "Err(日本)",
];

fn leaked<T>(all: Vec<T>) -> &'static [T] {
    Box::leak(all.into_boxed_slice())
}

fn name(index: usize) -> &'static str {
    Box::leak(format!("State{index}{}", "Long".repeat(index % 4)).into_boxed_str())
}

/// A start, some states after it, and an exit; each state has a way on, and more wherever they lead.
fn tables() -> impl Strategy<Value = Table> {
    vec(vec((0..PATTERNS.len(), 0..12_usize, 0..4_u8), 0..4), 1..12).prop_map(|rows| {
        let count = rows.len() + 1;
        let mut states: Vec<TableState> = rows
            .iter()
            .enumerate()
            .map(|(index, ways)| {
                let more = ways.iter().map(|&(on, to, kind)| {
                    let kind = if kind == 0 { TransitionKind::Catch } else { TransitionKind::Outcome };
                    Transition::new(PATTERNS[on], name(to % count), kind)
                });
                let on = Transition::new("Next", name(index + 1), TransitionKind::Outcome);
                let kind = if index == 0 { StateKind::Start } else { StateKind::Inner };
                let ways = std::iter::once(on).chain(more).collect();
                TableState::new(name(index), "What <it> does.", kind, &[], &[], leaked(ways))
            })
            .collect();
        states.push(TableState::new(name(rows.len()), "", StateKind::Exit, &[], &[], &[]));
        Table::new("Random", "", leaked(states))
    })
}

fn holds(promise: impl Fn(&Table) -> Result<(), TestCaseError>) {
    let config =
        Config { cases: 50, failure_persistence: None, rng_seed: RngSeed::Fixed(3), ..Config::default() };
    TestRunner::new(config).run(&tables(), |table| promise(&table)).expect("the promise holds");
}

fn transitions(table: &Table) -> Vec<[&'static str; 3]> {
    let mut all: Vec<_> = table
        .states()
        .iter()
        .flat_map(|state| state.transitions().iter().map(|way| [state.name(), way.to(), way.on()]))
        .collect();
    all.sort_unstable();
    all
}

#[test]
fn every_state_and_transition_is_in_the_text_pictures() {
    holds(|table| {
        for text in [table.to_dot(), table.to_mermaid()] {
            let arrows = text.lines().filter(|line| line.contains("->") || line.contains("-.-")).count();
            prop_assert_eq!(arrows, transitions(table).len());
            for state in table.states() {
                let quoted = format!("\"{}\"", state.name());
                prop_assert!(text.contains(&quoted), "{quoted}");
            }
        }
        Ok(())
    });
}

#[test]
fn every_state_and_transition_is_in_the_svg() {
    holds(|table| {
        let text = table.to_svg();
        prop_assert_eq!(&text, &table.to_svg());
        let document = Document::parse(&text).unwrap();
        let ids: Vec<_> = document.descendants().filter_map(|node| node.attribute("id")).collect();
        let states: Vec<_> = table.states().iter().map(|state| format!("state-{}", state.name())).collect();
        prop_assert_eq!(ids, states);
        let mut drawn: Vec<_> = document
            .descendants()
            .filter(|node| node.has_attribute("data-from"))
            .map(|node| {
                let end = |name| node.attribute(name).unwrap().to_owned();
                let texts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
                [end("data-from"), end("data-to"), texts.collect::<String>().trim().to_owned()]
            })
            .collect();
        drawn.sort_unstable();
        prop_assert_eq!(drawn, transitions(table));
        Ok(())
    });
}

#[derive(Debug)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn is_in(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|number| number.parse().ok()).expect("a number")
}

/// Of a box of a state.
fn boxed(node: Node<'_, '_>) -> Area {
    let (left, top) = (number(node, "x"), number(node, "y"));
    Area { left, top, right: left + number(node, "width"), bottom: top + number(node, "height") }
}

/// Of a line of a label, in a font of twelve pixels.
fn written(node: Node<'_, '_>) -> Area {
    let (x, y) = (number(node, "x"), number(node, "y"));
    let signs =
        node.text().expect("a line of a label").chars().map(|c| if c.is_ascii() { 7.2 } else { 12.0 });
    let width: f64 = signs.sum();
    let mut around = node.ancestors().filter_map(|element| element.attribute("class"));
    let left = if around.next().is_some_and(|class| class.contains("loop")) { x } else { x - width / 2.0 };
    Area { left, top: y - 10.0, right: left + width, bottom: y + 3.0 }
}

#[test]
fn in_the_svg_nothing_lies_over_a_state_or_a_label_and_nothing_is_cut_off() {
    holds(|table| {
        let text = table.to_svg();
        let document = Document::parse(&text).unwrap();
        let nodes = || document.descendants();
        let boxes = nodes().filter(|node| node.attribute("class") == Some("box")).map(boxed);
        let labels = nodes().filter(|node| node.tag_name().name() == "tspan").map(written);
        let areas: Vec<Area> = boxes.chain(labels).collect();
        let view: Vec<f64> = document
            .root_element()
            .attribute("viewBox")
            .unwrap()
            .split(' ')
            .map(|n| n.parse().unwrap())
            .collect();
        let page = Area { left: view[0], top: view[1], right: view[0] + view[2], bottom: view[1] + view[3] };
        for (n, area) in areas.iter().enumerate() {
            prop_assert!(area.is_in(&page), "{area:?} in {page:?}");
            for other in &areas[n + 1..] {
                prop_assert!(!area.overlaps(other), "{area:?} and {other:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn a_table_of_three_hundred_states_is_drawn() {
    let states = (0..300).map(|index| {
        let [next, back, skip] = [index + 1, index / 2, (index + 9).min(299)]
            .map(|to| Transition::new("Outcome(value)", name(to), TransitionKind::Outcome));
        let (kind, ways) = match index {
            0 => (StateKind::Start, vec![next, skip]),
            299 => (StateKind::Exit, vec![]),
            _ if index % 10 == 0 => (StateKind::Inner, vec![next, skip, back]),
            _ => (StateKind::Inner, vec![next, next]),
        };
        TableState::new(name(index), "", kind, &[], &[], leaked(ways))
    });
    let table = Table::new("Large", "", leaked(states.collect()));
    assert_eq!(table.to_svg().matches("class=\"state ").count(), 300);
}
