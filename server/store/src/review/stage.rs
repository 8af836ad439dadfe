//! The stages of a case's way.

use crate::db::{Tx, execute, fetch_all};
use crate::error::{StoreError, stored};
use domain::review::StagePurpose;
use domain::{AgencyId, CaseId, Day, Moment};

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Position, from 0.
    pub position: u8,
    /// What is done there.
    pub purpose: StagePurpose,
    /// By which agency.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// Working days.
    pub workdays: u8,
    /// When the case got there last.
    pub reached_on: Option<Day>,
    /// When it is or was due.
    pub due_on: Option<Day>,
    /// When it was approved.
    pub passed_at: Option<Moment>,
}

#[derive(sqlx::FromRow)]
struct StageRow {
    position: i64,
    purpose: String,
    agency_id: String,
    agency_name: String,
    workdays: i64,
    reached_on: Option<String>,
    due_on: Option<String>,
    passed_at: Option<i64>,
}

impl TryFrom<StageRow> for Stage {
    type Error = StoreError;

    fn try_from(row: StageRow) -> Result<Self, StoreError> {
        let day = |text: Option<String>, what| text.map(|text| stored(text.parse().ok(), what)).transpose();
        Ok(Self {
            position: stored(u8::try_from(row.position).ok(), "review_stage.position")?,
            purpose: stored(StagePurpose::from_code(&row.purpose), "review_stage.purpose")?,
            agency: stored(row.agency_id.parse().ok(), "review_stage.agency_id")?,
            agency_name: row.agency_name,
            workdays: stored(u8::try_from(row.workdays).ok(), "review_stage.workdays")?,
            reached_on: day(row.reached_on, "review_stage.reached_on")?,
            due_on: day(row.due_on, "review_stage.due_on")?,
            passed_at: row.passed_at.map(Moment::from_millis),
        })
    }
}

/// Adds the whole way of a case.
///
/// # Errors
/// What the database says.
pub async fn insert_stages(tx: &mut Tx, case: CaseId, stages: &[Stage]) -> Result<(), StoreError> {
    for stage in stages {
        execute!(
            &mut *tx,
            "INSERT INTO review_stage (case_id, position, purpose, agency_id, workdays, reached_on, due_on) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            case.to_string(),
            i64::from(stage.position),
            stage.purpose.code(),
            stage.agency.to_string(),
            i64::from(stage.workdays),
            stage.reached_on.map(|day| day.to_string()),
            stage.due_on.map(|day| day.to_string())
        )?;
    }
    Ok(())
}

/// Gives a case, whose row the caller has changed, another way; what was decided on the one before stays in its history.
///
/// # Errors
/// What the database says.
pub async fn replace_stages(tx: &mut Tx, case: CaseId, stages: &[Stage]) -> Result<(), StoreError> {
    execute!(
        &mut *tx,
        "DELETE FROM review_stage WHERE case_id = $1",
        case.to_string()
    )?;
    insert_stages(tx, case, stages).await
}

/// The way of a case that the caller has found within its scope.
///
/// # Errors
/// What the database says.
pub async fn stages(tx: &mut Tx, case: CaseId) -> Result<Vec<Stage>, StoreError> {
    fetch_all!(
        tx,
        StageRow,
        "SELECT s.position, s.purpose, s.agency_id, a.name AS agency_name, s.workdays, s.reached_on, s.due_on, s.passed_at \
         FROM review_stage s JOIN agency a ON a.id = s.agency_id WHERE s.case_id = $1 ORDER BY s.position",
        case.to_string()
    )?
    .into_iter()
    .map(Stage::try_from)
    .collect()
}

/// Notes that the case came to a stage.
///
/// # Errors
/// What the database says.
pub async fn reach_stage(tx: &mut Tx, case: CaseId, position: u8, since: Day, due_on: Day) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE review_stage SET reached_on = $1, due_on = $2, passed_at = NULL WHERE case_id = $3 AND position = $4",
        since.to_string(),
        due_on.to_string(),
        case.to_string(),
        i64::from(position)
    )?;
    Ok(())
}

/// Notes that a stage was approved.
///
/// # Errors
/// What the database says.
pub async fn pass_stage(tx: &mut Tx, case: CaseId, position: u8, at: Moment) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE review_stage SET passed_at = $1 WHERE case_id = $2 AND position = $3",
        at.millis(),
        case.to_string(),
        i64::from(position)
    )?;
    Ok(())
}

/// Forgets that the case came to the stages after one: an agency took its decision at `position` back.
///
/// # Errors
/// What the database says.
pub async fn leave_after(tx: &mut Tx, case: CaseId, position: u8) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE review_stage SET reached_on = NULL, due_on = NULL, passed_at = NULL WHERE case_id = $1 AND position > $2",
        case.to_string(),
        i64::from(position)
    )?;
    Ok(())
}
