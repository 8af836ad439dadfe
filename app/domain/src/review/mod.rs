//! The review engine: what an agency decides, and how (`domain.md` §4).

mod kind;

pub use kind::CaseKind;
