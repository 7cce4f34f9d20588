//! A live view of the table: how many runs are in each state.

use std::io::{self, IsTerminal, Write};
use std::pin::pin;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::{MissedTickBehavior, interval};

use crate::visits::{State, Visits};

/// How often a terminal is drawn, each second.
const HERTZ: u8 = 15;
/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_millis(500);

/// Awaits the runs, and shows meanwhile where they are.
pub async fn during<F: Future>(runs: F, visits: &Visits, invoices: usize, jobs: usize) -> F::Output {
    let mut view = View::new(visits, invoices as u64, jobs as u64);
    let mut ticks = interval(view.period());
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut runs = pin!(runs);
    loop {
        tokio::select! {
            biased;
            end = &mut runs => {
                view.show(visits);
                view.end();
                return end;
            }
            _ = ticks.tick() => view.show(visits),
        }
    }
}

enum View {
    /// A row for each state, each drawn over itself.
    Terminal(Vec<ProgressBar>),
    /// The last line.
    Lines(String),
}

impl View {
    /// A bar is full when every run that is under way is in its state, or when every invoice is at its exit.
    fn new(visits: &Visits, invoices: u64, jobs: u64) -> Self {
        if !io::stdout().is_terminal() {
            return Self::Lines(String::new());
        }
        let rows = MultiProgress::with_draw_target(ProgressDrawTarget::stdout_with_hz(HERTZ));
        let row = |state: &State| {
            let full = if state.is_exit { invoices } else { jobs.min(invoices) };
            let row = rows.add(ProgressBar::new(full));
            row.set_style(style(state.is_exit));
            row.with_prefix(state.name)
        };
        Self::Terminal(visits.states().iter().map(row).collect())
    }

    fn period(&self) -> Duration {
        match self {
            Self::Terminal(_) => Duration::from_secs(1) / u32::from(HERTZ),
            Self::Lines(_) => EVERY,
        }
    }

    fn show(&mut self, visits: &Visits) {
        match self {
            Self::Terminal(rows) => {
                for (row, state) in rows.iter().zip(visits.states()) {
                    row.set_position(state.here());
                    row.set_message(message(state));
                }
            }
            Self::Lines(last) => {
                let line = line(visits);
                if line != *last {
                    // Whoever reads may have gone: the report will say so.
                    let _ = writeln!(io::stdout(), "{line}");
                    *last = line;
                }
            }
        }
    }

    fn end(self) {
        if let Self::Terminal(rows) = self {
            rows.iter().for_each(ProgressBar::abandon);
        }
    }
}

fn style(is_exit: bool) -> ProgressStyle {
    let colour = if is_exit { "green" } else { "cyan" };
    let template = format!("{{prefix:<10}} {{bar:32.{colour}}} {{pos:>6}}  {{msg}}");
    ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// `812 in all, 9004 lines`
fn message(state: &State) -> String {
    match state.lines() {
        _ if state.is_exit => String::new(),
        0 => format!("{} in all", state.visits()),
        lines => format!("{} in all, {lines} lines", state.visits()),
    }
}

/// `Read 3, Price 1, Booked 40; 812 lines read`
fn line(visits: &Visits) -> String {
    let inhabited = visits.states().iter().filter(|state| state.here() > 0);
    let counts: Vec<_> = inhabited.map(|state| format!("{} {}", state.name, state.here())).collect();
    format!("{}; {} lines read", counts.join(", "), visits.lines())
}
