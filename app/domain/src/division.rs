//! Administrative divisions (GB/T 2260) as the address picker shows them. The list itself lives in the service.

use crate::form::line;
use crate::value::parse_day;
use crate::{Day, FieldErrors};
use serde::{Deserialize, Serialize};

/// One province, city or county.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Six digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whether there is a level below.
    pub has_children: bool,
}

/// Prefecture-level cities without counties below them (东莞 · 中山 · 儋州 · 嘉峪关): there the city's own code is the last level.
const WITHOUT_COUNTIES: [&str; 4] = ["441900", "442000", "460400", "620200"];

/// Whether a text has the form of a code at the last level: six digits that do not end in `00`, except where a city has no
/// counties. That it exists is for the service to say.
#[must_use]
pub fn is_county_code(code: &str) -> bool {
    let six_digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    six_digits && (!code.ends_with("00") || WITHOUT_COUNTIES.contains(&code))
}

/// A new city or county of a province, from a day on (撤县设区).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionForm {
    /// Six digits.
    pub code: String,
    /// Name without those above it.
    pub name: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
}

/// A new division that passed the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDivision {
    /// Six digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Whether it is a city; otherwise a county.
    pub is_city: bool,
}

impl DivisionForm {
    /// The division, when it belongs to the province.
    ///
    /// # Errors
    /// One sentence per field.
    pub fn check(&self, province: &str) -> Result<NewDivision, FieldErrors> {
        let mut errors = FieldErrors::default();
        let code = self.code.trim();
        let digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) && !code.ends_with("0000");
        let code = match (digits, code.get(..2) == province.get(..2)) {
            (true, true) => Ok(code.to_owned()),
            (false, _) => Err("请填六位区划代码，市以 00 结尾，例如 520623"),
            (true, false) => Err("只能新增本省的区划，请核对代码的前两位"),
        };
        let code = errors.take("code", code);
        let name = errors.take(
            "division_name",
            line(&self.name, 2..=30, "请填写名称，例如“水城区”", "名称是 2 到 30 个字"),
        );
        let from = errors.take("from", parse_day(&self.from).ok_or("请选择从哪一天起生效"));
        match (code, name, from) {
            (Some(code), Some(name), Some(from)) => Ok(NewDivision {
                is_city: code.ends_with("00"),
                code,
                name,
                from,
            }),
            _ => Err(errors),
        }
    }
}

/// The last day of a division.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionEnd {
    /// Six digits.
    pub code: String,
    /// Last day, `YYYY-MM-DD`.
    pub until: String,
}

impl DivisionEnd {
    /// Code and last day, when the division belongs to the province and is not the province itself.
    ///
    /// # Errors
    /// One sentence per field.
    pub fn check(&self, province: &str) -> Result<(String, Day), FieldErrors> {
        let mut errors = FieldErrors::default();
        let code = self.code.trim();
        let own = code.len() == 6 && code.get(..2) == province.get(..2) && !code.ends_with("0000");
        let code = errors.take("ended", own.then(|| code.to_owned()).ok_or("请选择本省要结束的市或县"));
        let until = errors.take("until", parse_day(&self.until).ok_or("请选择用到哪一天"));
        match (code, until) {
            (Some(code), Some(until)) => Ok((code, until)),
            _ => Err(errors),
        }
    }
}
