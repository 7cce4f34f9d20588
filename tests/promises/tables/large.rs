//! Tables of a size that nobody writes by hand, but a generator may.

use std::future::ready;

use cano::prelude::*;

#[task]
async fn count(n: &u32) -> CanoResult<u32> {
    Ok(ready(n + 1).await)
}

macro_rules! chain {
    ($first:ident $($state:ident)*) => { chain!(@ [$first $($state)*] [$($state)* Done]); };
    (@ [$first:ident $($state:ident)*] [$second:ident $($next:ident)*]) => {
        workflow! {
            enum Chain {
                #[start]
                $first { n: u32, name: String } = match count(n) { n => $second { n, name } },
                $($state { n: u32, name: String } = match count(n) { n => $next { n, name } },)*
                #[exit] Done { n: u32, name: String },
            }
        }
    };
}

chain!(
    S000 S001 S002 S003 S004 S005 S006 S007 S008 S009 S010 S011 S012 S013 S014 S015 S016 S017 S018 S019 S020
    S021 S022 S023 S024 S025 S026 S027 S028 S029 S030 S031 S032 S033 S034 S035 S036 S037 S038 S039 S040 S041
    S042 S043 S044 S045 S046 S047 S048 S049 S050 S051 S052 S053 S054 S055 S056 S057 S058 S059 S060 S061 S062
    S063 S064 S065 S066 S067 S068 S069 S070 S071 S072 S073 S074 S075 S076 S077 S078 S079 S080 S081 S082 S083
    S084 S085 S086 S087 S088 S089 S090 S091 S092 S093 S094 S095 S096 S097 S098 S099 S100 S101 S102 S103 S104
    S105 S106 S107 S108 S109 S110 S111 S112 S113 S114 S115 S116 S117 S118 S119 S120 S121 S122 S123 S124 S125
    S126 S127 S128 S129 S130 S131 S132 S133 S134 S135 S136 S137 S138 S139 S140 S141 S142 S143 S144 S145 S146
    S147 S148 S149 S150 S151 S152 S153 S154 S155 S156 S157 S158 S159 S160 S161 S162 S163 S164 S165 S166 S167
    S168 S169 S170 S171 S172 S173 S174 S175 S176 S177 S178 S179 S180 S181 S182 S183 S184 S185 S186 S187 S188
    S189 S190 S191 S192 S193 S194 S195 S196 S197 S198 S199 S200 S201 S202 S203 S204 S205 S206 S207 S208 S209
    S210 S211 S212 S213 S214 S215 S216 S217 S218 S219 S220 S221 S222 S223 S224 S225 S226 S227 S228 S229 S230
    S231 S232 S233 S234 S235 S236 S237 S238 S239 S240 S241 S242 S243 S244 S245 S246 S247 S248 S249 S250 S251
    S252 S253 S254 S255 S256 S257 S258 S259 S260 S261 S262 S263 S264 S265 S266 S267 S268 S269 S270 S271 S272
    S273 S274 S275 S276 S277 S278 S279 S280 S281 S282 S283 S284 S285 S286 S287 S288 S289 S290 S291 S292 S293
    S294 S295 S296 S297 S298 S299
);

macro_rules! fan {
    ($($way:ident)*) => {
        #[derive(Clone, Copy, Debug)]
        enum Way { $($way,)* }

        const WAYS: &[Way] = &[$(Way::$way,)*];

        workflow! {
            #[derive(Debug)]
            enum Fan {
                #[start]
                Choose { n: usize } = match choose { $($way => $way,)* },
                $(#[exit] $way,)*
            }
        }
    };
}

fan!(
    W00 W01 W02 W03 W04 W05 W06 W07 W08 W09 W10 W11 W12 W13 W14 W15 W16 W17 W18 W19 W20 W21 W22 W23 W24 W25
    W26 W27 W28 W29 W30 W31 W32 W33 W34 W35 W36 W37 W38 W39 W40 W41 W42 W43 W44 W45 W46 W47 W48 W49 W50 W51
    W52 W53 W54 W55 W56 W57 W58 W59 W60 W61 W62 W63
);

#[task]
async fn choose(n: &usize) -> CanoResult<Way> {
    Ok(WAYS[*n])
}

#[tokio::test]
async fn a_run_goes_through_three_hundred_states() {
    assert_eq!(Chain::TABLE.states().len(), 301);

    let ChainExit::Done { n, name } = Chain::run(0, "a".to_owned(), &MemoryStore::new()).await.unwrap();

    assert_eq!((n, name.as_str()), (300, "a"));
}

#[tokio::test]
async fn each_of_sixty_four_outcomes_takes_its_own_way() {
    for (n, way) in WAYS.iter().enumerate() {
        let exit = Fan::run(n, &MemoryStore::new()).await.unwrap();

        assert_eq!(format!("{exit:?}"), format!("{way:?}"));
    }
}

// As a row of `Chain`.
workflow! {
    enum Short {
        #[start] Only { n: u32, name: String } = match count(n) { n => Done { n, name } },
        #[exit] Done { n: u32, name: String },
    }
}

#[tokio::test]
async fn the_future_of_a_run_is_hardly_larger_for_the_number_of_states_and_of_ways() {
    let store = MemoryStore::new();
    let (long, wide) = (Chain::run(0, String::new(), &store), Fan::run(0, &store));
    let one = Short::run(0, String::new(), &store);
    let [long, wide, short] = [size_of_val(&long), size_of_val(&wide), size_of_val(&one)];

    assert!(long < short + 200, "{long} bytes for 300 states, {short} for one");
    assert!(wide <= short, "{wide} bytes for 64 ways, {short} for one");
    let ShortExit::Done { n, name } = one.await.unwrap();
    assert_eq!((n, name.as_str()), (1, ""));
}
