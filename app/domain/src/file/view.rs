//! What the screens show of a file, and whose it is.

use super::{FilePurpose, FileState, Scan};
use crate::{AgencyId, FileId, HostId, Moment, TraineeId};
use serde::{Deserialize, Serialize};

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileOwner {
    /// A host's; its operators reach it.
    Host(HostId),
    /// A trainee's.
    Trainee(TraineeId),
    /// An agency's own paper, such as the record of an inspection (CQ); its staff reach it.
    Agency(AgencyId),
}

/// What is stored: always one of two formats, whatever was uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A picture, decoded and encoded anew.
    Jpeg,
    /// A PDF as it came.
    Pdf,
}

/// One file as its owner and those who may read it see it; also the answer of every step of an upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// Id.
    pub id: FileId,
    /// What it was handed in as.
    pub purpose: FilePurpose,
    /// Its name, cleaned.
    pub name: String,
    /// Bytes of the upload; of what is stored once it is ready.
    pub size: u64,
    /// Bytes of the upload that have arrived.
    pub offset: u64,
    /// Where it stands.
    pub state: FileState,
    /// What the virus scanner said.
    pub scan: Scan,
    /// What is stored, once it is ready.
    pub kind: Option<FileKind>,
    /// When the upload began.
    pub at: Moment,
}

impl FileKind {
    /// The media type under which it is served.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Pdf => "application/pdf",
        }
    }

    /// The name in the database, and the end of the name of a saved file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Pdf => "pdf",
        }
    }

    /// The kind with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Jpeg, Self::Pdf].into_iter().find(|kind| kind.code() == code)
    }
}

impl FileView {
    /// What it is and its name: "营业执照：执照.pdf".
    #[must_use]
    pub fn titled(&self) -> String {
        format!("{}：{}", self.purpose.label(), self.name)
    }

    /// Whether there is a small picture of it.
    #[must_use]
    pub fn has_thumbnail(&self) -> bool {
        self.kind == Some(FileKind::Jpeg) && !self.purpose.is_identity_document()
    }
}
