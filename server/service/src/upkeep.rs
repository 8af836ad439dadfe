//! What must happen without anybody asking: internships end after their last day, what ran out is removed,
//! and files whose check was interrupted are checked. Any node may do it at any time; doing it twice changes nothing.

use crate::context::Service;
use crate::{account, file, internship};

/// Does what is due. A fault is logged and tried again the next time.
pub async fn upkeep(service: &Service) {
    match internship::end_past(service).await {
        Ok(0) => {}
        Ok(ended) => tracing::info!(ended, "internships ended after their last day"),
        Err(error) => tracing::error!(%error, "internships past their last day were not ended"),
    }
    if let Err(error) = account::sweep(service).await {
        tracing::error!(%error, "what ran out was not removed");
    }
    if let Err(error) = file::look_after(service).await {
        tracing::error!(%error, "uploaded files were not looked after");
    }
}
