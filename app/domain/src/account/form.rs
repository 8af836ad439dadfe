//! Sign-in, second factor and change of password.

use garde::Validate;
use serde::{Deserialize, Serialize};

/// Sign-in by mobile number (trainee) or account name (staff), with a password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
pub struct SignInForm {
    /// Mobile number or account name.
    #[garde(custom(filled("请填写手机号或账号")))]
    pub login: String,
    /// Password.
    #[garde(custom(filled("请填写密码")))]
    pub password: String,
}

/// The staff's second factor (RFC 6238, six digits).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
pub struct SecondFactorForm {
    /// Six digits.
    #[garde(custom(six_digits))]
    pub code: String,
}

/// Change of the own password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
pub struct ChangePasswordForm {
    /// The password until now.
    #[garde(custom(filled("请填写现在的密码")))]
    pub current: String,
    /// The new one; its strength is judged on the server.
    #[garde(custom(new_password))]
    pub new: String,
}

fn filled<C>(sentence: &'static str) -> impl Fn(&String, &C) -> garde::Result {
    move |text, _| {
        if text.trim().is_empty() {
            Err(garde::Error::new(sentence))
        } else {
            Ok(())
        }
    }
}

fn six_digits<C>(text: &str, _: &C) -> garde::Result {
    let digits = text.trim();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(())
    } else {
        Err(garde::Error::new("请填写验证器里的 6 位数字"))
    }
}

fn new_password<C>(text: &str, _: &C) -> garde::Result {
    password_length(text).map_err(garde::Error::new)
}

/// Length of a new password in characters: 8 to 64 (OWASP ASVS 5.0 §6.2). Guessability is judged on the server.
///
/// # Errors
/// A sentence that says what is expected.
pub(crate) fn password_length(text: &str) -> Result<(), &'static str> {
    match text.chars().count() {
        0 => Err("请设置密码"),
        1..8 => Err("密码至少 8 个字符"),
        8..=64 => Ok(()),
        _ => Err("密码最多 64 个字符"),
    }
}
