//! Taking a person on who was met offline (SQ, GZ: 线下接收须记载), and declining.

use crate::{Day, Fen, PersonName, Phone, SiteId};
use serde::{Deserialize, Serialize};

/// What the operator types; raw text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfferForm {
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
