//! The agency's side: the hosts that it certified or that lie in its areas, and what it does with those that it certified.

use super::{act_view, address_of, load, load_version, refused, sent_form, write};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use crate::internship;
use crate::notice::{To, send};
use domain::account::Role;
use domain::agency::{AgencyLevel, Directory};
use domain::audit::AuditEvent;
use domain::certification::{
    CertificationState, NewUnitAct, UnitAct, UnitActForm, UnitFilter, UnitList, UnitPage, UnitRow, banned_until,
    idle_from, is_idle,
};
use domain::host::HostStanding;
use domain::notice::NoticeContent;
use domain::review::Count;
use domain::rulepack::RulePack;
use domain::{AgencyId, Day, HostId, Moment};
use std::collections::BTreeSet;
use store::Tx;
use store::certification::{Act, Certification, Reach, Unit, UnitScope};

/// Lines of a page.
const PAGE: usize = 50;
/// Counting stops here.
const COUNTED: u32 = 999;
/// The longest text that is searched for, in characters.
const LONGEST_SEARCH: usize = 50;
/// Cases and acts shown of one host.
const HISTORY: i64 = 100;

/// One page of the hosts within reach of the reader's agency.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor reads cases of an agency.
pub async fn units(service: &Service, actor: &Actor, filter: UnitFilter) -> Result<UnitList, ServiceError> {
    let agency = actor.as_case_reader()?;
    let today = service.now().day();
    let search: String = filter.search.chars().take(LONGEST_SEARCH).collect();
    let mut tx = service.db().read().await?;
    let directory = store::agency::directory(&mut tx).await?;
    let reach = reach(&directory, agency);
    // Hosts that an agency certified lie in its own province.
    let division = directory.get(agency).map_or("", |agency| &agency.division);
    let idle_before = Moment::at(
        idle_from(today, &service.rules().pack(division, service.now().day())),
        0,
        0,
    );
    let scope = UnitScope {
        reach: &reach,
        state: filter.state,
        idle_before: filter.idle.then_some(idle_before),
        search: &search,
    };
    let limit = i64::try_from(PAGE + 1).map_err(ServiceError::fault)?;
    let (id, name) = filter.after.split_once('_').unwrap_or_default();
    let mut found = store::certification::units(&mut tx, scope, (name, id), limit).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = more
        .then(|| found.last().map(|last| format!("{}_{}", last.id, last.name)))
        .flatten();
    let idle = store::certification::count_idle(&mut tx, agency, idle_before, i64::from(COUNTED) + 1).await?;
    let idle = u32::try_from(idle).unwrap_or(u32::MAX);
    Ok(UnitList {
        rows: found
            .into_iter()
            .map(|unit| {
                line(
                    &unit,
                    today,
                    &service.rules().pack(&unit.division_code, service.now().day()),
                )
            })
            .collect(),
        next,
        idle: Count {
            number: idle.min(COUNTED),
            more: idle > COUNTED,
        },
        today,
    })
}

/// One host within reach of the reader's agency.
///
/// # Errors
/// [`ServiceError::NotFound`] for any other host, [`ServiceError::Forbidden`] unless the actor reads cases of an agency.
pub async fn unit(service: &Service, actor: &Actor, id: HostId) -> Result<UnitPage, ServiceError> {
    let agency = actor.as_case_reader()?;
    let today = service.now().day();
    let mut tx = service.db().read().await?;
    let found = find(&mut tx, agency, id).await?;
    let (_, one) = load(&mut tx, id).await?;
    let rules = &service.rules().pack(&found.division_code, service.now().day());
    let row = line(&found, today, rules);
    let acts = store::certification::acts(&mut tx, id, HISTORY).await?;
    Ok(UnitPage {
        address: address_of(&mut tx, &found.division_code, &found.address).await?,
        form: sent_form(service, &one)?,
        invited: u32::try_from(found.offered).unwrap_or(u32::MAX),
        banned_until: one.banned_until,
        cases: store::certification::cases(&mut tx, id, agency, HISTORY).await?,
        acts: acts.into_iter().map(|act| act_view(service, act)).collect(),
        may: may(actor, agency, &found, row.idle),
        ban_would_end: banned_until(today, rules),
        idle_years: rules.idle_years,
        rectify_days: rules.rectification_days_max,
        today,
        version: one.version,
        certified_by: found.certified_by,
        credit_code: found.credit_code,
        row,
    })
}

/// The certifying agency cleans a host out, orders it to rectify, looks at the outcome, or disqualifies it. `version` is the
/// row version that was on the screen.
///
/// # Errors
/// [`ServiceError::NotFound`] for a host out of reach, [`ServiceError::Refused`] for a host that another agency certified or
/// with the rule that is in the way, [`ServiceError::Invalid`] for what is missing in the form, [`ServiceError::Conflict`] when
/// somebody else was quicker.
pub async fn act(
    service: &Service,
    actor: &Actor,
    id: HostId,
    version: i64,
    form: UnitActForm,
) -> Result<CertificationState, ServiceError> {
    let agency = actor.as_reviewer()?;
    let today = service.now().day();
    let mut tx = service.db().begin().await?;
    let found = find(&mut tx, agency, id).await?;
    if found.certified_by != Some(agency) {
        return Err(ServiceError::Refused(
            "只有认证这个单位的机构才能办理，本机构只能查看。".to_owned(),
        ));
    }
    let (host, mut one) = load_version(&mut tx, id, version).await?;
    let rules = &service.rules().pack(&host.division_code, service.now().day());
    let new = form.check(today, rules.rectification_days_max)?;
    let idle = line(&found, today, rules).idle;
    one.state = one.state.step(new.act.event(idle)).map_err(refused)?;
    let until = if new.act.disqualifies() {
        Some(banned_until(today, rules))
    } else {
        new.until
    };
    note_dates(&mut one, &new, until);
    one.moved_at = service.now();
    write(&mut tx, &one).await?;
    store::certification::set_standing(&mut tx, id, one.state.standing(), host.certified_by, host.version).await?;
    let account = store::account::find(&mut tx, actor.account())
        .await?
        .ok_or(ServiceError::SignInNeeded)?;
    let entry = Act {
        act: new.act,
        account: account.id,
        account_name: account.name,
        agency,
        agency_name: String::new(),
        reason: new.reason,
        until,
        basis: rules.basis().to_owned(),
        at: service.now(),
    };
    store::certification::add_act(&mut tx, id, &entry).await?;
    let withdrawn = if one.state.standing() == HostStanding::Certified {
        false
    } else {
        internship::withdraw_all(service, &mut tx, actor, id).await?
    };
    let until = until.unwrap_or(today);
    service
        .audit(&mut tx, actor.author(), &event(id, new.act, until))
        .await?;
    send(service, &mut tx, To::Host(id), &told(new.act, until)).await?;
    tx.commit().await?;
    if withdrawn {
        service.hub().committed(id);
    }
    Ok(one.state)
}

const fn note_dates(one: &mut Certification, new: &NewUnitAct, until: Option<Day>) {
    match new.act {
        UnitAct::AskRectification => one.rectify_until = until,
        UnitAct::AcceptRectification | UnitAct::CleanOut => one.rectify_until = None,
        UnitAct::RefuseRectification | UnitAct::FalseClaim => {
            one.rectify_until = None;
            one.banned_until = until;
        }
    }
}

const fn told(act: UnitAct, until: Day) -> NoticeContent {
    match act {
        UnitAct::CleanOut => NoticeContent::HostCleanedOut,
        UnitAct::AskRectification => NoticeContent::RectificationAsked { by: until },
        UnitAct::AcceptRectification => NoticeContent::RectificationAccepted,
        UnitAct::RefuseRectification | UnitAct::FalseClaim => NoticeContent::HostDisqualified { until },
    }
}

const fn event(host: HostId, act: UnitAct, until: Day) -> AuditEvent {
    match act {
        UnitAct::CleanOut => AuditEvent::HostCleanedOut { host },
        UnitAct::AskRectification => AuditEvent::RectificationAsked { host, until },
        UnitAct::AcceptRectification => AuditEvent::RectificationAccepted { host },
        UnitAct::RefuseRectification => AuditEvent::HostDisqualified {
            host,
            false_claim: false,
            until,
        },
        UnitAct::FalseClaim => AuditEvent::HostDisqualified {
            host,
            false_claim: true,
            until,
        },
    }
}

/// A host within the agency's reach; any other is not there.
async fn find(tx: &mut Tx, agency: AgencyId, id: HostId) -> Result<Unit, ServiceError> {
    let directory = store::agency::directory(&mut *tx).await?;
    store::certification::find_unit(tx, &reach(&directory, agency), id)
        .await?
        .ok_or(ServiceError::NotFound)
}

fn line(unit: &Unit, today: Day, rules: &RulePack) -> UnitRow {
    let signs = [
        Some(unit.moved_at.day()),
        unit.offered_at.map(Moment::day),
        unit.worked_until,
    ];
    let last_sign = signs.into_iter().flatten().max().unwrap_or(today).min(today);
    let busy = unit.active > 0 || unit.offered > 0;
    UnitRow {
        id: unit.id,
        name: unit.name.clone(),
        county: unit.county.clone(),
        state: unit.state,
        certified_by: unit.certified_by_name.clone(),
        since: unit.certified_at.map(Moment::day),
        people: u32::try_from(unit.active).unwrap_or(u32::MAX),
        last_sign,
        idle: unit.state == CertificationState::Certified && is_idle(last_sign, busy, today, rules),
        rectify_until: unit.rectify_until,
    }
}

/// What a reviewer of the certifying agency may do now; everybody else reads.
fn may(actor: &Actor, agency: AgencyId, unit: &Unit, idle: bool) -> Vec<UnitAct> {
    if actor.role() != Role::Reviewer || unit.certified_by != Some(agency) {
        return Vec::new();
    }
    UnitAct::ALL
        .into_iter()
        .filter(|act| unit.state.step(act.event(idle)).is_ok())
        .collect()
}

/// The divisions that an agency and those below it look after.
fn reach(directory: &Directory, agency: AgencyId) -> Reach {
    let mut areas = BTreeSet::new();
    let own = |id| id == agency || directory.is_above(agency, id);
    for one in directory.all().iter().filter(|one| own(one.id)) {
        for code in std::iter::once(&one.division).chain(&one.areas) {
            areas.insert(start(one.level, code).to_owned());
        }
    }
    Reach {
        agency,
        areas: areas.into_iter().collect(),
    }
}

/// How the codes begin that lie in a division. A county's agency looks after that one code: some carry the one above.
fn start(level: AgencyLevel, code: &str) -> &str {
    let length = match level {
        AgencyLevel::Province if code.ends_with("0000") => 2,
        AgencyLevel::Province | AgencyLevel::City if code.ends_with("00") => 4,
        AgencyLevel::Province | AgencyLevel::City | AgencyLevel::County => 6,
    };
    code.get(..length).unwrap_or(code)
}
