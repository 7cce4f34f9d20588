//! Tests of the public promises of `cano`: `promises/` holds a module for each area.
