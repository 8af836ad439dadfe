//! What must happen without anybody asking: internships end after their last day, what ran out is removed, and what was left
//! half-way is brought to its end: checks of identities and of files. Any node may do it at any time; doing it twice changes nothing.

use crate::context::Service;
use crate::{account, file, identity, internship, review};

/// Does what is due. A fault is logged and tried again the next time.
pub async fn upkeep(service: &Service) {
    match internship::end_past(service).await {
        Ok(0) => {}
        Ok(ended) => tracing::info!(ended, "internships ended after their last day"),
        Err(error) => tracing::error!(%error, "internships past their last day were not ended"),
    }
    match identity::repair(service).await {
        Ok(0) => {}
        Ok(repaired) => tracing::warn!(repaired, "identity checks that were left half-way went to agencies"),
        Err(error) => tracing::error!(%error, "identity checks that were left half-way were not taken on"),
    }
    match review::escalate_overdue(service).await {
        Ok(0) => {}
        Ok(escalated) => tracing::info!(escalated, "overdue cases were brought before the agency above"),
        Err(error) => tracing::error!(%error, "overdue cases were not brought before the agency above"),
    }
    if let Err(error) = account::sweep(service).await {
        tracing::error!(%error, "what ran out was not removed");
    }
    if let Err(error) = file::look_after(service).await {
        tracing::error!(%error, "uploaded files were not looked after");
    }
}
