//! What the host's page, the printed form and the agency's screens read.

use super::{CertificationForm, CertificationState, PlanOffer, UnitAct};
use crate::file::FileView;
use crate::host::HostStanding;
use crate::identity::IdentityState;
use crate::review::{CaseKind, CaseState, Count, DecisionRecord, StagePurpose, Standing, Verdict};
use crate::{AgencyId, CaseId, Day, HostId};
use serde::{Deserialize, Serialize};

/// What of the application may be changed now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Editable {
    /// Everything: a draft.
    Everything,
    /// The returned fields alone, by code.
    Fields(Vec<String>),
    /// Nothing.
    Nothing,
}

impl Editable {
    /// Whether a field may be changed.
    #[must_use]
    pub fn allows(&self, field: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Fields(fields) => fields.iter().any(|open| open == field),
            Self::Nothing => false,
        }
    }
}

/// The host's own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificationPage {
    /// Name on the licence.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// 经营地址 with the names of its divisions.
    pub address: String,
    /// Whether the host is who it says; nothing is sent before.
    pub identity: IdentityState,
    /// Whether its identity was given back to be mended.
    pub identity_returned: bool,
    /// Where the certification stands.
    pub state: CertificationState,
    /// The application as it was typed or sent.
    pub form: CertificationForm,
    /// The application as it was sent last; empty before.
    pub sent: CertificationForm,
    /// The papers that it names.
    pub files: Vec<FileView>,
    /// What routing says about each plan.
    pub plans: Vec<PlanOffer>,
    /// Seats a year as a percentage of the insured employees.
    pub seats_percent: u8,
    /// How its case stands.
    pub case: Option<Standing>,
    /// What may be changed.
    pub editable: Editable,
    /// The agency that certified it.
    pub certified_by: Option<String>,
    /// Since when it is certified.
    pub certified_on: Option<Day>,
    /// The last day of a rectification.
    pub rectify_until: Option<Day>,
    /// The first day on which it may apply again.
    pub banned_until: Option<Day>,
    /// What the agency did last.
    pub last_act: Option<UnitActView>,
    /// Today, Asia/Shanghai.
    pub today: Day,
    /// Row version, for an act; 0 before anything was saved.
    pub version: i64,
}

/// The certification in short, on 单位资料 and where it is in the way of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificationSummary {
    /// Where it stands.
    pub state: CertificationState,
    /// Whether the application was given back to be mended.
    pub returned: bool,
    /// Who acts and by when, in one sentence with the next step.
    pub next: String,
    /// What stands in the way while the host's identity is not verified, with the next step; none once it is.
    pub unverified: Option<String>,
}

impl CertificationSummary {
    /// What stands in the way of taking people on, with the next step; none when nothing does.
    #[must_use]
    pub fn in_the_way(&self) -> Option<&str> {
        match (&self.unverified, self.state.standing()) {
            (Some(why), _) => Some(why),
            (None, HostStanding::Certified) => None,
            (None, HostStanding::Uncertified | HostStanding::Closed) => Some(&self.next),
        }
    }
}

/// One stage on the printed form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintStage {
    /// What is done there.
    pub purpose: StagePurpose,
    /// By which agency.
    pub agency: String,
    /// What was decided there, as far as it still counts.
    pub decision: Option<PrintDecision>,
}

/// A decision on the printed form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintDecision {
    /// Approved or rejected.
    pub verdict: Verdict,
    /// By whom.
    pub by: String,
    /// When.
    pub on: Day,
    /// What was written beside it; the reason of a rejection.
    pub opinion: Option<String>,
    /// What the inspection found (CQ 三(二)1).
    pub record: Option<DecisionRecord>,
}

/// The printed 就业见习单位申请表 (SD: 下载打印见习基地申请表).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintView {
    /// Name on the licence.
    pub name: String,
    /// Unified social credit code.
    pub credit_code: String,
    /// 经营地址 with the names of its divisions.
    pub address: String,
    /// 法定代表人; none for a host made on the command line.
    pub legal_representative: Option<String>,
    /// 经办人 with the telephone number, masked for agencies.
    pub operator: Option<String>,
    /// Where the certification stands.
    pub state: CertificationState,
    /// The application.
    pub form: CertificationForm,
    /// Names of its papers.
    pub papers: Vec<String>,
    /// When it was sent.
    pub submitted_on: Option<Day>,
    /// The stages of its way.
    pub stages: Vec<PrintStage>,
    /// Today, Asia/Shanghai.
    pub today: Day,
}

/// What the agency's list shows; it stands in the page's address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnitFilter {
    /// Where the certification stands, or all.
    pub state: Option<CertificationState>,
    /// Only idle hosts of the own agency.
    pub idle: bool,
    /// Part of the name, or nothing.
    pub search: String,
    /// The [`UnitList::next`] of the page before, or nothing.
    pub after: String,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// The host.
    pub id: HostId,
    /// Name.
    pub name: String,
    /// County of the 经营地址.
    pub county: String,
    /// Where the certification stands.
    pub state: CertificationState,
    /// The agency that certified it.
    pub certified_by: Option<String>,
    /// Since when it is certified.
    pub since: Option<Day>,
    /// People in an internship now.
    pub people: u32,
    /// The last sign of life: an internship, an offer or an event of the certification.
    pub last_sign: Day,
    /// Whether it has been idle for the rules' years.
    pub idle: bool,
    /// The last day of a rectification.
    pub rectify_until: Option<Day>,
}

impl UnitRow {
    /// Whether the agency has to look at a rectification because its last day has passed.
    #[must_use]
    pub fn is_rectification_over(&self, today: Day) -> bool {
        self.state == CertificationState::Rectifying && self.rectify_until.is_some_and(|until| until < today)
    }
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitList {
    /// The lines, by name.
    pub rows: Vec<UnitRow>,
    /// Where the next page begins; none on the last.
    pub next: Option<String>,
    /// How many hosts that the own agency certified are idle.
    pub idle: Count,
    /// Today, Asia/Shanghai.
    pub today: Day,
}

/// One act of the agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitActView {
    /// What was done.
    pub act: UnitAct,
    /// By whom.
    pub by: String,
    /// For which agency.
    pub agency: String,
    /// When.
    pub on: Day,
    /// Why.
    pub reason: String,
    /// The last day of a rectification, or the first day after a ban.
    pub until: Option<Day>,
    /// Rule pack versions that counted, in words.
    pub basis: String,
}

/// One case of the host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCase {
    /// The case.
    pub id: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// Where it stands.
    pub state: CaseState,
    /// When it was submitted.
    pub submitted_on: Day,
    /// When it was decided.
    pub decided_on: Option<Day>,
    /// Whether the reader's agency may open it.
    pub readable: bool,
}

impl UnitPage {
    /// Whether the reader's agency may print the application: it may open the case of it.
    #[must_use]
    pub fn may_print(&self) -> bool {
        let latest = self.cases.iter().find(|case| case.kind == CaseKind::Certification);
        latest.is_some_and(|case| case.readable)
    }
}

/// The agency's page of one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPage {
    /// The line of the list.
    pub row: UnitRow,
    /// Unified social credit code.
    pub credit_code: String,
    /// 经营地址 with the names of its divisions.
    pub address: String,
    /// The agency that certified it, for an act.
    pub certified_by: Option<AgencyId>,
    /// The application that was sent last.
    pub form: CertificationForm,
    /// People invited who have not answered.
    pub invited: u32,
    /// The first day on which it may apply again.
    pub banned_until: Option<Day>,
    /// Its cases, the latest first.
    pub cases: Vec<UnitCase>,
    /// What agencies did with it, the latest first.
    pub acts: Vec<UnitActView>,
    /// What the reader may do now.
    pub may: Vec<UnitAct>,
    /// The day from which it could apply again if it were disqualified today.
    pub ban_would_end: Day,
    /// Years after which an idle host may be cleaned out.
    pub idle_years: u8,
    /// The longest time for a rectification, days.
    pub rectify_days: u16,
    /// Today, Asia/Shanghai.
    pub today: Day,
    /// Row version, for an act; 0 before anything was saved.
    pub version: i64,
}
