//! A table over any type, without bounds that nothing asks for.
#![deny(warnings)]
use std::fmt::Debug;
#[task]
async fn show(x: &str) -> CanoResult<()> { println!("{x}"); Ok(()) }
#[derive(Default)]
struct Keep<T>(std::marker::PhantomData<fn() -> T>);
#[task]
impl<T: Debug + Send + Sync + Clone> Keep<T> {
    async fn run(&self, x: &T) -> CanoResult<Option<T>> { println!("{x:?}"); Ok(Some(x.clone())) }
}
workflow! {
    enum G<T: Debug + Send + Sync + Clone> {
        #[start] A { x: T } = match Keep::<T>(x) { Some(x) => B { x, text: "a".into() }, None => Done },
        B { x: T, text: String } = show(text) >> Kept { x },
        #[exit] Done,
        #[exit] Kept { x: T },
    }
}
#[tokio::main]
async fn main() {
    let G::<u32>::B { .. } = (G::<u32>::B { x: 1, text: String::new() }) else { return };
    assert!(matches!(G::run(5u8, &MemoryStore::new()).await, Ok(GExit::Kept { x: 5 })));
}
