//! The pure rules of 就业见习: values that cannot be wrong, state machines, forms shared by browser and server, and what
//! the screens read. It never sees a clock, a database, Leptos or the network: time, calendar and rule pack are arguments.

pub mod account;
pub mod agency;
pub mod attendance;
pub mod audit;
pub mod calendar;
pub mod division;
pub mod file;
pub mod form;
pub mod host;
pub mod identity;
pub mod internship;
pub mod review;
pub mod rulepack;
pub mod site;
pub mod trainee;
pub mod value;

pub use form::{FieldError, FieldErrors};
pub use value::{
    AccountId, AgencyId, CaseId, CheckInId, CreditCode, Datum, Day, Fen, FileId, HostId, IdCard, InternshipId, LatLon,
    Meters, Moment, PersonName, Phone, SiteId, TraineeId, UnknownId, Week,
};
