//! Files that hold a secret: for their owner alone, or not read at all.

use std::path::{Path, PathBuf};

/// Why a secret was not read; says what to do, never what the file holds.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// Others than the owner may reach the file.
    #[error("{path} has mode {mode:04o}; it must be reachable by its owner alone. Run: chmod 0600 {path}", path = .path.display())]
    TooOpen {
        /// Where.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// There is no secret in it that could be sent.
    #[error("{0} must hold the secret alone, on one line of plain letters, digits and signs")]
    NotOneLine(PathBuf),
    /// The file cannot be read.
    #[error("{path}: {cause}", path = .path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

/// Reads a token that is sent to another system; white space around it is left out.
///
/// # Errors
/// [`SecretFileError`], each with the next step.
pub(crate) fn read_token(path: &Path) -> Result<String, SecretFileError> {
    let failed = |cause| SecretFileError::File {
        path: path.to_owned(),
        cause,
    };
    let found = std::fs::metadata(path).map_err(failed)?;
    if let Some(mode) = too_open(&found) {
        return Err(SecretFileError::TooOpen {
            path: path.to_owned(),
            mode,
        });
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|letter| letter.is_ascii_graphic()) {
        return Err(SecretFileError::NotOneLine(path.to_owned()));
    }
    Ok(token.to_owned())
}

/// The permission bits of a file that others than its owner may reach.
#[cfg(unix)]
pub(crate) fn too_open(found: &std::fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = found.permissions().mode() & 0o7777;
    (mode & !0o600 != 0).then_some(mode)
}

/// Elsewhere there are no such bits.
#[cfg(not(unix))]
pub(crate) fn too_open(_: &std::fs::Metadata) -> Option<u32> {
    None
}
