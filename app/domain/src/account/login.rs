//! Sign-in names: the same one however it is typed, and what one of staff may be.

use crate::Phone;

/// Trimmed, small letters, full-width forms as ASCII; a mobile number as its 11 digits.
#[must_use]
pub fn normalise_login(typed: &str) -> String {
    let text: String = typed.chars().map(half_width).collect();
    let text = text.trim();
    match Phone::parse(text) {
        Ok(phone) => phone.reveal().to_owned(),
        Err(_) => text.to_lowercase(),
    }
}

/// The normalised sign-in name of staff: never a mobile number, those are the trainees'.
///
/// # Errors
/// A sentence that says what is expected.
pub fn staff_login(typed: &str) -> Result<String, &'static str> {
    let login = normalise_login(typed);
    if login.is_empty() {
        return Err("请填写账号名，以后用它登录");
    }
    if Phone::parse(&login).is_ok() {
        return Err("账号名不能是手机号：手机号留给见习人员登录");
    }
    let fits = (3..=40).contains(&login.len())
        && login
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-@".contains(&byte));
    if fits {
        Ok(login)
    } else {
        Err("账号名是 3 到 40 个字母、数字或 . _ - @")
    }
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
        assert_eq!(normalise_login(" １３８ 1234-5678 "), "13812345678");
        assert_eq!(normalise_login("+86 138 1234 5678"), "13812345678");
        assert_eq!(normalise_login("\u{3000}ＧＺ.Ｏｐ01 "), "gz.op01");
        assert_eq!(normalise_login("💥"), "💥");
    }
}
