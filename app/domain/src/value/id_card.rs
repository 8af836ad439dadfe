//! Resident identity numbers (GB 11643), as `domain.md` §9 reads them. Secret: masked wherever it is printed.

use super::day::{Day, digits};

/// A valid 18-character ID number. `Debug` and `Display` mask it; only [`reveal`](Self::reveal) shows it. It is never serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct IdCard {
    number: String,
    birth: Day,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

impl IdCard {
    /// Reads an ID number; spaces are ignored, a small `x` counts as `X`.
    ///
    /// # Errors
    /// A sentence that says what to look at on the card.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let number: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let bytes = number.as_bytes();
        if bytes.is_empty() {
            return Err("请填写身份证号");
        }
        let (Some(body), Some(&check)) = (bytes.get(..17), bytes.get(17)) else {
            return Err("身份证号是 18 位，请对照身份证再填一次");
        };
        if bytes.len() != 18 || !body.iter().all(u8::is_ascii_digit) || !(check.is_ascii_digit() || check == b'X') {
            return Err("身份证号是 18 位数字（最后一位可以是 X），请对照身份证再填一次");
        }
        if !is_province(&body[..2]) {
            return Err("身份证号的前两位不对，请对照身份证再填一次");
        }
        let birth = birth(body).ok_or("身份证号里的出生日期不存在，请对照身份证再填一次")?;
        let sum: u32 = body
            .iter()
            .zip(WEIGHTS)
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        if CHECKS.get(sum as usize % 11) != Some(&check) {
            return Err("身份证号有一位填错了，请对照身份证再填一次");
        }
        Ok(Self { number, birth })
    }

    /// The number itself: for encryption, the blind index, the question to the identity gateway and nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.number
    }

    /// The first 6 and the last 2 characters.
    #[must_use]
    pub fn masked(&self) -> String {
        [&self.number[..6], "**********", &self.number[16..]].concat()
    }

    /// Day of birth.
    #[must_use]
    pub const fn birth(&self) -> Day {
        self.birth
    }
}

/// GB/T 2260 provinces, and 81/82/83 of 港澳台居民居住证. Only the province is checked: counties are renumbered, cards are not.
fn is_province(prefix: &[u8]) -> bool {
    matches!(
        digits(prefix),
        Some(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
    )
}

fn birth(body: &[u8]) -> Option<Day> {
    let month = i8::try_from(digits(&body[10..12])?).ok()?;
    let day = i8::try_from(digits(&body[12..14])?).ok()?;
    Day::new(digits(&body[6..10])?, month, day)
}

impl std::fmt::Debug for IdCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

impl std::fmt::Display for IdCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}
