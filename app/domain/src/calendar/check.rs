//! What a notice must be before it counts: every flaw with its line and a reason.

use super::YearNotice;
use crate::Day;
use crate::document::{Document, Entry, Flaw, Value};
use crate::value::{parse_day, weekday_label};

const FIELDS: [&str; 4] = ["year", "source", "days_off", "make_up_workdays"];

impl YearNotice {
    /// Reads a notice that was checked when it came.
    #[must_use]
    pub fn read(document: &Document) -> Option<Self> {
        let Value::Whole(year) = document.get("year")?.value else {
            return None;
        };
        let days = |field: &str| match &document.get(field)?.value {
            Value::List(items) => items.iter().map(|item| parse_day(item)).collect::<Option<Vec<Day>>>(),
            Value::Whole(_) | Value::Flag(_) | Value::Text(_) | Value::Other => None,
        };
        Some(Self {
            year: i16::try_from(year).ok()?,
            source: document.text("source")?.to_owned(),
            days_off: days("days_off")?,
            make_up_workdays: days("make_up_workdays")?,
        })
    }

    /// Checks a new notice; only this year and the two that follow can be imported.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn check(document: &Document, today: Day) -> Result<Self, Vec<Flaw>> {
        let mut flaws: Vec<Flaw> = document
            .0
            .iter()
            .filter(|entry| !FIELDS.contains(&entry.field.as_str()))
            .map(|entry| entry.flaw(format!("没有这个字段，只能写 {}", FIELDS.join("、"))))
            .collect();
        let years = today.year()..=today.year().saturating_add(2);
        let year = match document.get("year").map(|entry| &entry.value) {
            Some(Value::Whole(year)) => i16::try_from(*year).ok().filter(|year| years.contains(year)),
            _ => None,
        };
        if year.is_none() {
            flaws.push(document.flaw("year", format!("必须是 {} 到 {} 的年份", years.start(), years.end())));
        }
        let source = document.text("source").map(str::trim).unwrap_or_default();
        if !(5..=100).contains(&source.chars().count()) {
            flaws.push(document.flaw("source", "请写国务院通知的标题和文号，5 到 100 个字"));
        }
        let days_off = days(document, "days_off", year, &mut flaws);
        let make_up_workdays = days(document, "make_up_workdays", year, &mut flaws);
        if let Some(entry) = document.get("days_off")
            && days_off.is_empty()
        {
            flaws.push(entry.flaw("至少要有一天放假，请照国务院的通知填写"));
        }
        if let Some(entry) = document.get("make_up_workdays") {
            made_up(entry, &make_up_workdays, &days_off, &mut flaws);
        }
        match year {
            Some(year) if flaws.is_empty() => Ok(Self {
                year,
                source: source.to_owned(),
                days_off: days_off.into_iter().map(|(_, day)| day).collect(),
                make_up_workdays: make_up_workdays.into_iter().map(|(_, day)| day).collect(),
            }),
            _ => Err(flaws),
        }
    }
}

/// The days of a list with their places in it; what is no day of that year is a flaw.
fn days(document: &Document, field: &str, year: Option<i16>, flaws: &mut Vec<Flaw>) -> Vec<(usize, Day)> {
    const EXPECTED: &str = "必须是日期的列表，例如 [\"2027-01-01\"]";
    let Some(entry) = document.get(field) else {
        flaws.push(document.flaw(field, EXPECTED));
        return Vec::new();
    };
    let Value::List(items) = &entry.value else {
        flaws.push(entry.flaw(EXPECTED));
        return Vec::new();
    };
    let mut days: Vec<(usize, Day)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(day) = parse_day(item) else {
            flaws.push(entry.item_flaw(at, format!("“{item}”不是日期，要写成 2027-01-01 这样")));
            continue;
        };
        if let Some(year) = year.filter(|year| day.year() != *year) {
            flaws.push(entry.item_flaw(at, format!("{day} 不在 {year} 年")));
        } else if days.iter().any(|(_, other)| *other == day) {
            flaws.push(entry.item_flaw(at, format!("{day} 写了两次，请删掉一个")));
        } else {
            days.push((at, day));
        }
    }
    days
}

fn made_up(entry: &Entry, make_up_workdays: &[(usize, Day)], days_off: &[(usize, Day)], flaws: &mut Vec<Flaw>) {
    for (at, day) in make_up_workdays {
        if !day.is_weekend() {
            let weekday = weekday_label(*day);
            flaws.push(entry.item_flaw(*at, format!("{day} 是周{weekday}，补班只能在周六或周日")));
        } else if days_off.iter().any(|(_, off)| off == day) {
            flaws.push(entry.item_flaw(*at, format!("{day} 同时写成了放假和补班，请删掉一处")));
        }
    }
}
