use tracing::Span;

/// The span that a workflow, or a run, was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct GivenSpan {
    span: Option<Span>,
    /// Whether it names itself for OpenTelemetry, by a field `otel.name`: then the spans within it do so too. They do
    /// not otherwise, because that name would stand in each line of a log.
    are_named: bool,
}

impl GivenSpan {
    pub(crate) const fn none() -> Self {
        Self { span: None, are_named: false }
    }

    pub(crate) fn new(span: Span) -> Self {
        let are_named =
            span.metadata().is_some_and(|metadata| metadata.fields().field("otel.name").is_some());
        Self { span: Some(span), are_named }
    }

    /// A span of ours, within one that was given.
    pub(super) fn within(span: Option<Span>, are_named: bool) -> Self {
        Self { span, are_named }
    }

    pub(super) fn span(&self) -> Option<&Span> {
        self.span.as_ref()
    }

    pub(super) fn are_named(&self) -> bool {
        self.are_named
    }

    /// This one, or else the other.
    pub(crate) fn or(self, other: &Self) -> Self {
        if self.span.is_some() { self } else { other.clone() }
    }
}
