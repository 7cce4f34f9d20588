/// The years that an expression names, as a set of bits: from 1970 to 2161, of which the `cron` crate reads those up to
/// 2100.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Years([u64; 3]);

const FIRST: u32 = 1970;

impl Years {
    pub(super) fn has(&self, year: u32) -> bool {
        place(year).is_some_and(|(word, bit)| self.0[word] & bit != 0)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        (FIRST..FIRST + 3 * u64::BITS).filter(|year| self.has(*year))
    }
}

impl FromIterator<u32> for Years {
    fn from_iter<I: IntoIterator<Item = u32>>(years: I) -> Self {
        let mut set = Self::default();
        for (word, bit) in years.into_iter().filter_map(place) {
            set.0[word] |= bit;
        }
        set
    }
}

fn place(year: u32) -> Option<(usize, u64)> {
    let index = year.checked_sub(FIRST)?;
    (index < 3 * u64::BITS).then(|| ((index / u64::BITS) as usize, 1 << (index % u64::BITS)))
}
