//! The rules that count: every version of every region and the holiday notices, read from the database into one snapshot and
//! merged once. Versions are only added, so a snapshot is at worst too short; each takes effect a day later or more, so that
//! every node has read it by then.

mod add;
mod built_in;
mod parse;
mod read;
mod simulate;

pub use add::{add, start};
pub(crate) use built_in::seed;
pub(crate) use parse::document;
pub use read::{compare, list, region};
pub use simulate::simulate;

use crate::context::Service;
use crate::error::ServiceError;
use domain::Day;
use domain::calendar::{Calendar, YearNotice};
use domain::document::Document;
use domain::rulepack::{self, Fields, NATIONAL, RulePack};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::Tx;
use store::calendar::StoredNotice;
use store::rulepack::RulePackVersion;

/// Every version of every rule pack, merged, and the calendar.
#[derive(Debug, Clone)]
pub struct Rules {
    versions: BTreeMap<String, Vec<Version>>,
    packs: BTreeMap<String, Packs>,
    national: Packs,
    calendar: Calendar,
    /// How many rows they were read from.
    rows: usize,
}

/// One version with its document read.
#[derive(Debug, Clone)]
struct Version {
    row: RulePackVersion,
    document: Document,
}

/// The merged packs of a region: from each day on which something on its path changes.
#[derive(Debug, Clone)]
struct Packs {
    first: Arc<RulePack>,
    later: Vec<(Day, Arc<RulePack>)>,
}

impl Rules {
    /// Reads them from the database.
    pub(crate) async fn load(tx: &mut Tx) -> Result<Self, ServiceError> {
        let versions = store::rulepack::all(&mut *tx).await?;
        let notices = store::calendar::all(tx).await?;
        Self::of(versions, &notices).map_err(ServiceError::fault)
    }

    /// From rows.
    fn of(rows: Vec<RulePackVersion>, notices: &[StoredNotice]) -> Result<Self, String> {
        let count = rows.len() + notices.len();
        let mut versions: BTreeMap<String, Vec<Version>> = BTreeMap::new();
        for row in rows {
            let document = parse::document(&row.document)
                .map_err(|flaw| format!("{}@{}: {}", row.region, row.version, flaw.message()))?;
            versions
                .entry(row.region.clone())
                .or_default()
                .push(Version { row, document });
        }
        if !versions.contains_key(NATIONAL) {
            versions.insert(NATIONAL.to_owned(), vec![built_in::national()?]);
        }
        for of_region in versions.values_mut() {
            of_region.sort_by_key(|version| version.row.valid_from);
        }
        let notices = notices.iter().map(notice).collect::<Result<Vec<_>, _>>()?;
        let calendar = Calendar::new(notices);
        let base = built_in::national()?.document;
        let packs = versions
            .keys()
            .map(|region| Ok((region.clone(), Packs::of(&base, &versions, region)?)))
            .collect::<Result<BTreeMap<_, _>, String>>()?;
        let national = packs.get(NATIONAL).cloned().ok_or("the national rules are missing")?;
        Ok(Self {
            versions,
            packs,
            national,
            calendar,
            rows: count,
        })
    }

    /// The rules of a division on a day, merged from the versions that count on its path that day; the national ones for a text
    /// that is no division. [`RulePack::basis`] names the versions.
    #[must_use]
    pub fn pack(&self, division_code: &str, day: Day) -> Arc<RulePack> {
        let nearest = || {
            let code = division_code.as_bytes();
            [6, 4, 2].into_iter().find_map(|digits| {
                let mut region = *b"000000";
                region.get_mut(..digits)?.copy_from_slice(code.get(..digits)?);
                self.packs.get(std::str::from_utf8(&region).ok()?)
            })
        };
        let packs = if rulepack::is_region(division_code) {
            nearest().unwrap_or(&self.national)
        } else {
            &self.national
        };
        let later = packs.later.iter().rev().find(|(from, _)| *from <= day);
        Arc::clone(later.map_or(&packs.first, |(_, pack)| pack))
    }

    /// A [`RulePack::basis`] as people read it: `全国 2026-1、贵州省 2026-1`.
    pub(crate) fn basis_in_words(&self, basis: &str) -> String {
        let named = |one: &str| {
            let (region, version) = one.split_once('@')?;
            let name = self.versions.get(region)?.last()?.document.text("name")?;
            Some([name, " ", version].concat())
        };
        let words: Vec<String> = basis
            .split(' ')
            .map(|one| named(one).unwrap_or_else(|| one.to_owned()))
            .collect();
        words.join("、")
    }

    /// The working-day calendar.
    #[must_use]
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The version of a region that counts on a day.
    fn version_on(&self, region: &str, day: Day) -> Option<&Version> {
        version_on(&self.versions, region, day)
    }

    /// What counts for a region on a day, field by field; `inherited` leaves its own document out.
    fn fields_on(&self, region: &str, day: Day, inherited: bool) -> Result<Fields, ServiceError> {
        let base = built_in::national().map_err(ServiceError::fault)?.document;
        let path = rulepack::path(region);
        let documents = path
            .iter()
            .filter(|above| !inherited || *above != region)
            .filter_map(|above| self.version_on(above, day))
            .map(|version| &version.document);
        Ok(Fields::of(std::iter::once(&base).chain(documents)))
    }

    /// The days on which the rules of a region change, its own and inherited ones.
    fn changes(&self, region: &str) -> BTreeSet<Day> {
        changes(&self.versions, region)
    }

    /// The same with other rules for a province on every day.
    #[cfg(test)]
    pub(crate) fn with_province(mut self, code: &str, change: impl Fn(&mut RulePack)) -> Self {
        let mut packs = self.packs.get(code).unwrap_or(&self.national).clone();
        change(Arc::make_mut(&mut packs.first));
        for (_, pack) in &mut packs.later {
            change(Arc::make_mut(pack));
        }
        self.packs.insert(code.to_owned(), packs);
        self
    }
}

impl Packs {
    fn of(base: &Document, versions: &BTreeMap<String, Vec<Version>>, region: &str) -> Result<Self, String> {
        let on = |day: Day| {
            let mut fields = Fields::of([base]);
            let mut basis = Vec::new();
            for above in rulepack::path(region) {
                if let Some(version) = version_on(versions, &above, day) {
                    fields.lay(&version.document);
                    basis.push(format!("{above}@{}", version.row.version));
                }
            }
            fields
                .pack(&basis.join(" "))
                .map(Arc::new)
                .map_err(|error| format!("{region} on {day}: {error}"))
        };
        Ok(Self {
            first: on(Day::MIN)?,
            later: changes(versions, region)
                .into_iter()
                .map(|day| Ok((day, on(day)?)))
                .collect::<Result<_, String>>()?,
        })
    }
}

/// Before its first day the oldest national version counts: there are always rules.
fn version_on<'a>(versions: &'a BTreeMap<String, Vec<Version>>, region: &str, day: Day) -> Option<&'a Version> {
    let of_region = versions.get(region)?;
    let counting = of_region.iter().rev().find(|version| version.row.valid_from <= day);
    match counting {
        None if region == NATIONAL => of_region.first(),
        counting => counting,
    }
}

fn changes(versions: &BTreeMap<String, Vec<Version>>, region: &str) -> BTreeSet<Day> {
    rulepack::path(region)
        .iter()
        .filter_map(|above| versions.get(above))
        .flatten()
        .map(|version| version.row.valid_from)
        .collect()
}

fn notice(row: &StoredNotice) -> Result<YearNotice, String> {
    let place = || format!("notice of {}, version {}", row.year, row.version);
    let document = parse::document(&row.document).map_err(|flaw| format!("{}: {}", place(), flaw.message()))?;
    YearNotice::read(&document).ok_or_else(place)
}

impl Service {
    /// Reads the rules anew. A node calls it after its own change, and the upkeep regularly for the changes of others.
    pub(crate) async fn refresh_rules(&self) -> Result<(), ServiceError> {
        let mut tx = self.db().read().await?;
        let read = Rules::load(&mut tx).await?;
        drop(tx);
        self.replace_rules(read);
        Ok(())
    }
}

impl Rules {
    /// Whether these were read later than `other`: rows are only ever added.
    pub(crate) const fn is_newer_than(&self, other: &Self) -> bool {
        self.rows > other.rows
    }
}

/// Documents of rules and notices are a few kilobytes.
pub(crate) const LONGEST_DOCUMENT: usize = 32 * 1024;

/// Refuses a text that is no document, before it is read.
pub(crate) fn sized(text: &str) -> Result<(), ServiceError> {
    if text.trim().is_empty() {
        Err(ServiceError::field("document", "请填写内容"))
    } else if text.len() > LONGEST_DOCUMENT {
        Err(ServiceError::field(
            "document",
            "内容太长，最多 32 KB。请检查是不是贴错了文件",
        ))
    } else {
        Ok(())
    }
}
