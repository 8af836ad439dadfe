//! Every route that is neither a page nor a server function.

use super::line::{LOG, Line, OPERATOR, PERSON, by, of, open, own};
use axum::http::{Method, StatusCode};
use domain::account::Role;

/// Who hands papers in.
const HANDS_IN: &[Role] = &[Role::Trainee, Role::Operator, Role::Reviewer, Role::CityCentre];
const GONE: StatusCode = StatusCode::NOT_FOUND;

/// The routes, each with its method.
pub const ROUTES: &[(Method, Line)] = &[
    (Method::GET, open("/healthz", "")),
    (Method::GET, open("/readyz", "")),
    (Method::GET, own("/live/board", OPERATOR, "")),
    (
        Method::POST,
        own(
            "/files",
            HANDS_IN,
            r#"{"purpose":"licence","name":"营业执照.pdf","size":10}"#,
        ),
    ),
    // Whose a file is stands in the file: to everybody else, whatever their role, it is not there.
    (
        Method::GET,
        of(
            "/files/{id}",
            PERSON,
            "",
            &[
                by("jilin.operator", "{file}", GONE, ""),
                by("jilin.reviewer", "{file}", GONE, ""),
                by("guizhou.reviewer", "{file}", GONE, ""),
                by("guizhou.admin", "{file}", GONE, ""),
                by("{stranger}", "{file}", GONE, ""),
            ],
        ),
    ),
    (
        Method::PATCH,
        of(
            "/files/{id}",
            PERSON,
            "",
            &[by("jilin.operator", "{file}?offset=0", GONE, "")],
        ),
    ),
    (
        Method::DELETE,
        of("/files/{id}", PERSON, "", &[by("jilin.operator", "{file}", GONE, "")]),
    ),
    (
        Method::GET,
        of(
            "/files/{id}/progress",
            PERSON,
            "",
            &[by("jilin.operator", "{file}", GONE, "")],
        ),
    ),
    (
        Method::GET,
        of(
            "/files/{id}/thumbnail",
            PERSON,
            "",
            &[
                by("jilin.operator", "{file}", GONE, ""),
                by("jilin.reviewer", "{file}", GONE, ""),
            ],
        ),
    ),
    (Method::GET, own("/export/audit", LOG, "")),
    (Method::GET, open("/service-worker.js", "")),
    (Method::GET, open("/pkg/{*file}", "")),
];
