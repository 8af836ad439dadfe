//! The key that signs push messages: 32 bytes in base64url, the form in which every tool for Web Push writes it.

use crate::vault::{KeyError, check_mode, write_secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::SigningKey;
use rand::RngCore;
use std::path::Path;

/// Reads the key, or makes it where there is no file.
pub(super) fn open(path: &Path) -> Result<SigningKey, KeyError> {
    let failed = |cause| KeyError::File {
        path: path.to_owned(),
        cause,
    };
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let (key, text) = make();
            write_secret(path, &text)?;
            return Ok(key);
        }
        Err(error) => return Err(failed(error)),
        Ok(found) => check_mode(path, &found)?,
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    URL_SAFE_NO_PAD
        .decode(text.trim().trim_end_matches('='))
        .ok()
        .and_then(|bytes| SigningKey::from_slice(&bytes).ok())
        .ok_or_else(|| KeyError::NoPushKey(path.to_owned()))
}

fn make() -> (SigningKey, String) {
    loop {
        let mut bytes = [0_u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        // Nearly every number of this length is a key of P-256.
        if let Ok(key) = SigningKey::from_slice(&bytes) {
            return (key, format!("{}\n", URL_SAFE_NO_PAD.encode(bytes)));
        }
    }
}
