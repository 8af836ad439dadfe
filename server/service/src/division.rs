//! Divisions for the address picker and for addresses that people read.

use crate::context::Service;
use crate::error::ServiceError;
use domain::division::Division;
use std::collections::BTreeMap;
use store::Tx;
use store::division::DivisionRow;

/// The divisions below `parent`, or the provinces.
///
/// # Errors
/// What the store says; an unknown parent has no children.
pub async fn children(service: &Service, parent: Option<&str>) -> Result<Vec<Division>, ServiceError> {
    let mut tx = service.db().read().await?;
    let rows = store::division::children(&mut tx, parent).await?;
    Ok(rows.into_iter().map(division).collect())
}

/// Every division at the last level with its whole name, in order of code: the one list of the form without scripts.
///
/// # Errors
/// What the store says.
pub async fn all_leaves(service: &Service) -> Result<Vec<Division>, ServiceError> {
    let mut tx = service.db().read().await?;
    let mut above = BTreeMap::new();
    for province in store::division::children(&mut tx, None).await? {
        for city in store::division::children(&mut tx, Some(&province.code)).await? {
            above.insert(city.code, format!("{}{}", province.name, city.name));
        }
        above.insert(province.code, province.name);
    }
    let leaves = store::division::leaves(&mut tx).await?;
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

/// Whether the code exists and nothing lies below it.
pub(crate) async fn is_leaf(tx: &mut Tx, code: &str) -> Result<bool, ServiceError> {
    Ok(store::division::path(tx, code)
        .await?
        .last()
        .is_some_and(|last| !last.has_children))
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
