use cano::prelude::*;

enum Step {
    Begin,
    End,
}

#[task]
async fn begin() -> CanoResult<Step> {
    Ok(Step::End)
}

fn build() {
    let mut workflow = Workflow::<_>::new(Step::Begin);
    workflow.register(Step::Begin, begin {}).add_exit_state(Step::End);
}

fn main() {}
