//! Taking a person on who was met offline (SQ, GZ: 线下接收须记载), and declining.

use crate::form::line;
use crate::rulepack::RulePack;
use crate::value::{add_days, add_months, full_day_label, parse_day};
use crate::{Day, Fen, FieldErrors, InternshipId, PersonName, Phone, SiteId};
use serde::{Deserialize, Serialize};

/// What the operator types; raw text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferForm {
    /// Made by the browser (UUIDv7), kept with what is typed; sending it again is the same offer.
    pub id: String,
    /// Name of the person.
    pub name: String,
    /// Mobile number of the person.
    pub phone: String,
    /// Post title, 2–40 characters.
    pub post: String,
    /// Site id.
    pub site: String,
    /// `YYYY-MM-DD`.
    pub starts_on: String,
    /// `YYYY-MM-DD`.
    pub ends_on: String,
    /// Yuan a month, e.g. `2100` or `2100.00`.
    pub allowance: String,
}

/// An offer that passed the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOffer {
    /// Id.
    pub id: InternshipId,
    /// Name.
    pub name: PersonName,
    /// Mobile number.
    pub phone: Phone,
    /// Post title.
    pub post: String,
    /// Site.
    pub site: SiteId,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// Allowance a month.
    pub allowance: Fen,
}

/// Declining an offer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeclineForm {
    /// Why, 2–200 characters; the host reads it.
    pub reason: String,
}

impl OfferForm {
    /// Checks all fields. That the person is registered and the site belongs to the host is for the service to say.
    ///
    /// # Errors
    /// One sentence per field that is wrong.
    pub fn check(&self, today: Day, rules: &RulePack) -> Result<NewOffer, FieldErrors> {
        let mut errors = FieldErrors::default();
        let id = self.id.trim().parse();
        let id = errors.take("id", id.map_err(|_| "收到的内容不完整，请刷新页面后再填一次"));
        let name = errors.take("name", PersonName::parse(&self.name));
        let phone = errors.take("phone", Phone::parse(&self.phone));
        let post = errors.take(
            "post",
            line(&self.post, 2..=40, "请填写见习岗位", "见习岗位写 2 到 40 个字"),
        );
        let site = errors.take("site", self.site.trim().parse().map_err(|_| "请选择签到地点"));
        let starts_on = self.first_day(&mut errors, today, rules);
        let ends_on = self.last_day(&mut errors, starts_on, rules);
        let allowance = errors.take("allowance", self.monthly_allowance(rules));
        let person = id.zip(name).zip(phone);
        let terms = post.zip(site).zip(starts_on).zip(ends_on).zip(allowance);
        match person.zip(terms) {
            Some((((id, name), phone), ((((post, site), starts_on), ends_on), allowance))) => Ok(NewOffer {
                id,
                name,
                phone,
                post,
                site,
                starts_on,
                ends_on,
                allowance,
            }),
            None => Err(errors),
        }
    }

    fn first_day(&self, errors: &mut FieldErrors, today: Day, rules: &RulePack) -> Option<Day> {
        let Some(day) = parse_day(self.starts_on.trim()) else {
            errors.push("starts_on", "请选择开始日期");
            return None;
        };
        if day < add_days(today, -i32::from(rules.offer_start_past_days)) {
            errors.push(
                "starts_on",
                format!("开始日期最早是 {} 天前，请重新选择", rules.offer_start_past_days),
            );
            return None;
        }
        if day > add_days(today, i32::from(rules.offer_start_ahead_days)) {
            errors.push(
                "starts_on",
                format!("开始日期最晚是 {} 天后，请重新选择", rules.offer_start_ahead_days),
            );
            return None;
        }
        Some(day)
    }

    /// 见习期限 3–12 months: from `starts_on` + 3 months − 1 day to `starts_on` + 12 months − 1 day.
    fn last_day(&self, errors: &mut FieldErrors, starts_on: Option<Day>, rules: &RulePack) -> Option<Day> {
        let Some(day) = parse_day(self.ends_on.trim()) else {
            errors.push("ends_on", "请选择结束日期");
            return None;
        };
        let starts_on = starts_on?;
        let (min, max) = (rules.internship_months_min, rules.internship_months_max);
        let earliest = add_days(add_months(starts_on, i32::from(min)), -1);
        let latest = add_days(add_months(starts_on, i32::from(max)), -1);
        if day < earliest || day > latest {
            errors.push(
                "ends_on",
                format!(
                    "见习期限是 {min} 到 {max} 个月，结束日期请选 {} 到 {} 之间",
                    full_day_label(earliest),
                    full_day_label(latest)
                ),
            );
            return None;
        }
        Some(day)
    }

    fn monthly_allowance(&self, rules: &RulePack) -> Result<Fen, &'static str> {
        let allowance = Fen::parse_yuan(&self.allowance)?;
        if allowance.fen() == 0 {
            Err("每月生活费要大于 0 元")
        } else if allowance > rules.allowance_max {
            Err("每月生活费太高了，请检查是不是多写了 0")
        } else {
            Ok(allowance)
        }
    }
}

impl DeclineForm {
    /// The reason, trimmed.
    ///
    /// # Errors
    /// A sentence beside `reason`.
    pub fn check(&self) -> Result<String, FieldErrors> {
        line(
            &self.reason,
            2..=200,
            "请写一下不参加的原因，单位会看到",
            "原因写 2 到 200 个字",
        )
        .map_err(|sentence| FieldErrors::one("reason", sentence))
    }
}
