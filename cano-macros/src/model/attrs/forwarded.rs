//! Attributes that are not ours: Rust's own, those of tools, and those that a derive reads.

use syn::{Attribute, Path, Token, punctuated::Punctuated};

/// Rust's own, where they may stand on an enum or on a variant.
const OF_RUST: [&str; 13] = [
    "allow",
    "automatically_derived",
    "cfg",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "forbid",
    "must_use",
    "non_exhaustive",
    "repr",
    "warn",
];

const OF_TOOLS: [&str; 5] = ["clippy", "diagnostic", "miri", "rust_analyzer", "rustfmt"];

/// The derives of std. None but that of `Default` reads an attribute.
const DERIVES: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Who may read an attribute of a state.
#[derive(Default)]
pub(in crate::model) struct Readers {
    /// What is derived, in small letters: `#[debug]` may be of another crate's `Debug`.
    derived: Vec<String>,
    /// Something that is not known: another derive, or an attribute that is a macro.
    has_unknown: bool,
}

impl Readers {
    /// By the attributes of the table.
    pub(super) fn of<'a>(attrs: impl IntoIterator<Item = &'a Attribute>) -> Self {
        let mut found = Self::default();
        for attr in attrs {
            if attr.path().is_ident("derive")
                && let Ok(paths) = attr.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
            {
                paths.iter().for_each(|path| found.derive(path));
            } else {
                found.has_unknown |= !is_of_rust(attr);
            }
        }
        found
    }

    fn derive(&mut self, path: &Path) {
        let name = path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        self.has_unknown |= !DERIVES.contains(&name.as_str());
        self.derived.push(name.to_lowercase());
    }

    /// Whether a state's attribute may have a meaning.
    pub(super) fn may_read(&self, attr: &Attribute) -> bool {
        let is_of_a_derive = |name: &String| attr.path().is_ident(name);
        self.has_unknown
            || attr.path().is_ident("cfg_attr")
            || attr.path().get_ident().is_none()
            || is_of_rust(attr)
            || self.derived.iter().any(is_of_a_derive)
    }
}

fn is_of_rust(attr: &Attribute) -> bool {
    let (names, path) = (&OF_RUST, attr.path());
    let is_of_a_tool =
        || path.segments.first().is_some_and(|first| OF_TOOLS.iter().any(|tool| first.ident == tool));
    names.iter().any(|name| path.is_ident(name)) || is_of_a_tool()
}
