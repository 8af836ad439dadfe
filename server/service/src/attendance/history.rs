//! 签到记录: the trainee's own check-ins by week, with what each counts for.

use super::{counted_days, view, week_quota};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::Week;
use domain::attendance::{HistoryView, HistoryWeek};

/// Every week from the first day of the internship to now (or to its last day), newest first.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is a trainee.
pub async fn history(service: &Service, actor: &Actor) -> Result<HistoryView, ServiceError> {
    let trainee = actor.as_trainee()?;
    let as_of = service.now();
    let mut tx = service.db().read().await?;
    let Some(internship) = store::internship::latest_of_trainee(&mut tx, trainee).await? else {
        return Ok(HistoryView {
            as_of,
            internship: None,
            weeks: Vec::new(),
        });
    };
    let last_day = internship.ends_on.min(as_of.day());
    let this_week = Week::of(as_of.day());
    let mut check_ins =
        store::attendance::of_internship(&mut tx, internship.id, internship.starts_on, internship.ends_on).await?;
    let mut weeks = Vec::new();
    let mut week = Week::of(last_day);
    while last_day >= internship.starts_on && week >= Week::of(internship.starts_on) {
        let (of_week, older) = check_ins
            .into_iter()
            .partition::<Vec<_>, _>(|check_in| week.contains(check_in.day));
        check_ins = older;
        weeks.push(HistoryWeek {
            number: week.number_since(internship.starts_on),
            monday: week.monday(),
            is_current: week == this_week,
            quota: week_quota(service, &internship, week, counted_days(&of_week)),
            check_ins: of_week.into_iter().map(view).collect(),
        });
        week = week.previous();
    }
    Ok(HistoryView {
        as_of,
        internship: Some(format!("{} · {}", internship.host_name, internship.post)),
        weeks,
    })
}
