//! Sign-in names: the same one however it is typed.

use crate::context::Service;
use domain::Phone;

/// Trimmed, small letters, full-width forms as ASCII; a mobile number as its 11 digits.
pub(crate) fn normalise(typed: &str) -> String {
    let text: String = typed.chars().map(half_width).collect();
    let text = text.trim();
    match Phone::parse(text) {
        Ok(phone) => phone.reveal().to_owned(),
        Err(_) => text.to_lowercase(),
    }
}

/// The blind index of a normalised sign-in name.
pub(crate) fn login_index(service: &Service, normalised: &str) -> String {
    service.vault().index("login", normalised)
}

/// Chinese keyboards type `１３８` and `Ａ` as easily as `138` and `A`.
fn half_width(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_login_however_it_is_typed() {
        assert_eq!(normalise(" １３８ 1234-5678 "), "13812345678");
        assert_eq!(normalise("+86 138 1234 5678"), "13812345678");
        assert_eq!(normalise("\u{3000}ＧＺ.Ｏｐ01 "), "gz.op01");
        assert_eq!(normalise("💥"), "💥");
    }
}
