//! Field errors: what a form says about one field, in a sentence with the next step.

use serde::{Deserialize, Serialize};

/// One field and the sentence that belongs beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's `name` attribute.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// All that is wrong with a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    /// One error on one field.
    pub fn one(field: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.push(field, message);
        errors
    }

    /// Adds a sentence about a field.
    pub fn push(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    /// The first sentence about a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the value, or notes the sentence beside the field.
    pub fn take<T>(&mut self, field: &str, value: Result<T, &'static str>) -> Option<T> {
        value.map_err(|sentence| self.push(field, sentence)).ok()
    }

    /// The errors of some of the fields: one step of a form.
    #[must_use]
    pub fn only(&self, fields: &[&str]) -> Self {
        Self(
            self.0
                .iter()
                .filter(|error| fields.contains(&error.field.as_str()))
                .cloned()
                .collect(),
        )
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// The field errors themselves.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

/// One line of text as people type it: trimmed, line breaks and tabs as spaces, invisible format characters dropped.
///
/// # Errors
/// `empty` without a visible character, `wrong_length` outside `length` (in characters), a sentence for control characters.
pub fn line(
    text: &str,
    length: std::ops::RangeInclusive<usize>,
    empty: &'static str,
    wrong_length: &'static str,
) -> Result<String, &'static str> {
    let mut kept = String::new();
    let mut count = 0;
    for letter in text.trim().chars() {
        match letter {
            '\r' => {}
            '\n' | '\t' => kept.push(' '),
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => continue,
            _ if letter.is_control() => return Err("这里有不能显示的字符，请删掉后重新输入"),
            _ => kept.push(letter),
        }
        count += 1;
        if count > *length.end() {
            return Err(wrong_length);
        }
    }
    let kept = kept.trim();
    if kept.is_empty() {
        Err(empty)
    } else if kept.chars().count() < *length.start() {
        Err(wrong_length)
    } else {
        Ok(kept.to_owned())
    }
}

/// Several lines of text: each as [`line`] takes it, at most one empty line between two of them. The length counts every
/// character but line breaks.
///
/// # Errors
/// `empty` without a visible character, `wrong_length` outside `length`, a sentence for control characters.
pub fn lines(
    text: &str,
    length: std::ops::RangeInclusive<usize>,
    empty: &'static str,
    wrong_length: &'static str,
) -> Result<String, &'static str> {
    let mut kept = String::new();
    let mut count = 0;
    for one in text.trim().lines() {
        let one = match line(one, 1..=*length.end(), "", wrong_length) {
            Ok(one) => one,
            Err("") => String::new(),
            Err(sentence) => return Err(sentence),
        };
        if one.is_empty() && (kept.is_empty() || kept.ends_with("\n\n")) {
            continue;
        }
        count += one.chars().count();
        if count > *length.end() {
            return Err(wrong_length);
        }
        kept.push_str(&one);
        kept.push('\n');
    }
    let kept = kept.trim_end();
    if kept.is_empty() {
        Err(empty)
    } else if count < *length.start() {
        Err(wrong_length)
    } else {
        Ok(kept.to_owned())
    }
}
