use jiff::{SignedDuration, Timestamp};

/// The time whose slots have been dealt with, so that none is fired twice, even if the clock is set back: a present
/// span, which grows, and spans before or behind it, which a jump of the clock left.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    present: Span,
    others: Vec<Span>,
}

/// Later than the first, up to and with the second.
#[derive(Clone, Copy, Debug)]
struct Span(Timestamp, Timestamp);

/// Of so many jumps the spans are kept apart.
const KEPT: usize = 8;

impl Settled {
    /// Everything before `now`; a slot at `now` is not.
    pub(super) fn until(now: Timestamp) -> Self {
        let before = just_before(now);
        Self { present: Span(before, before), others: Vec::new() }
    }

    /// Slots after this are still to come.
    pub(super) fn to(&self) -> Timestamp {
        self.present.1
    }

    /// The slots up to and with `slot` are dealt with.
    pub(super) fn settle(&mut self, slot: Timestamp) {
        self.present.1 = self.present.1.max(slot);
        let Span(from, mut to) = self.present;
        self.others.retain(|other| {
            let meets = from <= other.1 && other.0 <= to;
            if meets {
                to = to.max(other.1);
            }
            !meets
        });
        self.present.1 = to;
    }

    /// The time before `now` passed without slots.
    pub(super) fn pass(&mut self, now: Timestamp) {
        if now < self.present.0 {
            self.set_back(now);
        } else {
            self.settle(just_before(now));
        }
    }

    /// The clock was set forward: the slots before `fired`, or all up to `last`, were not lived through.
    pub(super) fn leap(&mut self, fired: Option<Timestamp>, last: Timestamp) {
        let landing = fired.map_or(last, just_before);
        self.begin(Span(landing, landing));
    }

    /// The clock was set back to `now`. What the present span has dealt with stays so.
    pub(super) fn set_back(&mut self, now: Timestamp) {
        if now > self.present.0 {
            return;
        }
        let before = just_before(now);
        match self.others.iter().position(|other| other.0 < now && now <= other.1) {
            Some(index) => {
                let known = self.others.remove(index);
                self.begin(known);
            }
            None => self.begin(Span(before, before)),
        }
    }

    /// The end of the span that a slot behind the present one is in.
    pub(super) fn end_of(&self, slot: Timestamp) -> Option<Timestamp> {
        self.others.iter().find(|other| other.0 < slot && slot <= other.1).map(|other| other.1)
    }

    fn begin(&mut self, present: Span) {
        let left = std::mem::replace(&mut self.present, present);
        if left.0 < left.1 {
            self.others.push(left);
        }
        if self.others.len() > KEPT {
            // A slot between the two would not be fired; better that than one that is fired twice.
            let (a, b) = (self.others.remove(0), self.others[0]);
            self.others[0] = Span(a.0.min(b.0), a.1.max(b.1));
        }
    }
}

fn just_before(time: Timestamp) -> Timestamp {
    time.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(time)
}
