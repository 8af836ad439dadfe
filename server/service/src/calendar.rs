//! The working-day calendar: read by agencies, and grown by an admin of a province who imports the State Council's notice.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::review;
use crate::rules::{Rules, document, sized};
use domain::account::Role;
use domain::agency::AgencyLevel;
use domain::audit::AuditEvent;
use domain::calendar::{ImportedNotice, NoticeLine, YearNotice, YearView};
use domain::document::beside;
use store::calendar::StoredNotice;
use store::{StoreError, Tx};

/// The calendar of a year; this year without one named.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor belongs to an agency, [`ServiceError::NotFound`] for a year that is not shown.
pub async fn year(service: &Service, actor: &Actor, year: Option<i16>) -> Result<YearView, ServiceError> {
    let (agency, role) = actor.as_agency()?;
    let today = service.now().day();
    let year = year.unwrap_or_else(|| today.year());
    let mut tx = service.db().read().await?;
    let notices = store::calendar::all(&mut tx).await?;
    let calendar = Rules::load(&mut tx).await?.calendar().clone();
    let first = notices
        .first()
        .map_or(today.year(), |notice| notice.year.min(today.year()));
    let years: Vec<i16> = (first..=today.year().saturating_add(2)).collect();
    if !years.contains(&year) {
        return Err(ServiceError::NotFound);
    }
    let of_province = store::agency::directory(&mut tx)
        .await?
        .get(agency)
        .is_some_and(|agency| agency.level == AgencyLevel::Province);
    Ok(YearView {
        year,
        today,
        notice: calendar.notice(year).cloned(),
        imports: notices
            .into_iter()
            .rev()
            .filter(|notice| notice.year == year)
            .map(|notice| NoticeLine {
                version: notice.version,
                source: notice.source,
                imported_at: notice.imported_at,
                imported_by: notice.imported_by_name,
            })
            .collect(),
        years,
        may_import: role == Role::Admin && of_province,
    })
}

/// Batches of open cases whose due dates move while the admin waits for the answer; a job of the server does the rest.
const AT_ONCE: u32 = 5;

/// Imports a notice, which counts at once: the due dates of open cases are worked out anew, and those that moved are told.
/// Where there are very many, the answer says that the rest follows.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an admin of a province, [`ServiceError::Invalid`] with a line and a reason
/// for each flaw, [`ServiceError::Conflict`] when somebody else imported one for the year first.
pub async fn import(service: &Service, actor: &Actor, text: &str) -> Result<ImportedNotice, ServiceError> {
    let mut tx = service.db().begin().await?;
    let notice = add(service, &mut tx, actor, text).await?;
    tx.commit().await?;
    service.refresh_rules().await?;
    // The notice stands, whatever happens now; a fault is in the log, and the job goes on.
    let (moved, more) = review::move_due_dates(service, AT_ONCE)
        .await
        .unwrap_or_else(|_| (Vec::new(), true));
    Ok(ImportedNotice { moved, more, ..notice })
}

async fn add(service: &Service, tx: &mut Tx, actor: &Actor, text: &str) -> Result<ImportedNotice, ServiceError> {
    let agency = actor.as_admin()?;
    let agencies = store::agency::directory(&mut *tx).await?;
    match agencies.get(agency) {
        Some(agency) if agency.level == AgencyLevel::Province => {}
        Some(_) | None => return Err(ServiceError::Forbidden),
    }
    sized(text)?;
    let document = document(text).map_err(|flaw| beside("document", vec![flaw]))?;
    let notice = YearNotice::check(&document, service.now().day()).map_err(|flaws| beside("document", flaws))?;
    let before = Rules::load(&mut *tx).await?;
    if before.calendar().notice(notice.year) == Some(&notice) {
        return Err(ServiceError::field(
            "document",
            format!("{} 年的通知已经是这个内容，不用再导入。", notice.year),
        ));
    }
    let of_year = store::calendar::all(&mut *tx).await?;
    let last = of_year
        .iter()
        .filter(|row| row.year == notice.year)
        .map(|row| row.version)
        .max();
    let row = StoredNotice {
        year: notice.year,
        version: last.unwrap_or(0) + 1,
        source: notice.source.clone(),
        document: text.to_owned(),
        imported_at: service.now(),
        imported_by: Some(actor.account()),
        imported_by_name: None,
    };
    store::calendar::insert(&mut *tx, &row)
        .await
        .map_err(|error| match error {
            StoreError::Duplicate(_) => {
                ServiceError::Conflict("刚刚有人导入了同一年的通知，请先看看现在的日历。".to_owned())
            }
            other => other.into(),
        })?;
    review::calendar_changed(service, &mut *tx).await?;
    let event = AuditEvent::CalendarImported {
        year: row.year,
        version: row.version,
    };
    service.audit(&mut *tx, actor.author(), &event).await?;
    let count = |days: &[domain::Day]| u32::try_from(days.len()).unwrap_or(u32::MAX);
    Ok(ImportedNotice {
        year: row.year,
        version: row.version,
        days_off: count(&notice.days_off),
        make_up_workdays: count(&notice.make_up_workdays),
        moved: Vec::new(),
        more: false,
    })
}
