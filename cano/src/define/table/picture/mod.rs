//! A table as a picture, in three languages.

mod dot;
mod mermaid;
#[cfg(feature = "svg")]
mod svg;

use super::{StateKind, Table, TransitionKind};

impl Table {
    /// The table as a Mermaid flowchart. The workflow's doc comment is its description.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        mermaid::render(self)
    }

    /// The table as a graph in the language of Graphviz, for its program `dot`.
    ///
    /// The id of a node is `state-` followed by the state's name; its class is `state start`, `state inner` or
    /// `state exit`. The class of an arrow is `transition outcome` or `transition catch`. Doc comments are tooltips.
    #[must_use]
    pub fn to_dot(&self) -> String {
        dot::render(self)
    }
}

#[cfg(feature = "svg")]
impl Table {
    /// The table as an SVG document, for a file or to be put into a page.
    ///
    /// It has no background. In a page it takes the colour of the text around it; as a file of its own it follows the
    /// reader's choice of light or dark. Ids and classes are those of [`to_dot`](Self::to_dot), and the element of an
    /// arrow also has `data-from` and `data-to`. Doc comments are titles, which a browser shows under the pointer.
    ///
    /// Needs the feature `svg`.
    #[must_use]
    pub fn to_svg(&self) -> String {
        svg::render(self)
    }
}

/// The class of a state.
fn state_class(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Start => "state start",
        StateKind::Inner => "state inner",
        StateKind::Exit => "state exit",
    }
}

/// The class of a transition.
fn transition_class(kind: TransitionKind) -> &'static str {
    match kind {
        TransitionKind::Outcome => "transition outcome",
        TransitionKind::Catch => "transition catch",
    }
}
