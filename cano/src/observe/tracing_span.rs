//! Spans that the user gives.

use tracing::Span;

use crate::{
    define::{options::RunOptions, spans::GivenSpan, workflow::Workflow},
    run::{CheckedWorkflow, ConcurrentRuns, ConcurrentWorkflow, Machine, States},
};

impl<S, Store: ?Sized> Workflow<S, Store> {
    /// Sets the span that contains the spans of each run, in place of one named `workflow`.
    ///
    /// Needs the feature `tracing`.
    #[must_use]
    pub fn with_tracing_span(mut self, span: Span) -> Self {
        self.settings.span = GivenSpan::new(span);
        self
    }
}

impl<T: States> CheckedWorkflow<T> {
    /// Sets the span that contains the spans of each run, in place of one named `workflow`.
    ///
    /// If it has a field `otel.name`, the spans within it set that field, too: to the name of the state or of the task.
    /// When one of cano's spans ends, it sets `otel.status_code` and, if it failed, `error.type`.
    ///
    /// Needs the feature `tracing`.
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// #[task]
    /// async fn greet() -> CanoResult<()> {
    ///     tracing::info!("hello");
    ///     Ok(())
    /// }
    ///
    /// workflow! {
    ///     enum Hello {
    ///         #[start] Greet = greet >> Greeted,
    ///         #[exit] Greeted,
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> CanoResult<()> {
    /// let span = tracing::info_span!("greeting", user = "ada");
    /// // INFO greeting{user="ada"}:task_execution{state=Greet}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}: hello
    /// Hello::workflow().with_tracing_span(span).orchestrate(&MemoryStore::new()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_tracing_span(mut self, span: Span) -> Self {
        self.settings_mut().span = GivenSpan::new(span);
        self
    }
}

impl RunOptions {
    /// Sets the span that contains the spans of this run, in place of its workflow's.
    ///
    /// Needs the feature `tracing`.
    pub fn with_tracing_span(mut self, span: Span) -> Self {
        self.span = GivenSpan::new(span);
        self
    }
}

impl<M: Machine, St> ConcurrentRuns<M, St> {
    /// Sets the span of these runs. Each run has a child span of it, named `workflow`, with its index.
    ///
    /// Needs the feature `tracing`.
    pub fn with_tracing_span(mut self, span: Span) -> Self {
        self.span = GivenSpan::new(span);
        self
    }
}

impl<S, Store: ?Sized> ConcurrentWorkflow<S, Store> {
    /// Sets the span of the runs. Each run has a child span of it, named `workflow`, with its index.
    ///
    /// Needs the feature `tracing`.
    #[must_use]
    pub fn with_tracing_span(mut self, span: Span) -> Self {
        self.workflow.settings.span = GivenSpan::new(span);
        self
    }
}
