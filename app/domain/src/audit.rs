//! What the audit log records: one variant per act of the story. No ID numbers, no phone numbers, no coordinates, no free text;
//! ids lead to them for those who may look. When, by whom and in which chain is the log's own part.

mod label;
mod view;

pub use view::{AuditFilter, AuditLine, AuditLook, AuditPage, AuditQuery, ChainVerdict, Fact, fact_label, value_label};

use crate::account::Role;
use crate::attendance::{CheckInState, Verdict};
use crate::file::{FilePurpose, Unfit};
use crate::review::{CaseKind, Verdict as CaseVerdict};
use crate::trainee::TraineeKind;
use crate::{AccountId, AgencyId, CaseId, CheckInId, Datum, Day, Fen, FileId, HostId, InternshipId, SiteId, TraineeId};
use serde::{Deserialize, Serialize};

/// One act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum AuditEvent {
    /// An agency was made.
    AgencyCreated {
        /// The agency.
        agency: AgencyId,
    },
    /// An agency was renamed, moved, or given other divisions.
    AgencyChanged {
        /// The agency.
        agency: AgencyId,
    },
    /// An agency was closed; it gets no new cases.
    AgencyClosed {
        /// The agency.
        agency: AgencyId,
    },
    /// A division begins on a day.
    DivisionAdded {
        /// GB/T 2260 code.
        division: String,
        /// First day.
        from: Day,
    },
    /// A division ends on a day.
    DivisionEnded {
        /// GB/T 2260 code.
        division: String,
        /// Last day.
        until: Day,
    },
    /// A host was made on the command line, certified.
    HostCreated {
        /// The host.
        host: HostId,
        /// The agency that certified it.
        certified_by: AgencyId,
    },
    /// A unit registered itself with the account of its operator.
    HostRegistered {
        /// The host.
        host: HostId,
        /// The operator's account.
        account: AccountId,
    },
    /// A registration whose operator never set the second factor up was removed after its time.
    HostRegistrationExpired {
        /// The host.
        host: HostId,
        /// The operator's account.
        account: AccountId,
    },
    /// A staff account was made by an admin, on the command line or by the demo.
    AccountCreated {
        /// The account.
        account: AccountId,
        /// Its role.
        role: Role,
    },
    /// An account was barred; its sessions ended.
    AccountDisabled {
        /// The account.
        account: AccountId,
    },
    /// A barred account may sign in again.
    AccountEnabled {
        /// The account.
        account: AccountId,
    },
    /// An account got a new password and a new second factor; its sessions ended.
    AccountReset {
        /// The account.
        account: AccountId,
    },
    /// A trainee registered.
    Registered {
        /// The account.
        account: AccountId,
        /// The trainee.
        trainee: TraineeId,
        /// The group.
        kind: TraineeKind,
        /// Whether the consent for position and bank data was given.
        consented_position: bool,
    },
    /// A session began.
    SignedIn {
        /// The account.
        account: AccountId,
    },
    /// A wrong password, or a name without an account.
    SignInFailed {
        /// The account, if the name has one.
        account: Option<AccountId>,
    },
    /// A session was ended by its owner.
    SignedOut {
        /// The account.
        account: AccountId,
    },
    /// A wrong second-factor code after a right password.
    SecondFactorFailed {
        /// The account.
        account: AccountId,
    },
    /// The owner set the second factor up: the first right code.
    SecondFactorSetUp {
        /// The account.
        account: AccountId,
    },
    /// The owner changed the password.
    PasswordChanged {
        /// The account.
        account: AccountId,
    },
    /// The consent for position and bank data was given or taken back.
    ConsentChanged {
        /// The trainee.
        trainee: TraineeId,
        /// Whether it is given now.
        consented_position: bool,
    },
    /// Push to one browser was switched on or off.
    PushChanged {
        /// The account.
        account: AccountId,
        /// Whether it is on now.
        on: bool,
    },
    /// A host added a site.
    SiteAdded {
        /// The host.
        host: HostId,
        /// The site.
        site: SiteId,
        /// Radius in whole metres.
        radius_m: u32,
        /// Datum of what was entered.
        datum: Datum,
    },
    /// A host changed a site.
    SiteChanged {
        /// The site.
        site: SiteId,
        /// Radius in whole metres.
        radius_m: u32,
        /// Datum of what was entered.
        datum: Datum,
        /// Whether the centre moved.
        moved: bool,
    },
    /// A host offered an internship to a person met offline.
    OfferMade {
        /// The internship.
        internship: InternshipId,
        /// The host.
        host: HostId,
        /// The site.
        site: SiteId,
        /// First day.
        starts_on: Day,
        /// Last day.
        ends_on: Day,
        /// Allowance a month.
        allowance: Fen,
    },
    /// The host took the offer back.
    OfferWithdrawn {
        /// The internship.
        internship: InternshipId,
    },
    /// The trainee confirmed the terms.
    OfferConfirmed {
        /// The internship.
        internship: InternshipId,
    },
    /// The trainee declined.
    OfferDeclined {
        /// The internship.
        internship: InternshipId,
    },
    /// The last day of an internship has passed.
    InternshipEnded {
        /// The internship.
        internship: InternshipId,
    },
    /// A trainee checked in.
    CheckedIn {
        /// The check-in.
        check_in: CheckInId,
        /// The internship.
        internship: InternshipId,
        /// The site of the verdict.
        site: SiteId,
        /// Verdict.
        verdict: Verdict,
        /// What it counted for on arrival.
        state: CheckInState,
    },
    /// The host confirmed a waiting check-in.
    CheckInConfirmed {
        /// The check-in.
        check_in: CheckInId,
    },
    /// The host sent a waiting check-in back.
    CheckInSentBack {
        /// The check-in.
        check_in: CheckInId,
    },
    /// Staff looked at positions; the trainees see it.
    PositionLookedAt {
        /// The check-ins whose positions were shown.
        check_ins: Vec<CheckInId>,
    },
    /// A person submitted the own identity.
    IdentitySubmitted {
        /// The trainee.
        trainee: TraineeId,
        /// Whether the gateway is asked first.
        automatic: bool,
    },
    /// The automatic check of an identity ended.
    IdentityChecked {
        /// The trainee.
        trainee: TraineeId,
        /// Whether the gateway vouched for the person; otherwise an agency must look.
        matched: bool,
    },
    /// A case was submitted to an agency.
    CaseOpened {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
        /// The agency of its first stage.
        agency: AgencyId,
        /// The last day of that stage.
        due_on: Day,
    },
    /// Something was done to a case: approved, returned, rejected, sent again or revoked.
    CaseDecided {
        /// The case.
        case: CaseId,
        /// What it is about.
        kind: CaseKind,
        /// What was done.
        verdict: CaseVerdict,
        /// Whether that ended it.
        ended: bool,
    },
    /// A case was overdue, and the agency above was told.
    CaseEscalated {
        /// The case.
        case: CaseId,
        /// The agency that did not decide.
        agency: AgencyId,
        /// The agency above, if there is one.
        to: Option<AgencyId>,
    },
    /// A case's due date moved with the calendar.
    CaseDueMoved {
        /// The case.
        case: CaseId,
        /// Until now.
        from: Day,
        /// From now on.
        to: Day,
    },
    /// Staff read the numbers and papers of a case in full.
    CaseLookedAt {
        /// The case.
        case: CaseId,
    },
    /// A file was uploaded, checked and stored.
    FileAdded {
        /// The file.
        file: FileId,
        /// What it was handed in as.
        purpose: FilePurpose,
    },
    /// An uploaded file was not taken.
    FileRefused {
        /// The file.
        file: FileId,
        /// Why.
        reason: Unfit,
    },
    /// A file was deleted by its owner before it was used.
    FileDeleted {
        /// The file.
        file: FileId,
    },
    /// Staff of an agency read a file in full.
    FileRead {
        /// The file.
        file: FileId,
    },
    /// A version of a region's rules was added.
    RulePackAdded {
        /// Division code of the region.
        region: String,
        /// The version.
        version: String,
        /// First day on which it counts.
        valid_from: Day,
    },
    /// The State Council's notice on a year's holidays was imported.
    CalendarImported {
        /// The year.
        year: i16,
        /// Counted up from 1 within a year.
        version: i64,
    },
    /// Somebody read this log.
    AuditRead {
        /// How.
        how: AuditLook,
        /// How many events were shown; 0 for an export, which begins after this.
        events: u32,
    },
    /// A host saved its application for certification without sending it.
    CertificationSaved {
        /// The host.
        host: HostId,
    },
    /// A host began a new application after a rejection, a clean-out or a ban.
    CertificationReopened {
        /// The host.
        host: HostId,
    },
    /// An idle host was cleaned out.
    HostCleanedOut {
        /// The host.
        host: HostId,
    },
    /// A host was ordered to rectify.
    RectificationAsked {
        /// The host.
        host: HostId,
        /// The last day for it.
        until: Day,
    },
    /// The agency found a host rectified.
    RectificationAccepted {
        /// The host.
        host: HostId,
    },
    /// A host lost its certification.
    HostDisqualified {
        /// The host.
        host: HostId,
        /// Whether for false papers; otherwise for refusing to rectify.
        false_claim: bool,
        /// The first day on which it may apply again.
        until: Day,
    },
    /// Demo data was written.
    DemoFilled {
        /// How many trainees.
        trainees: u32,
    },
}
