//! Adding a version of a region's rules: by an admin, for the agency's own area, from tomorrow on or later.

use super::read::{name_of_region, own_agency};
use super::{Rules, parse, sized};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::Day;
use domain::audit::AuditEvent;
use domain::document::{Document, Flaw, Value, beside};
use domain::rulepack::{self, FIELDS, Ground, Header, KnownVersion, NewVersionStart, contradictions};
use domain::value::{add_days, full_day_label};
use store::rulepack::RulePackVersion;
use store::{StoreError, Tx};

/// So much time every node has to read a new version (`upkeep` runs every ten minutes).
const TIME_TO_SPREAD: i64 = 60 * 60 * 1000;

/// What the form for a new version begins with.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an admin of an agency whose area the region belongs to,
/// [`ServiceError::NotFound`] for no region.
pub async fn start(service: &Service, actor: &Actor, region: &str) -> Result<NewVersionStart, ServiceError> {
    let mut tx = service.db().read().await?;
    let name = permitted(&mut tx, actor, region).await?;
    let rules = Rules::load(&mut tx).await?;
    let earliest = earliest(service);
    Ok(NewVersionStart {
        region: region.to_owned(),
        document: proposal(&rules, region, &name, earliest),
        name,
        earliest,
        fields: FIELDS
            .iter()
            .map(|field| (field.name.to_owned(), field.label.to_owned(), field.expected()))
            .collect(),
    })
}

/// Adds a version and answers the first day on which it counts.
///
/// # Errors
/// [`ServiceError::Forbidden`] and [`ServiceError::NotFound`] as for [`start`]; [`ServiceError::Invalid`] with a line and a
/// reason for each flaw of the document; [`ServiceError::Conflict`] when somebody else added the same version first.
pub async fn add(service: &Service, actor: &Actor, region: &str, text: &str) -> Result<Day, ServiceError> {
    let mut tx = service.db().begin().await?;
    permitted(&mut tx, actor, region).await?;
    sized(text)?;
    let rules = Rules::load(&mut tx).await?;
    let document = parse::document(text).map_err(|flaw| beside("document", vec![flaw]))?;
    let header = checked(&mut tx, &rules, region, &document, earliest(service)).await?;
    let new = RulePackVersion {
        region: region.to_owned(),
        version: header.version,
        valid_from: header.valid_from,
        document: text.to_owned(),
        created_at: service.now(),
        created_by: Some(actor.account()),
        created_by_name: None,
    };
    let flaws = contradicting(&mut tx, &new, &document).await?;
    if !flaws.is_empty() {
        return Err(beside("document", flaws).into());
    }
    store::rulepack::insert(&mut tx, &new)
        .await
        .map_err(|error| match error {
            StoreError::Duplicate(_) => ServiceError::Conflict(
                "刚刚有人给这个地区加了同名或同一天生效的版本。请先看现有版本，再改版本名和生效日期。".to_owned(),
            ),
            other => other.into(),
        })?;
    let event = AuditEvent::RulePackAdded {
        region: new.region,
        version: new.version,
        valid_from: new.valid_from,
    };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    service.refresh_rules().await?;
    Ok(header.valid_from)
}

/// The name of the region, if the actor may change its rules.
async fn permitted(tx: &mut Tx, actor: &Actor, region: &str) -> Result<String, ServiceError> {
    let agency = own_agency(&mut *tx, actor.as_admin()?).await?;
    let name = name_of_region(tx, region).await?;
    if rulepack::may_change(&agency, region) {
        Ok(name)
    } else {
        Err(ServiceError::Forbidden)
    }
}

/// Tomorrow, or the day after where tomorrow comes before every node knows.
fn earliest(service: &Service) -> Day {
    add_days(service.now().plus_millis(TIME_TO_SPREAD).day(), 1)
}

/// The document for itself, and that the divisions which it names exist.
async fn checked(
    tx: &mut Tx,
    rules: &Rules,
    region: &str,
    document: &Document,
    earliest: Day,
) -> Result<Header, ServiceError> {
    let known: Vec<KnownVersion> = rules
        .versions
        .get(region)
        .into_iter()
        .flatten()
        .map(|version| KnownVersion {
            version: version.row.version.clone(),
            valid_from: version.row.valid_from,
        })
        .collect();
    let ground = Ground {
        region,
        earliest,
        known: &known,
    };
    let header = rulepack::check(document, ground).map_err(|flaws| beside("document", flaws))?;
    let mut unknown = Vec::new();
    for entry in &document.0 {
        let is_chain = rulepack::Field::named(&entry.field)
            .is_none_or(|field| matches!(field.kind, rulepack::FieldKind::Chain { .. }));
        if let (false, Value::List(codes)) = (is_chain, &entry.value) {
            for (at, code) in codes.iter().enumerate() {
                if store::division::path(&mut *tx, code).await?.is_empty() {
                    unknown.push(entry.item_flaw(at, format!("没有 {code} 这个行政区划")));
                }
            }
        }
    }
    if unknown.is_empty() {
        Ok(header)
    } else {
        Err(beside("document", unknown).into())
    }
}

/// Where the rules of the region or of one below it would not fit together on any day from the new version's first on.
async fn contradicting(tx: &mut Tx, new: &RulePackVersion, document: &Document) -> Result<Vec<Flaw>, ServiceError> {
    let mut rows = store::rulepack::all(&mut *tx).await?;
    rows.push(new.clone());
    let with_new = Rules::of(rows, &[]).map_err(ServiceError::fault)?;
    let affected = with_new
        .versions
        .keys()
        .filter(|region| rulepack::path(region).contains(&new.region));
    let mut flaws: Vec<Flaw> = Vec::new();
    for region in affected {
        for day in with_new.changes(region).range(new.valid_from..) {
            for contradiction in contradictions(&with_new.fields_on(region, *day, false)?) {
                let mut flaw = contradiction.in_document(document);
                if *region != new.region {
                    flaw.reason = format!("下级地区 {region} 的规则会不一致：{}", flaw.reason);
                } else if *day != new.valid_from {
                    flaw.reason = format!("从 {} 起会不一致：{}", full_day_label(*day), flaw.reason);
                }
                if !flaws.contains(&flaw) {
                    flaws.push(flaw);
                }
            }
        }
    }
    Ok(flaws)
}

/// The last document with the next version name and the earliest day, or the head of a first one.
fn proposal(rules: &Rules, region: &str, name: &str, earliest: Day) -> String {
    let versions = rules.versions.get(region).map_or(&[][..], Vec::as_slice);
    let taken = |number: u32| {
        let wanted = format!("{:04}-{number}", earliest.year());
        versions.iter().any(|version| version.row.version == wanted)
    };
    let number = (1..1000).find(|number| !taken(*number)).unwrap_or(1);
    let version_line = format!("version = \"{:04}-{number}\"", earliest.year());
    let Some(last) = versions.last() else {
        let short: String = name.chars().take(30).collect();
        return format!(
            "# {name}：只写与上级不同的字段，其余自动继承。\nregion = \"{region}\"\nname = \"{short}\"\n{version_line}\n\
             valid_from = \"{earliest}\"\n\n"
        );
    };
    let starts = last.row.valid_from.max(add_days(earliest, -1));
    let starts_line = format!("valid_from = \"{}\"", add_days(starts, 1));
    let line_of = |field: &str| last.document.get(field).map(|entry| entry.line);
    let mut text: Vec<String> = Vec::new();
    for (number, line) in (1_u32..).zip(last.row.document.lines()) {
        let replaced = if line_of("version") == Some(number) {
            &version_line
        } else if line_of("valid_from") == Some(number) {
            &starts_line
        } else {
            line
        };
        text.push(replaced.to_owned());
    }
    text.join("\n") + "\n"
}
