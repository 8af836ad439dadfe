//! Mobile numbers of the mainland (`domain.md` §9): `1[3-9]` and 9 digits. Masked wherever they are printed.

/// A valid mobile number. `Debug` and `Display` mask it; only [`reveal`](Self::reveal) shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads a number; spaces, hyphens and a leading `+86` are ignored.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let local = text.strip_prefix("+86").unwrap_or(text);
        let number: String = local
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .collect();
        if number.is_empty() {
            return Err("请填写手机号");
        }
        match number.as_bytes() {
            [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit) => {
                Ok(Self(number))
            }
            _ => Err("手机号是 1 开头的 11 位数字，请检查后再填一次"),
        }
    }

    /// The number itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `138****5678`.
    #[must_use]
    pub fn masked(&self) -> String {
        [&self.0[..3], "****", &self.0[7..]].concat()
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

impl std::fmt::Display for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}
