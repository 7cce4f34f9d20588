use jiff::Timestamp;

use super::super::nanos::Nanos;

/// The time whose slots have been dealt with, so that none is fired twice, even if the clock is set back: a present
/// span, which grows, and spans before or behind it, which a jump of the clock left.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    present: Span,
    /// A clock is seldom set.
    others: Option<Box<Others>>,
}

/// Later than the first, up to and with the second.
#[derive(Clone, Copy, Debug)]
struct Span(Nanos, Nanos);

#[derive(Clone, Debug, Default)]
struct Others(Vec<Span>);

/// Of so many jumps the spans are kept apart.
const KEPT: usize = 8;

impl Settled {
    /// Everything before `now`; a slot at `now` is not.
    pub(super) fn until(now: Timestamp) -> Self {
        Self { present: Span::empty_before(now), others: None }
    }

    /// Slots after this are still to come.
    pub(super) fn to(&self) -> Timestamp {
        self.present.1.into()
    }

    /// The slots up to and with `slot` are dealt with.
    pub(super) fn settle(&mut self, slot: Timestamp) {
        let present = &mut self.present;
        present.1 = present.1.max(slot.into());
        if let Some(others) = &mut self.others {
            others.0.retain(|other| {
                let meets = present.0 <= other.1 && other.0 <= present.1;
                if meets {
                    present.1 = present.1.max(other.1);
                }
                !meets
            });
        }
    }

    /// The time before `now` passed without slots.
    pub(super) fn pass(&mut self, now: Timestamp) {
        if Nanos::from(now) < self.present.0 {
            self.set_back(now);
        } else {
            self.settle(Nanos::from(now).before().into());
        }
    }

    /// The clock was set forward: the slots before `fired`, or all up to `last`, were not lived through.
    pub(super) fn leap(&mut self, fired: Option<Timestamp>, last: Timestamp) {
        let landing = fired.map_or(last.into(), |fired| Nanos::from(fired).before());
        self.begin(Span(landing, landing));
    }

    /// The clock was set back to `now`. What the present span has dealt with stays so.
    pub(super) fn set_back(&mut self, now: Timestamp) {
        if Nanos::from(now) > self.present.0 {
            return;
        }
        let others = self.others.get_or_insert_default();
        let known = others.0.iter().position(|other| other.has(now));
        let present = known.map_or(Span::empty_before(now), |index| others.0.remove(index));
        self.begin(present);
    }

    /// The end of the span that a slot behind the present one is in.
    pub(super) fn end_of(&self, slot: Timestamp) -> Option<Timestamp> {
        let others = self.others.as_ref()?;
        others.0.iter().find(|other| other.has(slot)).map(|other| other.1.into())
    }

    fn begin(&mut self, present: Span) {
        let left = std::mem::replace(&mut self.present, present);
        if left.0 == left.1 {
            return;
        }
        let others = &mut self.others.get_or_insert_default().0;
        others.push(left);
        if others.len() > KEPT {
            join_nearest(others);
        }
    }
}

/// Makes one of the two spans that are nearest to each other. A slot between them is not fired any more; better that
/// than one that is fired twice.
fn join_nearest(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| span.0);
    let gap = |i: &usize| Timestamp::from(spans[*i].0).duration_since(spans[*i - 1].1.into());
    if let Some(i) = (1..spans.len()).min_by_key(gap) {
        let next = spans.remove(i);
        spans[i - 1].1 = spans[i - 1].1.max(next.1);
    }
}

impl Span {
    fn empty_before(now: Timestamp) -> Self {
        let before = Nanos::from(now).before();
        Self(before, before)
    }

    fn has(&self, slot: Timestamp) -> bool {
        self.0 < slot.into() && Nanos::from(slot) <= self.1
    }
}
