//! `/service-worker.js`: the hand-written worker, told once at start which files this build consists of. Its version is a
//! hash over those files and over itself, so a browser sees a new worker exactly when something changed.

use crate::middleware::security_headers::WORKER_POLICY;
use crate::site::{Site, is_named_by_hash};
use crate::state::Server;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::io;

/// The line of the worker that is replaced begins so.
const MARK: &str = "const BUILD = /*__BUILD__*/";

#[derive(Serialize)]
struct Build {
    version: String,
    precache: Vec<String>,
}

/// The worker for the files that are there now; `None` when the site has none.
///
/// # Errors
/// When files cannot be read, or the worker has no line to replace.
pub fn prepare(site: &Site) -> io::Result<Option<String>> {
    let source = match fs::read_to_string(site.root().join("service-worker.js")) {
        Ok(source) => source,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let precache = site.precache()?;
    let mut hash = Sha256::new();
    hash.update(source.as_bytes());
    for address in &precache {
        hash.update(address.as_bytes());
        // Names of the build say what is in the file; icons and the offline page keep their names.
        if !is_named_by_hash(address) {
            hash.update(fs::read(site.root().join(address.trim_start_matches('/')))?);
        }
    }
    let version = hex::encode(&hash.finalize()[..8]);
    let build = serde_json::to_string(&Build { version, precache })?;
    let mut found = false;
    let lines: Vec<String> = source
        .lines()
        .map(|line| {
            if line.starts_with(MARK) {
                found = true;
                format!("const BUILD = {build};")
            } else {
                line.to_owned()
            }
        })
        .collect();
    if !found {
        return Err(io::Error::other(format!("service-worker.js has no line `{MARK} …`")));
    }
    Ok(Some(lines.join("\n") + "\n"))
}

/// Serves the worker. Browsers must ask for it each time: that is how they notice a new build.
pub async fn serve(State(server): State<Server>) -> Response {
    let Some(worker) = server.worker.as_deref() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER_POLICY)),
        (
            HeaderName::from_static("service-worker-allowed"),
            HeaderValue::from_static("/"),
        ),
    ];
    (headers, worker.to_owned()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_changes_with_any_file_and_with_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let site = Site::open(root.to_owned(), &root.join("hash.txt"));
        assert_eq!(prepare(&site).expect("no worker"), None);

        fs::write(
            root.join("service-worker.js"),
            "\"use strict\";\nconst BUILD = /*__BUILD__*/ { version: \"\" };\nrest();\n",
        )
        .expect("written");
        fs::write(root.join("offline.html"), "one").expect("written");
        let first = prepare(&site).expect("a worker").expect("a worker");
        assert!(
            first.starts_with("\"use strict\";\nconst BUILD = {\"version\":\""),
            "{first}"
        );
        assert!(
            first.ends_with("\"precache\":[\"/offline.html\"]};\nrest();\n"),
            "{first}"
        );
        assert_eq!(prepare(&site).expect("a worker"), Some(first.clone()));

        fs::write(root.join("offline.html"), "two").expect("written");
        assert_ne!(prepare(&site).expect("a worker"), Some(first));
    }

    #[test]
    fn a_worker_without_its_mark_stops_the_start() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("service-worker.js"), "const BUILD = {};\n").expect("written");
        let site = Site::open(folder.path().to_owned(), &folder.path().join("hash.txt"));
        assert!(prepare(&site).is_err());
    }
}
