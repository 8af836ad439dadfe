//! What a file is handed in as, and with that which formats it may have and how large it may be.

use serde::{Deserialize, Serialize};

/// The largest file, bytes (10 MB): a photo of any usual phone, or a scanned PDF of some twenty pages.
pub const MAX_BYTES: u64 = 10 * 1024 * 1024;

/// What a file is handed in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilePurpose {
    /// 营业执照.
    Licence,
    /// 法定代表人证件.
    LegalRepresentativeId,
    /// 经办人授权书.
    OperatorLetter,
    /// 身份证人像面.
    IdCardFront,
    /// 身份证国徽面.
    IdCardBack,
    /// 见习管理制度 (GZ, CQ: part of a host's application).
    ManagementRules,
    /// 带教人员名单.
    MentorList,
    /// 专职人员附件 (JL).
    StaffPapers,
    /// 实地考察记录 (CQ).
    InspectionRecord,
    /// Anything else that an agency asks for.
    Other,
}

/// Which formats are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    /// JPEG, PNG and WebP.
    pub images: bool,
    /// PDF.
    pub pdf: bool,
}

impl FilePurpose {
    /// All purposes.
    pub const ALL: [Self; 10] = [
        Self::Licence,
        Self::LegalRepresentativeId,
        Self::OperatorLetter,
        Self::IdCardFront,
        Self::IdCardBack,
        Self::ManagementRules,
        Self::MentorList,
        Self::StaffPapers,
        Self::InspectionRecord,
        Self::Other,
    ];

    /// Whether it shows somebody's identity document: then there is no small picture of it, on which the number could be read
    /// without a trace.
    #[must_use]
    pub const fn is_identity_document(self) -> bool {
        match self {
            Self::IdCardFront | Self::IdCardBack | Self::LegalRepresentativeId => true,
            Self::Licence
            | Self::OperatorLetter
            | Self::ManagementRules
            | Self::MentorList
            | Self::StaffPapers
            | Self::InspectionRecord
            | Self::Other => false,
        }
    }

    /// Which formats it takes. An identity card is photographed side by side, so a PDF of it is none.
    #[must_use]
    pub const fn formats(self) -> Formats {
        match self {
            Self::IdCardFront | Self::IdCardBack => Formats {
                images: true,
                pdf: false,
            },
            Self::Licence
            | Self::LegalRepresentativeId
            | Self::OperatorLetter
            | Self::ManagementRules
            | Self::MentorList
            | Self::StaffPapers
            | Self::InspectionRecord
            | Self::Other => Formats {
                images: true,
                pdf: true,
            },
        }
    }

    /// The largest file, bytes.
    #[must_use]
    pub const fn max_bytes(self) -> u64 {
        match self {
            Self::Licence
            | Self::LegalRepresentativeId
            | Self::OperatorLetter
            | Self::IdCardFront
            | Self::IdCardBack
            | Self::ManagementRules
            | Self::MentorList
            | Self::StaffPapers
            | Self::InspectionRecord
            | Self::Other => MAX_BYTES,
        }
    }

    /// The `accept` attribute of a file chooser. Only a help for choosing: what a file is, its bytes say.
    #[must_use]
    pub const fn accept(self) -> &'static str {
        match self.formats() {
            Formats { pdf: false, .. } => "image/jpeg,image/png,image/webp",
            Formats {
                images: false,
                pdf: true,
            } => "application/pdf",
            Formats {
                images: true,
                pdf: true,
            } => "image/jpeg,image/png,image/webp,application/pdf",
        }
    }
}
