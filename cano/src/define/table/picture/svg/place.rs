//! Where the items of the rows stand.

use super::{
    layers::{Chain, Item, Kind, Layers},
    measure::as_f64,
    ports::{self, Ports},
    spread::{Wish, spread},
};

pub(super) struct Places {
    /// The middle of each item, from the left; one side of a state with a loop is wider.
    pub(super) x: Vec<f64>,
    /// For each chain.
    pub(super) ports: Vec<Ports>,
    /// The upper and the lower end of each row.
    pub(super) rows: Vec<(f64, f64)>,
}

/// From one side to the other and back, as often as it takes to come to rest.
const SWEEPS: usize = 24;
/// A line that moves makes room for the next.
const STRAIGHTENED: usize = 6;
/// Around the arrows between two rows: the least room, and how much of the farthest way to the side is added.
const ROW_GAP: f64 = 26.0;
const ROW_GAP_OF_WIDTH: f64 = 0.08;
const ROW_GAP_MOST: f64 = 70.0;
/// Where arrows already run straight, above and below what stands in a row.
const LEAD: f64 = 10.0;

impl Places {
    pub(super) fn new(layers: &Layers) -> Self {
        let mut x = vec![0.0; layers.items.len()];
        let near = Near::new(layers);
        for sweep in 0..SWEEPS {
            near.sweep(layers, &mut x, sweep % 2 == 0);
        }
        for chain in (0..STRAIGHTENED).flat_map(|_| &layers.chains) {
            straighten(layers, chain, &mut x);
        }
        let ports = ports::ports(layers, &x);
        let rows = rows(layers, &x, &ports);
        Self { x, ports, rows }
    }
}

/// For each item those that an arrow joins it to, and how straight that arrow should be.
struct Near {
    above: Vec<Vec<(usize, f64)>>,
    below: Vec<Vec<(usize, f64)>>,
}

impl Near {
    fn new(layers: &Layers) -> Self {
        let none = || vec![Vec::new(); layers.items.len()];
        let mut near = Self { above: none(), below: none() };
        for (above, below) in layers.chains.iter().flat_map(Chain::steps) {
            let states =
                [above, below].iter().filter(|item| layers.items[**item].kind == Kind::State).count();
            let weight = [8.0, 2.0, 1.0][states];
            near.above[below].push((above, weight));
            near.below[above].push((below, weight));
        }
        near
    }

    /// Moves each row to where the row before it wants it, and both neighbours want it a little.
    fn sweep(&self, layers: &Layers, x: &mut [f64], down: bool) {
        let rows = layers.rows.len();
        for row in (0..rows).map(|row| if down { row } else { rows - 1 - row }).map(|row| &layers.rows[row]) {
            let wishes: Vec<Wish> = row.iter().map(|item| self.wish(*item, x, down)).collect();
            let gaps: Vec<f64> = row
                .iter()
                .enumerate()
                .map(|(n, item)| {
                    n.checked_sub(1).map_or(0.0, |before| gap(&layers.items, row[before], *item))
                })
                .collect();
            for (item, place) in row.iter().zip(spread(&wishes, &gaps)) {
                x[*item] = place;
            }
        }
    }

    fn wish(&self, item: usize, x: &[f64], down: bool) -> Wish {
        let (first, second) = (&self.above[item], &self.below[item]);
        let (first, second) = if down { (first, second) } else { (second, first) };
        let near = first.iter().map(|(other, weight)| (*other, *weight));
        let near = near.chain(second.iter().map(|(other, weight)| (*other, weight * 0.25)));
        let (sum, weight) =
            near.fold((0.0, 0.0), |(sum, all), (other, weight)| (sum + x[other] * weight, all + weight));
        if weight > 0.0 { Wish { at: sum / weight, weight } } else { Wish { at: x[item], weight: 0.1 } }
    }
}

/// From the middle of an item to that of the next in its row.
fn gap(items: &[Item], left: usize, right: usize) -> f64 {
    let (left, right) = (&items[left], &items[right]);
    let between = match (left.kind, right.kind) {
        (Kind::State, Kind::State) => 32.0,
        (Kind::Bend, Kind::Bend) => 16.0,
        _ => 20.0,
    };
    left.right + between + right.left
}

/// Brings what a chain passes on its way into as few straight lines as there is room for.
fn straighten(layers: &Layers, chain: &Chain, x: &mut [f64]) {
    let mut rest = &chain.items[1..chain.items.len() - 1];
    while !rest.is_empty() {
        let mut room = (f64::NEG_INFINITY, f64::INFINITY);
        let rooms = rest.iter().map(|item| {
            let (left, right) = room_of(layers, *item, x);
            room = (left.max(room.0), right.min(room.1));
            room
        });
        let (line, (left, right)) = rooms
            .take_while(|(left, right)| left <= right)
            .enumerate()
            .last()
            .map_or((1, (x[rest[0]], x[rest[0]])), |(n, room)| (n + 1, room));
        let (straight, after) = rest.split_at(line);
        let middle = straight.iter().map(|item| x[*item]).sum::<f64>() / as_f64(line);
        for item in straight {
            x[*item] = middle.clamp(left, right);
        }
        rest = after;
    }
}

/// How far to the left and to the right an item can be moved.
fn room_of(layers: &Layers, item: usize, x: &[f64]) -> (f64, f64) {
    let (row, at) = layers.at[item];
    let row = &layers.rows[row];
    let left = at.checked_sub(1).map(|before| row[before]);
    let right = row.get(at + 1).copied();
    (
        left.map_or(f64::NEG_INFINITY, |left| x[left] + gap(&layers.items, left, item)),
        right.map_or(f64::INFINITY, |right| x[right] - gap(&layers.items, item, right)),
    )
}

fn rows(layers: &Layers, x: &[f64], ports: &[Ports]) -> Vec<(f64, f64)> {
    let mut top = 0.0;
    let mut rows = Vec::new();
    for (index, row) in layers.rows.iter().enumerate() {
        let height = row.iter().map(|item| layers.items[*item].height).fold(0.0, f64::max) + 2.0 * LEAD;
        rows.push((top, top + height));
        let next = layers.rows.get(index + 1);
        top += height + next.map_or(0.0, |_| room_below(layers, row, x, ports));
    }
    rows
}

fn room_below(layers: &Layers, row: &[usize], x: &[f64], ports: &[Ports]) -> f64 {
    let mut farthest: f64 = 0.0;
    for (chain, ports) in layers.chains.iter().zip(ports) {
        let points = ports.points(chain, x);
        for (pair, _) in points.windows(2).zip(&chain.items).filter(|(_, above)| row.contains(above)) {
            farthest = farthest.max((pair[0] - pair[1]).abs());
        }
    }
    (ROW_GAP + farthest * ROW_GAP_OF_WIDTH).min(ROW_GAP_MOST)
}
