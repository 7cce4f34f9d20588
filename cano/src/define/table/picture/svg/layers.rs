//! The rows of the picture: which states, labels and bends of long arrows stand beside each other, in what order.
//!
//! `layout-rs` finds the rows and an order with few crossings. Its own placing of what stands in them is not used: on
//! about one random graph in thirty it panics, and its arrows run through their labels.

use std::iter;

use layout::adt::dag::{DAG, NodeHandle};

use super::{measure, order, ways::Way};
use crate::define::table::{Table, TableState};

pub(super) struct Layers {
    /// The states in the table's order, then the rest.
    pub(super) items: Vec<Item>,
    /// From the top; each from the left.
    pub(super) rows: Vec<Vec<usize>>,
    /// The row of each item, and its place in it.
    pub(super) at: Vec<(usize, usize)>,
    /// One for each way that is no loop.
    pub(super) chains: Vec<Chain>,
}

/// What stands in a row, with the room that it takes around the point that arrows aim at.
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) height: f64,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    State,
    Label,
    /// Of an arrow that passes through a row.
    Bend,
}

/// The items that an arrow passes, from the top.
pub(super) struct Chain {
    pub(super) way: usize,
    pub(super) items: Vec<usize>,
    /// The arrow points upwards.
    pub(super) rises: bool,
    pub(super) label: Option<usize>,
}

pub(super) const STATE_HEIGHT: f64 = 36.0;
/// Between the arrows at one side of a state.
pub(super) const PORT: f64 = 14.0;
/// From a corner to the next arrow.
pub(super) const CORNER: f64 = 14.0;
/// The room of the arrow from a state to itself, without its label.
pub(super) const LOOP_WIDTH: f64 = 34.0;
const LOOP_GAP: f64 = 14.0;
const NAME_PADDING: f64 = 18.0;
const LABEL_PADDING: f64 = 3.0;

impl Layers {
    pub(super) fn new(table: &Table, ways: &[Way]) -> Self {
        let mut layers =
            Self { items: states(table, ways), rows: Vec::new(), at: Vec::new(), chains: Vec::new() };
        if layers.items.is_empty() {
            return layers;
        }
        for (index, way) in ways.iter().enumerate().filter(|(_, way)| !way.is_loop()) {
            layers.add_chain(index, way);
        }
        layers.arrange();
        layers
    }

    fn add_chain(&mut self, index: usize, way: &Way) {
        let (top, bottom) = if way.rises { (way.to, way.from) } else { (way.from, way.to) };
        let label = (!way.label.is_empty()).then(|| self.add_label(way));
        let items = iter::once(top).chain(label).chain(iter::once(bottom)).collect();
        self.chains.push(Chain { way: index, items, rises: way.rises, label });
    }

    fn add_label(&mut self, way: &Way) -> usize {
        let half = way.label.width() / 2.0 + LABEL_PADDING;
        let height = way.label.height() + 2.0 * LABEL_PADDING;
        self.items.push(Item { kind: Kind::Label, left: half, right: half, height });
        self.items.len() - 1
    }

    fn arrange(&mut self) {
        let mut dag = DAG::new();
        // Each validation takes time that is exponential in the number of states.
        dag.set_validate(false);
        dag.new_nodes(self.items.len());
        for (above, below) in self.chains.iter().flat_map(Chain::steps) {
            dag.add_edge(NodeHandle::new(above), NodeHandle::new(below));
        }
        dag.recompute_node_ranks();
        for chain in &mut self.chains {
            chain.bend(&mut self.items, &mut dag);
        }
        order::order(&mut dag);
        self.rows = dag.ranks().iter().map(|row| row.iter().map(NodeHandle::get_index).collect()).collect();
        self.at = vec![(0, 0); self.items.len()];
        for (n, row) in self.rows.iter().enumerate() {
            row.iter().enumerate().for_each(|(place, item)| self.at[*item] = (n, place));
        }
    }
}

impl Chain {
    /// Its items and the ones below them.
    pub(super) fn steps(&self) -> impl Iterator<Item = (usize, usize)> {
        self.items.iter().zip(&self.items[1..]).map(|(above, below)| (*above, *below))
    }

    /// Puts the label next to the state that the arrow leaves, and a bend into each other row on the way.
    fn bend(&mut self, items: &mut Vec<Item>, dag: &mut DAG) {
        let (top, bottom) = (self.items[0], self.items[self.items.len() - 1]);
        let (first, last) = (dag.level(NodeHandle::new(top)) + 1, dag.level(NodeHandle::new(bottom)));
        for (above, below) in self.steps() {
            dag.remove_edge(NodeHandle::new(above), NodeHandle::new(below));
        }
        let label_row = if self.rises { last.saturating_sub(1) } else { first };
        let between: Vec<usize> = (first..last)
            .map(|row| {
                let label = self.label.filter(|_| row == label_row).map(NodeHandle::new);
                let item = label.unwrap_or_else(|| {
                    items.push(Item { kind: Kind::Bend, left: 0.0, right: 0.0, height: 0.0 });
                    dag.new_node()
                });
                dag.update_node_rank_level(item, row, None);
                item.get_index()
            })
            .collect();
        self.items = iter::once(top).chain(between).chain(iter::once(bottom)).collect();
        for (above, below) in self.steps() {
            dag.add_edge(NodeHandle::new(above), NodeHandle::new(below));
        }
    }
}

fn states(table: &Table, ways: &[Way]) -> Vec<Item> {
    let state = |(index, state): (usize, &TableState)| {
        let arrows = ways.iter().filter(|way| !way.is_loop() && [way.from, way.to].contains(&index));
        let (below, above): (Vec<&Way>, Vec<&Way>) = arrows.partition(|way| (way.from == index) != way.rises);
        let ports = measure::as_f64(below.len().max(above.len()).saturating_sub(1)) * PORT + 2.0 * CORNER;
        let half = (measure::name_width(state.name) + 2.0 * NAME_PADDING).max(ports) / 2.0;
        let loops = || ways.iter().filter(|way| way.is_loop() && way.from == index);
        let beside = loops().map(|way| LOOP_WIDTH + way.label.width()).fold(0.0, f64::max);
        let stacked: f64 = loops().map(loop_height).sum();
        Item { kind: Kind::State, left: half, right: half + beside, height: stacked.max(STATE_HEIGHT) }
    };
    table.states.iter().enumerate().map(state).collect()
}

/// The room of an arrow from a state to itself, with its label.
pub(super) fn loop_height(way: &Way) -> f64 {
    way.label.height().max(22.0) + LOOP_GAP
}
