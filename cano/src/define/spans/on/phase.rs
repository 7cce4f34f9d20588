use tracing::{Level, Span, debug_span, level_filters::LevelFilter};

use super::{Spans, TARGET, stack::Depth};

#[doc(hidden)]
#[macro_export]
macro_rules! __enter_phase {
    ($cx:expr, $name:literal) => {
        $crate::__private::enter_phase($cx, $name)
    };
}

impl Spans {
    /// A phase of a node begins, with a span of its own below the attempt's, at DEBUG. It ends with the next one, or
    /// with the attempt.
    #[cold]
    pub(crate) fn enter_phase(&self, name: &'static str) {
        if !self.are_close || LevelFilter::current() < Level::DEBUG {
            return;
        }
        if let Some(mut stack) = self.stack() {
            stack.open(Depth::Phase, || span(name));
        }
    }
}

/// A span's name is a constant.
fn span(name: &str) -> Span {
    match name {
        "prep" => debug_span!(target: TARGET, "prep"),
        "exec" => debug_span!(target: TARGET, "exec"),
        "post" => debug_span!(target: TARGET, "post"),
        _ => debug_span!(target: TARGET, "exec_fallback"),
    }
}
