//! 考勤看板: week × people for the host's operator, and the decision on what waits.

use super::{span, view, week_quota};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::attendance::{
    BoardCell, BoardRow, BoardView, CheckInRefusal, CheckInState, CheckInView, DecideForm, FeedItem, WeekDayMark,
    WeekQuota, is_closed, missed_run,
};
use domain::audit::AuditEvent;
use domain::internship::InternshipState;
use domain::{Day, InternshipId, Moment, Week};
use std::collections::BTreeMap;
use store::Tx;
use store::attendance::CheckIn;
use store::internship::Internship;

/// Waiting items beside the board; the KPI counts them all.
const FEED_WAITING: i64 = 30;
/// Newest check-ins beside the board.
const FEED_NEWEST: usize = 12;

/// The board of one week, the current one by default.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub async fn board(service: &Service, actor: &Actor, monday: Option<Day>) -> Result<BoardView, ServiceError> {
    let host_id = actor.as_operator()?;
    let as_of = service.now();
    let week = Week::of(monday.unwrap_or_else(|| as_of.day()));
    let mut tx = service.db().read().await?;
    let host = store::host::find(&mut tx, host_id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let pack = service.rules().pack(&host.division_code, week.monday());
    let people = store::internship::of_host_between(&mut tx, host_id, week.monday(), week.sunday()).await?;
    let of_week = store::attendance::of_host(&mut tx, host_id, week.monday(), week.sunday()).await?;
    let today_rows = if week.contains(as_of.day()) {
        None
    } else {
        Some(store::attendance::of_host(&mut tx, host_id, as_of.day(), as_of.day()).await?)
    };
    let waiting = store::attendance::count_waiting(&mut tx, host_id).await?;
    let mut feed: Vec<FeedItem> = store::attendance::waiting_of_host(&mut tx, host_id, FEED_WAITING)
        .await?
        .into_iter()
        .map(feed_item)
        .collect();
    let mut counted: BTreeMap<InternshipId, Vec<Day>> = BTreeMap::new();
    for (internship, day) in store::attendance::counted_days_of_host(&mut tx, host_id).await? {
        counted.entry(internship).or_default().push(day);
    }
    let newest = of_week
        .iter()
        .filter(|check_in| check_in.state != CheckInState::Waiting);
    feed.extend(newest.take(FEED_NEWEST).cloned().map(feed_item));
    let days = shown_days(service, week, &of_week);
    let today_count = checked_in_on(as_of.day(), today_rows.as_deref().unwrap_or(&of_week));
    let first_day = people.iter().map(|person| person.starts_on).min();
    let active = count(
        people
            .iter()
            .filter(|person| person.state == InternshipState::Active)
            .count(),
    );
    let rows: Vec<BoardRow> = people
        .into_iter()
        .map(|person| {
            let days_counted = counted.remove(&person.id).unwrap_or_default();
            row(service, person, week, &days, &of_week, &days_counted, as_of)
        })
        .collect();
    Ok(BoardView {
        as_of,
        host: host.name,
        today: as_of.day(),
        monday: week.monday(),
        first_day,
        per_week: u32::from(pack.check_ins_per_week),
        run_threshold: u32::from(pack.missed_run_threshold),
        days,
        people: active,
        today_count,
        quota_met: count(
            rows.iter()
                .filter(|row| row.quota.required > 0 && row.quota.is_met())
                .count(),
        ),
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        rows,
        feed,
    })
}

/// The operator confirms a waiting check-in or sends it back with a reason.
///
/// # Errors
/// [`ServiceError::Invalid`] when a reason is missing, [`ServiceError::Refused`] when nothing waits,
/// [`ServiceError::Conflict`] when a colleague was quicker, [`ServiceError::NotFound`] for another host's check-in.
pub async fn decide(service: &Service, actor: &Actor, form: DecideForm) -> Result<CheckInView, ServiceError> {
    let host = actor.as_operator()?;
    let decision = form.check()?;
    let mut tx = service.db().begin().await?;
    let found = store::attendance::find_of_host(&mut tx, host, form.id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let state = found
        .state
        .step(decision.event)
        .map_err(|refusal: CheckInRefusal| match refusal {
            CheckInRefusal::AlreadyDecided => ServiceError::Conflict(refusal.label().to_owned()),
            CheckInRefusal::NeedsNone => ServiceError::Refused(refusal.label().to_owned()),
        })?;
    let decided = CheckIn {
        state,
        note: decision.note,
        decided_by: Some(actor.account()),
        decided_at: Some(service.now()),
        version: form.version,
        ..found
    };
    store::attendance::save_decision(&mut tx, &decided).await?;
    let event = if state.counts() {
        AuditEvent::CheckInConfirmed { check_in: form.id }
    } else {
        AuditEvent::CheckInSentBack { check_in: form.id }
    };
    service.audit(&mut tx, actor.author(), &event).await?;
    store::live::announce(&mut tx, host).await?;
    let saved = reread(&mut tx, &decided).await?;
    tx.commit().await?;
    service.hub().committed(host);
    Ok(view(saved))
}

async fn reread(tx: &mut Tx, decided: &CheckIn) -> Result<CheckIn, ServiceError> {
    store::attendance::find_of_host(tx, decided.host, decided.id)
        .await?
        .ok_or(ServiceError::NotFound)
}

/// One person's week, with the run of missed reports over the weeks that are closed.
fn row(
    service: &Service,
    person: Internship,
    week: Week,
    days: &[Day],
    of_week: &[CheckIn],
    counted: &[Day],
    now: Moment,
) -> BoardRow {
    let span = span(&person);
    let cells = days
        .iter()
        .map(|day| {
            let mine = || {
                of_week
                    .iter()
                    .filter(|check_in| check_in.internship == person.id && check_in.day == *day)
            };
            let open = span.contains(day) && service.rules().calendar().is_workday(*day);
            let mark = WeekDayMark::of(mine().map(|check_in| check_in.state), open);
            let deciding = mine()
                .find(|check_in| check_in.state.counts())
                .or_else(|| mine().next());
            BoardCell {
                mark,
                check_in: deciding.cloned().map(view),
            }
        })
        .collect();
    BoardRow {
        internship: person.id,
        cells,
        quota: week_quota(service, &person, week, counted.iter().copied()),
        missed_run: missed_run(closed_weeks(service, &person, counted, now)),
        name: person.name,
        post: person.post,
    }
}

/// The quotas of the internship's weeks that are closed, oldest first.
fn closed_weeks(service: &Service, person: &Internship, counted: &[Day], now: Moment) -> Vec<WeekQuota> {
    let rules = service.rules();
    let late_hours = |week: Week| rules.pack(&person.host_division, week.monday()).late_upload_hours;
    let mut quotas = Vec::new();
    let mut week = Week::of(person.starts_on);
    while week.monday() <= person.ends_on && is_closed(week, now, late_hours(week)) {
        quotas.push(week_quota(service, person, week, counted.iter().copied()));
        week = week.next();
    }
    quotas
}

/// Monday to Friday, and a weekend day that is a workday or on which somebody checked in.
fn shown_days(service: &Service, week: Week, of_week: &[CheckIn]) -> Vec<Day> {
    week.days()
        .into_iter()
        .enumerate()
        .filter(|(place, day)| {
            *place < 5
                || service.rules().calendar().is_workday(*day)
                || of_week.iter().any(|check_in| check_in.day == *day)
        })
        .map(|(_, day)| day)
        .collect()
}

/// How many people checked in on a day, whatever became of it.
fn checked_in_on(day: Day, check_ins: &[CheckIn]) -> u32 {
    let mut people: Vec<InternshipId> = check_ins
        .iter()
        .filter(|check_in| check_in.day == day)
        .map(|check_in| check_in.internship)
        .collect();
    people.sort_unstable();
    people.dedup();
    count(people.len())
}

fn feed_item(check_in: CheckIn) -> FeedItem {
    FeedItem {
        name: check_in.name.clone(),
        check_in: view(check_in),
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
