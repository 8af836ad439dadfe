//! Unified social credit codes of host units (GB 32100, `domain.md` §9).

/// A valid code of 18 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditCode(String);

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    /// Reads a code; spaces are ignored, small letters count as capitals.
    ///
    /// # Errors
    /// A sentence that says what to look at on the licence.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let code: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        if code.is_empty() {
            return Err("请填写统一社会信用代码");
        }
        if code.len() != 18 {
            return Err("统一社会信用代码是 18 位，请对照营业执照再填一次");
        }
        let mut weight = 1;
        let mut sum = 0;
        let mut last = 0;
        for (place, byte) in code.bytes().enumerate() {
            let Some(value) = ALPHABET.iter().position(|letter| *letter == byte) else {
                return Err("统一社会信用代码只有数字和大写字母，没有 I、O、S、V、Z，请对照营业执照再填一次");
            };
            if place < 17 {
                sum += value * weight;
                weight = weight * 3 % 31;
            } else {
                last = value;
            }
        }
        if (31 - sum % 31) % 31 == last {
            Ok(Self(code))
        } else {
            Err("统一社会信用代码有一位填错了，请对照营业执照再填一次")
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for CreditCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
