use std::{error::Error, marker::PhantomData};

use super::{AnyFailed, CanoError};

type Cause<'a> = &'a (dyn Error + 'static);

/// The errors of type `E` among an error and its causes, to which belong those of every task of an `any`.
pub(super) struct Causes<'a, E> {
    next: Option<Cause<'a>>,
    /// What is left of each [`AnyFailed`] on the way.
    beside: Vec<Cause<'a>>,
    wanted: PhantomData<&'a E>,
}

impl<'a, E> Causes<'a, E> {
    pub(super) const fn of(error: &'a CanoError) -> Self {
        Self { next: Some(error), beside: Vec::new(), wanted: PhantomData }
    }

    fn step(&mut self) -> Option<Cause<'a>> {
        let error = self.next.take().or_else(|| self.beside.pop())?;
        self.next = error.source();
        if let Some(any) = error.downcast_ref::<AnyFailed>() {
            self.beside.extend(any.errors().iter().rev().map(|error| error as Cause<'a>));
        }
        Some(error)
    }
}

impl<'a, E: Error + 'static> Iterator for Causes<'a, E> {
    type Item = &'a E;

    fn next(&mut self) -> Option<&'a E> {
        loop {
            let error = self.step()?;
            let found = error.downcast_ref::<E>().or_else(|| match error.downcast_ref() {
                // The variant stands for it, so that no report prints it twice.
                Some(CanoError::CircuitOpen(open)) => (open as Cause<'a>).downcast_ref(),
                _ => None,
            });
            if found.is_some() {
                return found;
            }
        }
    }
}
