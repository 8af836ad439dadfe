//! What the certifying agency does with a certified host, as it is typed and as it can be carried out.

use super::CertificationEvent;
use crate::value::{add_days, parse_day};
use crate::{Day, FieldErrors, form};
use serde::{Deserialize, Serialize};

/// An act of the certifying agency (CQ 四(三), 五(二)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitAct {
    /// 清退 after an idle year.
    CleanOut,
    /// 责令整改 until a day.
    AskRectification,
    /// 整改合格.
    AcceptRectification,
    /// 拒不整改: disqualified.
    RefuseRectification,
    /// 提供虚假材料: disqualified.
    FalseClaim,
}

/// The form of an act. Field names are those of its controls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UnitActForm {
    /// Code of the act.
    pub act: String,
    /// Why; the host reads it.
    pub reason: String,
    /// For a rectification: the last day.
    pub until: String,
}

/// An act that can be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnitAct {
    /// What is done.
    pub act: UnitAct,
    /// Why.
    pub reason: String,
    /// The last day of a rectification.
    pub until: Option<Day>,
}

impl UnitActForm {
    /// The act, or one sentence per field. `rectify_days` is the rules' longest time for a rectification.
    ///
    /// # Errors
    /// A sentence beside each field that is wrong.
    pub fn check(&self, today: Day, rectify_days: u16) -> Result<NewUnitAct, FieldErrors> {
        let Some(act) = UnitAct::from_code(&self.act) else {
            return Err(FieldErrors::one("act", "请选择要办理的事项"));
        };
        let mut errors = FieldErrors::default();
        let until = match act {
            UnitAct::AskRectification => self
                .last_day(today, rectify_days)
                .map_err(|sentence| errors.push("until", sentence))
                .ok(),
            UnitAct::CleanOut | UnitAct::AcceptRectification | UnitAct::RefuseRectification | UnitAct::FalseClaim => {
                None
            }
        };
        let reason = errors.take(
            "reason",
            form::line(
                &self.reason,
                10..=300,
                "请写明依据和原因，单位会看到这段话",
                "原因请写 10 到 300 个字，写清楚查实的情况和依据",
            ),
        );
        errors.into_result(NewUnitAct {
            act,
            reason: reason.unwrap_or_default(),
            until,
        })
    }

    fn last_day(&self, today: Day, most: u16) -> Result<Day, String> {
        let day = parse_day(self.until.trim()).ok_or("请选择整改期限")?;
        if day <= today {
            Err("整改期限要在今天之后".to_owned())
        } else if day > add_days(today, i32::from(most)) {
            Err(format!("整改期限最长 {most} 天，请选择早一些的日期"))
        } else {
            Ok(day)
        }
    }
}

impl UnitAct {
    /// The event that it is for the certification.
    #[must_use]
    pub const fn event(self, idle: bool) -> CertificationEvent {
        match self {
            Self::CleanOut => CertificationEvent::CleanOut { idle },
            Self::AskRectification => CertificationEvent::AskRectification,
            Self::AcceptRectification => CertificationEvent::Rectified,
            Self::RefuseRectification => CertificationEvent::RefuseRectification,
            Self::FalseClaim => CertificationEvent::FalseClaim,
        }
    }

    /// Whether it ends in a disqualification with its ban.
    #[must_use]
    pub const fn disqualifies(self) -> bool {
        match self {
            Self::RefuseRectification | Self::FalseClaim => true,
            Self::CleanOut | Self::AskRectification | Self::AcceptRectification => false,
        }
    }
}
