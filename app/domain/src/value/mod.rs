//! Values that are valid by construction: private fields, one way in (`parse`), masked where they are secret.

mod credit_code;
mod id;
mod id_card;
mod money;
mod moment;
mod person_name;
mod phone;
mod position;

pub use credit_code::CreditCode;
pub use id::{
    AccountId, AgencyId, CheckInId, HostId, InternshipId, SiteId, TraineeId, UnknownId,
};
pub use id_card::IdCard;
pub use money::Fen;
pub use moment::{Day, Moment, Week};
pub use person_name::PersonName;
pub use phone::Phone;
pub use position::{Datum, LatLon, Meters};
