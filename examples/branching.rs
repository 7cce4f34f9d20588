//! Choices: outcomes with data, ranges and guards, and two tasks in one state.

use cano::prelude::*;

#[derive(Clone, Debug, PartialEq)]
struct Parcel {
    grams: u32,
    country: String,
}

enum Customs {
    Free,
    Duty(u32),
    Forbidden,
}

#[task]
async fn weigh(parcel: &Parcel) -> CanoResult<u32> {
    Ok(parcel.grams)
}

#[task]
async fn clear(parcel: &Parcel) -> CanoResult<Customs> {
    Ok(match parcel.country.as_str() {
        "UK" => Customs::Free,
        "Atlantis" => Customs::Forbidden,
        _ => Customs::Duty(parcel.grams / 10),
    })
}

#[task]
async fn stamp(duty: &u32) -> CanoResult<bool> {
    Ok(*duty < 1_000)
}

workflow! {
    #[derive(Debug, PartialEq)]
    enum Post {
        // Both tasks run concurrently; an arm is a pattern over both outcomes.
        #[start]
        Inspect { parcel: Parcel } = match (weigh(parcel), clear(parcel)) {
            (_, Forbidden) => Returned { parcel },
            (0, _) => Returned { parcel },
            (1..=20_000, Free) => Sent { parcel, duty: 0 },
            (grams, Duty(duty)) if grams <= 20_000 => Tax { parcel, duty },
            (_, Free | Duty(_)) => TooHeavy,
        },
        Tax { parcel: Parcel, duty: u32 } = match stamp(duty) {
            true => Sent { parcel, duty },
            false => Returned { parcel },
        },
        #[exit] Sent { parcel: Parcel, duty: u32 },
        #[exit] Returned { parcel: Parcel },
        #[exit] TooHeavy,
    }
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let store = MemoryStore::new();
    let parcel = |grams, country: &str| Parcel { grams, country: country.to_owned() };
    for (sent, end) in [
        (parcel(500, "UK"), PostExit::Sent { parcel: parcel(500, "UK"), duty: 0 }),
        (parcel(500, "Peru"), PostExit::Sent { parcel: parcel(500, "Peru"), duty: 50 }),
        (parcel(15_000, "Peru"), PostExit::Returned { parcel: parcel(15_000, "Peru") }),
        (parcel(500, "Atlantis"), PostExit::Returned { parcel: parcel(500, "Atlantis") }),
        (parcel(25_000, "UK"), PostExit::TooHeavy),
    ] {
        let reached = Post::run(sent, &store).await?;
        println!("{reached:?}");
        assert_eq!(reached, end);
    }
    Ok(())
}
