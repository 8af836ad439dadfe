//! Live boards: a host's operators hear that their board changed and read it again. Nothing here is the truth; a missed
//! word costs a reload at most.

use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::HostId;
use std::time::Duration;
use store::live::Listener;
use store::{Db, Kind, StoreError};
use tokio::sync::{broadcast, watch};

/// Announcements that may wait for a slow listener before it is told to read anew.
const BACKLOG: usize = 256;

/// Passes on which board changed; `None` stands for "perhaps every board".
#[derive(Debug)]
pub(crate) struct Hub {
    changes: broadcast::Sender<Option<HostId>>,
    closing: watch::Sender<bool>,
    kind: Kind,
}

/// One open board.
#[derive(Debug)]
pub struct Subscription {
    host: HostId,
    changes: broadcast::Receiver<Option<HostId>>,
    closing: watch::Receiver<bool>,
}

impl Hub {
    /// On PostgreSQL, starts to listen to all nodes.
    pub(crate) async fn start(db: &Db) -> Result<Self, StoreError> {
        let (changes, _) = broadcast::channel(BACKLOG);
        let (closing, closed) = watch::channel(false);
        if let Some(listener) = store::live::listen(db).await? {
            tokio::spawn(pass_on(listener, changes.clone(), closed));
        }
        Ok(Self {
            changes,
            closing,
            kind: db.kind(),
        })
    }

    /// After a commit. PostgreSQL has carried the word to every node, this one included, so only SQLite needs it here.
    pub(crate) fn committed(&self, host: HostId) {
        if self.kind == Kind::Sqlite {
            let _ = self.changes.send(Some(host));
        }
    }

    /// Ends every subscription.
    pub(crate) fn close(&self) {
        self.closing.send_replace(true);
    }
}

/// Opens the board of the actor's host.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an operator.
pub fn subscribe(service: &Service, actor: &Actor) -> Result<Subscription, ServiceError> {
    let host = actor.as_operator()?;
    let hub = service.hub();
    Ok(Subscription {
        host,
        changes: hub.changes.subscribe(),
        closing: hub.closing.subscribe(),
    })
}

impl Subscription {
    /// Waits until the board has changed; `false` when the server is closing.
    pub async fn changed(&mut self) -> bool {
        loop {
            tokio::select! {
                _ = self.closing.wait_for(|closing| *closing) => return false,
                change = self.changes.recv() => match change {
                    Ok(Some(host)) if host != self.host => {}
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return true,
                    Err(broadcast::error::RecvError::Closed) => return false,
                },
            }
        }
    }
}

async fn pass_on(
    mut listener: Listener,
    changes: broadcast::Sender<Option<HostId>>,
    mut closing: watch::Receiver<bool>,
) {
    loop {
        tokio::select! {
            () = ended(&mut closing) => return,
            heard = listener.next() => match heard {
                Ok(change) => {
                    let _ = changes.send(change);
                }
                Err(error) => {
                    tracing::warn!(%error, "live announcements interrupted, trying again");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            },
        }
    }
}

/// Waits for the end; the lock that `wait_for` answers with must not live across another await.
async fn ended(closing: &mut watch::Receiver<bool>) {
    let _ = closing.wait_for(|closing| *closing).await;
}
