//! What somebody sees who sets the second factor up.

use serde::{Deserialize, Serialize};

/// The second-factor secret of an account that has not used it yet; shown inside its own half session only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactorSetUp {
    /// Sign-in name, as the authenticator app will list it.
    pub login: String,
    /// The secret in Base32, in groups of four, to be typed.
    pub secret: String,
    /// The same as a QR code for an authenticator app, an SVG element.
    pub qr: String,
    /// The same as a link: `otpauth://…`.
    pub uri: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for SecondFactorSetUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondFactorSetUp")
    }
}
