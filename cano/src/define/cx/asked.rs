//! The limits that an attempt has asked: the row's, then the task's.

use super::Cx;

/// Those asked up to here. Its drop forgets those asked since, whose permits are given back with it.
#[doc(hidden)]
pub struct Asked<'a> {
    cx: &'a Cx,
    count: usize,
}

impl Cx {
    /// How many there are by now.
    #[doc(hidden)]
    #[must_use]
    pub fn asked(&self) -> Asked<'_> {
        Asked { cx: self, count: self.aside.asked() }
    }

    /// Notes that this attempt asks the limit at this address; whether it has before.
    pub(crate) fn asks(&self, limit: usize) -> bool {
        self.aside.asks(limit)
    }
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        self.cx.aside.forget_asked(self.count);
    }
}
