//! `jianxi migrate`: brings the schema up to date, for those who do it apart from the start.

use super::{Failure, open};
use crate::config::Settings;
use crate::terminal;
use service::Purpose;

/// Migrates.
///
/// # Errors
/// What the database says.
pub async fn run(settings: &Settings) -> Result<(), Failure> {
    open(settings, settings.is_demo(), Purpose::Own).await?.close().await;
    terminal::line("数据库已是这个版本需要的样子。");
    Ok(())
}
