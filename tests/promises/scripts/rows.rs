//! A script, played by tables with rows of several tasks and of nested tables.

use cano::prelude::*;

use super::{
    script::{Part, Script, Seen, Way},
    table::{Large, Small},
    tasks::{Falling, GATE, Play, pass, patient, plain, undo},
};

#[task(retry = fixed(1, "1s"), timeout = "3001ms")]
async fn one(item: u8, store: &Play, cx: &Cx) -> CanoResult<Way> {
    assert_eq!(cx.item(), Some(item.into()));
    store.part(cx, Part::Run).await
}

#[derive(Clone, Copy, Debug)]
enum Turn {
    To0,
    To1,
    To2,
    To3,
    Fill,
    End,
}

#[task]
async fn turn(way: Way) -> CanoResult<Turn> {
    Ok(match way {
        Way::S0 | Way::S4 => Turn::To0,
        Way::S1 | Way::S5 => Turn::To1,
        Way::S2 | Way::S6 => Turn::To2,
        Way::S3 | Way::S7 => Turn::To3,
        Way::Fill => Turn::Fill,
        Way::End => Turn::End,
    })
}

const ITEMS: [u8; 3] = [0, 1, 2];

macro_rules! table {
    ($name:ident $nested:ident $run:ident $exit:ident
        [$(($a:ident $to_a:ident))*] [$(($b:ident $to_b:ident))*] [$(($c:ident $to_c:ident))*] [$(($d:ident $to_d:ident))*]
    ) => {
        workflow! {
            #[store(Play)]
            #[derive(Clone, Debug)]
            pub(super) enum $name {
                #[limit(GATE)] #[timeout("4101ms")] #[catch(_ => R1)]
                #[undo(undo())]
                #[start] R0 = match (plain, Falling, patient) { (way, _, _) => Turn { way } },
                $($a = pass >> $to_a,)*
                #[catch(_ => Turn { way: Way::S2 })]
                R1 = match any(plain, patient, Falling) { way => Turn { way } },
                $($b = pass >> $to_b,)*
                #[catch(_ => R3)]
                #[undo(undo())]
                R2 { items: [u8; 3] } = match each(one, over = items, limit = 2) { ways => Turn { way: ways[0] } },
                $($c = pass >> $to_c,)*
                #[retry(fixed(1, "1s"))] #[timeout("20003ms")] #[catch(_ if true => R2 { items: ITEMS })]
                R3 = match $nested { Filled => Turn { way: Way::S0 }, End => Turn { way: Way::S1 } },
                $($d = pass >> $to_d,)*
                Turn { way: Way } = match turn(way) {
                    To0 => R0, To1 => R1, To2 => R2 { items: ITEMS }, To3 => R3, Fill => F00, End => End,
                },
                #[exit] Filled,
                #[exit] End,
            }
        }

        pub(super) async fn $run(script: &Script, is_observed: bool) -> Seen {
            let mut workflow = $name::workflow();
            if is_observed {
                workflow = workflow.with_observer(|_: &cano::Event<'_>| {});
            }
            let play = Play::of(script);
            let options = script.options();
            let end = workflow.orchestrate_with($name::R0, &play, options).await;
            play.seen(end.map(|exit| format!("{exit:?}")))
        }
    };
}

table!(SmallRows Small small SmallRowsExit [(F00 F01)] [] [(F01 Filled)] []);
table!(
    LargeRows Large large LargeRowsExit
    [(F00 F01) (F01 F02) (F02 F03) (F03 F04) (F04 F05) (F05 F06) (F06 F07) (F07 F08) (F08 F09) (F09 F10) (F10 F11) (F11 F12) (F12 F13) (F13 F14) (F14 F15) (F15 F16) (F16 F17) (F17 F18) (F18 F19) (F19 F20)]
    [(F20 F21) (F21 F22) (F22 F23) (F23 F24) (F24 F25) (F25 F26) (F26 F27) (F27 F28) (F28 F29) (F29 F30) (F30 F31) (F31 F32) (F32 F33) (F33 F34) (F34 F35) (F35 F36) (F36 F37) (F37 F38) (F38 F39) (F39 F40)]
    [(F40 F41) (F41 F42) (F42 F43) (F43 F44) (F44 F45) (F45 F46) (F46 F47) (F47 F48) (F48 F49) (F49 F50) (F50 F51) (F51 F52) (F52 F53) (F53 F54) (F54 F55) (F55 F56) (F56 F57) (F57 F58) (F58 F59) (F59 F60)]
    [(F60 F61) (F61 F62) (F62 F63) (F63 F64) (F64 F65) (F65 F66) (F66 F67) (F67 F68) (F68 F69) (F69 F70) (F70 F71) (F71 F72) (F72 F73) (F73 F74) (F74 F75) (F75 F76) (F76 F77) (F77 F78) (F78 F79) (F79 Filled)]
);
