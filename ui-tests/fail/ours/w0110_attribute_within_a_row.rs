use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

#[task]
async fn flip() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    enum Order {
        #[start] Begin = #[inline] go >> Next,
        Next = #[allow(unused)] match #[retry(fixed(3, "1s"))] flip {
            true => #[cfg(test)] Third,
            #[allow(unused_variables)]
            false => Third,
        },
        Third = (go, #[timeout("2s")] go) >> Fourth,
        #[undo(#[limit(BANK)] go)]
        #[catch(error => #[doc = "It failed."] Done { n: 0 })]
        Fourth = go >> Done { n: { #[allow(unused_variables)] let error = 1; 2 } },
        #[exit] Done { n: u32 },
    }
}

fn main() {}
