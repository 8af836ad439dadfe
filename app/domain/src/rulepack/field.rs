//! A field of a rule pack: what it may hold, and how that is said.

use super::label::FIELDS;
use crate::Fen;
use crate::document::Value;
use crate::review::StagePurpose;

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A whole number within limits.
    Whole {
        /// The smallest.
        least: i64,
        /// The largest.
        most: i64,
    },
    /// Money in fen, within limits.
    Money {
        /// The smallest.
        least: i64,
        /// The largest.
        most: i64,
    },
    /// Yes or no.
    Flag,
    /// The stages of a chain.
    Chain {
        /// Whether it may have none: the plan is not offered then.
        may_be_empty: bool,
        /// Whether a host is inspected on the way: only before its certification.
        inspects: bool,
    },
    /// Codes of cities.
    Cities,
    /// Codes of counties.
    Counties,
}

/// One field of a rule pack.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the document.
    pub name: &'static str,
    /// Its Chinese name.
    pub label: &'static str,
    /// Its unit; empty for none.
    pub unit: &'static str,
    /// What it may hold.
    pub kind: FieldKind,
    /// Where the rule comes from.
    pub source: &'static str,
}

impl Field {
    /// The field with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.name == name)
    }

    /// What it must hold, in words.
    #[must_use]
    pub fn expected(&self) -> String {
        match self.kind {
            FieldKind::Whole { least, most } => format!("必须是 {least} 到 {most} 的整数"),
            FieldKind::Money { least, most } => format!("必须是 {least} 到 {most} 的整数，单位是分"),
            FieldKind::Flag => "必须是 true（是）或 false（否）".to_owned(),
            FieldKind::Chain { may_be_empty, inspects } => {
                let stages: Vec<String> = stages(inspects)
                    .map(|stage| format!("{}（{}）", stage.code(), stage.label()))
                    .collect();
                let least = if may_be_empty { "" } else { "，至少有一个" };
                format!("必须是审核环节的列表{least}；可用的环节有 {}", stages.join("、"))
            }
            FieldKind::Cities => "必须是市级行政区划代码的列表，例如 [\"520100\"]".to_owned(),
            FieldKind::Counties => "必须是县级行政区划代码的列表，例如 [\"520623\"]".to_owned(),
        }
    }

    /// A value as people read it; `name_of` knows the names of divisions.
    #[must_use]
    pub fn show(&self, value: Option<&Value>, name_of: &dyn Fn(&str) -> Option<String>) -> String {
        let joined = |items: &[String], one: &dyn Fn(&str) -> String, by: &str| match items {
            [] => "无".to_owned(),
            items => items.iter().map(|item| one(item)).collect::<Vec<_>>().join(by),
        };
        match (self.kind, value) {
            (_, None) => "没有规定".to_owned(),
            (FieldKind::Money { .. }, Some(Value::Whole(fen))) => {
                Fen::from_fen(*fen).map_or_else(String::new, |fen| fen.to_string())
            }
            (FieldKind::Whole { .. }, Some(Value::Whole(number))) => match self.unit {
                "" | "%" => format!("{number}{}", self.unit),
                unit => format!("{number} {unit}"),
            },
            (_, Some(Value::Flag(yes))) => if *yes { "是" } else { "否" }.to_owned(),
            (FieldKind::Chain { .. }, Some(Value::List(stages))) => {
                let label = |code: &str| {
                    StagePurpose::from_code(code).map_or_else(|| code.to_owned(), |stage| stage.label().to_owned())
                };
                joined(stages, &label, " → ")
            }
            (_, Some(Value::List(codes))) => {
                let named =
                    |code: &str| name_of(code).map_or_else(|| code.to_owned(), |name| format!("{name}（{code}）"));
                joined(codes, &named, "、")
            }
            (_, Some(Value::Whole(number))) => number.to_string(),
            (_, Some(Value::Text(text))) => text.clone(),
            (_, Some(Value::Other)) => String::new(),
        }
    }
}

/// The stages that a chain may have.
pub(super) fn stages(inspects: bool) -> impl Iterator<Item = StagePurpose> {
    StagePurpose::ALL
        .into_iter()
        .filter(move |stage| inspects || *stage != StagePurpose::CountyInspection)
}
