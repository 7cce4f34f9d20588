//! What a table does beyond one task after the other.

mod as_data;
mod catch;
mod instances;
mod nested;
mod shapes;
mod together;
