//! The order within the rows: few arrows cross.

use layout::{
    adt::dag::{DAG, NodeHandle},
    topo::optimizer::EdgeCrossOptimizer,
};

use super::measure::as_f64;

const SWEEPS: usize = 8;
/// The optimizer compares each pair of a row with all of the next, some hundred times: up to here a moment's work.
const PAIRS: usize = 20_000;

pub(super) fn order(dag: &mut DAG) {
    for sweep in 0..SWEEPS {
        follow(dag, sweep % 2 == 0);
    }
    let pairs: usize = dag.ranks().windows(2).map(|rows| rows[0].len().pow(2) * rows[1].len()).sum();
    if pairs <= PAIRS {
        EdgeCrossOptimizer::new(dag).optimize();
    }
}

/// Sorts each row by where the row before it has what its items are joined to.
fn follow(dag: &mut DAG, down: bool) {
    let mut places = vec![0.0; dag.len()];
    let rows = dag.num_levels();
    for row in (0..rows).map(|row| if down { row } else { rows - 1 - row }) {
        let mut sorted: Vec<(f64, NodeHandle)> = dag
            .row(row)
            .iter()
            .enumerate()
            .map(|(n, item)| {
                let before = if down { dag.predecessors(*item) } else { dag.successors(*item) };
                let sum: f64 = before.iter().map(|other| places[other.get_index()]).sum();
                (if before.is_empty() { as_f64(n) } else { sum / as_f64(before.len()) }, *item)
            })
            .collect();
        sorted.sort_by(|(left, _), (right, _)| left.total_cmp(right));
        *dag.row_mut(row) = sorted.into_iter().map(|(_, item)| item).collect();
        let middle = as_f64(dag.row(row).len()) / 2.0;
        for (n, item) in dag.row(row).iter().enumerate() {
            places[item.get_index()] = as_f64(n) - middle;
        }
    }
}
