//! What the screen 审计 asks and reads. Its words for the fields of an event stand here in one table, so that a new kind of
//! event is readable with a line or none.

use crate::account::Role;
use crate::file::FilePurpose;
use crate::form::line;
use crate::review::{CaseKind, Verdict};
use crate::value::{add_days, parse_day};
use crate::{FieldErrors, Moment, Phone};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How somebody read the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditLook {
    /// A page on the screen.
    Page,
    /// As a file.
    Export,
    /// The check of the whole chain.
    Chain,
}

/// The filter as it is typed and as it stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day, `YYYY-MM-DD`.
    pub until: String,
    /// Name of a person or a sign-in name.
    pub who: String,
    /// Name of the act in the log.
    pub act: String,
    /// Id of what the event is about.
    pub subject: String,
}

/// The filter, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// At or after.
    pub from: Option<Moment>,
    /// Before.
    pub until: Option<Moment>,
    /// Name or sign-in name.
    pub who: Option<String>,
    /// Act.
    pub act: Option<String>,
    /// Id.
    pub subject: Option<Uuid>,
}

impl AuditFilter {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.from, &self.until, &self.who, &self.act, &self.subject]
            .into_iter()
            .all(|field| field.trim().is_empty())
    }

    /// The filter as the log understands it.
    ///
    /// # Errors
    /// One sentence per field.
    pub fn check(&self) -> Result<AuditQuery, FieldErrors> {
        let mut errors = FieldErrors::default();
        let day = |text: &str| match text.trim() {
            "" => Ok(None),
            text => parse_day(text).map(Some).ok_or("请选择日期，例如 2026-11-19"),
        };
        let from = errors.take("from", day(&self.from)).flatten();
        let until = errors.take("until", day(&self.until)).flatten();
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            errors.push("until", "结束日期要在开始日期之后");
        }
        let who = match self.who.trim() {
            "" => Ok(None),
            // It would stay in the address, and so in the browser's history.
            who if Phone::parse(who).is_ok() => Err("请填完整姓名或账号名。手机号会留在浏览器的历史记录里，请不要填"),
            who => line(who, 1..=64, "", "请填写完整姓名或账号名").map(Some),
        };
        let who = errors.take("who", who).flatten();
        let act = self.act.trim();
        let act_fits = act.len() <= 64 && act.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        errors.take("act", act_fits.then_some(()).ok_or("请从列表里选择事项"));
        let subject = match self.subject.trim() {
            "" => Ok(None),
            subject => Uuid::try_parse(subject)
                .map(Some)
                .map_err(|_| "编号是 36 个字符，请从详情里复制"),
        };
        let subject = errors.take("subject", subject).flatten();
        errors.into_result(AuditQuery {
            from: from.map(|day| Moment::at(day, 0, 0)),
            until: until.map(|day| Moment::at(add_days(day, 1), 0, 0)),
            who,
            act: (!act.is_empty()).then(|| act.to_owned()),
            subject,
        })
    }
}

/// One detail of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is: 单位.
    pub label: String,
    /// Its words, or the name behind an id.
    pub value: String,
    /// The id, to ask for everything about it.
    pub id: Option<String>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Position in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Name of the account, or who acted without one.
    pub who: String,
    /// Role in words.
    pub role: String,
    /// Name of the act in the log.
    pub act: String,
    /// Its Chinese name.
    pub label: String,
    /// Details.
    pub facts: Vec<Fact>,
}

/// One page, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The events; perhaps none although older ones may follow.
    pub lines: Vec<AuditLine>,
    /// Where to go on, when older events may fit.
    pub next: Option<i64>,
    /// The acts that occur, with their Chinese names.
    pub acts: Vec<(String, String)>,
}

/// What the check of the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainVerdict {
    /// Every hash fits so far; one request checks only a part of a long log.
    SoFar {
        /// How many events were checked.
        checked: i64,
        /// How many there are.
        of: i64,
        /// Where the next request goes on, sealed.
        resume: String,
    },
    /// Every hash fits.
    Whole {
        /// How many events.
        events: i64,
    },
    /// The first position that does not fit.
    Broken {
        /// Position in the chain.
        seq: i64,
    },
}

impl ChainVerdict {
    /// The result with the next step.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::SoFar { checked, of, .. } => format!("已核对 {checked} 条，共 {of} 条，到这里都完整。"),
            Self::Whole { events } => format!("链条完整：{events} 条记录逐条核对，没有被改动、删除或插入。"),
            Self::Broken { seq } => format!(
                "链条在第 {seq} 条断开：这一条或它前后的记录被改动、删除或插入过。请停止使用这个数据库，\
                 保留现场，并与备份核对第 {seq} 条。"
            ),
        }
    }
}

/// The Chinese name of an event's field.
#[must_use]
pub fn fact_label(key: &str) -> &'static str {
    match key {
        "account" | "assignee" => "账号",
        "agency" | "from_agency" | "to_agency" => "机构",
        "host" => "单位",
        "certified_by" => "认证机构",
        "trainee" => "见习人员",
        "site" => "签到地点",
        "internship" => "见习关系",
        "check_in" | "check_ins" => "签到",
        "case" | "cases" => "事项",
        "file" | "files" => "材料",
        "role" => "角色",
        "kind" => "类别",
        "division" | "region" => "区划",
        "from" | "starts_on" => "起始日期",
        "until" | "ends_on" => "截止日期",
        "radius_m" => "半径（米）",
        "datum" => "坐标系",
        "moved" => "中心移动",
        "allowance" => "生活费（分/月）",
        "verdict" => "结论",
        "state" => "状态",
        "consented_position" => "位置与银行卡授权",
        "how" => "方式",
        "events" => "条数",
        "trainees" => "人数",
        "version" => "版本",
        "stage" => "环节",
        "outcome" | "decision" => "结果",
        "year" => "年份",
        "automatic" => "先自动核验",
        "matched" => "自动核验一致",
        "due_on" => "时限",
        "to" => "调整后",
        "ended" => "已办结",
        "purpose" => "材料种类",
        "reason" => "原因",
        "valid_from" => "生效日期",
        "false_claim" => "提供虚假材料",
        "on" => "开启",
        _ => "其他",
    }
}

/// The Chinese words of a value that is one of a few.
#[must_use]
pub fn value_label(key: &str, value: &str) -> Option<&'static str> {
    let word = match (key, value) {
        ("role", code) => return Role::from_code(code).map(Role::label),
        ("how", "page") => "在页面查看",
        ("how", "export") => "导出文件",
        ("how", "chain") => "核验链条",
        ("kind", "graduate") => "离校两年内未就业高校毕业生",
        ("kind", "vocational_graduate") => "中职毕业生",
        ("kind", "unemployed_youth") => "失业青年",
        ("kind", code) => return CaseKind::from_code(code).map(CaseKind::label),
        ("purpose", code) => return FilePurpose::from_code(code).map(FilePurpose::label),
        ("datum", "wgs84") => "WGS-84",
        ("datum", "gcj02") => "GCJ-02",
        ("datum", "bd09") => "BD-09",
        ("verdict", "inside") => "范围内",
        ("verdict", "outside") => "范围外",
        ("verdict", "uncertain") => "存疑",
        ("verdict", code) => return Verdict::from_code(code).map(Verdict::label),
        ("state", "valid") => "有效",
        ("state", "waiting") => "等待确认",
        ("state", "confirmed") => "已确认",
        ("state", "sent_back") => "已退回",
        (_, "true") => "是",
        (_, "false") => "否",
        _ => return None,
    };
    Some(word)
}
