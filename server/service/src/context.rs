//! What every use case is given: database, clock, keys, rules, password worker and the live hub.

use crate::account::Sessions;
use crate::attendance::Recorder;
use crate::clock::Clock;
use crate::error::ServiceError;
use crate::file::{BadFiles, Files};
use crate::identity::{BadGateway, IdentityConfig, IdentityGateway};
use crate::live::Hub;
use crate::notice::{Channels, NoticeConfig, NoticeConfigError};
use crate::password::PasswordWorker;
use crate::rules::Rules;
use crate::vault::{KeyError, Vault};
use domain::Moment;
use domain::audit::AuditEvent;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use store::audit::{Act, Author};
use store::{Db, Purpose, StoreError, Tx};
use uuid::Uuid;

/// How to open the service.
#[derive(Debug, Clone)]
pub struct ServiceConfig {
    /// `sqlite:path` or `postgres://…`.
    pub database: String,
    /// The key file; made on first start, with mode 0600.
    pub key_file: PathBuf,
    /// Where uploaded files lie, encrypted: a folder, made when it is not there.
    pub files: String,
    /// The virus scanner, a clamd: `host:port` or the path of its socket.
    pub clamav: Option<String>,
    /// The clock.
    pub clock: Clock,
    /// Whether this server shows demo sign-ins and takes a shifted clock.
    pub demo: bool,
    /// The gateway that checks identities; with `None` every identity goes to manual review.
    pub identity: Option<IdentityConfig>,
    /// The owner brings the schema up to date while opening; a visitor needs it as it is.
    pub purpose: Purpose,
    /// How notices leave the house, besides the inbox; by default not at all.
    pub notices: NoticeConfig,
}

/// Why the service did not open; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error("database: {0}")]
    Store(#[from] StoreError),
    /// The key file.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The identity gateway's settings.
    #[error(transparent)]
    Identity(#[from] BadGateway),
    /// The place of uploaded files, or the scanner's address.
    #[error(transparent)]
    Files(#[from] BadFiles),
    /// A way out for notices.
    #[error(transparent)]
    Notice(#[from] NoticeConfigError),
    /// The rules in the database cannot be read; the log says which.
    #[error("rules: {0}")]
    Rules(ServiceError),
    /// The schema is older than this binary.
    #[error("the database's schema is not the one this version needs; run `jianxi migrate` first")]
    SchemaOutdated,
    /// Demo data without demo mode.
    #[error(
        "this database holds demo data, whose passwords and second factors are public; open it with --demo, or choose another database"
    )]
    DemoDatabase,
}

struct Parts {
    db: Db,
    clock: Clock,
    vault: Vault,
    rules: RwLock<Arc<Rules>>,
    passwords: PasswordWorker,
    hub: Hub,
    recorder: Recorder,
    sessions: Sessions,
    files: Files,
    channels: Channels,
    demo: bool,
    identity: Option<IdentityGateway>,
}

/// The open service; cheap to clone.
#[derive(Clone)]
pub struct Service(Arc<Parts>);

impl Service {
    /// Opens database and keys. A database that holds sealed data without its key file is refused.
    ///
    /// # Errors
    /// [`OpenError`], each with the next step.
    pub async fn open(config: ServiceConfig) -> Result<Self, OpenError> {
        let gateway = |identity: &IdentityConfig| IdentityGateway::new(identity, config.clock.clone());
        let identity = config.identity.as_ref().map(gateway).transpose()?;
        let db = Db::open(&config.database, config.purpose).await?;
        match config.purpose {
            Purpose::Own => db.migrate().await?,
            Purpose::Visit if !db.is_current().await? => return Err(OpenError::SchemaOutdated),
            Purpose::Visit => {}
        }
        if config.purpose == Purpose::Own {
            let mut tx = db.begin().await?;
            let seeded = crate::rules::seed(&mut tx, config.clock.now()).await;
            seeded.map_err(OpenError::Rules)?;
            tx.commit().await?;
        }
        let mut tx = db.read().await?;
        let rules = Rules::load(&mut tx).await.map_err(OpenError::Rules)?;
        let is_demo_data = store::setting::get(&mut tx, crate::demo::MARK).await?.is_some();
        drop(tx);
        if is_demo_data && !config.demo {
            return Err(OpenError::DemoDatabase);
        }
        let vault = Vault::open(&db, &config.key_file, config.purpose).await?;
        let files = Files::open(&config.files, config.clamav.as_deref())?;
        let channels = Channels::open(config.notices, &config.clock)?;
        let hub = Hub::start(&db).await?;
        Ok(Self(Arc::new(Parts {
            db,
            clock: config.clock,
            vault,
            rules: RwLock::new(Arc::new(rules)),
            passwords: PasswordWorker::new(),
            hub,
            recorder: Recorder::default(),
            sessions: Sessions::default(),
            files,
            channels,
            demo: config.demo,
            identity,
        })))
    }

    /// Whether demo sign-ins are shown.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.0.demo
    }

    /// The gateway that checks identities, where one is configured.
    #[must_use]
    pub fn identity_gateway(&self) -> Option<&IdentityGateway> {
        self.0.identity.as_ref()
    }

    /// The clock; the screens' server time comes from here.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Whether the database answers, its schema is current and it takes writes.
    pub async fn is_ready(&self) -> bool {
        crate::doctor::ready(self).await.is_ok()
    }

    /// Ends the live streams, then closes the database.
    pub async fn close(&self) {
        self.0.hub.close();
        self.0.db.close().await;
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn now(&self) -> Moment {
        self.0.clock.now()
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// The rule packs and the calendar as this node knows them now.
    #[must_use]
    pub fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.0.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up rules that were read later than those it has.
    pub(crate) fn replace_rules(&self, read: Rules) {
        let mut rules = self.0.rules.write().unwrap_or_else(PoisonError::into_inner);
        if read.is_newer_than(&rules) {
            *rules = Arc::new(read);
        }
    }

    /// The same service under other rules.
    #[cfg(test)]
    pub(crate) fn with_rules(self, rules: Rules) -> Option<Self> {
        let parts = Arc::into_inner(self.0)?;
        let rules = RwLock::new(Arc::new(rules));
        Some(Self(Arc::new(Parts { rules, ..parts })))
    }

    /// The same service with a gateway that vouches for identities.
    #[cfg(test)]
    pub(crate) fn with_identity_gateway(self, gateway: IdentityGateway) -> Option<Self> {
        let parts = Arc::into_inner(self.0)?;
        let identity = Some(gateway);
        Some(Self(Arc::new(Parts { identity, ..parts })))
    }

    pub(crate) fn passwords(&self) -> &PasswordWorker {
        &self.0.passwords
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    pub(crate) fn channels(&self) -> &Channels {
        &self.0.channels
    }

    pub(crate) fn recorder(&self) -> &Recorder {
        &self.0.recorder
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// A UUIDv7 of this clock's time.
    pub(crate) fn new_id(&self) -> Uuid {
        let millis = u64::try_from(self.now().millis()).unwrap_or(0);
        Uuid::new_v7(uuid::Timestamp::from_unix(
            uuid::NoContext,
            millis / 1000,
            u32::try_from(millis % 1000).unwrap_or(0) * 1_000_000,
        ))
    }

    /// Appends an act to the audit log, in the transaction of the act itself.
    pub(crate) async fn audit(&self, tx: &mut Tx, author: Author, event: &AuditEvent) -> Result<(), ServiceError> {
        let act = Act {
            at: self.now(),
            author,
            event: event.clone(),
        };
        Ok(store::audit::append(tx, &[act]).await?)
    }
}
