//! Agencies on the screen of an admin: those of the own agency and below. Adding, changing, closing.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::AgencyId;
use domain::agency::{
    Agency, AgencyBoard, AgencyEntry, AgencyForm, AgencyLevel, DatedDivision, Directory, Ties, lies_in,
};
use domain::audit::AuditEvent;
use domain::division::Division;
use domain::value::parse_day;
use std::collections::BTreeMap;
use store::Tx;
use store::agency::Standing;
use store::division::PlacedDivision;

/// The tree, and what the forms beside it choose from.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an admin.
pub async fn board(service: &Service, actor: &Actor) -> Result<AgencyBoard, ServiceError> {
    let own = actor.as_admin()?;
    let today = service.now().day();
    let mut tx = service.db().read().await?;
    let directory = store::agency::directory(&mut tx).await?;
    let standing = store::agency::standing(&mut tx, own).await?;
    let top = directory.get(own).ok_or(ServiceError::Forbidden)?;
    let code = province_of(&top.division);
    let placed = store::division::of_province(&mut tx, &code).await?;
    let names = full_names(&placed);
    let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| code.to_owned());
    let entries = directory
        .tree(own)
        .into_iter()
        .map(|(depth, agency)| AgencyEntry {
            depth,
            place: if directory.is_zone(agency) {
                "功能区，没有自己的区划".to_owned()
            } else {
                name(&agency.division)
            },
            areas: agency.areas.iter().map(|area| name(area)).collect(),
            ties: ties(&directory, &standing, agency.id),
            version: version_of(&standing, agency.id),
            agency: agency.clone(),
        })
        .collect();
    let day = today.to_string();
    let grounds = directory.grounds(own);
    let divisions = placed
        .iter()
        .filter(|one| one.valid_from.as_ref().is_none_or(|from| *from <= day))
        .filter(|one| one.valid_until.as_ref().is_none_or(|until| *until >= day))
        .filter(|one| grounds.iter().any(|ground| lies_in(&one.code, ground)))
        .map(|one| Division {
            code: one.code.clone(),
            name: name(&one.code),
            has_children: placed
                .iter()
                .any(|below| below.parent_code.as_deref() == Some(&one.code)),
        })
        .collect();
    let keeps = top.level == AgencyLevel::Province;
    let dated = if keeps { dated(&placed, &names) } else { Vec::new() };
    Ok(AgencyBoard {
        own,
        entries,
        divisions,
        province: keeps.then_some(code),
        dated,
        today,
    })
}

/// Adds an agency below the admin's own.
///
/// # Errors
/// [`ServiceError::Invalid`] for what is wrong with the form, [`ServiceError::Forbidden`] unless the actor is an admin.
pub async fn add(service: &Service, actor: &Actor, form: AgencyForm) -> Result<AgencyId, ServiceError> {
    let own = actor.as_admin()?;
    let id = AgencyId::new(service.new_id());
    let mut tx = service.db().begin().await?;
    store::agency::hold(&mut tx).await?;
    let agency = checked(service, &mut tx, own, id, &form).await?;
    store::agency::insert(&mut tx, &agency).await?;
    let event = AuditEvent::AgencyCreated { agency: id };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes an agency: name, level, the agency above, division and areas.
///
/// # Errors
/// [`ServiceError::NotFound`] for one that is not the admin's own or below it, [`ServiceError::Conflict`] when somebody else
/// changed it meanwhile, [`ServiceError::Invalid`] for what is wrong with the form.
pub async fn change(
    service: &Service,
    actor: &Actor,
    id: AgencyId,
    version: i64,
    form: AgencyForm,
) -> Result<(), ServiceError> {
    let own = actor.as_admin()?;
    let mut tx = service.db().begin().await?;
    store::agency::hold(&mut tx).await?;
    let standing = store::agency::standing(&mut tx, own).await?;
    if !standing.iter().any(|one| one.id == id) {
        return Err(ServiceError::NotFound);
    }
    if version_of(&standing, id) != version {
        return Err(ServiceError::stale());
    }
    let agency = checked(service, &mut tx, own, id, &form).await?;
    store::agency::update(&mut tx, &agency, version).await?;
    let event = AuditEvent::AgencyChanged { agency: id };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// Closes an agency on which nothing hangs any more.
///
/// # Errors
/// [`ServiceError::Refused`] with what is in the way, [`ServiceError::NotFound`] for one that is not below the admin's own,
/// [`ServiceError::Conflict`] when somebody else changed it meanwhile.
pub async fn close(service: &Service, actor: &Actor, id: AgencyId, version: i64) -> Result<(), ServiceError> {
    let own = actor.as_admin()?;
    let mut tx = service.db().begin().await?;
    store::agency::hold(&mut tx).await?;
    let standing = store::agency::standing(&mut tx, own).await?;
    if !standing.iter().any(|one| one.id == id) {
        return Err(ServiceError::NotFound);
    }
    if id == own {
        return Err(ServiceError::Refused(
            "不能关闭自己的机构，请由上级机构的管理员来关闭。".to_owned(),
        ));
    }
    let directory = store::agency::directory(&mut tx).await?;
    let on_the_way = store::review::undecided(&mut tx, id).await?;
    let ties = Ties {
        cases: u32::try_from(on_the_way).unwrap_or(u32::MAX),
        ..ties(&directory, &standing, id)
    };
    if let Some(sentence) = ties.refusal() {
        return Err(ServiceError::Refused(sentence));
    }
    store::agency::close(&mut tx, id, version).await?;
    let event = AuditEvent::AgencyClosed { agency: id };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// The form by the tree as it stands, and its divisions by the day.
async fn checked(
    service: &Service,
    tx: &mut Tx,
    own: AgencyId,
    id: AgencyId,
    form: &AgencyForm,
) -> Result<Agency, ServiceError> {
    let directory = store::agency::directory(&mut *tx).await?;
    let agency = form.check(&directory, own, id)?;
    let before = directory.get(id);
    let kept = |code: &str| {
        before.is_some_and(|before| before.division == code || before.areas.iter().any(|area| area == code))
    };
    let placed = store::division::of_province(tx, &province_of(&agency.division)).await?;
    let day = service.now().day().to_string();
    // A division that ended stays where it is, but nobody is given it any more.
    let valid = |code: &str| {
        placed.iter().any(|one| {
            one.code == code
                && one.valid_from.as_ref().is_none_or(|from| *from <= day)
                && one.valid_until.as_ref().is_none_or(|until| *until >= day)
        })
    };
    if !kept(&agency.division) && !valid(&agency.division) {
        return Err(ServiceError::field("division", "这个区划现在不在用，请从列表里选择"));
    }
    if agency.areas.iter().any(|area| !kept(area) && !valid(area)) {
        return Err(ServiceError::field(
            "areas",
            "有一个代管的区划现在不在用，请从列表里选择",
        ));
    }
    Ok(agency)
}

fn province_of(code: &str) -> String {
    format!("{:0<6}", code.get(..2).unwrap_or_default())
}

fn ties(directory: &Directory, standing: &[Standing], id: AgencyId) -> Ties {
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let own = standing.iter().find(|one| one.id == id);
    Ties {
        hosts: own.map_or(0, |one| count(one.hosts)),
        cases: own.map_or(0, |one| count(one.cases)),
        accounts: own.map_or(0, |one| count(one.accounts)),
        below: u32::try_from(directory.below(id).count()).unwrap_or(u32::MAX),
    }
}

fn version_of(standing: &[Standing], id: AgencyId) -> i64 {
    standing.iter().find(|one| one.id == id).map_or(0, |one| one.version)
}

/// Each division's name with those above it, `贵州省贵阳市观山湖区`.
fn full_names(placed: &[PlacedDivision]) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    // In order of code: what is above comes first.
    for one in placed {
        let above = one.parent_code.as_ref().and_then(|parent| names.get(parent));
        let name = format!("{}{}", above.map_or("", String::as_str), one.name);
        names.insert(one.code.clone(), name);
    }
    names
}

fn dated(placed: &[PlacedDivision], names: &BTreeMap<String, String>) -> Vec<DatedDivision> {
    let day = |text: &Option<String>| text.as_deref().and_then(parse_day);
    placed
        .iter()
        .filter(|one| one.valid_from.is_some() || one.valid_until.is_some())
        .map(|one| DatedDivision {
            code: one.code.clone(),
            name: names.get(&one.code).cloned().unwrap_or_else(|| one.name.clone()),
            from: day(&one.valid_from),
            until: day(&one.valid_until),
        })
        .collect()
}
