//! Reading rules: the list of regions, one region with its history, two versions side by side.

use super::{Rules, Version};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::account::Role;
use domain::agency::Agency;
use domain::document::Value;
use domain::rulepack::{
    self, ComparedField, Comparison, Difference, FIELDS, Field, Fields, NATIONAL, RegionLine, RegionView, RulesView,
    VersionLine,
};
use domain::value::{add_days, full_day_label};
use domain::{AgencyId, Day};
use std::collections::BTreeMap;
use store::Tx;

/// Every region with rules of its own.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor belongs to an agency.
pub async fn list(service: &Service, actor: &Actor) -> Result<RulesView, ServiceError> {
    let (_, role) = actor.as_agency()?;
    let today = service.now().day();
    let mut tx = service.db().read().await?;
    let rules = Rules::load(&mut tx).await?;
    let regions = rules
        .versions
        .iter()
        .map(|(region, versions)| {
            let current = rules.version_on(region, today);
            let lines = lines(versions);
            Ok(RegionLine {
                region: region.clone(),
                name: name_in(current.or(versions.last())),
                current: lines.iter().find(|line| line.counts_on(today)).cloned(),
                next: lines.iter().rev().find(|line| line.valid_from > today).cloned(),
                differences: match region.as_str() {
                    NATIONAL => 0,
                    _ => {
                        let sides = here_and_above(&rules, region, today)?;
                        u32::try_from(differing(region, &sides).count()).unwrap_or(u32::MAX)
                    }
                },
            })
        })
        .collect::<Result<_, ServiceError>>()?;
    Ok(RulesView {
        today,
        regions,
        may_change: role == Role::Admin,
    })
}

/// One region, also one without rules of its own.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor belongs to an agency, [`ServiceError::NotFound`] for no region.
pub async fn region(service: &Service, actor: &Actor, region: &str) -> Result<RegionView, ServiceError> {
    let (agency, role) = actor.as_agency()?;
    let today = service.now().day();
    let mut tx = service.db().read().await?;
    let name = name_of_region(&mut tx, region).await?;
    let rules = Rules::load(&mut tx).await?;
    let versions = rules.versions.get(region).map_or(&[][..], Vec::as_slice);
    let current = rules.version_on(region, today).or(versions.last());
    let mut above = Vec::new();
    for code in rulepack::path(region).into_iter().rev().filter(|code| code != region) {
        let name = name_of_region(&mut tx, &code).await?;
        above.push((code, name));
    }
    let may_change = role == Role::Admin && rulepack::may_change(&own_agency(&mut tx, agency).await?, region);
    Ok(RegionView {
        region: region.to_owned(),
        name,
        today,
        versions: lines(versions),
        differences: differences(&mut tx, &rules, region, today).await?,
        above,
        document: current.map_or_else(String::new, |version| version.row.document.clone()),
        may_change,
    })
}

/// Two versions (`520000@2026-1`) side by side, each with what it inherits on its first day. An empty name stands for one of
/// the first two.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor belongs to an agency, [`ServiceError::NotFound`] for an unknown version.
pub async fn compare(service: &Service, actor: &Actor, left: &str, right: &str) -> Result<Comparison, ServiceError> {
    actor.as_agency()?;
    let mut tx = service.db().read().await?;
    let rules = Rules::load(&mut tx).await?;
    let all: Vec<&Version> = rules.versions.values().flatten().collect();
    let find = |wanted: &str, at: usize| {
        let found = if wanted.is_empty() {
            all.get(at)
        } else {
            all.iter().find(|version| address(version) == wanted)
        };
        found.copied().ok_or(ServiceError::NotFound)
    };
    let (left, right) = (find(left, 0)?, find(right, 1)?);
    let fields = |version: &Version| rules.fields_on(&version.row.region, version.row.valid_from, false);
    let sides = [fields(left)?, fields(right)?];
    let names = names(&mut tx, &sides).await?;
    let name_of = |code: &str| names.get(code).cloned();
    Ok(Comparison {
        choices: all
            .iter()
            .map(|version| {
                let label = format!(
                    "{} {}（{}起）",
                    name_in(Some(version)),
                    version.row.version,
                    full_day_label(version.row.valid_from)
                );
                (address(version), label)
            })
            .collect(),
        left: address(left),
        right: address(right),
        fields: FIELDS
            .iter()
            .map(|field| {
                let remark = [right, left].iter().find_map(|version| remark(version, field.name));
                let [here, there] = sides.each_ref().map(|side| field.show(side.get(field.name), &name_of));
                ComparedField {
                    field: field.name.to_owned(),
                    label: field.label.to_owned(),
                    left: here,
                    right: there,
                    source: remark.unwrap_or(field.source).to_owned(),
                }
            })
            .collect(),
    })
}

/// The open agency of the actor.
pub(super) async fn own_agency(tx: &mut Tx, id: AgencyId) -> Result<Agency, ServiceError> {
    let agencies = store::agency::directory(tx).await?;
    agencies.get(id).cloned().ok_or(ServiceError::Forbidden)
}

/// The name of a region of GB/T 2260, with those above it, or of the whole country.
pub(super) async fn name_of_region(tx: &mut Tx, region: &str) -> Result<String, ServiceError> {
    if region == NATIONAL {
        return Ok("全国".to_owned());
    }
    match crate::division::path_name_in(tx, region).await? {
        name if name.is_empty() => Err(ServiceError::NotFound),
        name => Ok(name),
    }
}

/// `520000@2026-1`.
fn address(version: &Version) -> String {
    format!("{}@{}", version.row.region, version.row.version)
}

fn name_in(version: Option<&Version>) -> String {
    let name = version.and_then(|version| version.document.text("name"));
    name.unwrap_or_default().to_owned()
}

fn remark<'a>(version: &'a Version, field: &str) -> Option<&'a str> {
    let remark = version.document.get(field)?.remark.as_str();
    (!remark.is_empty()).then_some(remark)
}

/// The newest first.
fn lines(versions: &[Version]) -> Vec<VersionLine> {
    let ends = versions
        .iter()
        .skip(1)
        .map(|next| Some(add_days(next.row.valid_from, -1)))
        .chain([None]);
    let mut lines: Vec<VersionLine> = versions
        .iter()
        .zip(ends)
        .map(|(version, valid_to)| VersionLine {
            version: version.row.version.clone(),
            valid_from: version.row.valid_from,
            valid_to,
            created_at: version.row.created_at,
            created_by: version.row.created_by_name.clone(),
        })
        .collect();
    lines.reverse();
    lines
}

/// What counts for a region on a day, and what it would inherit.
fn here_and_above(rules: &Rules, region: &str, day: Day) -> Result<[Fields; 2], ServiceError> {
    Ok([
        rules.fields_on(region, day, false)?,
        rules.fields_on(region, day, true)?,
    ])
}

/// The fields in which a region differs from what it inherits; for the whole country all of them.
fn differing<'a>(region: &'a str, [here, above]: &'a [Fields; 2]) -> impl Iterator<Item = &'static Field> + 'a {
    FIELDS
        .iter()
        .filter(move |field| region == NATIONAL || here.get(field.name) != above.get(field.name))
}

async fn differences(tx: &mut Tx, rules: &Rules, region: &str, day: Day) -> Result<Vec<Difference>, ServiceError> {
    let sides = here_and_above(rules, region, day)?;
    let names = names(tx, &sides).await?;
    let name_of = |code: &str| names.get(code).cloned();
    let version = rules.version_on(region, day);
    let [here, above] = &sides;
    Ok(differing(region, &sides)
        .map(|field| Difference {
            field: field.name.to_owned(),
            label: field.label.to_owned(),
            here: field.show(here.get(field.name), &name_of),
            above: if region == NATIONAL {
                String::new()
            } else {
                field.show(above.get(field.name), &name_of)
            },
            source: version
                .and_then(|version| remark(version, field.name))
                .unwrap_or(field.source)
                .to_owned(),
        })
        .collect())
}

/// The names of the divisions that these fields mention.
async fn names(tx: &mut Tx, sides: &[Fields]) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut names = BTreeMap::new();
    for field in FIELDS {
        for side in sides {
            let Some(Value::List(codes)) = side.get(field.name) else {
                continue;
            };
            for code in codes.iter().filter(|code| rulepack::is_region(code)) {
                if let Some(last) = store::division::path(&mut *tx, code).await?.pop() {
                    names.insert(code.clone(), last.name);
                }
            }
        }
    }
    Ok(names)
}
