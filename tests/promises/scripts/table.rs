//! A script, played by tables.

use std::sync::Arc;

use cano::{WaitStrategy, WorkflowResult, prelude::*};

use super::{
    script::{Script, Seen},
    tasks::{Falling, GATE, Play, gated, pass, patient, plain, undo},
};

/// A table of eight states, and of those that lead from `Fill` to its own end, which stand in between.
macro_rules! table {
    ($name:ident $run:ident $several:ident $exit:ident $a:tt $b:tt $c:tt $d:tt) => {
        table!(@ $name $run $several $exit $a $b $c $d {
            S0 => S0, S1 => S1, S2 => S2, S3 => S3, S4 => S4, S5 => S5, S6 => S6, S7 => S7, Fill => F00, End => End,
        });
    };
    (@ $name:ident $run:ident $several:ident $exit:ident
        [$(($a:ident $to_a:ident))*] [$(($b:ident $to_b:ident))*] [$(($c:ident $to_c:ident))*] [$(($d:ident $to_d:ident))*]
        $ways:tt
    ) => {
        workflow! {
            #[store(Play)]
            #[derive(Clone, Debug)]
            pub(super) enum $name {
                #[catch(_ => S1)]
                #[start] S0 = match plain $ways,
                #[undo(undo())]
                S1 = match patient $ways,
                $($a = pass >> $to_a,)*
                #[limit(GATE)] #[timeout("3001ms")] #[catch(_ => S3)]
                S2 = match plain $ways,
                S3 = match Falling $ways,
                $($b = pass >> $to_b,)*
                #[catch(_ => S5)]
                S4 = match plain $ways,
                #[undo(undo())]
                S5 = match patient $ways,
                $($c = pass >> $to_c,)*
                #[limit(GATE)] #[timeout("3001ms")] #[catch(_ => S7)]
                S6 = match gated $ways,
                #[limit(GATE)]
                S7 = match Falling $ways,
                $($d = pass >> $to_d,)*
                #[exit] Filled,
                #[exit] End,
            }
        }

        impl $name { fn told(exit: &$exit) -> &'static str {
            match exit {
                $exit::Filled => "Fill",
                $exit::End => "End",
            }
        } }

        pub(super) async fn $run(script: &Script, is_observed: bool) -> Seen {
            let mut workflow = $name::workflow();
            if is_observed {
                workflow = workflow.with_observer(|_: &cano::Event<'_>| {});
            }
            let play = Play::of(script);
            let end = workflow.orchestrate_with($name::S0, &play, script.options()).await;
            play.seen(end.map(|exit| $name::told(&exit).to_owned()))
        }

        /// Several at once.
        pub(super) async fn $several(scripts: &[Script]) -> Vec<Seen> {
            let plays: Vec<_> = scripts.iter().map(Play::of).collect();
            let stores = plays.iter().map(|play| Arc::new(play.clone())).collect::<Vec<_>>();
            let (results, _) = $name::workflow().concurrent(stores).execute(WaitStrategy::WaitForever).await;
            let ends = plays.iter().zip(results);
            ends.map(|(play, result)| play.seen(match result {
                WorkflowResult::Success(exit) => Ok($name::told(&exit).to_owned()),
                WorkflowResult::Failed(error) => Err(error),
                WorkflowResult::Cancelled => panic!("nobody cancels them"),
            })).collect()
        }
    };
}

table!(Small small several_small SmallExit [(F00 F01)] [] [(F01 Filled)] []);
table!(
    Large large several_large LargeExit
    [(F00 F01) (F01 F02) (F02 F03) (F03 F04) (F04 F05) (F05 F06) (F06 F07) (F07 F08) (F08 F09) (F09 F10) (F10 F11) (F11 F12) (F12 F13) (F13 F14) (F14 F15) (F15 F16) (F16 F17) (F17 F18) (F18 F19) (F19 F20)]
    [(F20 F21) (F21 F22) (F22 F23) (F23 F24) (F24 F25) (F25 F26) (F26 F27) (F27 F28) (F28 F29) (F29 F30) (F30 F31) (F31 F32) (F32 F33) (F33 F34) (F34 F35) (F35 F36) (F36 F37) (F37 F38) (F38 F39) (F39 F40)]
    [(F40 F41) (F41 F42) (F42 F43) (F43 F44) (F44 F45) (F45 F46) (F46 F47) (F47 F48) (F48 F49) (F49 F50) (F50 F51) (F51 F52) (F52 F53) (F53 F54) (F54 F55) (F55 F56) (F56 F57) (F57 F58) (F58 F59) (F59 F60)]
    [(F60 F61) (F61 F62) (F62 F63) (F63 F64) (F64 F65) (F65 F66) (F66 F67) (F67 F68) (F68 F69) (F69 F70) (F70 F71) (F71 F72) (F72 F73) (F73 F74) (F74 F75) (F75 F76) (F76 F77) (F77 F78) (F78 F79) (F79 Filled)]
);
