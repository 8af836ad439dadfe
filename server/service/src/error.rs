//! What a use case answers when it does not succeed.

use domain::FieldErrors;
use store::StoreError;
use uuid::Uuid;

/// Why a use case did not succeed. A refusal is the user's business and logs WARN, a fault is ours and logs ERROR.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ServiceError {
    /// A rule says no; the sentence tells what to do instead.
    #[error("refused: {0}")]
    Refused(String),
    /// Fields of a form are wrong.
    #[error("invalid fields")]
    Invalid(FieldErrors),
    /// The actor's role or scope does not reach this.
    #[error("forbidden")]
    Forbidden,
    /// Nothing there for this actor.
    #[error("not found")]
    NotFound,
    /// Somebody else was quicker; the sentence tells what to do.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Nobody is signed in, or not any more.
    #[error("sign-in needed")]
    SignInNeeded,
    /// Too many tries.
    #[error("too many tries, again in {retry_after_s} s")]
    TooMany {
        /// Seconds until the next try is looked at.
        retry_after_s: u64,
    },
    /// Too many people at once on the network of who asks; nobody did anything wrong.
    #[error("too many registrations from one network, again in {retry_after_s} s")]
    Crowded {
        /// Seconds until the next one is let in.
        retry_after_s: u64,
    },
    /// The database or another part is busy or away; trying again helps.
    #[error("unavailable")]
    Unavailable,
    /// A fault of ours; the log holds the cause under this reference.
    #[error("internal error {reference}")]
    Internal {
        /// What a user can quote.
        reference: String,
    },
}

/// How loud an error is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// A refusal.
    Warn,
    /// A fault.
    Error,
}

impl ServiceError {
    /// Refuses one field with a sentence.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(field, message))
    }

    /// The row moved on since the user saw it.
    #[must_use]
    pub fn stale() -> Self {
        Self::Conflict("刚刚有人改过这条记录，已显示最新内容，请核对后再操作。".to_owned())
    }

    /// Makes a fault, logging its cause under a reference.
    pub fn fault(cause: impl std::fmt::Display) -> Self {
        let reference = Uuid::new_v4().simple().to_string()[..8].to_owned();
        tracing::error!(%reference, %cause, "fault");
        Self::Internal { reference }
    }

    /// How loud it is in the log.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Unavailable | Self::Internal { .. } => Severity::Error,
            Self::Refused(_)
            | Self::Invalid(_)
            | Self::Forbidden
            | Self::NotFound
            | Self::Conflict(_)
            | Self::SignInNeeded
            | Self::TooMany { .. }
            | Self::Crowded { .. } => Severity::Warn,
        }
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::stale(),
            StoreError::Unavailable(cause) => {
                tracing::error!(%cause, "database unavailable");
                Self::Unavailable
            }
            other => Self::fault(other),
        }
    }
}

impl From<FieldErrors> for ServiceError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
