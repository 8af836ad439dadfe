//! Every page, and whose it is. What a page shows comes from server functions, whose lines say what strangers are told.

use super::line::{ADMIN, AGENCY, LOG, OPERATOR, PERSON, STAFF, TRAINEE};
use domain::account::Role;

/// Whose a page is. `None`: anybody's who is not signed in, or everybody's.
pub const PAGES: &[(&str, Option<&[Role]>)] = &[
    ("/", None),
    ("/account", Some(STAFF)),
    ("/accounts", Some(ADMIN)),
    ("/agencies", Some(ADMIN)),
    ("/audit", Some(LOG)),
    ("/cases", Some(AGENCY)),
    ("/cases/{id}", Some(AGENCY)),
    ("/history", Some(TRAINEE)),
    ("/host", Some(OPERATOR)),
    ("/host/certification", Some(OPERATOR)),
    ("/host/certification/print", Some(OPERATOR)),
    ("/host/people", Some(OPERATOR)),
    ("/host/people/new", Some(OPERATOR)),
    ("/host/sites", Some(OPERATOR)),
    ("/host/sites/new", Some(OPERATOR)),
    ("/host/sites/{id}", Some(OPERATOR)),
    ("/host/unit", Some(OPERATOR)),
    ("/me", Some(TRAINEE)),
    ("/me/identity", Some(TRAINEE)),
    ("/messages", Some(PERSON)),
    ("/offer/{id}", Some(TRAINEE)),
    ("/privacy", None),
    ("/register", None),
    ("/register/host", None),
    ("/register/host/second-factor", None),
    ("/rules", Some(AGENCY)),
    ("/rules/calendar", Some(AGENCY)),
    ("/rules/compare", Some(AGENCY)),
    ("/rules/route", Some(AGENCY)),
    ("/rules/{region}", Some(AGENCY)),
    ("/rules/{region}/new", Some(AGENCY)),
    ("/sign-in", None),
    ("/sign-in/code", None),
    ("/today", Some(TRAINEE)),
    ("/units", Some(AGENCY)),
    ("/units/{id}", Some(AGENCY)),
];
