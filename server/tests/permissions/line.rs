//! One line of the matrix.

use axum::http::StatusCode;
use domain::account::Role;

pub const ROLES: [Role; 7] = [
    Role::Trainee,
    Role::Operator,
    Role::Mentor,
    Role::Reviewer,
    Role::CityCentre,
    Role::Auditor,
    Role::Admin,
];
pub const TRAINEE: &[Role] = &[Role::Trainee];
pub const OPERATOR: &[Role] = &[Role::Operator];
pub const REVIEWER: &[Role] = &[Role::Reviewer];
pub const READERS: &[Role] = &[Role::Reviewer, Role::CityCentre, Role::Auditor];
pub const AGENCY: &[Role] = &[Role::Reviewer, Role::CityCentre, Role::Auditor, Role::Admin];
pub const ADMIN: &[Role] = &[Role::Admin];
pub const LOG: &[Role] = &[Role::Auditor, Role::Admin];
pub const STAFF: &[Role] = &[
    Role::Operator,
    Role::Mentor,
    Role::Reviewer,
    Role::CityCentre,
    Role::Auditor,
    Role::Admin,
];
pub const PERSON: &[Role] = &ROLES;

/// Whose something is, a request that reaches its permission check (`ID` is nobody's), and who else tries.
pub struct Line {
    pub path: &'static str,
    /// `None`: anybody's, signed in or not.
    pub whose: Option<&'static [Role]>,
    pub sample: &'static str,
    pub scope: Scope,
}

/// What a request names.
pub enum Scope {
    /// Nothing of anybody's: it reads or changes the asker's own, or what is everybody's.
    Nothing,
    /// A record that belongs to somebody: each of these names a real one that is not theirs.
    Record(&'static [Attempt]),
}

/// A stranger of the right role names a real record (`{case}`: see `reals`), and what they are told.
pub struct Attempt {
    /// Sign-in name of the demo, or `{stranger}`, a trainee to whom nothing was offered.
    pub by: &'static str,
    pub sample: &'static str,
    pub status: StatusCode,
    /// Part of the answer, where the status alone could mean something else.
    pub words: &'static str,
}

/// Anybody's.
pub const fn open(path: &'static str, sample: &'static str) -> Line {
    Line {
        path,
        whose: None,
        sample,
        scope: Scope::Nothing,
    }
}

/// For some roles, each of which reaches only what is its own without naming it, or what belongs to all of them.
pub const fn own(path: &'static str, whose: &'static [Role], sample: &'static str) -> Line {
    Line {
        path,
        whose: Some(whose),
        sample,
        scope: Scope::Nothing,
    }
}

/// For some roles, about a record that the request names.
pub const fn of(
    path: &'static str,
    whose: &'static [Role],
    sample: &'static str,
    attempts: &'static [Attempt],
) -> Line {
    Line {
        path,
        whose: Some(whose),
        sample,
        scope: Scope::Record(attempts),
    }
}

/// Somebody tries.
pub const fn by(by: &'static str, sample: &'static str, status: StatusCode, words: &'static str) -> Attempt {
    Attempt {
        by,
        sample,
        status,
        words,
    }
}
