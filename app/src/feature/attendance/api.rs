//! Server functions of attendance: each asks `service::attendance`, which permits, judges, records and audits.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::Day;
use domain::attendance::{BoardView, CheckInForm, CheckInReceipt, CheckInView, DecideForm, HistoryView, TodayView};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, Json};

/// 今天: the trainee's week, today's check-ins and offers.
#[server(prefix = "/api", endpoint = "attendance/today", input = GetUrl, output = Json)]
pub async fn today() -> Result<TodayView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::attendance::today(&service, &actor).await?)
}

/// 签到记录: the trainee's check-ins by week.
#[server(prefix = "/api", endpoint = "attendance/history", input = GetUrl, output = Json)]
pub async fn history() -> Result<HistoryView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::attendance::history(&service, &actor).await?)
}

/// Records a check-in. The same id with the same content gives the stored answer again.
#[server(prefix = "/api", endpoint = "attendance/check_in", input = Json, output = Json)]
pub async fn check_in(
    /// What the phone sends.
    form: CheckInForm,
) -> Result<CheckInReceipt, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::attendance::check_in(&service, &actor, form).await?)
}

/// 考勤看板 of the operator's host: the week of `monday`, or this week.
#[server(prefix = "/api", endpoint = "attendance/board", input = GetUrl, output = Json)]
pub async fn board(
    /// Monday of the week to show.
    monday: Option<Day>,
) -> Result<BoardView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::attendance::board(&service, &actor, monday).await?)
}

/// The host confirms a waiting check-in or sends it back with a reason.
#[server(prefix = "/api", endpoint = "attendance/decide", input = Json, output = Json)]
pub async fn decide(
    /// Which check-in, and what is decided.
    form: DecideForm,
) -> Result<CheckInView, ApiError> {
    let (service, actor) = signed_in().await?;
    Ok(service::attendance::decide(&service, &actor, form).await?)
}
