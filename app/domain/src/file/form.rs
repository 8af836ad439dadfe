//! What a browser announces before it sends the first chunk.

use super::FilePurpose;
use crate::FieldErrors;
use serde::{Deserialize, Serialize};

/// The largest chunk of an upload, bytes.
pub const MAX_CHUNK: u64 = 512 * 1024;
/// The longest name that is kept, characters.
pub const MAX_NAME: usize = 80;

/// The announcement; raw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginUpload {
    /// What the file is handed in as.
    pub purpose: FilePurpose,
    /// Its name on the device; says nothing about what it is.
    pub name: String,
    /// Its length, bytes.
    pub size: u64,
}

/// An announcement that passed the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUpload {
    /// What the file is handed in as.
    pub purpose: FilePurpose,
    /// The cleaned name.
    pub name: String,
    /// Length, bytes.
    pub size: u64,
}

impl BeginUpload {
    /// Checks what can be checked before the content is there.
    ///
    /// # Errors
    /// One sentence beside the field `file`.
    pub fn check(&self) -> Result<NewUpload, FieldErrors> {
        let most = self.purpose.max_bytes();
        let mut errors = FieldErrors::default();
        if self.size == 0 {
            errors.push("file", "这个文件是空的，请重新选择。");
        } else if self.size > most {
            let message = [
                "这个文件有 ",
                &size_label(self.size),
                "，超过了 ",
                &size_label(most),
                " 的上限。照片请截图或压缩后再传，PDF 请降低清晰度重新导出后再传。",
            ];
            errors.push("file", message.concat());
        }
        let name = safe_name(&self.name);
        errors.into_result(NewUpload {
            purpose: self.purpose,
            name: if name.is_empty() {
                self.purpose.label().to_owned()
            } else {
                name
            },
            size: self.size,
        })
    }
}

/// A name that is safe to show, to save under and to put into a header: the last part of a path, without control and
/// invisible characters and what file systems do not take, at most [`MAX_NAME`] characters. May be empty.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|letter| {
            !letter.is_control()
                && !matches!(letter, '"' | ':' | '*' | '?' | '<' | '>' | '|' | ';' | '%')
                && !matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        })
        .take(MAX_NAME)
        .collect();
    kept.trim_matches(|letter: char| letter == '.' || letter.is_whitespace())
        .to_owned()
}

/// A length as people read it: `340 KB`, `1.2 MB`.
#[must_use]
pub fn size_label(bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * KB;
    if bytes < MB {
        return [&bytes.div_ceil(KB).max(1).to_string(), " KB"].concat();
    }
    let tenths = bytes.saturating_mul(10) / MB;
    match tenths % 10 {
        0 => [&(tenths / 10).to_string(), " MB"].concat(),
        rest => [&(tenths / 10).to_string(), ".", &rest.to_string(), " MB"].concat(),
    }
}
