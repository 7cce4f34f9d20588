//! The line of an arrow: straight down or up through the rows, curved between them.

use std::fmt;

use super::{
    layers::{Chain, Kind, Layers},
    place::Places,
    xml::Px,
};

pub(super) type Point = (f64, f64);

/// A line through points; where two differ in both directions it bends from the vertical to the vertical.
pub(super) struct Stroke(Vec<Point>);

/// The length of an arrow's head; the line ends inside of it.
const HEAD: f64 = 9.0;
const HEAD_HALF: f64 = 4.0;

/// The parts of an arrow, which its label interrupts, from its start on, and the point of its head.
pub(super) fn strokes(layers: &Layers, places: &Places, chain: usize) -> (Vec<Stroke>, Head) {
    let (ports, chain) = (places.ports[chain], &layers.chains[chain]);
    let mut strokes = vec![Vec::new()];
    let last = chain.items.len() - 1;
    for (n, (item, x)) in chain.items.iter().zip(ports.points(chain, &places.x)).enumerate() {
        let (row_top, row_bottom) = places.rows[layers.at[*item].0];
        let (top, bottom) = vertical(layers, places, *item);
        let is_bend = layers.items[*item].kind == Kind::Bend;
        if n > 0 {
            push(&mut strokes, [(x, row_top), (x, if is_bend { row_bottom } else { top })]);
        }
        if layers.items[*item].kind == Kind::Label {
            strokes.push(Vec::new());
        }
        if n < last && !is_bend {
            push(&mut strokes, [(x, bottom), (x, row_bottom)]);
        }
    }
    if chain.rises {
        strokes.reverse();
        for stroke in &mut strokes {
            stroke.reverse();
        }
    }
    let head = Head::at_end_of(&mut strokes, chain);
    (strokes.into_iter().map(Stroke).collect(), head)
}

fn push(strokes: &mut [Vec<Point>], points: [Point; 2]) {
    if let Some(stroke) = strokes.last_mut() {
        stroke.extend(points);
    }
}

/// The upper and the lower end of an item: it stands in the middle of its row.
pub(super) fn vertical(layers: &Layers, places: &Places, item: usize) -> (f64, f64) {
    let (top, bottom) = places.rows[layers.at[item].0];
    let half = layers.items[item].height / 2.0;
    let middle = f64::midpoint(top, bottom);
    (middle - half, middle + half)
}

impl fmt::Display for Stroke {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_straight = |from: f64, to: f64| (to - from).abs() < 0.05;
        let mut points = self.0.iter().peekable();
        let Some(&(mut x, mut y)) = points.next() else { return Ok(()) };
        write!(f, "M{} {}", Px(x), Px(y))?;
        while let Some(&(next_x, next_y)) = points.next() {
            if is_straight(x, next_x) {
                if points.peek().is_none_or(|(after, _)| !is_straight(next_x, *after)) {
                    write!(f, "V{}", Px(next_y))?;
                }
            } else {
                let middle = Px(f64::midpoint(y, next_y));
                write!(f, "C{} {middle} {} {middle} {} {}", Px(x), Px(next_x), Px(next_x), Px(next_y))?;
            }
            (x, y) = (next_x, next_y);
        }
        Ok(())
    }
}

/// The head of an arrow, as the outline of a triangle.
pub(super) struct Head {
    pub(super) tip: Point,
    /// Where it comes from.
    pub(super) back: Point,
}

impl Head {
    /// Shortens the line by what the head covers.
    fn at_end_of(strokes: &mut [Vec<Point>], chain: &Chain) -> Self {
        let end = strokes.last_mut().and_then(|stroke| stroke.last_mut());
        let end = end.expect("a chain has two ends, and a line between them");
        let tip = *end;
        end.1 += if chain.rises { HEAD - 1.0 } else { 1.0 - HEAD };
        Self { tip, back: *end }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((x, y), (dx, dy)) = (self.tip, (self.back.0 - self.tip.0, self.back.1 - self.tip.1));
        let length = dx.hypot(dy);
        let (dx, dy) = (dx / length, dy / length);
        let (back_x, back_y) = (x + dx * HEAD, y + dy * HEAD);
        let corner = |side: f64| (back_x - dy * side, back_y + dx * side);
        let (one, other) = (corner(HEAD_HALF), corner(-HEAD_HALF));
        write!(f, "M{} {}L{} {}L{} {}Z", Px(x), Px(y), Px(one.0), Px(one.1), Px(other.0), Px(other.1))
    }
}
