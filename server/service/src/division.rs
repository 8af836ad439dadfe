//! Divisions for the address picker and for addresses that people read, and what an admin of a province changes about them:
//! 撤县设区 happens every year. What is chosen must be valid on the day; what stands somewhere keeps its code.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::Day;
use domain::agency::AgencyLevel;
use domain::audit::AuditEvent;
use domain::division::{Division, DivisionEnd, DivisionForm};
use std::collections::BTreeMap;
use store::division::DivisionRow;
use store::{StoreError, Tx};

/// The divisions below `parent` that are valid today, or the provinces.
///
/// # Errors
/// What the store says; an unknown parent has no children.
pub async fn children(service: &Service, parent: Option<&str>) -> Result<Vec<Division>, ServiceError> {
    let mut tx = service.db().read().await?;
    let rows = store::division::children(&mut tx, parent, service.now().day()).await?;
    Ok(rows.into_iter().map(division).collect())
}

/// Every division at the last level with its whole name, in order of code: the one list of the form without scripts.
///
/// # Errors
/// What the store says.
pub async fn all_leaves(service: &Service) -> Result<Vec<Division>, ServiceError> {
    let today = service.now().day();
    let mut tx = service.db().read().await?;
    let mut above = BTreeMap::new();
    for province in store::division::children(&mut tx, None, today).await? {
        for city in store::division::children(&mut tx, Some(&province.code), today).await? {
            above.insert(city.code, format!("{}{}", province.name, city.name));
        }
        above.insert(province.code, province.name);
    }
    let leaves = store::division::leaves(&mut tx, today).await?;
    Ok(leaves
        .into_iter()
        .map(|(code, name, parent)| {
            let parent = parent.and_then(|parent| above.get(&parent)).map_or("", String::as_str);
            Division {
                name: format!("{parent}{name}"),
                code,
                has_children: false,
            }
        })
        .collect())
}

/// Whether the code is valid on a day and nothing lies below it.
pub(crate) async fn is_leaf(tx: &mut Tx, code: &str, on: Day) -> Result<bool, ServiceError> {
    Ok(store::division::is_leaf(tx, code, on).await?)
}

/// Adds a city or county to the admin's own province, from a day on.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an admin of a province, [`ServiceError::Invalid`] for what is wrong with the
/// form, also when the code is taken.
pub async fn add(service: &Service, actor: &Actor, form: DivisionForm) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    let province = own_province(&mut tx, actor).await?;
    let new = form.check(&province)?;
    let city = format!("{}00", new.code.get(..4).unwrap_or_default());
    let above = store::division::path(&mut tx, &city).await?;
    let parent = if new.is_city || above.is_empty() {
        province
    } else {
        city
    };
    store::division::insert(&mut tx, &new, &parent)
        .await
        .map_err(|error| match error {
            StoreError::Duplicate(_) => ServiceError::field("code", "已经有这个区划代码了，请核对"),
            other => other.into(),
        })?;
    let event = AuditEvent::DivisionAdded {
        division: new.code,
        from: new.from,
    };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives a city or county of the admin's own province its last day. Rows that carry the code keep it, ID cards too.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an admin of a province, [`ServiceError::Invalid`] for what is wrong with the
/// form or while something below it goes on longer, [`ServiceError::Conflict`] when it has a last day already.
pub async fn end(service: &Service, actor: &Actor, form: DivisionEnd) -> Result<(), ServiceError> {
    let mut tx = service.db().begin().await?;
    let province = own_province(&mut tx, actor).await?;
    let (code, until) = form.check(&province)?;
    let all = store::division::of_province(&mut tx, &province).await?;
    let Some(ended) = all.iter().find(|division| division.code == code) else {
        return Err(ServiceError::field("ended", "请选择本省要结束的市或县"));
    };
    let day = until.to_string();
    if ended.valid_from.as_ref().is_some_and(|from| *from > day) {
        return Err(ServiceError::field("until", "这一天它还没有开始，请选晚一些的日期"));
    }
    let longer = all.iter().find(|division| {
        division.parent_code.as_deref() == Some(code.as_str())
            && division.valid_until.as_ref().is_none_or(|end| *end > day)
    });
    if let Some(longer) = longer {
        return Err(ServiceError::field(
            "ended",
            format!("“{}”还在它的下面，请先结束下级的区划", longer.name),
        ));
    }
    store::division::end(&mut tx, &code, until).await?;
    let event = AuditEvent::DivisionEnded { division: code, until };
    service.audit(&mut tx, actor.author(), &event).await?;
    tx.commit().await?;
    Ok(())
}

/// The province whose divisions this admin keeps.
async fn own_province(tx: &mut Tx, actor: &Actor) -> Result<String, ServiceError> {
    let own = actor.as_admin()?;
    store::agency::directory(tx)
        .await?
        .get(own)
        .filter(|agency| agency.level == AgencyLevel::Province)
        .map(|agency| agency.division.clone())
        .ok_or(ServiceError::Forbidden)
}

/// Names from the province down, `贵州省贵阳市观山湖区`; empty for an unknown code.
pub(crate) async fn path_name_in(tx: &mut Tx, code: &str) -> Result<String, ServiceError> {
    Ok(store::division::path(tx, code)
        .await?
        .into_iter()
        .map(|row| row.name)
        .collect())
}

fn division(row: DivisionRow) -> Division {
    Division {
        code: row.code,
        name: row.name,
        has_children: row.has_children,
    }
}
