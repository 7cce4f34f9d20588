//! A table as an SVG document: ways and their sizes, then rows, then places, then strokes, then text.

mod draw;
mod layers;
mod measure;
mod order;
mod place;
mod ports;
mod spread;
mod stroke;
mod ways;
mod xml;

use super::super::Table;

pub(super) fn render(table: &Table) -> String {
    let ways = ways::ways(table);
    let layers = layers::Layers::new(table, &ways);
    let places = place::Places::new(&layers);
    draw::document(table, &ways, &layers, &places)
}
