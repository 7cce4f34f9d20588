//! The builder: a workflow that is built at run time, here from steps in a text.

use std::collections::HashMap;

use cano::prelude::*;

/// One step of a recipe: an operation that changes a number in the store, and the step that follows.
struct Step {
    operation: char,
    next: String,
}

#[async_trait]
impl Task<String> for Step {
    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn run(&self, store: &MemoryStore) -> Result<String, CanoError> {
        let n: i64 = store.get("n")?;
        let n = match self.operation {
            '+' => n + 1,
            '*' => n * 2,
            '-' => n - 1,
            other => return Err(CanoError::configuration(format!("`{other}` is no operation"))),
        };
        store.put("n", n)?;
        Ok(self.next.clone())
    }
}

/// Reads `"a + b, b * c"` as: in state `a` add one and go on to `b`, in `b` double and go on to `c`.
fn recipe(text: &str) -> Result<Workflow<String>, CanoError> {
    let mut workflow = Workflow::new("a".to_owned()).with_name("recipe");
    for row in text.split(", ") {
        let [state, operation, next] = row.split(' ').collect::<Vec<_>>()[..] else {
            return Err(CanoError::configuration(format!(
                "`{row}` is not a state, an operation and the next state"
            )));
        };
        let operation = operation.chars().next().unwrap_or_default();
        workflow.register(state.to_owned(), Step { operation, next: next.to_owned() });
    }
    workflow.add_exit_state("end".to_owned());
    workflow.validate()?;
    Ok(workflow)
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let store = MemoryStore::new();
    for (text, result) in HashMap::from([("a + b, b * end", 8), ("a * b, b * c, c - end", 11)]) {
        store.put("n", 3_i64)?;
        assert_eq!(recipe(text)?.orchestrate(&store).await?, "end");
        println!("{text}: {}", store.get::<i64>("n")?);
        assert_eq!(store.get::<i64>("n")?, result);
    }

    // `validate` reports every fault that can be known before a run; a run finds the others when it gets there.
    let error = recipe("b + end, b * end").expect_err("there is no state `a`");
    println!("{error}");
    let error = recipe("a + x")?.orchestrate(&store).await.expect_err("there is no state `x`");
    println!("{error}");
    assert!(matches!(error, CanoError::UnregisteredState(_)));
    let error = recipe("a / end")?.orchestrate(&store).await.expect_err("there is no operation `/`");
    println!("{error:#}");
    assert!(error.is_permanent());
    Ok(())
}
