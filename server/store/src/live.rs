//! Telling every node that a host's board changed. PostgreSQL carries it with the commit (NOTIFY); on SQLite there is one
//! node, and the service tells itself.

use crate::db::{Db, Tx, execute};
use crate::error::StoreError;
use domain::HostId;
use sqlx::postgres::PgListener;

const CHANNEL: &str = "jianxi_board";

/// Receives what other nodes (and this one) announced.
#[derive(Debug)]
pub struct Listener(PgListener);

/// Announces a change of a host's board; heard when, and only if, the transaction commits.
///
/// # Errors
/// What the database says.
pub async fn announce(tx: &mut Tx, host: HostId) -> Result<(), StoreError> {
    if matches!(tx, Tx::Postgres(_)) {
        execute!(tx, "SELECT pg_notify($1, $2)", CHANNEL, host.to_string())?;
    }
    Ok(())
}

/// Listens to all nodes; `None` on SQLite.
///
/// # Errors
/// What the database says.
pub async fn listen(db: &Db) -> Result<Option<Listener>, StoreError> {
    let Db::Postgres(pool) = db else { return Ok(None) };
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(Some(Listener(listener)))
}

impl Listener {
    /// The next host whose board changed. A lost connection is taken up again; `None` then means that announcements may
    /// have been missed and every board should be read anew.
    ///
    /// # Errors
    /// What the database says when it cannot be reached again.
    pub async fn next(&mut self) -> Result<Option<HostId>, StoreError> {
        loop {
            match self.0.try_recv().await? {
                None => return Ok(None),
                Some(message) => {
                    if let Ok(host) = message.payload().parse() {
                        return Ok(Some(host));
                    }
                }
            }
        }
    }
}
