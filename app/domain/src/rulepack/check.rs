//! What a new version must be before it counts: every flaw with its line and a reason that names the field.

use super::field::{Field, FieldKind, stages};
use super::label::HEAD;
use super::merge::Fields;
use super::region;
use crate::Day;
use crate::agency::AgencyLevel;
use crate::document::{Document, Entry, Flaw, Value};
use crate::review::StagePurpose;
use crate::value::{full_day_label, parse_day};

/// What is known before a new version of a region is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The region.
    pub region: &'a str,
    /// The first day from which a new version may count, so that every server knows it in time.
    pub earliest: Day,
    /// Every version that the region has.
    pub known: &'a [KnownVersion],
}

/// A version that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownVersion {
    /// Its name.
    pub version: String,
    /// First day on which it counts.
    pub valid_from: Day,
}

/// What names a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Name of the region.
    pub name: String,
    /// Name of the version.
    pub version: String,
    /// First day on which it counts.
    pub valid_from: Day,
}

/// Two fields that do not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The fields; whichever of them a document sets last is the one to correct.
    pub fields: [&'static str; 2],
    /// What must hold.
    pub reason: String,
}

/// Checks a new version for itself: its head and each of its fields.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(document: &Document, ground: Ground<'_>) -> Result<Header, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let header = head(document, ground, &mut flaws);
    for entry in &document.0 {
        if HEAD.contains(&entry.field.as_str()) {
            continue;
        }
        match Field::named(&entry.field) {
            Some(field) => self::entry(entry, field, ground.region, &mut flaws),
            None => flaws.push(entry.flaw(unknown(&entry.field))),
        }
    }
    match header {
        Some(header) if flaws.is_empty() => Ok(header),
        _ => Err(flaws),
    }
}

fn unknown(typed: &str) -> String {
    let near = super::label::FIELDS
        .iter()
        .map(|field| (distance(typed, field.name), field))
        .filter(|(distance, _)| *distance <= 3)
        .min_by_key(|(distance, _)| *distance);
    match near {
        Some((_, field)) => format!("没有这个字段，您要写的可能是 {}（{}）", field.name, field.label),
        None => "没有这个字段，请删掉这一行，或者照“全国”的字段名改正".to_owned(),
    }
}

/// How many letters have to be changed, added or dropped to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.bytes().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (to, with) in other.bytes().enumerate() {
            let replaced = corner + usize::from(letter != with);
            corner = row[to + 1];
            row[to + 1] = replaced.min(corner + 1).min(row[to] + 1);
        }
    }
    row[other.len()]
}

fn head(document: &Document, ground: Ground<'_>, flaws: &mut Vec<Flaw>) -> Option<Header> {
    let mut named = |field: &str, wrong: Option<String>| match wrong {
        Some(reason) => {
            flaws.push(document.flaw(field, reason));
            false
        }
        None => true,
    };
    let region_wrong = (document.text("region") != Some(ground.region))
        .then(|| format!("必须写 \"{}\"，也就是您正在修改的地区", ground.region));
    let name = document.text("name").map(str::trim).unwrap_or_default();
    let name_wrong = (!(2..=30).contains(&name.chars().count())).then(|| "请写地区名称，2 到 30 个字".to_owned());
    let version = document.text("version").unwrap_or_default();
    let version_wrong = if !is_version(version) {
        Some("版本名写成“年份-序号”，例如 \"2027-1\"".to_owned())
    } else if ground.known.iter().any(|known| known.version == version) {
        Some(format!("版本名 {version} 已经用过，请换一个，例如把序号加一"))
    } else {
        None
    };
    let valid_from = document.text("valid_from").and_then(parse_day);
    let good = [
        named("region", region_wrong),
        named("name", name_wrong),
        named("version", version_wrong),
        named("valid_from", starts_wrong(valid_from, ground)),
    ];
    good.into_iter().all(|good| good).then_some(Header {
        name: name.to_owned(),
        version: version.to_owned(),
        valid_from: valid_from?,
    })
}

fn starts_wrong(valid_from: Option<Day>, ground: Ground<'_>) -> Option<String> {
    let Some(day) = valid_from else {
        return Some("请写生效日期，例如 \"2027-01-01\"".to_owned());
    };
    let last = ground.known.iter().map(|known| known.valid_from).max();
    match last {
        Some(last) if day <= last => Some(format!("必须晚于现有版本的生效日期 {}", full_day_label(last))),
        _ if day < ground.earliest => Some(format!(
            "最早从 {} 起生效：新规则要先传到每一台服务器，已经办理的事项不改变",
            full_day_label(ground.earliest)
        )),
        Some(_) | None => None,
    }
}

/// `2027-1`: four digits, a dash, one to three digits.
fn is_version(version: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    version.split_once('-').is_some_and(|(year, number)| {
        year.len() == 4 && digits(year) && (1..=3).contains(&number.len()) && digits(number)
    })
}

fn entry(entry: &Entry, field: &Field, region: &str, flaws: &mut Vec<Flaw>) {
    let within = |number: i64, least: i64, most: i64| (least..=most).contains(&number);
    let fits = match (field.kind, &entry.value) {
        (FieldKind::Whole { least, most } | FieldKind::Money { least, most }, Value::Whole(number)) => {
            within(*number, least, most)
        }
        (FieldKind::Flag, Value::Flag(_)) => true,
        (FieldKind::Chain { may_be_empty, inspects }, Value::List(stages)) if !stages.is_empty() || may_be_empty => {
            chain(entry, stages, inspects, flaws);
            true
        }
        (FieldKind::Cities, Value::List(codes)) => {
            divisions(entry, codes, AgencyLevel::City, region, flaws);
            true
        }
        (FieldKind::Counties, Value::List(codes)) => {
            divisions(entry, codes, AgencyLevel::County, region, flaws);
            true
        }
        (
            FieldKind::Whole { .. }
            | FieldKind::Money { .. }
            | FieldKind::Flag
            | FieldKind::Chain { .. }
            | FieldKind::Cities
            | FieldKind::Counties,
            Value::Whole(_) | Value::Flag(_) | Value::Text(_) | Value::List(_) | Value::Other,
        ) => false,
    };
    if !fits {
        flaws.push(entry.flaw(field.expected()));
    }
}

fn chain(entry: &Entry, stages: &[String], inspects: bool, flaws: &mut Vec<Flaw>) {
    let known: Vec<Option<StagePurpose>> = stages.iter().map(|code| StagePurpose::from_code(code)).collect();
    for (at, (code, purpose)) in stages.iter().zip(&known).enumerate() {
        let before = known[..at].iter().copied().flatten();
        let flaw = match *purpose {
            None => {
                let all: Vec<&str> = self::stages(inspects).map(StagePurpose::code).collect();
                format!("没有“{code}”这个环节，可用的环节有 {}", all.join("、"))
            }
            Some(_) if stages[..at].contains(code) => format!("环节 {code} 写了两次，请删掉一个"),
            Some(StagePurpose::CountyInspection) if !inspects => {
                format!("这里不能写 {code}：实地考察只在单位认证时进行")
            }
            // Province < City < County: each stage lies at the level of the one before or above it.
            Some(purpose) if before.clone().any(|earlier| earlier.level() < purpose.level()) => {
                format!("{code} 不能排在上级机构的环节之后，要从县级到市级再到省级")
            }
            Some(purpose) if before.clone().any(|earlier| earlier == StagePurpose::ProvincialFiling) => {
                format!("备案之后不能再有 {}，备案是最后一个环节", purpose.code())
            }
            Some(StagePurpose::ProvincialFiling) if !before.clone().any(StagePurpose::decides) => {
                format!("{code} 之前要有审核环节：备案只记录结果，不作决定")
            }
            Some(_) => continue,
        };
        flaws.push(entry.item_flaw(at, flaw));
    }
    if inspects && stages.last().map(String::as_str) == Some(StagePurpose::CountyInspection.code()) {
        flaws.push(entry.flaw("最后一个环节不能是实地考察，考察之后要有审核决定"));
    }
}

fn divisions(entry: &Entry, codes: &[String], wanted: AgencyLevel, region: &str, flaws: &mut Vec<Flaw>) {
    for (at, code) in codes.iter().enumerate() {
        let is_wanted = region::is_region(code) && region::level(code) == Some(wanted);
        if !is_wanted {
            let what = wanted.label();
            flaws.push(entry.item_flaw(at, format!("“{code}”不是{what}行政区划代码，要写六位数字")));
        } else if !region::path(code).iter().any(|above| above == region) {
            flaws.push(entry.item_flaw(at, format!("{code} 不在 {region} 的范围内，只能写本地区的代码")));
        } else if codes[..at].contains(code) {
            flaws.push(entry.item_flaw(at, format!("{code} 写了两次，请删掉一个")));
        }
    }
}

/// Pairs of which the first must not be above the second.
const ORDERED: [(&str, &str); 9] = [
    ("youth_age_min", "youth_age_max"),
    ("internship_months_min", "internship_months_max"),
    ("claim_after_months", "internship_months_max"),
    ("fence_radius_min_m", "fence_radius_default_m"),
    ("fence_radius_default_m", "fence_radius_max_m"),
    ("fence_radius_min_m", "fence_radius_max_m"),
    ("low_retention_percent", "retention_bonus_percent"),
    ("pay_floor_youth", "allowance_max"),
    ("pay_floor_others", "allowance_max"),
];

/// Where the fields of a region, with what it inherits, do not fit together.
#[must_use]
pub fn contradictions(fields: &Fields) -> Vec<Contradiction> {
    ORDERED
        .into_iter()
        .filter_map(|(low, high)| {
            let (least, most) = (fields.whole(low)?, fields.whole(high)?);
            let label = |name| Field::named(name).map_or(name, |field| field.label);
            (least > most).then(|| Contradiction {
                fields: [low, high],
                reason: format!(
                    "“{}”是 {least}，不能大于“{}”的 {most}（含继承上级的值）",
                    label(low),
                    label(high)
                ),
            })
        })
        .collect()
}

impl Contradiction {
    /// As a flaw of the document that brought it about.
    #[must_use]
    pub fn in_document(&self, document: &Document) -> Flaw {
        let [low, high] = self.fields;
        let entry = [low, high]
            .into_iter()
            .filter_map(|field| document.get(field))
            .max_by_key(|entry| entry.line);
        match entry {
            Some(entry) => entry.flaw(self.reason.clone()),
            None => Flaw {
                line: None,
                field: String::new(),
                reason: format!("{low}、{high}：{}", self.reason),
            },
        }
    }
}
