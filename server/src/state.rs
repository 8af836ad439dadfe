//! What handlers and middleware share.

use crate::config::TlsMode;
pub use crate::health::Readiness;
use crate::shutdown::Shutdown;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use service::Service;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// One running server; cheap to clone.
#[derive(Clone)]
pub struct Server {
    /// The use cases.
    pub service: Service,
    /// Where the built site lies and how its files are named.
    pub leptos: LeptosOptions,
    /// Where this server's own TLS comes from.
    pub tls: TlsMode,
    /// Whether a proxy on a private network is believed about the sender.
    pub trust_proxy: bool,
    /// Places for requests that are worked on.
    pub in_flight: Arc<Semaphore>,
    /// The service worker, told what this build consists of; `None` when the site has none.
    pub worker: Option<Arc<str>>,
    /// The last answer about readiness.
    pub readiness: Readiness,
    /// Tells when the end begins.
    pub shutdown: Shutdown,
}

impl FromRef<Server> for LeptosOptions {
    fn from_ref(server: &Server) -> Self {
        server.leptos.clone()
    }
}
