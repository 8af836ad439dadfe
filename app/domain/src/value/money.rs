//! Money in fen: whole numbers, checked, never a float.

use serde::{Deserialize, Serialize};

/// An amount of money, never negative, in fen (0.01 yuan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Fen(i64);

impl Fen {
    /// From fen; `None` below zero.
    #[must_use]
    pub const fn from_fen(fen: i64) -> Option<Self> {
        if fen < 0 { None } else { Some(Self(fen)) }
    }

    /// In fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Reads yuan as people write them: `2100`, `2100.5`, `2,100.00`, `¥2100`, `2100元`.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse_yuan(text: &str) -> Result<Self, &'static str> {
        const EXPECTED: &str = "金额填数字，例如 2100 或 2100.50，单位是元";
        let text = text.trim();
        let text = text.strip_prefix(['¥', '￥']).unwrap_or(text);
        let text = text.strip_suffix('元').unwrap_or(text).trim();
        if text.is_empty() {
            return Err("请填写金额，单位是元");
        }
        let (yuan, cents) = text.split_once('.').unwrap_or((text, "0"));
        if cents.len() > 2 && cents.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("金额最多到分，也就是小数点后两位");
        }
        let yuan = whole_yuan(yuan).ok_or(EXPECTED)?;
        let cents = match cents.as_bytes() {
            [tens] if tens.is_ascii_digit() => i64::from(tens - b'0') * 10,
            [tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
                i64::from(tens - b'0') * 10 + i64::from(ones - b'0')
            }
            _ => return Err(EXPECTED),
        };
        yuan.checked_mul(100)
            .and_then(|fen| fen.checked_add(cents))
            .map(Self)
            .ok_or("金额太大，请检查后再填一次")
    }
}

/// Digits, with commas only between groups of three.
fn whole_yuan(text: &str) -> Option<i64> {
    let mut number = 0_i64;
    let grouped = text.contains([',', '，']);
    let mut first = true;
    for part in text.split([',', '，']) {
        let fits = if grouped && first {
            (1..=3).contains(&part.len())
        } else {
            !grouped || part.len() == 3
        };
        if !fits || part.is_empty() || part.len() > 15 {
            return None;
        }
        for byte in part.bytes() {
            if !byte.is_ascii_digit() {
                return None;
            }
            number = number.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
        }
        first = false;
    }
    Some(number)
}

impl TryFrom<i64> for Fen {
    type Error = &'static str;

    fn try_from(fen: i64) -> Result<Self, &'static str> {
        Self::from_fen(fen).ok_or("金额不能是负数")
    }
}

impl From<Fen> for i64 {
    fn from(amount: Fen) -> Self {
        amount.0
    }
}

/// `¥2,100.00`.
impl std::fmt::Display for Fen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let yuan = (self.0 / 100).to_string();
        f.write_str("¥")?;
        for (place, digit) in yuan.char_indices() {
            if place > 0 && (yuan.len() - place).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{:02}", self.0 % 100)
    }
}
