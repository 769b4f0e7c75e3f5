//! What is shown while cells run.

use crate::analysis::measure::value;
use crate::analysis::moments::{Moments, Quantiles};
use crate::cell::Cell;
use crate::experiment::Experiment;
use crate::metrics::Metric;
use crate::outcomes::{Outcomes, Period};
use crate::terminal::say;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Seconds between lines where there is no terminal to draw a bar on.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// The metric of the estimate on the way, for the last regime of the list.
const ESTIMATED: Metric = Metric::Picked;

/// A bar on a terminal, a line now and then elsewhere.
pub struct Progress {
    bar: ProgressBar,
    lines: bool,
    places: usize,
    /// Index and id of the world whose difference is estimated.
    regime: Option<(usize, String)>,
    state: Mutex<State>,
}

struct State {
    finished: usize,
    total: usize,
    last_line: Instant,
    /// Places of replicates not all of whose places are done: the comparator's and
    /// the regime's worlds so far, and how many.
    partial: BTreeMap<(u32, u32, u32), (Outcomes, Outcomes, usize)>,
    difference: Moments,
}

impl Progress {
    /// Of so many cells, without an estimate on the way.
    pub fn plain(cells: usize, quiet: bool) -> Self {
        Self::of(None, 1, 0, cells, quiet)
    }

    /// `there` cells were run before and `missing` are to be.
    pub fn new(experiment: &Experiment, there: usize, missing: usize, quiet: bool) -> Self {
        let last = experiment.regimes.len();
        let regime = experiment.regimes.last().map(|r| (last, r.id.clone()));
        Self::of(regime, experiment.places.len(), there, missing, quiet)
    }

    fn of(
        regime: Option<(usize, String)>,
        places: usize,
        there: usize,
        missing: usize,
        quiet: bool,
    ) -> Self {
        let on_terminal = std::io::stderr().is_terminal();
        let target = if quiet || !on_terminal {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some((there + missing) as u64), target);
        let style = "{bar:20} {pos} of {len} runs, {eta} to go  {wide_msg}";
        // The template is fixed; were it wrong, the plain bar would do.
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar.set_position(there as u64);
        bar.reset_eta();
        if !quiet && on_terminal {
            bar.enable_steady_tick(Duration::from_secs(1));
        }
        Self {
            bar,
            lines: !quiet && !on_terminal,
            places,
            regime,
            state: Mutex::new(State {
                finished: there,
                total: there + missing,
                last_line: Instant::now(),
                partial: BTreeMap::new(),
                difference: Moments::default(),
            }),
        }
    }

    /// Takes note of a finished cell.
    pub fn finished(&self, cell: &Cell) {
        if let Some((world, id)) = &self.regime
            // A lock poisoned by another thread's panic: nothing left worth showing.
            && let Ok(mut state) = self.state.lock()
        {
            state.take(cell, *world, self.places);
            if let Some(message) = state.message(id) {
                self.bar.set_message(message);
            }
        }
        self.counted();
    }

    /// Takes note that one more is done.
    pub fn counted(&self) {
        let Ok(mut state) = self.state.lock() else { return };
        state.finished += 1;
        self.bar.inc(1);
        if self.lines && state.last_line.elapsed() >= BETWEEN_LINES {
            state.last_line = Instant::now();
            let line =
                format!("{} of {} runs  {}", state.finished, state.total, self.bar.message());
            say(line.trim_end());
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl State {
    fn take(&mut self, cell: &Cell, world: usize, places: usize) {
        let (Some(comparator), Some(regime)) = (cell.worlds.first(), cell.worlds.get(world)) else {
            return;
        };
        if places == 1 {
            self.estimate(comparator, regime);
            return;
        }
        let replicate = (cell.id.beliefs, cell.id.draw, cell.id.replicate);
        let merged = match self.partial.remove(&replicate) {
            Some((mut all, mut all_regime, seen)) => {
                all.merge(comparator);
                all_regime.merge(regime);
                (all, all_regime, seen + 1)
            }
            None => (comparator.clone(), regime.clone(), 1),
        };
        if merged.2 == places {
            self.estimate(&merged.0, &merged.1);
        } else {
            self.partial.insert(replicate, merged);
        }
    }

    fn estimate(&mut self, comparator: &Outcomes, regime: &Outcomes) {
        let of = |world| value(ESTIMATED, world, comparator, 0, Period::Whole);
        self.difference.add(of(regime).zip(of(comparator)).map(|(r, c)| r - c));
    }

    /// The estimate so far, in plain words.
    fn message(&self, regime: &str) -> Option<String> {
        let (low, high) = Quantiles::default().interval(&self.difference)?;
        let (mean, half) = (100.0 * (low + high) / 2.0, 50.0 * (high - low));
        Some(format!(
            "{regime}: {mean:+.1} ± {half:.1} points in people who picked their supporter (so far)"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellId;
    use crate::made_up;

    #[test]
    fn the_estimate_is_over_whole_replicates() {
        let mut experiment = made_up::experiment(&["one", "two"], 3);
        experiment.places.push(crate::place::Place::town());
        let progress = Progress::new(&experiment, 0, 6, true);
        for (system, replicate) in [(0, 0), (1, 1), (0, 1), (0, 2)] {
            let id = CellId { system, beliefs: 0, draw: 0, replicate };
            progress.finished(&made_up::cell(&experiment, id));
        }
        assert_eq!(progress.bar.message(), "", "one whole replicate has no range");
        let id = CellId { system: 1, beliefs: 0, draw: 0, replicate: 2 };
        progress.finished(&made_up::cell(&experiment, id));
        assert_eq!(
            progress.bar.message(),
            "two: +20.0 ± 0.0 points in people who picked their supporter (so far)"
        );
    }
}
