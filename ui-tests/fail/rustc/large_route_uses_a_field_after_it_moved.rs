use cano::prelude::*;

#[task]
async fn pass() -> CanoResult<()> {
    Ok(())
}

#[task]
async fn ship(_name: &str) -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Large {
        #[start] S00 = pass() >> S01, S01 = pass() >> S02, S02 = pass() >> S03, S03 = pass() >> S04,
        S04 = pass() >> S05, S05 = pass() >> S06, S06 = pass() >> S07, S07 = pass() >> S08, S08 = pass() >> S09,
        S09 = pass() >> S10 { n: String::new() },
        S10 { n: String } = ship(n) >> S11 { first: n, second: n },
        S11 { first: String, second: String } = pass() >> S12, S12 = pass() >> S13, S13 = pass() >> S14, S14 = pass() >> S15, S15 = pass() >> S16,
        S16 = pass() >> S17, S17 = pass() >> S18, S18 = pass() >> S19, S19 = pass() >> S20, S20 = pass() >> S21,
        S21 = pass() >> S22, S22 = pass() >> S23, S23 = pass() >> S24, S24 = pass() >> S25, S25 = pass() >> S26,
        S26 = pass() >> S27, S27 = pass() >> S28, S28 = pass() >> S29, S29 = pass() >> S30, S30 = pass() >> S31,
        S31 = pass() >> S32, S32 = pass() >> S33, S33 = pass() >> S34, S34 = pass() >> S35, S35 = pass() >> S36,
        S36 = pass() >> S37, S37 = pass() >> S38, S38 = pass() >> S39, S39 = pass() >> S40, S40 = pass() >> S41,
        S41 = pass() >> S42, S42 = pass() >> S43, S43 = pass() >> S44, S44 = pass() >> S45, S45 = pass() >> S46,
        S46 = pass() >> S47, S47 = pass() >> S48, S48 = pass() >> S49, S49 = pass() >> S50, S50 = pass() >> S51,
        S51 = pass() >> S52, S52 = pass() >> S53, S53 = pass() >> S54, S54 = pass() >> S55, S55 = pass() >> S56,
        S56 = pass() >> S57, S57 = pass() >> S58, S58 = pass() >> S59,
        S59 = pass() >> S60,
        S60 = pass() >> S61,
        S61 = pass() >> S62, S62 = pass() >> S63, S63 = pass() >> S64, S64 = pass() >> S65, S65 = pass() >> Done,
        #[exit] Done,
    }
}

fn main() {}
