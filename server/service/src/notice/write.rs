//! Telling people, as part of the act.

use crate::context::Service;
use crate::error::ServiceError;
use domain::NoticeId;
use domain::notice::NoticeContent;
use store::Tx;
use store::notice::To;

/// Tells them, in the transaction of the act: nobody hears of what did not happen. What must
/// leave the house is noted with it. Says how many were told; an agency or
/// host without anybody who may sign in is told nothing.
///
/// # Errors
/// What the store says.
pub async fn send(service: &Service, tx: &mut Tx, to: To, content: &NoticeContent) -> Result<u32, ServiceError> {
    let accounts = store::notice::recipients(&mut *tx, to).await?;
    let notices: Vec<_> = accounts
        .into_iter()
        .map(|account| (NoticeId::new(service.new_id()), account))
        .collect();
    store::notice::insert(&mut *tx, &notices, content, service.now()).await?;
    let ids: Vec<_> = notices.iter().map(|(id, _)| *id).collect();
    for channel in service.channels().open_ones() {
        store::notice::insert_deliveries(&mut *tx, &ids, channel).await?;
    }
    Ok(u32::try_from(notices.len()).unwrap_or(u32::MAX))
}
