//! Where arrows leave and meet the sides of the states.

use super::{
    layers::{CORNER, Chain, Item, Kind, Layers, PORT},
    measure::as_f64,
    spread::{Wish, spread},
};

/// The ends of a chain.
#[derive(Clone, Copy, Default)]
pub(super) struct Ports {
    top: f64,
    bottom: f64,
}

impl Ports {
    /// Where a chain passes its items.
    pub(super) fn points(self, chain: &Chain, x: &[f64]) -> Vec<f64> {
        let mut points: Vec<f64> = chain.items.iter().map(|item| x[*item]).collect();
        let last = points.len() - 1;
        (points[0], points[last]) = (self.top, self.bottom);
        points
    }
}

/// Spreads the arrows at a state over its side, each as near as can be to where it goes.
pub(super) fn ports(layers: &Layers, x: &[f64]) -> Vec<Ports> {
    let mut ports = vec![Ports::default(); layers.chains.len()];
    for (state, item) in layers.items.iter().enumerate().filter(|(_, item)| item.kind == Kind::State) {
        let mut below = Vec::new();
        let mut above = Vec::new();
        for (n, chain) in layers.chains.iter().enumerate() {
            match chain.items[..] {
                [top, next, ..] if top == state => below.push((n, x[next])),
                [.., next, bottom] if bottom == state => above.push((n, x[next])),
                _ => {}
            }
        }
        side(x[state], item, below).for_each(|(chain, port)| ports[chain].top = port);
        side(x[state], item, above).for_each(|(chain, port)| ports[chain].bottom = port);
    }
    ports
}

/// Places for arrows that aim at something; the side is long enough for all of them.
fn side(
    middle: f64,
    state: &Item,
    mut arrows: Vec<(usize, f64)>,
) -> impl Iterator<Item = (usize, f64)> + use<> {
    arrows.sort_by(|(_, left), (_, right)| left.total_cmp(right));
    let half = state.left - CORNER;
    let (left, right) = (middle - half, middle + half);
    let wishes: Vec<Wish> =
        arrows.iter().map(|(_, aim)| Wish { at: aim.clamp(left, right), weight: 1.0 }).collect();
    let places = spread(&wishes, &vec![PORT; wishes.len()]);
    let count = arrows.len();
    arrows.into_iter().zip(places).enumerate().map(move |(n, ((chain, _), place))| {
        let (before, after) = (as_f64(n) * PORT, as_f64(count - 1 - n) * PORT);
        (chain, place.min(right - after).max(left + before))
    })
}
