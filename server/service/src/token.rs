//! Opaque tokens: 32 random bytes that only a cookie carries; the database knows their SHA-256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use sha2::{Digest, Sha256};

/// A new token.
pub(crate) fn new() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// How the database knows a token.
pub(crate) fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}
