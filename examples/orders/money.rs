//! Exact money: pounds with up to twelve decimals in one integer, never a float.
//!
//! Shops write prices with more than two decimals (a screw for 0.001), so pence are too coarse. Twelve decimals in an
//! `i128` leave room for larger amounts than any shop has; what is beyond [`Money::LIMIT`] is refused, not wrapped.

use std::error::Error;
use std::fmt;
use std::iter::Sum;
use std::ops::Neg;
use std::str::FromStr;

const DECIMALS: usize = 12;
const POUND: i128 = 10_i128.pow(DECIMALS as u32);
const PENNY: i128 = POUND / 100;

/// An amount in pounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(i128);

impl Money {
    /// The largest amount, and its negative the smallest: 10¹⁵ pounds. A hundred thousand million of them still add up
    /// in an `i128`, which is why sums over all invoices need no check.
    pub const LIMIT: Self = Self(1_000_000_000_000_000 * POUND);

    pub const fn pounds(pounds: u32) -> Self {
        Self(pounds as i128 * POUND)
    }

    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The price of so many units; `None` beyond the limit.
    pub fn times(self, units: u64) -> Option<Self> {
        self.0.checked_mul(i128::from(units)).and_then(Self::within_limit)
    }

    /// The sum of two amounts; `None` beyond the limit.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).and_then(Self::within_limit)
    }

    fn within_limit(units: i128) -> Option<Self> {
        (-Self::LIMIT.0..=Self::LIMIT.0).contains(&units).then_some(Self(units))
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|amount| amount.0).sum())
    }
}

/// Pounds with two decimals, half a penny rounded away from zero. Only what is shown is rounded, never what is counted.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pence = (self.0.abs() + PENNY / 2) / PENNY;
        let sign = if self.0 < 0 && pence > 0 { "-" } else { "" };
        f.pad(&format!("{sign}{}.{:02}", pence / 100, pence % 100))
    }
}

/// Why a text is not an amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    NotDecimal,
    TooPrecise,
    TooLarge,
}

impl Error for MoneyError {}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotDecimal => f.write_str("is not a decimal number like 2.55"),
            Self::TooPrecise => write!(f, "has more than {DECIMALS} decimals"),
            Self::TooLarge => write!(f, "is beyond {}", Money::LIMIT),
        }
    }
}

/// Reads a sign, digits, and a point with digits: `2.55`, `-11062.06`, `.5`. No exponent, currency or thousands mark.
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !is_number(whole) || !is_number(fraction) {
            return Err(MoneyError::NotDecimal);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > DECIMALS {
            return Err(MoneyError::TooPrecise);
        }
        // Only digits are left, so that overflow is the one way in which this can fail.
        let units: i128 =
            format!("{whole}{fraction:0<DECIMALS$}").parse().map_err(|_| MoneyError::TooLarge)?;
        let money = Self::within_limit(units).ok_or(MoneyError::TooLarge)?;
        Ok(if is_negative { -money } else { money })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn decimal_text_is_read_exactly() {
        for (text, units) in [
            ("2.55", 2_550_000_000_000),
            ("0.001", 1_000_000_000),
            ("+7", 7_000_000_000_000),
            ("-11062.06", -11_062_060_000_000_000),
            (".5", 500_000_000_000),
            ("5.", 5_000_000_000_000),
            ("-0", 0),
            ("0.000000000001", 1),
            ("00000000000000000000000000000000000000000000000001.10", 1_100_000_000_000),
            ("1.100000000000000000000000", 1_100_000_000_000),
        ] {
            assert_eq!(text.parse(), Ok(Money(units)), "{text}");
        }
    }

    #[test]
    fn what_is_not_decimal_is_refused() {
        for text in
            ["", ".", "-", "+-1", "1e3", "1,50", "£2", "NaN", "inf", "0x1", "1 2", "1.2.3", "1.-2", "٣"]
        {
            assert_eq!(text.parse::<Money>(), Err(MoneyError::NotDecimal), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_held_exactly_is_refused() {
        assert_eq!("0.0000000000001".parse::<Money>(), Err(MoneyError::TooPrecise));
        assert_eq!("1000000000000000".parse(), Ok(Money::LIMIT));
        assert_eq!("-1000000000000000.01".parse::<Money>(), Err(MoneyError::TooLarge));
        assert_eq!("9".repeat(60).parse::<Money>(), Err(MoneyError::TooLarge));
    }

    #[test]
    fn a_product_and_a_sum_beyond_the_limit_are_none() {
        assert_eq!(money("0.1").times(3), Some(money("0.3")));
        assert_eq!(Money::LIMIT.times(u64::MAX), None);
        assert_eq!(money("100000000000000").times(11), None);
        assert_eq!(Money::LIMIT.plus(money("0.01")), None);
        assert_eq!((-Money::LIMIT).plus(money("0.01")), Some(money("-999999999999999.99")));
    }

    #[test]
    fn half_a_penny_is_rounded_away_from_zero_when_shown() {
        for (text, shown) in [
            ("2.5", "2.50"),
            ("0.005", "0.01"),
            ("0.004999", "0.00"),
            ("-0.005", "-0.01"),
            ("-0.004", "0.00"),
            ("999.995", "1000.00"),
            ("-11062.06", "-11062.06"),
        ] {
            assert_eq!(money(text).to_string(), shown, "{text}");
        }
    }

    #[test]
    fn an_amount_is_padded_like_text() {
        assert_eq!(format!("{:>8}", money("1.5")), "    1.50");
    }
}
