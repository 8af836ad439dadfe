//! One server in this process for a test: the real router on a database of its own, and a site folder with made-up files.
//! With JIANXI_TEST_POSTGRES set, the database is one of its own in that PostgreSQL.

#![allow(dead_code)]

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::BodyExt;
use server::config::TlsMode;
use server::shutdown::Shutdown;
use server::site::Site;
use server::{Readiness, Server};
use service::{Clock, Purpose, Service, ServiceConfig};
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// A file of the build, named as the build names it.
pub const HASHED: &str = "/pkg/jianxi.Zm9vYmFyYmF6cXV4MTIzNA.js";
/// The mock-ups' Thursday.
pub const NOW: &str = "=2026-11-19T09:02:00+08:00";

/// How a test's server differs from the usual one.
#[derive(Default)]
pub struct Wishes {
    pub tls: TlsMode,
    pub trust_proxy: bool,
    pub demo: bool,
    /// Nothing is worked on at all.
    pub full: bool,
}

pub struct Running {
    pub router: Router,
    pub server: Server,
    pub home: TempDir,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("readable"))
    }
}

pub async fn start() -> Running {
    start_with(Wishes::default()).await
}

pub async fn start_with(wishes: Wishes) -> Running {
    let home = tempfile::tempdir().expect("a folder");
    let site = home.path().join("site");
    build_site(&site);
    let service = Service::open(ServiceConfig {
        database: database(home.path()),
        key_file: home.path().join("jianxi.key"),
        files: home.path().join("files").display().to_string(),
        clamav: None,
        clock: Clock::from_text(NOW).expect("a time"),
        demo: wishes.demo,
        purpose: Purpose::Own,
    })
    .await
    .expect("the service opens");
    let site = Site::open(site, Path::new("no-hash-file"));
    let server = Server {
        service,
        leptos: site.leptos(),
        tls: wishes.tls,
        trust_proxy: wishes.trust_proxy,
        in_flight: Arc::new(Semaphore::new(if wishes.full { 0 } else { 64 })),
        worker: server::service_worker::prepare(&site).expect("a worker").map(Arc::from),
        readiness: Readiness::default(),
        shutdown: Shutdown::default(),
    };
    Running {
        router: server::router(server.clone()),
        server,
        home,
    }
}

impl Running {
    /// Sends a request as if from this machine; the body of the answer is not read.
    pub async fn open(&self, mut request: Request<Body>) -> Response<Body> {
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40000))));
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.open(request).await.into_parts();
        let body = body.collect().await.expect("a whole body").to_bytes().to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(
            Request::get(path)
                .header("host", "jianxi.test")
                .header("accept", "text/html")
                .body(Body::empty())
                .expect("a request"),
        )
        .await
    }

    /// A form as our own code sends it from our own page.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let usual = [
            ("host", "jianxi.test"),
            ("sec-fetch-site", "same-origin"),
            ("accept", "application/json"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let mut request = Request::post(path).body(body.into()).expect("a request");
        for (name, value) in usual.iter().chain(headers) {
            request.headers_mut().insert(
                axum::http::HeaderName::try_from(*name).expect("a name"),
                axum::http::HeaderValue::try_from(*value).expect("a value"),
            );
        }
        self.send(request).await
    }
}

fn build_site(site: &Path) {
    for folder in ["pkg", "icons"] {
        fs::create_dir_all(site.join(folder)).expect("a folder");
    }
    let script = HASHED.trim_start_matches('/');
    fs::write(site.join(script), "export default 1;").expect("written");
    fs::write(site.join(format!("{script}.br")), "br of the build").expect("written");
    fs::write(site.join(format!("{script}.gz")), "gz of the build").expect("written");
    fs::write(
        site.join("icons/icon.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    )
    .expect("written");
    fs::write(site.join("manifest.webmanifest"), "{}").expect("written");
    fs::write(site.join("offline.html"), "<!doctype html><title>x</title>").expect("written");
    fs::write(
        site.join("service-worker.js"),
        "const BUILD = /*__BUILD__*/ {};\nself.x = BUILD;\n",
    )
    .expect("written");
}

/// A database of this test's own.
pub fn database(home: &Path) -> String {
    let Ok(server) = std::env::var("JIANXI_TEST_POSTGRES") else {
        return format!("sqlite:{}", home.join("jianxi.db").display());
    };
    let unique = home
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .to_lowercase()
        .replace('.', "");
    let name = format!("http_{unique}_{}", std::process::id());
    let made = Command::new("psql")
        .args([
            &server,
            "--quiet",
            "--set",
            "ON_ERROR_STOP=1",
            "--command",
            &format!("create database {name}"),
        ])
        .status()
        .expect("psql runs");
    assert!(made.success(), "the test's database was not made");
    let (place, _) = server.rsplit_once('/').expect("a URL with a database");
    format!("{place}/{name}")
}
