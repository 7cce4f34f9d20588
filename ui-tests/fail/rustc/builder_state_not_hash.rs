use cano::prelude::*;

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Begin,
}

fn build() {
    let _ = Workflow::<Step>::new(Step::Begin).validate();
}

fn main() {}
