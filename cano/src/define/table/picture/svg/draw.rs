//! The document.

use std::fmt::{self, Write};

use super::{
    super::{state_class, transition_class},
    layers::{LOOP_WIDTH, Layers, STATE_HEIGHT, loop_height},
    measure::{LABEL_LINE, Label, name_width},
    place::Places,
    stroke::{Head, Point, strokes, vertical},
    ways::Way,
    xml::{Escaped, Px},
};
use crate::define::table::{StateKind, Table, TableState};

const MARGIN: f64 = 12.0;
/// The room of the workflow's name.
const TITLE: f64 = 22.0;

pub(super) fn document(table: &Table, ways: &[Way], layers: &Layers, places: &Places) -> String {
    let mut picture = Picture { table, ways, layers, places, text: String::new() };
    picture.write().expect("a string can be written to");
    picture.text
}

struct Picture<'a> {
    table: &'a Table,
    ways: &'a [Way],
    layers: &'a Layers,
    places: &'a Places,
    text: String,
}

impl Picture<'_> {
    fn write(&mut self) -> fmt::Result {
        let (left, right) = self.sides();
        let bottom = self.places.rows.last().map_or(0.0, |(_, bottom)| *bottom);
        let (width, height) = (right - left + 2.0 * MARGIN, bottom + TITLE + 2.0 * MARGIN);
        writeln!(
            self.text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"cano\" role=\"img\" width=\"{0}\" height=\"{1}\" \
             viewBox=\"{2} {3} {0} {1}\">",
            Px(width.ceil()),
            Px(height.ceil()),
            Px(left - MARGIN),
            Px(-TITLE - MARGIN),
        )?;
        let name = self.table.name;
        self.title([name, self.table.docs].join("\n\n").trim_end())?;
        writeln!(self.text, "<style>\n{}</style>", include_str!("style.css"))?;
        writeln!(
            self.text,
            "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
            Px(left),
            Px(-TITLE / 2.0 + 4.0),
            Escaped(name)
        )?;
        for chain in 0..self.layers.chains.len() {
            self.arrow(chain)?;
        }
        for (state, row) in self.table.states.iter().enumerate() {
            self.loops(state)?;
            self.state(state, row)?;
        }
        writeln!(self.text, "</svg>")
    }

    /// The left and the right end of all that is drawn.
    fn sides(&self) -> (f64, f64) {
        let ends =
            self.layers.items.iter().zip(&self.places.x).map(|(item, x)| (x - item.left, x + item.right));
        let (left, right) =
            ends.reduce(|(left, right), (l, r)| (left.min(l), right.max(r))).unwrap_or_default();
        (left, right.max(left + name_width(self.table.name) * 15.0 / 14.0))
    }

    fn title(&mut self, text: &str) -> fmt::Result {
        if text.is_empty() { Ok(()) } else { writeln!(self.text, "<title>{}</title>", Escaped(text)) }
    }

    fn state(&mut self, index: usize, state: &TableState) -> fmt::Result {
        let name = Escaped(state.name);
        writeln!(self.text, "<g id=\"state-{name}\" class=\"{}\">", state_class(state.kind))?;
        self.title(state.docs)?;
        let (x, half) = (self.places.x[index], self.layers.items[index].left);
        let (top, bottom) = vertical(self.layers, self.places, index);
        let mut frame = |class: &str, inset: f64, radius: f64| {
            writeln!(
                self.text,
                "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
                Px(x - half + inset),
                Px(top + inset),
                Px(2.0 * (half - inset)),
                Px(bottom - top - 2.0 * inset),
                Px(radius)
            )
        };
        match state.kind {
            StateKind::Start => frame("box", 0.0, STATE_HEIGHT / 2.0)?,
            StateKind::Inner => frame("box", 0.0, 5.0)?,
            StateKind::Exit => frame("box", 0.0, 0.0).and_then(|()| frame("rim", 4.0, 0.0))?,
        }
        writeln!(
            self.text,
            "<text x=\"{}\" y=\"{}\">{name}</text>\n</g>",
            Px(x),
            Px(f64::midpoint(top, bottom) + 5.0)
        )
    }

    fn arrow(&mut self, chain: usize) -> fmt::Result {
        let (strokes, head) = strokes(self.layers, self.places, chain);
        let chain = &self.layers.chains[chain];
        let way = &self.ways[chain.way];
        self.open(way, "")?;
        for stroke in strokes {
            writeln!(self.text, "<path class=\"line\" d=\"{stroke}\"/>")?;
        }
        writeln!(self.text, "<path class=\"head\" d=\"{head}\"/>")?;
        if let Some(label) = chain.label {
            let (top, bottom) = vertical(self.layers, self.places, label);
            self.label(&way.label, (self.places.x[label], f64::midpoint(top, bottom)))?;
        }
        writeln!(self.text, "</g>")
    }

    /// The arrows from a state to itself, one below the other at its right side.
    fn loops(&mut self, state: usize) -> fmt::Result {
        let x = self.places.x[state] + self.layers.items[state].left;
        let (top, bottom) = vertical(self.layers, self.places, state);
        let ways = self.ways;
        let loops = || ways.iter().filter(|way| way.is_loop() && way.from == state);
        let height: f64 = loops().map(loop_height).sum();
        let mut top = f64::midpoint(top, bottom) - height / 2.0;
        for way in loops() {
            self.round(way, (x, top + loop_height(way) / 2.0))?;
            top += loop_height(way);
        }
        Ok(())
    }

    /// One of them, around a point of the side.
    fn round(&mut self, way: &Way, (x, y): Point) -> fmt::Result {
        self.open(way, " loop")?;
        writeln!(
            self.text,
            "<path class=\"line\" d=\"M{} {}C{2} {3} {2} {4} {5} {6}\"/>",
            Px(x),
            Px(y - 8.0),
            Px(x + LOOP_WIDTH - 4.0),
            Px(y - 14.0),
            Px(y + 14.0),
            Px(x + 8.0),
            Px(y + 8.0)
        )?;
        let head = Head { tip: (x, y + 7.0), back: (x + 8.0, y + 9.0) };
        writeln!(self.text, "<path class=\"head\" d=\"{head}\"/>")?;
        self.label(&way.label, (x + LOOP_WIDTH - 6.0, y))?;
        writeln!(self.text, "</g>")
    }

    fn open(&mut self, way: &Way, more: &str) -> fmt::Result {
        let [from, to] = [way.from, way.to].map(|state| Escaped(self.table.states[state].name));
        let class = transition_class(way.transition.kind);
        writeln!(self.text, "<g class=\"{class}{more}\" data-from=\"{from}\" data-to=\"{to}\">")
    }

    /// Its lines around a point.
    fn label(&mut self, label: &Label, (x, y): Point) -> fmt::Result {
        let mut y = y - label.height() / 2.0 - LABEL_LINE + 11.5;
        write!(self.text, "<text>")?;
        for (n, line) in label.lines.iter().enumerate() {
            y += LABEL_LINE;
            let before = if n == 0 { "" } else { " " };
            write!(self.text, "{before}<tspan x=\"{}\" y=\"{}\">{}</tspan>", Px(x), Px(y), Escaped(line))?;
        }
        writeln!(self.text, "</text>")
    }
}
