//! The documents that are compiled in. They are written into the database once, so that an auditor can read every version that
//! a decision used, whatever later versions of this program carry; and the national one lies under all others, so that a
//! field which an older document does not know has a value.

use super::{Version, parse};
use crate::error::ServiceError;
use domain::calendar::NOTICE_2026_TOML;
use domain::rulepack::{NATIONAL, NATIONAL_TOML, PROVINCES};
use domain::value::parse_day;
use domain::{Day, Moment};
use store::Tx;
use store::calendar::StoredNotice;
use store::rulepack::RulePackVersion;

/// Writes what is not there yet.
pub(crate) async fn seed(tx: &mut Tx, now: Moment) -> Result<(), ServiceError> {
    let packs = std::iter::once((NATIONAL, NATIONAL_TOML)).chain(PROVINCES);
    for (region, text) in packs {
        let version = version(region, text, now).map_err(ServiceError::fault)?;
        store::rulepack::insert_built_in(&mut *tx, &version.row).await?;
    }
    let notice = parse::document(NOTICE_2026_TOML).map_err(|flaw| ServiceError::fault(flaw.message()))?;
    let notice = StoredNotice {
        year: 2026,
        version: 1,
        source: notice.text("source").unwrap_or_default().to_owned(),
        document: NOTICE_2026_TOML.to_owned(),
        imported_at: now,
        imported_by: None,
        imported_by_name: None,
    };
    store::calendar::insert_built_in(tx, &notice).await?;
    Ok(())
}

/// The national defaults.
pub(super) fn national() -> Result<Version, String> {
    version(NATIONAL, NATIONAL_TOML, Moment::from_millis(0))
}

fn version(region: &str, text: &str, created_at: Moment) -> Result<Version, String> {
    let document = parse::document(text).map_err(|flaw| format!("{region}: {}", flaw.message()))?;
    let missing = |field: &str| format!("{region}: {field}");
    let valid_from: Day = document
        .text("valid_from")
        .and_then(parse_day)
        .ok_or_else(|| missing("valid_from"))?;
    let row = RulePackVersion {
        region: region.to_owned(),
        version: document.text("version").ok_or_else(|| missing("version"))?.to_owned(),
        valid_from,
        document: text.to_owned(),
        created_at,
        created_by: None,
        created_by_name: None,
    };
    Ok(Version { row, document })
}
