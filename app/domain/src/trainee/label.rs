//! Names of the groups.

use super::TraineeKind;

impl TraineeKind {
    /// All groups, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Graduate, Self::VocationalGraduate, Self::UnemployedYouth];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Graduate => "离校未就业毕业生",
            Self::VocationalGraduate => "中职毕业生",
            Self::UnemployedYouth => "失业青年",
        }
    }

    /// The name in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Graduate => "graduate",
            Self::VocationalGraduate => "vocational_graduate",
            Self::UnemployedYouth => "unemployed_youth",
        }
    }

    /// The group with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
