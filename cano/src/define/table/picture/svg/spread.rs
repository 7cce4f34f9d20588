//! Places on a line that are near to where they are wanted, and apart.

/// Where something wants to be, and how much.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    pub(super) at: f64,
    pub(super) weight: f64,
}

/// The places with the least sum of weighted squares of the distances to the wishes, in the order of the wishes, the
/// n-th at least `gaps[n]` after the one before; `gaps[0]` is not used.
///
/// With the gaps taken off it is a regression to a sequence that does not fall, by pooling adjacent violators.
pub(super) fn spread(wishes: &[Wish], gaps: &[f64]) -> Vec<f64> {
    let mut taken_off = 0.0;
    let offsets: Vec<f64> = gaps
        .iter()
        .enumerate()
        .map(|(index, gap)| {
            taken_off += if index == 0 { 0.0 } else { *gap };
            taken_off
        })
        .collect();
    let mut pools: Vec<(Wish, usize)> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        let mut pool = (Wish { at: wish.at - offset, weight: wish.weight }, 1);
        while let Some((before, count)) = pools.pop_if(|(before, _)| before.at > pool.0.at) {
            let weight = before.weight + pool.0.weight;
            let at = (before.at * before.weight + pool.0.at * pool.0.weight) / weight;
            pool = (Wish { at, weight }, count + pool.1);
        }
        pools.push(pool);
    }
    let places = pools.into_iter().flat_map(|(pool, count)| std::iter::repeat_n(pool.at, count));
    places.zip(&offsets).map(|(place, offset)| place + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::{Wish, spread};

    fn places(wishes: &[(f64, f64)], gap: f64) -> Vec<f64> {
        let wishes: Vec<_> = wishes.iter().map(|&(at, weight)| Wish { at, weight }).collect();
        spread(&wishes, &vec![gap; wishes.len()])
    }

    #[test]
    fn wishes_that_are_apart_are_granted() {
        assert_eq!(places(&[(0.0, 1.0), (10.0, 1.0), (30.0, 1.0)], 10.0), [0.0, 10.0, 30.0]);
        assert_eq!(places(&[], 10.0), [0.0; 0]);
    }

    #[test]
    fn those_that_want_one_place_share_the_way_to_it() {
        assert_eq!(places(&[(5.0, 1.0), (5.0, 1.0)], 10.0), [0.0, 10.0]);
        assert_eq!(places(&[(5.0, 3.0), (5.0, 1.0)], 8.0), [3.0, 11.0]);
        assert_eq!(places(&[(9.0, 1.0), (0.0, 1.0), (0.0, 1.0)], 3.0), [0.0, 3.0, 6.0]);
    }
}
