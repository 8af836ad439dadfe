//! The second factor: RFC 6238 with SHA-1, 30 s, six digits, as every authenticator app knows it.

use crate::error::ServiceError;
use domain::Moment;
use qrcode::QrCode;
use qrcode::render::svg;
use rand::RngCore;
use totp_rs::{Algorithm, Secret, TOTP};

const STEP_MS: i64 = 30_000;

/// The secret of one account.
pub(crate) struct Totp(TOTP);

impl Totp {
    /// A new random secret of 160 bits (RFC 4226 §4 R6).
    pub(crate) fn random(login: &str) -> Result<Self, ServiceError> {
        let mut bytes = [0_u8; 20];
        rand::rng().fill_bytes(&mut bytes);
        Self::from_bytes(bytes.to_vec(), login)
    }

    /// From what [`secret`](Self::secret) gave.
    pub(crate) fn from_secret(secret: &str, login: &str) -> Result<Self, ServiceError> {
        let bytes = Secret::Encoded(secret.to_owned())
            .to_bytes()
            .map_err(|_| ServiceError::fault("second-factor secret"))?;
        Self::from_bytes(bytes, login)
    }

    /// From given bytes; only demo accounts have secrets that are not random.
    pub(crate) fn from_bytes(bytes: Vec<u8>, login: &str) -> Result<Self, ServiceError> {
        let totp = TOTP::new(
            Algorithm::SHA1,
            6,
            1,
            30,
            bytes,
            Some("见习通".to_owned()),
            login.to_owned(),
        );
        totp.map(Self).map_err(|_| ServiceError::fault("second-factor secret"))
    }

    /// Base32, to be sealed.
    pub(crate) fn secret(&self) -> String {
        self.0.get_secret_base32()
    }

    /// For an authenticator app.
    pub(crate) fn uri(&self) -> String {
        self.0.get_url()
    }

    /// The link as a QR code: an SVG element, black on white in every theme, because scanners want it so.
    pub(crate) fn qr(&self) -> Result<String, ServiceError> {
        let code = QrCode::new(self.uri()).map_err(ServiceError::fault)?;
        let image = code.render::<svg::Color<'_>>().min_dimensions(220, 220).build();
        let start = image.find("<svg").unwrap_or_default();
        Ok(image.get(start..).unwrap_or_default().to_owned())
    }

    /// The step of a moment.
    pub(crate) fn step_of(now: Moment) -> i64 {
        now.millis().div_euclid(STEP_MS)
    }

    /// The code of a step.
    pub(crate) fn code(&self, step: i64) -> String {
        self.0.generate(u64::try_from(step).unwrap_or(0) * 30)
    }

    /// The step that a code belongs to: this one, the one before or the one after, and later than `last_used`.
    pub(crate) fn matching_step(&self, code: &str, now: Moment, last_used: i64) -> Option<i64> {
        let current = Self::step_of(now);
        (current - 1..=current + 1)
            .filter(|step| *step > last_used)
            .find(|step| same(&self.code(*step), code))
    }
}

/// Compares every byte whatever differs.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}
