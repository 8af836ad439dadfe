//! What an agency does at one stage of a chain, as rule packs name it.

use crate::agency::AgencyLevel;
use crate::rulepack::RulePack;
use serde::{Deserialize, Serialize};

/// One stage of a review chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StagePurpose {
    /// 实地考察 by the county (CQ 三(二)1); it ends with a record.
    CountyInspection,
    /// 县级审核 or 初审.
    CountyReview,
    /// 市级审核 or 终审.
    CityReview,
    /// 省级审核.
    ProvinceReview,
    /// 报省备案 (SD 3.1).
    ProvincialFiling,
}

impl StagePurpose {
    /// Every purpose.
    pub const ALL: [Self; 5] = [
        Self::CountyInspection,
        Self::CountyReview,
        Self::CityReview,
        Self::ProvinceReview,
        Self::ProvincialFiling,
    ];

    /// The Chinese name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CountyInspection => "实地考察",
            Self::CountyReview => "县级审核",
            Self::CityReview => "市级审核",
            Self::ProvinceReview => "省级审核",
            Self::ProvincialFiling => "省级备案",
        }
    }

    /// The name in rule packs and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CountyInspection => "county_inspection",
            Self::CountyReview => "county_review",
            Self::CityReview => "city_review",
            Self::ProvinceReview => "province_review",
            Self::ProvincialFiling => "provincial_filing",
        }
    }

    /// The purpose with this [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// Whose stage it is.
    #[must_use]
    pub const fn level(self) -> AgencyLevel {
        match self {
            Self::CountyInspection | Self::CountyReview => AgencyLevel::County,
            Self::CityReview => AgencyLevel::City,
            Self::ProvinceReview | Self::ProvincialFiling => AgencyLevel::Province,
        }
    }

    /// Whether the matter is decided there. An inspection prepares the decision, a filing (SD 3.1) takes note of it.
    #[must_use]
    pub const fn decides(self) -> bool {
        match self {
            Self::CountyReview | Self::CityReview | Self::ProvinceReview => true,
            Self::CountyInspection | Self::ProvincialFiling => false,
        }
    }

    /// Working days that it may take, by the rules.
    #[must_use]
    pub const fn workdays(self, rules: &RulePack) -> u8 {
        match self {
            Self::CountyInspection => rules.inspection_workdays,
            Self::CountyReview | Self::CityReview | Self::ProvinceReview | Self::ProvincialFiling => {
                rules.agency_decision_workdays
            }
        }
    }
}
