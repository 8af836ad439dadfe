//! The life of a file: it arrives in chunks, is checked once, and is then ready or refused.

use serde::{Deserialize, Serialize};

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Chunks are still missing.
    Uploading,
    /// Whole; being looked at.
    Checking,
    /// Stored and may be used.
    Ready,
    /// Not taken; its content is gone.
    Refused(Unfit),
}

/// Why a whole file is not taken; [`label`](Self::label) says what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// A program or script.
    Executable,
    /// An SVG drawing, which can hold scripts.
    Svg,
    /// HTML or other markup.
    WebPage,
    /// ZIP, RAR and the like.
    Archive,
    /// HEIC, what some phones save instead of JPEG.
    Heic,
    /// A picture of another format.
    OtherImage,
    /// Word, Excel, WPS and the like.
    Office,
    /// Sound or video.
    Media,
    /// Nothing that we know.
    Unknown,
    /// A picture where only PDF is taken.
    ImageNotTaken,
    /// A PDF where only pictures are taken.
    PdfNotTaken,
    /// A picture that cannot be decoded.
    ImageBroken,
    /// More pixels than any camera of a phone makes: a decompression bomb, or a scan beyond need.
    TooManyPixels,
    /// A PDF without its beginning or end.
    PdfBroken,
    /// A PDF with a password.
    PdfLocked,
    /// A PDF that runs scripts, starts programs or carries other files.
    PdfActive,
    /// The virus scanner found something.
    Infected,
}

/// What the virus scanner said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scan {
    /// Not asked yet.
    Pending,
    /// Asked, but it does not answer; asked again later. Until then the file is not used.
    Unreachable,
    /// This installation has no scanner.
    NotScanned,
    /// Nothing found.
    Clean,
    /// Something found.
    Infected,
}

/// What can happen to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileEvent {
    /// A chunk arrives.
    Chunk {
        /// Bytes that arrived before.
        received: u64,
        /// Where the chunk belongs.
        offset: u64,
        /// Its length, bytes.
        length: u64,
        /// The whole file, bytes.
        size: u64,
    },
    /// The check found nothing against it.
    Pass,
    /// The check found why not.
    Refuse(Unfit),
}

/// Why an event does not move the file; [`label`](Self::label) says what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRefusal {
    /// The chunk belongs elsewhere than where the upload stands.
    WrongOffset,
    /// The chunk is empty, or reaches beyond the announced end.
    WrongLength,
    /// All of it is there already.
    Whole,
    /// Not all of it is there yet.
    NotWhole,
    /// It was checked before.
    Checked,
}

impl FileState {
    /// Moves by an event.
    ///
    /// # Errors
    /// Why it does not move.
    pub const fn step(self, event: FileEvent) -> Result<Self, FileRefusal> {
        use FileEvent as E;
        use FileRefusal as R;
        match (self, event) {
            (
                Self::Uploading,
                E::Chunk {
                    received,
                    offset,
                    length,
                    size,
                },
            ) => {
                let end = offset.saturating_add(length);
                if offset != received {
                    Err(R::WrongOffset)
                } else if length == 0 || end > size {
                    Err(R::WrongLength)
                } else if end == size {
                    Ok(Self::Checking)
                } else {
                    Ok(Self::Uploading)
                }
            }
            (Self::Uploading, E::Pass | E::Refuse(_)) => Err(R::NotWhole),
            (Self::Checking, E::Chunk { .. }) => Err(R::Whole),
            (Self::Checking, E::Pass) => Ok(Self::Ready),
            (Self::Checking, E::Refuse(unfit)) => Ok(Self::Refused(unfit)),
            (Self::Ready | Self::Refused(_), E::Chunk { .. }) => Err(R::Whole),
            (Self::Ready | Self::Refused(_), E::Pass | E::Refuse(_)) => Err(R::Checked),
        }
    }
}
