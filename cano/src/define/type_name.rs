//! How a type is called where people read it.

/// The name of a type without the paths: `alloc::vec::Vec<alloc::string::String>` becomes `Vec<String>`.
pub(crate) fn short_type_name(full: &str) -> String {
    let mut short = String::with_capacity(full.len());
    // Where, in `short`, the path now being read begins, and the paths around it that wait for their `>`.
    let mut path = 0;
    let mut around = Vec::new();
    let mut before = ' ';
    let mut rest = full.chars();
    while let Some(c) = rest.next() {
        if c == ':' && rest.as_str().starts_with(':') {
            rest.next();
            short.truncate(path);
            continue;
        }
        short.push(c);
        match c {
            '<' => {
                around.push(path);
                path = short.len();
            }
            // The arrow of `fn() -> T` closes nothing.
            '>' if before != '-' => path = around.pop().unwrap_or(short.len()),
            // Braces are part of a name: a type declared in an async function is `f::{{closure}}::Name`.
            '{' | '}' | '_' => {}
            c if c.is_alphanumeric() => {}
            _ => path = short.len(),
        }
        before = c;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::short_type_name;

    #[test]
    fn type_names_lose_their_paths_and_nothing_else() {
        for (full, short) in [
            ("u32", "u32"),
            ("&str", "&str"),
            ("alloc::vec::Vec<alloc::string::String>", "Vec<String>"),
            ("std::collections::hash::map::HashMap<a::K, [b::V; 3]>", "HashMap<K, [V; 3]>"),
            ("(a::b::C, &mut d::E, *const f::G)", "(C, &mut E, *const G)"),
            ("alloc::boxed::Box<dyn core::any::Any + core::marker::Send>", "Box<dyn Any + Send>"),
            ("fn(a::B) -> core::option::Option<c::D>", "fn(B) -> Option<D>"),
            ("alloc::vec::Vec<fn(a::B) -> c::D>", "Vec<fn(B) -> D>"),
            ("app::main::{{closure}}::Order", "Order"),
            ("<app::Pay as app::Task>::run::{{closure}}::Order", "Order"),
            ("app::Wrap<app::Pay>::check::Order<app::Id>", "Order<Id>"),
            ("app::main::{{closure}}", "{{closure}}"),
        ] {
            assert_eq!(short_type_name(full), short);
        }
    }
}
