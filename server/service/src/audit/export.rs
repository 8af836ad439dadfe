//! What is filtered, as a file: CSV for Excel or JSON lines, page by page so that memory stays small however long it is.

use super::{log, readable, reader, seek};
use crate::actor::Actor;
use crate::context::Service;
use crate::error::ServiceError;
use domain::Moment;
use domain::audit::{AuditFilter, AuditLine, AuditLook, AuditQuery};
use serde_json::json;
use store::audit_page::{Reader, SeenEvent};

/// Events that are read at once.
const PAGE: i64 = 500;

/// Which file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// With a byte order mark, which Excel needs to read Chinese.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

/// A file that is being written; ask for [`next`](Export::next) until there is none.
pub struct Export {
    service: Service,
    reader: Reader,
    query: AuditQuery,
    format: Format,
    before: Option<i64>,
    begun: bool,
    done: bool,
}

/// Begins a file of what the filter fits, newest first. The look is logged here, once.
///
/// # Errors
/// [`ServiceError::Forbidden`] unless the actor is an auditor or admin, [`ServiceError::Invalid`] for the filter.
pub async fn export(
    service: &Service,
    actor: &Actor,
    filter: &AuditFilter,
    format: Format,
) -> Result<Export, ServiceError> {
    let agency = actor.as_audit_reader()?;
    let query = filter.check()?;
    let mut tx = service.db().read().await?;
    let reader = reader(&mut tx, agency).await?;
    drop(tx);
    log(service, actor, AuditLook::Export, 0).await?;
    Ok(Export {
        service: service.clone(),
        reader,
        query,
        format,
        before: None,
        begun: false,
        done: false,
    })
}

impl Export {
    /// The next piece of the file, perhaps an empty one; `None` at its end.
    ///
    /// # Errors
    /// What the store says.
    pub async fn next(&mut self) -> Result<Option<String>, ServiceError> {
        if self.done {
            return Ok(None);
        }
        let mut tx = self.service.db().read().await?;
        let (events, next) = seek(
            &self.service,
            &mut tx,
            self.reader,
            &self.query,
            self.before,
            PAGE,
            i64::MAX,
        )
        .await?;
        let lines = readable::lines(&mut tx, self.reader, &events).await?;
        drop(tx);
        let head = !std::mem::replace(&mut self.begun, true);
        self.before = next;
        self.done = next.is_none();
        let pairs = lines.iter().zip(&events);
        match self.format {
            Format::Csv => csv(head, pairs).map(Some),
            Format::JsonLines => Ok(Some(pairs.map(|(line, event)| json_line(line, event)).collect())),
        }
    }
}

const HEAD: [&str; 7] = ["序号", "时间", "姓名", "角色", "事项", "详情", "校验值"];

fn csv<'a>(head: bool, lines: impl Iterator<Item = (&'a AuditLine, &'a SeenEvent)>) -> Result<String, ServiceError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    if head {
        writer.write_record(HEAD).map_err(ServiceError::fault)?;
    }
    for (line, event) in lines {
        let cells = [
            line.seq.to_string(),
            time(line.at),
            line.who.clone(),
            line.role.clone(),
            line.label.clone(),
            details(line),
            event.hash.clone(),
        ];
        writer.write_record(cells.map(harmless)).map_err(ServiceError::fault)?;
    }
    let bytes = writer.into_inner().map_err(|_| ServiceError::fault("csv"))?;
    let text = String::from_utf8(bytes).map_err(ServiceError::fault)?;
    Ok(if head { format!("\u{FEFF}{text}") } else { text })
}

fn json_line(line: &AuditLine, event: &SeenEvent) -> String {
    let facts: Vec<_> = line
        .facts
        .iter()
        .map(|fact| json!({ "label": fact.label, "value": fact.value, "id": fact.id }))
        .collect();
    let object = json!({
        "seq": line.seq,
        "at": line.at.millis(),
        "time": time(line.at),
        "account": event.account_id,
        "who": line.who,
        "role": event.role,
        "act": line.act,
        "label": line.label,
        "facts": facts,
        "hash": event.hash,
    });
    format!("{object}\n")
}

/// `2026-11-19 09:02:05`, in Asia/Shanghai.
fn time(at: Moment) -> String {
    format!(
        "{} {}:{:02}",
        at.day(),
        at.clock(),
        at.millis().div_euclid(1000).rem_euclid(60)
    )
}

fn details(line: &AuditLine) -> String {
    let parts: Vec<String> = line
        .facts
        .iter()
        .map(|fact| format!("{}：{}", fact.label, fact.value))
        .collect();
    parts.join("；")
}

/// A cell that a spreadsheet would read as a formula begins with an apostrophe (OWASP, CSV injection).
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(harmless(formula.to_owned()), format!("'{formula}"));
        }
        assert_eq!(harmless("杨晓雨".to_owned()), "杨晓雨");
    }
}
