//! Sign-in, second factor and change of password.

use crate::FieldErrors;
use serde::{Deserialize, Serialize};

/// Sign-in by mobile number (trainee) or account name (staff), with a password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInForm {
    /// Mobile number or account name.
    pub login: String,
    /// Password.
    pub password: String,
}

/// The staff's second factor (RFC 6238, six digits).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorForm {
    /// Six digits.
    pub code: String,
}

/// Change of the own password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePasswordForm {
    /// The password until now.
    pub current: String,
    /// The new one; its strength is judged on the server.
    pub new: String,
}

impl SignInForm {
    /// Whether both fields are filled in.
    ///
    /// # Errors
    /// One sentence per field that is empty.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.take("login", filled(&self.login, "请填写手机号或账号"));
        errors.take("password", filled(&self.password, "请填写密码"));
        errors.into_result(())
    }
}

impl SecondFactorForm {
    /// Whether the code has six digits.
    ///
    /// # Errors
    /// A sentence beside `code`.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let digits = self.code.trim();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(())
        } else {
            Err(FieldErrors::one("code", "请填写验证器里的 6 位数字"))
        }
    }
}

impl ChangePasswordForm {
    /// Whether the old password is there and the new one has a fitting length.
    ///
    /// # Errors
    /// One sentence per field that is wrong.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.take("current", filled(&self.current, "请填写现在的密码"));
        errors.take("new", password_length(&self.new));
        errors.into_result(())
    }
}

/// Secrets never reach a log, so none of these forms prints what was typed.
macro_rules! debug_without_content {
    ($($form:ident),+) => {$(
        impl std::fmt::Debug for $form {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($form))
            }
        }
    )+};
}
debug_without_content!(SignInForm, SecondFactorForm, ChangePasswordForm);

fn filled(text: &str, sentence: &'static str) -> Result<(), &'static str> {
    if text.trim().is_empty() { Err(sentence) } else { Ok(()) }
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
