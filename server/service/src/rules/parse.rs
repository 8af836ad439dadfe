//! Reads TOML into a [`Document`]: each field with its line and the remark behind it.

use domain::document::{Document, Entry, Flaw, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a document.
///
/// # Errors
/// The first place where it is no TOML, with its line.
pub(crate) fn document(text: &str) -> Result<Document, Flaw> {
    let table = DeTable::parse(text).map_err(|error| Flaw {
        line: error.span().map(|span| line_of(text, span.start)),
        field: String::new(),
        reason: broken(error.message()),
    })?;
    let mut entries: Vec<Entry> = table
        .get_ref()
        .iter()
        .map(|(key, found)| Entry {
            field: key.get_ref().to_string(),
            value: value(found.get_ref()),
            line: line_of(text, key.span().start),
            item_lines: item_lines(text, found.get_ref()),
            remark: remark(text, found.span().end),
        })
        .collect();
    entries.sort_by_key(|entry| entry.line);
    Ok(Document(entries))
}

/// What the parser says, in words that help whoever typed it.
fn broken(said: &str) -> String {
    if said.contains("duplicate key") {
        "这个字段写了两次，请删掉一个".to_owned()
    } else {
        "这里的写法看不懂。每行写成“字段 = 值”，文字和日期加英文引号，列表用方括号，说明写在 # 后面".to_owned()
    }
}

fn value(found: &DeValue<'_>) -> Value {
    match found {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Other, Value::Whole)
        }
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(moment) => Value::Text(moment.to_string()),
        DeValue::Array(items) => items
            .iter()
            .map(|item| match value(item.get_ref()) {
                Value::Text(text) => Some(text),
                Value::Whole(_) | Value::Flag(_) | Value::List(_) | Value::Other => None,
            })
            .collect::<Option<Vec<_>>>()
            .map_or(Value::Other, Value::List),
        DeValue::Float(_) | DeValue::Table(_) => Value::Other,
    }
}

fn item_lines(text: &str, found: &DeValue<'_>) -> Vec<u32> {
    let line = |item: &Spanned<DeValue<'_>>| line_of(text, item.span().start);
    match found {
        DeValue::Array(items) => items.iter().map(line).collect(),
        _ => Vec::new(),
    }
}

/// The line of a place in the text, from 1.
fn line_of(text: &str, at: usize) -> u32 {
    let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}

/// What stands after `#` on the same line.
fn remark(text: &str, after: usize) -> String {
    let rest = text
        .get(after..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    rest.trim().strip_prefix('#').map_or("", str::trim).to_owned()
}

#[cfg(test)]
mod tests {
    use super::document;
    use domain::document::Value;

    #[test]
    fn a_field_keeps_its_line_its_items_lines_and_its_remark() {
        let read = document(
            "# 说明\nname = \"贵州省\"  # 省\n\nlist = [\n  \"a\", # 甲\n  \"b\",\n]  # GZ 三\nday = 2027-01-01\nn = 3",
        )
        .unwrap();
        let line = |field: &str| read.get(field).unwrap().line;
        assert_eq!(["name", "list", "day", "n"].map(line), [2, 4, 8, 9]);
        let list = read.get("list").unwrap();
        assert_eq!(
            (list.item_lines.as_slice(), list.remark.as_str()),
            (&[5, 6][..], "GZ 三")
        );
        assert_eq!(read.get("name").unwrap().remark, "省");
        assert_eq!(read.text("day"), Some("2027-01-01"));
        assert_eq!(read.get("n").unwrap().value, Value::Whole(3));
    }

    #[test]
    fn what_is_no_toml_is_refused_with_its_line() {
        for (text, line) in [
            ("a = 1\nb = ", 2),
            ("a = 1\na = 2", 2),
            ("a = 1\n\n= 3", 3),
            ("a = \"中文", 1),
        ] {
            let flaw = document(text).unwrap_err();
            assert_eq!(flaw.line, Some(line), "{text}: {flaw:?}");
            assert!(!flaw.reason.is_ascii());
        }
        for odd in [
            "a.b = 1",
            "[a]\nb = 1",
            "a = 1.5",
            "a = [1, \"x\"]",
            "a = 99999999999999999999",
        ] {
            assert_eq!(
                document(odd).map(|read| read.0[0].value.clone()),
                Ok(Value::Other),
                "{odd}"
            );
        }
        assert_eq!(document("").unwrap().0, []);
    }
}
