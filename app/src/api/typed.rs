//! What a form starts with: what was typed before, and what was wrong with it.

use super::ApiError;
use domain::FieldErrors;
use serde::{Deserialize, Serialize};

/// What was typed and what was wrong. An error without a field name belongs to the form as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed<T> {
    /// What was typed.
    pub values: T,
    /// What was wrong.
    pub errors: FieldErrors,
}

impl ApiError {
    /// The errors that belong beside fields.
    #[must_use]
    pub fn fields(&self) -> FieldErrors {
        match self {
            Self::Invalid { errors } => errors.clone(),
            _ => FieldErrors::default(),
        }
    }

    /// The errors as a form shows them: beside fields where they belong to one, otherwise for the form as a whole.
    #[must_use]
    pub fn for_form(&self) -> FieldErrors {
        match self {
            Self::Invalid { errors } => errors.clone(),
            other => FieldErrors::one("", other.message()),
        }
    }
}
