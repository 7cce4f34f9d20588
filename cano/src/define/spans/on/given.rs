use tracing::Span;

/// The span that a workflow, or a run, was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct GivenSpan(Option<Span>);

impl GivenSpan {
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    pub(crate) fn new(span: Span) -> Self {
        Self(Some(span))
    }

    pub(crate) fn span(&self) -> Option<&Span> {
        self.0.as_ref()
    }

    /// This one, or else the other.
    pub(crate) fn or(self, other: &Self) -> Self {
        Self(self.0.or_else(|| other.0.clone()))
    }
}
