//! Is this installation sound? What `jianxi doctor` prints and what readiness asks.

use crate::context::{OpenError, Service, ServiceConfig};
use crate::error::ServiceError;
use crate::vault::Vault;
use store::audit::ChainCheck;
use store::{Db, Purpose, StoreError};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: &'static str,
    /// Whether it is as it must be.
    pub sound: bool,
    /// What was found and, when it is not sound, what to do.
    pub sentence: String,
}

/// Looks at database, schema, writing, key file and audit chain and leaves the data as it is, also while a server serves
/// them; stops where the next look would need what is missing.
pub async fn examine(config: &ServiceConfig) -> Vec<Finding> {
    let db = match Db::open(&config.database, Purpose::Visit).await {
        Ok(db) => db,
        Err(error) => return vec![unsound("database", error.to_string())],
    };
    let findings = examine_open(&db, config).await;
    db.close().await;
    findings
}

/// Whether this node can serve: the database answers, its schema fits and it takes writes.
///
/// # Errors
/// What is missing.
pub(crate) async fn ready(service: &Service) -> Result<(), ServiceError> {
    if !service.db().is_current().await? {
        return Err(ServiceError::Unavailable);
    }
    Ok(try_to_write(service.db()).await?)
}

async fn examine_open(db: &Db, config: &ServiceConfig) -> Vec<Finding> {
    let mut findings = vec![sound("database", "opens".to_owned())];
    match db.is_current().await {
        Ok(true) => findings.push(sound("schema", "is the one this version needs".to_owned())),
        Ok(false) => {
            findings.push(unsound("schema", OpenError::SchemaOutdated.to_string()));
            return findings;
        }
        Err(error) => {
            findings.push(unsound("schema", error.to_string()));
            return findings;
        }
    }
    findings.push(match try_to_write(db).await {
        Ok(()) => sound("writing", "works".to_owned()),
        Err(error) => unsound(
            "writing",
            format!("{error}; look at free space and at the permissions of the data folder"),
        ),
    });
    findings.push(key_file(db, config).await);
    findings.push(match chain(db).await {
        Ok(ChainCheck::Whole(events)) => sound("audit log", format!("{events} events, the chain is whole")),
        Ok(ChainCheck::Broken(seq)) => unsound(
            "audit log",
            format!("the chain breaks at event {seq}: it was changed outside jianxi. Keep the file as it is and compare it with a backup"),
        ),
        Err(error) => unsound("audit log", error.to_string()),
    });
    findings
}

/// A missing key file is only made by the first start, never by an examination.
async fn key_file(db: &Db, config: &ServiceConfig) -> Finding {
    const WHAT: &str = "key file";
    let known = async {
        let mut tx = db.read().await?;
        store::setting::get(&mut tx, "key_fingerprint").await
    };
    match known.await {
        Ok(None) if !config.key_file.exists() => sound(
            WHAT,
            format!("{} will be made on the first start", config.key_file.display()),
        ),
        Ok(_) => match Vault::examine(db, &config.key_file).await {
            Ok(()) => sound(WHAT, format!("{} fits this database", config.key_file.display())),
            Err(error) => unsound(WHAT, error.to_string()),
        },
        Err(error) => unsound(WHAT, error.to_string()),
    }
}

async fn chain(db: &Db) -> Result<ChainCheck, StoreError> {
    let mut tx = db.read().await?;
    store::audit::check_chain(&mut tx).await
}

/// Writes a row and takes it back.
async fn try_to_write(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    store::setting::put(&mut tx, "write_test", "ok").await
}

const fn sound(what: &'static str, sentence: String) -> Finding {
    Finding {
        what,
        sound: true,
        sentence,
    }
}

const fn unsound(what: &'static str, sentence: String) -> Finding {
    Finding {
        what,
        sound: false,
        sentence,
    }
}
