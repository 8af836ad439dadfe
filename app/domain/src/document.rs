//! A document of rules as somebody wrote it: fields with their lines and remarks, whatever the notation was. Reading the
//! notation (TOML) is the service's, so that the browser carries no parser; what the fields mean is decided here.

use crate::FieldErrors;

/// What stands behind a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
    /// A text, or a day written without quotes.
    Text(String),
    /// Several texts.
    List(Vec<String>),
    /// Something that no rule is made of: a fraction, a table, a list of other things.
    Other,
}

/// One field of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name of the field.
    pub field: String,
    /// What it was set to.
    pub value: Value,
    /// The line on which it stands, from 1.
    pub line: u32,
    /// The lines of a list's items, in their order.
    pub item_lines: Vec<u32>,
    /// The remark behind it on the same line: where the value comes from.
    pub remark: String,
}

/// A document, field by field in the order of its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document(pub Vec<Entry>);

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Where it stands; nothing where a field is missing.
    pub line: Option<u32>,
    /// The field, or nothing where the notation itself is broken.
    pub field: String,
    /// What it must be.
    pub reason: String,
}

impl Document {
    /// A field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.field == field)
    }

    /// A field that holds text.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        match &self.get(field)?.value {
            Value::Text(text) => Some(text),
            Value::Whole(_) | Value::Flag(_) | Value::List(_) | Value::Other => None,
        }
    }

    /// What is wrong with a field that must be there: beside its line, or without one when it is missing.
    #[must_use]
    pub fn flaw(&self, field: &str, reason: impl Into<String>) -> Flaw {
        Flaw {
            line: self.get(field).map(|entry| entry.line),
            field: field.to_owned(),
            reason: reason.into(),
        }
    }
}

impl Entry {
    /// What is wrong with this field.
    #[must_use]
    pub fn flaw(&self, reason: impl Into<String>) -> Flaw {
        Flaw {
            line: Some(self.line),
            field: self.field.clone(),
            reason: reason.into(),
        }
    }

    /// What is wrong with one item of this list.
    #[must_use]
    pub fn item_flaw(&self, item: usize, reason: impl Into<String>) -> Flaw {
        Flaw {
            line: Some(self.item_lines.get(item).copied().unwrap_or(self.line)),
            ..self.flaw(reason)
        }
    }
}

impl Flaw {
    /// `第 12 行 inspection_workdays：必须是 1 到 250 的整数`.
    #[must_use]
    pub fn message(&self) -> String {
        let Self { line, field, reason } = self;
        match line {
            Some(line) if field.is_empty() => format!("第 {line} 行：{reason}"),
            Some(line) => format!("第 {line} 行 {field}：{reason}"),
            None if field.is_empty() => reason.clone(),
            None => format!("缺少 {field}：{reason}"),
        }
    }
}

/// The flaws of a document as the errors of the form field into which it was typed, from top to bottom.
#[must_use]
pub fn beside(form_field: &str, mut flaws: Vec<Flaw>) -> FieldErrors {
    flaws.sort_by_key(|flaw| flaw.line);
    let mut errors = FieldErrors::default();
    for flaw in flaws {
        errors.push(form_field, flaw.message());
    }
    errors
}
