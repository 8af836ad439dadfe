//! Uploaded files: whose, what, how far. A person reaches files of the own host, of oneself or of the own agency; the
//! scope is part of each query. The content is in the object store, which this room does not know.

mod attached;
mod row;
mod upload;

pub use attached::{attach, detach_all, grant, is_granted, is_used, sha256_of_uses, uses_of};
pub use row::{File, Stored};
pub use upload::{
    Claim, append, claim, due, erased, finish, forget_erased, insert, oldest_unfinished, part_at, parts, release,
    remove, sweepable,
};

use crate::db::{Tx, fetch_one, fetch_optional};
use crate::error::StoreError;
use domain::FileId;
use domain::file::FileOwner;
use row::{COLUMNS, FileRow};

/// The three columns of an owner; one is `Some`.
fn owner_columns(owner: FileOwner) -> [Option<String>; 3] {
    match owner {
        FileOwner::Host(id) => [Some(id.to_string()), None, None],
        FileOwner::Trainee(id) => [None, Some(id.to_string()), None],
        FileOwner::Agency(id) => [None, None, Some(id.to_string())],
    }
}

/// A file of this owner.
///
/// # Errors
/// What the database says.
pub async fn find_own(tx: &mut Tx, owner: FileOwner, id: FileId) -> Result<Option<File>, StoreError> {
    let [host, trainee, agency] = owner_columns(owner);
    fetch_optional!(
        tx,
        FileRow,
        sqlx::AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM file f WHERE f.id = $1 AND (f.host_id = $2 OR f.trainee_id = $3 OR f.agency_id = $4)"
        )),
        id.to_string(),
        host,
        trainee,
        agency
    )?
    .map(File::try_from)
    .transpose()
}

/// A file, whoever owns it: for who was permitted otherwise (see [`is_granted`]), and for the check.
///
/// # Errors
/// What the database says.
pub async fn find(tx: &mut Tx, id: FileId) -> Result<Option<File>, StoreError> {
    fetch_optional!(
        tx,
        FileRow,
        sqlx::AssertSqlSafe(format!("SELECT {COLUMNS} FROM file f WHERE f.id = $1")),
        id.to_string()
    )?
    .map(File::try_from)
    .transpose()
}

/// How many files of this owner are used nowhere.
///
/// # Errors
/// What the database says.
pub async fn count_loose(tx: &mut Tx, owner: FileOwner) -> Result<i64, StoreError> {
    let [host, trainee, agency] = owner_columns(owner);
    let (count,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM file WHERE loose_since IS NOT NULL AND (host_id = $1 OR trainee_id = $2 OR agency_id = $3)",
        host,
        trainee,
        agency
    )?;
    Ok(count)
}
