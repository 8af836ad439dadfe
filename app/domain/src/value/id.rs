//! Identifiers: UUIDv7 (a file's is random, because its address must not be guessed), one type per kind of thing so that a host's id can never stand where a trainee's belongs.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text was not a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("编号不对")]
pub struct UnknownId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "Uuid")]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a UUID that the database or the caller's id source made.
            #[must_use]
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The UUID inside.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        // Through our own parser: the one of `Uuid` brings a report of what is wrong with each letter.
        impl TryFrom<String> for $name {
            type Error = UnknownId;

            fn try_from(text: String) -> Result<Self, UnknownId> {
                text.parse()
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownId;

            fn from_str(text: &str) -> Result<Self, UnknownId> {
                Uuid::try_parse(text).map(Self).map_err(|_| UnknownId)
            }
        }
    )+};
}

ids! {
    /// An account that signs in.
    AccountId,
    /// A trainee (见习人员).
    TraineeId,
    /// A host unit (见习单位).
    HostId,
    /// A reviewing agency (人社部门).
    AgencyId,
    /// A place of work with a fence.
    SiteId,
    /// An internship (见习关系).
    InternshipId,
    /// A check-in; made by the client, so that a retry is the same record.
    CheckInId,
    /// A matter that an agency decides (案件).
    CaseId,
    /// An uploaded file; a random UUIDv4.
    FileId,
}
