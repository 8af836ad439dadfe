//! Values that are valid by construction: private fields, one way in (`parse`), masked where they are secret.

mod credit_code;
mod day;
mod id;
mod id_card;
mod moment;
mod money;
mod person_name;
mod phone;
mod position;

pub use credit_code::CreditCode;
pub use day::{
    Day, add_days, add_months, age_on, day_label, days_between, full_day_label, month_day_label, parse_day,
    weekday_label, whole_months,
};
pub use id::{AccountId, AgencyId, CaseId, CheckInId, FileId, HostId, InternshipId, SiteId, TraineeId, UnknownId};
pub use id_card::IdCard;
pub use moment::{Moment, Week};
pub use money::Fen;
pub use person_name::PersonName;
pub use phone::Phone;
pub use position::{Datum, LatLon, Meters};
