//! 今天: what a trainee sees in one look.

use super::{counted_days, span, view, week_quota};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::identity::case::is_returned;
use domain::Week;
use domain::attendance::{SiteFence, TodayInternship, TodayView, WeekDay, WeekDayMark};
use store::Tx;
use store::internship::Internship;
use store::review::Subject;

/// The trainee's today: the active internship with its fences, this week, and the offers that wait for an answer.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is a trainee.
pub async fn today(service: &Service, actor: &Actor) -> Result<TodayView, ServiceError> {
    let trainee = actor.as_trainee()?;
    let mut tx = service.db().read().await?;
    let person = store::trainee::find(&mut tx, trainee)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let offers = crate::internship::offers(&mut tx, trainee).await?;
    let internship = match store::internship::active_of_trainee(&mut tx, trainee).await? {
        Some(internship) => Some(of_internship(service, &mut tx, internship).await?),
        None => None,
    };
    let returned = is_returned(&mut tx, Subject::Trainee(trainee), person.identity).await?;
    let as_of = service.now();
    Ok(TodayView {
        as_of,
        today: as_of.day(),
        name: person.name,
        identity: person.identity,
        returned,
        consented_position: person.consent_sensitive_at.is_some(),
        internship,
        offers,
    })
}

async fn of_internship(
    service: &Service,
    tx: &mut Tx,
    internship: Internship,
) -> Result<TodayInternship, ServiceError> {
    let today = service.now().day();
    let week = Week::of(today);
    let span = span(&internship);
    let sites = store::site::allowed(&mut *tx, &[internship.id]).await?;
    let check_ins = store::attendance::of_internship(tx, internship.id, week.monday(), week.sunday()).await?;
    let quota = week_quota(service, &internship, week, counted_days(&check_ins));
    let days = week.days().map(|day| {
        let states = check_ins
            .iter()
            .filter(|check_in| check_in.day == day)
            .map(|check_in| check_in.state);
        let open = span.contains(&day) && service.rules().calendar().is_workday(day);
        WeekDay {
            day,
            mark: WeekDayMark::of(states, open),
            is_today: day == today,
        }
    });
    Ok(TodayInternship {
        id: internship.id,
        host: internship.host_name,
        post: internship.post,
        week_number: week.number_since(internship.starts_on),
        starts_on: internship.starts_on,
        ends_on: internship.ends_on,
        sites: sites
            .into_iter()
            .map(|(_, site)| SiteFence {
                id: site.id,
                name: site.name,
                centre: site.centre,
                radius: site.radius,
            })
            .collect(),
        week: days.to_vec(),
        quota,
        today: check_ins
            .into_iter()
            .filter(|check_in| check_in.day == today)
            .map(view)
            .collect(),
    })
}
