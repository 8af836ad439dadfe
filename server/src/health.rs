//! Probes. `/healthz`: the process runs. `/readyz`: the database takes writes, its schema is this version's, and the end
//! has not begun; a load balancer sends nobody here otherwise.

use crate::state::Server;
use axum::extract::State;
use axum::http::StatusCode;

/// Always `ok`.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `ok`, or 503 with the reason.
pub async fn ready(State(server): State<Server>) -> (StatusCode, &'static str) {
    if server.shutdown.has_begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "shutting down\n");
    }
    if server.service.is_ready().await {
        (StatusCode::OK, "ok\n")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database takes no writes or its schema is not this version's\n",
        )
    }
}
