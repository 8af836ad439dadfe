//! What must happen without anybody asking: internships end after their last day, new rules of other nodes are read, and what
//! ran out is removed. Any node may do it at any time; doing it twice changes nothing.

use crate::context::Service;
use crate::{account, internship};

/// Does what is due. A fault is logged and tried again the next time.
pub async fn upkeep(service: &Service) {
    match internship::end_past(service).await {
        Ok(0) => {}
        Ok(ended) => tracing::info!(ended, "internships ended after their last day"),
        Err(error) => tracing::error!(%error, "internships past their last day were not ended"),
    }
    if let Err(error) = service.refresh_rules().await {
        tracing::error!(%error, "rules that another node added were not read");
    }
    if let Err(error) = account::sweep(service).await {
        tracing::error!(%error, "what ran out was not removed");
    }
}
