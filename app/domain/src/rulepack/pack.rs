//! The rules of one region on one day, as forms, routes and calculations read them.

use crate::review::StagePurpose;
use crate::{Day, Fen};
use serde::{Deserialize, Serialize};

/// The rules of one region from one day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePack {
    /// GB/T 2260 code of the region; `000000` for the national defaults.
    pub region: String,
    /// Name of the region.
    pub name: String,
    /// Version that decisions record.
    pub version: String,
    /// First day on which it counts.
    pub valid_from: Day,

    /// Youngest age of 失业青年, in full years.
    pub youth_age_min: u8,
    /// Oldest age of 失业青年, in full years: until the day before the next birthday.
    pub youth_age_max: u8,
    /// Years from the diploma date in which a graduate is admitted.
    pub graduate_window_years: u8,
    /// Whether a graduate's internship starts only after the diploma's date, a youth's only after the unemployment registration.
    pub start_after_kind_date: bool,
    /// Counties that admit vocational graduates (艰苦边远地区、国家乡村振兴重点帮扶县).
    pub vocational_graduate_counties: Vec<String>,
    /// Whether a person may take part once in a lifetime.
    pub one_internship_in_a_lifetime: bool,

    /// Working days for an agency's decision.
    pub agency_decision_workdays: u8,
    /// Working days for a host's answer to an application.
    pub host_confirmation_workdays: u8,
    /// Working days until a complaint is opened.
    pub complaint_opened_workdays: u8,
    /// Days in which the trainee may reopen a complaint.
    pub complaint_reopen_days: u8,
    /// Working days for the inspection of a host.
    pub inspection_workdays: u8,

    /// Stages of a host's certification in the county's plan.
    pub certification_chain: Vec<StagePurpose>,
    /// … in the city's plan; empty where it is not offered.
    pub certification_chain_city: Vec<StagePurpose>,
    /// … in the province's plan; empty where it is not offered.
    pub certification_chain_province: Vec<StagePurpose>,
    /// Cities (division codes) whose hosts may take part in the province's plan; empty for all.
    pub province_plan_cities: Vec<String>,
    /// Stages of a post's review.
    pub post_chain: Vec<StagePurpose>,
    /// Whether on-boarding is reviewed by the agency.
    pub onboarding_review: bool,
    /// Whether a decision may be revoked while nothing live depends on it.
    pub decisions_revocable: bool,
    /// Whether a city may forward posts to a county.
    pub posts_forwardable: bool,
    /// Whether hosts add people directly, who then confirm on the phone.
    pub hosts_add_people_directly: bool,
    /// Whether hosts file a monthly report.
    pub monthly_report: bool,

    /// Check-in days a week.
    pub check_ins_per_week: u8,
    /// Run of missed reports at which the county verifies.
    pub missed_run_threshold: u8,
    /// Hours after Sunday 24:00 in which late uploads and corrections still count.
    pub late_upload_hours: u8,
    /// Weeks back that a correction (补签) may reach.
    pub correction_weeks: u8,
    /// Radius of a new fence, metres.
    pub fence_radius_default_m: u16,
    /// Smallest radius, metres.
    pub fence_radius_min_m: u16,
    /// Largest radius, metres.
    pub fence_radius_max_m: u16,
    /// Days after the claims closed until raw coordinates are purged.
    pub position_purge_days: u16,

    /// Open applications of a person.
    pub open_applications: u8,
    /// Seats a year as a percentage of the insured employees.
    pub seats_percent_of_insured: u8,
    /// People for whom one mentor can be there; above it the reviewer looks.
    pub people_per_mentor_max: u8,
    /// Shortest internship in months.
    pub internship_months_min: u8,
    /// Longest internship in months.
    pub internship_months_max: u8,
    /// How many days back an offer may start.
    pub offer_start_past_days: u16,
    /// How many days ahead an offer may start.
    pub offer_start_ahead_days: u16,
    /// Largest monthly allowance, a guard against typing errors.
    pub allowance_max: Fen,

    /// Months served before a claim.
    pub claim_after_months: u8,
    /// Lowest monthly pay of an unemployed youth; below it no subsidy.
    pub pay_floor_youth: Option<Fen>,
    /// Lowest monthly pay of everybody else; below it no subsidy.
    pub pay_floor_others: Option<Fen>,
    /// Retention rate in per cent from which the bonus and the mentoring subsidy are due.
    pub retention_bonus_percent: u8,
    /// Mentoring subsidy for each person retained.
    pub mentoring_subsidy: Fen,
    /// Length in years of the labour contract that counts as retained.
    pub mentoring_contract_years: u8,
    /// Retention rate in per cent below which posts are cut …
    pub low_retention_percent: u8,
    /// … when it lasts for so many years.
    pub low_retention_years: u8,
    /// Years without activity after which a host is cleaned out.
    pub idle_years: u8,
    /// Years without a new application after a disqualification.
    pub ban_years: u8,
    /// The longest time for a rectification, days.
    pub rectification_days_max: u16,
    /// Years for which papers are kept, at least.
    pub keep_years: u8,

    /// The versions that it was merged from; see [`basis`](Self::basis).
    #[serde(default)]
    pub basis: String,
}

impl RulePack {
    /// The versions that it was merged from, the highest region first: `000000@2026-1 520000@2026-1`. Every decision records it.
    #[must_use]
    pub fn basis(&self) -> &str {
        &self.basis
    }
}
