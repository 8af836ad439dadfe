//! What was decided about: the facts and papers of a subject as they stood, named field by field. Only returned fields may
//! differ when a case is sent again; everything else is sealed.

use crate::FileId;
use serde::{Deserialize, Serialize};

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Code of the field, as in the subject's form.
    pub field: String,
    /// What people read before it.
    pub label: String,
    /// The value in words.
    pub value: String,
    /// How it is shown to those who do not decide: the masked form of an identity or telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub masked: Option<String>,
}

/// One paper with what proves that it is the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFact {
    /// Code of the field, as in the subject's form.
    pub field: String,
    /// What people read before it.
    pub label: String,
    /// Id of the file.
    pub file: String,
    /// SHA-256 of its content, hex.
    pub sha256: String,
}

/// Facts and papers at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Facts in the order of the page.
    pub facts: Vec<Fact>,
    /// Papers in the order of the page.
    pub papers: Vec<PaperFact>,
}

impl Fact {
    /// A fact that everybody who sees the case may read.
    pub fn open(field: &str, label: &str, value: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            label: label.to_owned(),
            value: value.into(),
            masked: None,
        }
    }

    /// A fact that only the deciding agency reads in full.
    pub fn secret(field: &str, label: &str, value: impl Into<String>, masked: impl Into<String>) -> Self {
        Self {
            masked: Some(masked.into()),
            ..Self::open(field, label, value)
        }
    }
}

impl Snapshot {
    /// The value of a field, if there is such a fact.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.facts
            .iter()
            .find(|fact| fact.field == field)
            .map(|fact| fact.value.as_str())
    }

    /// Labels of the fields that are not the same in `other`, each once.
    #[must_use]
    pub fn changed_fields(&self, other: &Self) -> Vec<(String, String)> {
        let mut changed: Vec<(String, String)> = Vec::new();
        let mut note = |field: &str, label: &str| {
            if !changed.iter().any(|(known, _)| known == field) {
                changed.push((field.to_owned(), label.to_owned()));
            }
        };
        for fact in &self.facts {
            if other.value(&fact.field) != Some(fact.value.as_str()) {
                note(&fact.field, &fact.label);
            }
        }
        for fact in other.facts.iter().filter(|fact| self.value(&fact.field).is_none()) {
            note(&fact.field, &fact.label);
        }
        for paper in self.papers.iter().chain(&other.papers) {
            if self.papers_of(&paper.field) != other.papers_of(&paper.field) {
                note(&paper.field, &paper.label);
            }
        }
        changed
    }

    /// The files of the papers.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.papers.iter().filter_map(|paper| paper.file.parse().ok())
    }

    fn papers_of(&self, field: &str) -> Vec<&str> {
        self.papers
            .iter()
            .filter(|paper| paper.field == field)
            .map(|paper| paper.sha256.as_str())
            .collect()
    }
}
