//! Registration: checked in the browser and again on the server by this one code.

use super::TraineeKind;
use crate::{Day, IdCard, PersonName, Phone};
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
