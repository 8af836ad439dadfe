//! What an admin types about an agency. The guards keep the tree a tree, so that routing always finds one answer.

use super::tree::lies_in;
use super::{Agency, AgencyLevel, Directory};
use crate::division::is_county_code;
use crate::form::line;
use crate::{AgencyId, FieldErrors};
use serde::{Deserialize, Serialize};

/// More divisions than any zone looks after.
const MOST_AREAS: usize = 60;

/// An agency as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyForm {
    /// Full name.
    pub name: String,
    /// Level by its code.
    pub level: String,
    /// GB/T 2260 code, or nothing for a zone (功能区) without its own.
    pub division: String,
    /// Id of the agency above, or nothing for one that never had any.
    pub parent: String,
    /// GB/T 2260 codes of the divisions that it looks after, beside its own.
    pub areas: Vec<String>,
}

impl AgencyForm {
    /// An agency as its form shows it.
    #[must_use]
    pub fn of(agency: &Agency, directory: &Directory) -> Self {
        let division = if directory.is_zone(agency) {
            String::new()
        } else {
            agency.division.clone()
        };
        Self {
            name: agency.name.clone(),
            level: agency.level.code().to_owned(),
            division,
            parent: agency.parent.map(|id| id.to_string()).unwrap_or_default(),
            areas: agency.areas.clone(),
        }
    }

    /// The agency `id`, new or changed, as an admin of `own` may make it.
    ///
    /// # Errors
    /// One sentence per field: the name is free, the agency above is within reach, of a higher level and not below this one, the
    /// division fits the level and is nobody else's, the areas lie in the own province.
    pub fn check(&self, directory: &Directory, own: AgencyId, id: AgencyId) -> Result<Agency, FieldErrors> {
        let before = directory.get(id);
        let mut errors = FieldErrors::default();
        let name = errors.take("name", self.free_name(directory, id));
        let level = errors.take("level", AgencyLevel::from_code(&self.level).ok_or("请选择级别"));
        let parent = errors.take("parent", self.allowed_parent(directory, own, before, id));
        let (Some(name), Some(level), Some(parent)) = (name, level, parent) else {
            return Err(errors);
        };
        let above = parent.and_then(|parent| directory.get(parent));
        if above.is_some_and(|above| above.level >= level) {
            errors.push("parent", "上级机构的级别要比它高，请换一个上级或改级别");
        }
        if let Some(lower) = directory.below(id).find(|lower| lower.level <= level) {
            let (name, level) = (&lower.name, lower.level.label());
            errors.push(
                "level",
                format!("下级机构“{name}”是{level}，它的级别要比这里低，请先调整它"),
            );
        }
        let division = errors.take("division", self.division(directory, level, above));
        let mut agency = Agency {
            id,
            name,
            level,
            division: division.unwrap_or_default(),
            parent,
            areas: self.areas.iter().map(|area| area.trim().to_owned()).collect(),
        };
        agency.areas.sort();
        agency.areas.dedup();
        if errors.is_empty() {
            let zone = self.division.trim().is_empty();
            ask(&mut errors, own_division(&agency, directory, own, before, zone));
            ask(&mut errors, own_areas(&agency, directory, own, before));
        }
        errors.into_result(agency)
    }

    fn free_name(&self, directory: &Directory, id: AgencyId) -> Result<String, &'static str> {
        let name = line(
            &self.name,
            2..=100,
            "请填写机构全称，例如“石阡县人力资源和社会保障局”",
            "机构名称是 2 到 100 个字",
        )?;
        if directory.all().iter().any(|other| other.id != id && other.name == name) {
            return Err("已经有这个名称的机构了，请核对后换一个名称");
        }
        Ok(name)
    }

    fn allowed_parent(
        &self,
        directory: &Directory,
        own: AgencyId,
        before: Option<&Agency>,
        id: AgencyId,
    ) -> Result<Option<AgencyId>, &'static str> {
        let typed = self.parent.trim();
        let parent = match typed {
            "" => None,
            typed => Some(typed.parse().map_err(|_| "请从列表里选择上级机构")?),
        };
        match (before, parent) {
            (Some(before), parent) if before.parent == parent => Ok(parent),
            (_, None) => Err("请选择上级机构"),
            (Some(_), Some(_)) if id == own => Err("自己机构的上级由上级机构的管理员来改"),
            (_, Some(parent)) if parent == id || directory.is_above(id, parent) => {
                Err("上级机构不能是它自己，也不能是它的下级，请换一个")
            }
            (_, Some(parent)) if directory.get(parent).is_none() || !directory.reaches(own, parent) => {
                Err("上级机构要在您管理的范围内，请从列表里选择")
            }
            (_, Some(parent)) => Ok(Some(parent)),
        }
    }

    /// The own division, or for a zone the one of the agency above it.
    fn division(
        &self,
        directory: &Directory,
        level: AgencyLevel,
        above: Option<&Agency>,
    ) -> Result<String, &'static str> {
        let code = self.division.trim();
        let six_digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        match (level, above) {
            (AgencyLevel::Province, _) if code.is_empty() => Err("省级机构请选择所在的省"),
            (AgencyLevel::City | AgencyLevel::County, None) if code.is_empty() => Err("请选择所在的区划"),
            (AgencyLevel::City | AgencyLevel::County, Some(above)) if code.is_empty() => {
                if is_county_code(&above.division) || directory.is_zone(above) {
                    Err("上级机构没有可分的区划，请给它选择自己的区划")
                } else {
                    Ok(above.division.clone())
                }
            }
            (AgencyLevel::Province, _) if six_digits && code.ends_with("0000") => Ok(code.to_owned()),
            (AgencyLevel::City, _) if six_digits && code.ends_with("00") && !code.ends_with("0000") => {
                Ok(code.to_owned())
            }
            (AgencyLevel::County, _) if is_county_code(code) => Ok(code.to_owned()),
            (AgencyLevel::Province, _) => Err("省级机构请选择省级区划"),
            (AgencyLevel::City, _) => Err("市级机构请选择地级市、州、盟；直辖市的机构请选省级"),
            (AgencyLevel::County, _) => Err("县级机构请选择最末一级的县、市、区"),
        }
    }
}

type Wrong = (&'static str, String);

fn ask(errors: &mut FieldErrors, answer: Result<(), Wrong>) {
    if let Err((field, sentence)) = answer {
        errors.push(field, sentence);
    }
}

fn own_division(
    agency: &Agency,
    directory: &Directory,
    own: AgencyId,
    before: Option<&Agency>,
    zone: bool,
) -> Result<(), Wrong> {
    let wrong = |sentence: &str| Err(("division", sentence.to_owned()));
    let above = agency.parent.and_then(|parent| directory.get(parent));
    if above.is_some_and(|above| above.division.get(..2) != agency.division.get(..2)) {
        return wrong("机构要和它的上级在同一个省");
    }
    if zone {
        return Ok(());
    }
    let unchanged = before.is_some_and(|before| before.division == agency.division);
    if !unchanged && !directory.covers(own, &agency.division) {
        return wrong("这个区划不在您管理的范围内，请从列表里选择");
    }
    let taken = directory.all().iter().find(|other| {
        other.id != agency.id
            && other.level == agency.level
            && other.division == agency.division
            && !directory.is_zone(other)
    });
    taken.map_or(Ok(()), |other| {
        Err((
            "division",
            format!("“{}”已经负责这个区划，同一级只能有一个机构，请换一个区划", other.name),
        ))
    })
}

fn own_areas(agency: &Agency, directory: &Directory, own: AgencyId, before: Option<&Agency>) -> Result<(), Wrong> {
    let wrong = |sentence: &str| Err(("areas", sentence.to_owned()));
    let province = agency.division.get(..2).unwrap_or_default();
    if agency.areas.len() > MOST_AREAS {
        return wrong("代管的区划最多 60 个，请去掉一些");
    }
    for area in &agency.areas {
        let fits = area.len() == 6 && area.bytes().all(|byte| byte.is_ascii_digit()) && !area.ends_with("0000");
        if !fits || !lies_in(area, &format!("{province:0<6}")) {
            return wrong("代管的区划要在本省之内，请从列表里选择");
        }
        if *area == agency.division {
            return wrong("自己的区划不用再写进代管的区划，请去掉");
        }
        let known = before.is_some_and(|before| before.areas.contains(area));
        if !known && !directory.covers(own, area) {
            return wrong("代管的区划要在您管理的范围内，请从列表里选择");
        }
    }
    Ok(())
}
