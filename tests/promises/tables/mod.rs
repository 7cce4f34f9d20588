//! What a table does beyond one task after the other.

mod as_data;
mod as_dot;
mod as_svg;
mod catch;
mod drawn;
mod each;
mod groups;
mod instances;
mod large;
mod nested;
mod objects;
mod several;
mod shapes;
mod timeouts;
mod together;
mod undos;
