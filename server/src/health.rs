//! Probes. `/healthz`: the process runs. `/readyz`: the database takes writes, its schema is this version's, and the end
//! has not begun; a load balancer sends nobody here otherwise.

use crate::state::Server;
use axum::extract::State;
use axum::http::StatusCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long an answer stands. Anybody may ask, and each look takes SQLite's only writer for a moment.
const REMEMBERED: Duration = Duration::from_secs(2);

/// The last look at the database, and when; one look at a time.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<Mutex<Option<(Instant, bool)>>>);

impl Readiness {
    async fn of(&self, service: &service::Service) -> bool {
        let mut last = self.0.lock().await;
        if let Some((at, ready)) = *last
            && at.elapsed() < REMEMBERED
        {
            return ready;
        }
        let ready = service.is_ready().await;
        *last = Some((Instant::now(), ready));
        ready
    }
}

/// Always `ok`.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `ok`, or 503 with the reason.
pub async fn ready(State(server): State<Server>) -> (StatusCode, &'static str) {
    if server.shutdown.has_begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "shutting down\n");
    }
    if server.readiness.of(&server.service).await {
        (StatusCode::OK, "ok\n")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database takes no writes or its schema is not this version's\n",
        )
    }
}
