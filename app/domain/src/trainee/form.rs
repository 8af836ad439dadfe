//! Registration: checked in the browser and again on the server by this one code.

use super::TraineeKind;
use crate::account::password_length;
use crate::division::is_county_code;
use crate::form::line;
use crate::rulepack::RulePack;
use crate::value::{add_months, age_on, parse_day};
use crate::{Day, FieldErrors, IdCard, PersonName, Phone};
use serde::{Deserialize, Serialize};

/// What a person types to register; raw text, one field per form control.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegisterForm {
    /// Name as on the ID card.
    pub name: String,
    /// 18-character ID number.
    pub id_card: String,
    /// Mobile number.
    pub phone: String,
    /// Password, 8–64 characters.
    pub password: String,
    /// `graduate` · `vocational_graduate` · `unemployed_youth`.
    pub kind: String,
    /// School (graduates).
    pub school: String,
    /// `YYYY-MM-DD`, graduates: date of the diploma.
    pub diploma_date: String,
    /// `YYYY-MM-DD`, unemployed youth: date of the unemployment registration.
    pub unemployed_since: String,
    /// GB/T 2260 county code, six digits.
    pub residence: String,
    /// Street, village, house.
    pub residence_detail: String,
    /// `on` when the privacy notice was accepted.
    pub consent_privacy: String,
    /// `on` when the use of position and bank data was accepted.
    pub consent_sensitive: String,
}

/// A registration that passed every check that needs no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTrainee {
    /// Name.
    pub name: PersonName,
    /// ID number.
    pub id_card: IdCard,
    /// Mobile number.
    pub phone: Phone,
    /// Group.
    pub kind: TraineeKind,
    /// School.
    pub school: Option<String>,
    /// Diploma date or unemployment registration date.
    pub kind_date: Day,
    /// County code of the 常住地址.
    pub residence: String,
    /// Rest of the address.
    pub residence_detail: String,
}

impl RegisterForm {
    /// The steps on a phone: title and the fields of each.
    pub const STEPS: [(&'static str, &'static [&'static str]); 4] = [
        ("本人信息", &["name", "id_card", "phone"]),
        ("身份类别", &["kind", "school", "diploma_date", "unemployed_since"]),
        ("常住地址", &["residence", "residence_detail"]),
        ("密码与同意", &["password", "consent_privacy", "consent_sensitive"]),
    ];

    /// Checks everything that needs no database.
    ///
    /// # Errors
    /// One sentence per field that is wrong.
    pub fn check(&self, today: Day, rules: &RulePack) -> Result<NewTrainee, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", PersonName::parse(&self.name));
        let id_card = errors.take("id_card", living_id_card(&self.id_card, today));
        let phone = errors.take("phone", Phone::parse(&self.phone));
        let kind = errors.take(
            "kind",
            TraineeKind::from_code(self.kind.trim()).ok_or("请选择你的身份类别"),
        );
        let (school, kind_date) = match kind {
            Some(TraineeKind::Graduate | TraineeKind::VocationalGraduate) => self.graduation(&mut errors, today, rules),
            Some(TraineeKind::UnemployedYouth) => self.unemployment(&mut errors, id_card.as_ref(), today, rules),
            None => (None, None),
        };
        let residence = self.residence.trim();
        if !is_county_code(residence) {
            errors.push("residence", "请选择常住地址，选到县（市、区）");
        }
        let residence_detail = errors.take(
            "residence_detail",
            line(
                &self.residence_detail,
                2..=80,
                "请填写详细地址，例如“中坝街道平安路 12 号”",
                "详细地址写 2 到 80 个字",
            ),
        );
        errors.take("password", password_length(&self.password));
        if self.consent_privacy != "on" {
            errors.push("consent_privacy", "请阅读隐私说明并勾选同意，才能注册");
        }
        match (name, id_card, phone, kind, kind_date, residence_detail) {
            (Some(name), Some(id_card), Some(phone), Some(kind), Some(kind_date), Some(residence_detail)) => {
                let residence = residence.to_owned();
                errors.into_result(NewTrainee {
                    name,
                    id_card,
                    phone,
                    kind,
                    school,
                    kind_date,
                    residence,
                    residence_detail,
                })
            }
            _ => Err(errors),
        }
    }

    /// Whether the separate consent for position and bank data was given.
    #[must_use]
    pub fn consents_to_position(&self) -> bool {
        self.consent_sensitive == "on"
    }

    /// The same form without what a draft may never keep: the password.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self {
            password: String::new(),
            ..self.clone()
        }
    }

    /// Graduates: school and a diploma of the last two years (SQ: 离校2年内未就业).
    fn graduation(&self, errors: &mut FieldErrors, today: Day, rules: &RulePack) -> (Option<String>, Option<Day>) {
        let school = errors.take(
            "school",
            line(&self.school, 2..=60, "请填写毕业学校", "学校名称写 2 到 60 个字"),
        );
        let Some(date) = parse_day(self.diploma_date.trim()) else {
            errors.push("diploma_date", "请选择毕业证上的日期");
            return (school, None);
        };
        let years = rules.graduate_window_years;
        if date > today {
            errors.push("diploma_date", "毕业证日期还没到，拿到毕业证以后再来登记");
        } else if add_months(date, 12 * i32::from(years)) < today {
            errors.push(
                "diploma_date",
                format!("毕业已超过 {years} 年，不能按毕业生登记。如果符合年龄，可以选失业青年"),
            );
        }
        (school, Some(date))
    }

    /// Unemployed youth: 16–24 until the day before the 25th birthday (GZ, SD, JL), registered as unemployed (SQ).
    fn unemployment(
        &self,
        errors: &mut FieldErrors,
        id_card: Option<&IdCard>,
        today: Day,
        rules: &RulePack,
    ) -> (Option<String>, Option<Day>) {
        let (min, max) = (rules.youth_age_min, rules.youth_age_max);
        if let Some(age) = id_card.map(|id_card| age_on(id_card.birth(), today)) {
            if age < u32::from(min) {
                errors.push("kind", format!("按身份证号你今天 {age} 岁，满 {min} 岁以后再来登记"));
            } else if age > u32::from(max) {
                errors.push(
                    "kind",
                    format!("按身份证号你今天 {age} 岁，失业青年要在 {min} 到 {max} 岁。如果是毕业生，请选毕业生"),
                );
            }
        }
        let school = if self.school.trim().is_empty() {
            None
        } else {
            errors.take(
                "school",
                line(&self.school, 2..=60, "请填写毕业学校", "学校名称写 2 到 60 个字"),
            )
        };
        let Some(date) = parse_day(self.unemployed_since.trim()) else {
            errors.push(
                "unemployed_since",
                "请选择失业登记的日期。还没有登记的，先到户籍地人社部门办理",
            );
            return (school, None);
        };
        if date > today {
            errors.push("unemployed_since", "失业登记的日期还没到，请检查后再选一次");
        } else if id_card.is_some_and(|id_card| age_on(id_card.birth(), date) < u32::from(min)) {
            errors.push(
                "unemployed_since",
                format!("失业登记的日期在你满 {min} 岁以前，请检查后再选一次"),
            );
        }
        (school, Some(date))
    }
}

/// The ID number of somebody who is born already.
pub(crate) fn living_id_card(text: &str, today: Day) -> Result<IdCard, &'static str> {
    let id_card = IdCard::parse(text)?;
    if id_card.birth() < today {
        Ok(id_card)
    } else {
        Err("身份证号里的出生日期还没到，请对照身份证再填一次")
    }
}

/// Shows what was typed, but never an ID number, a phone number or a password.
impl std::fmt::Debug for RegisterForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RegisterForm")
            .field("name", &self.name)
            .field("id_card", &"***")
            .field("phone", &"***")
            .field("password", &"***")
            .field("kind", &self.kind)
            .field("school", &self.school)
            .field("diploma_date", &self.diploma_date)
            .field("unemployed_since", &self.unemployed_since)
            .field("residence", &self.residence)
            .field("residence_detail", &self.residence_detail)
            .field("consent_privacy", &self.consent_privacy)
            .field("consent_sensitive", &self.consent_sensitive)
            .finish()
    }
}
