//! `jianxi serve`: opens everything, listens, and ends in good order.

use super::{Failure, demo, open};
use crate::config::{Settings, TlsMode};
use crate::health::Readiness;
use crate::router::router;
use crate::service_worker;
use crate::shutdown::{Shutdown, Signals};
use crate::site::Site;
use crate::state::Server;
use crate::terminal;
use crate::tls::{self, Tls};
use axum_server::{Address, Handle};
use hyper_util::rt::TokioTimer;
use service::Purpose;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::MissedTickBehavior;

/// How long requests that are being worked on may go on after the end has begun.
const GRACE: Duration = Duration::from_secs(10);
/// How long a sender may take over the head of a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// How often is asked for what nobody asks for; each job knows when it is due.
const UPKEEP: Duration = Duration::from_secs(60);

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// When something needed is missing; nothing is served then.
pub async fn run(settings: &Settings) -> Result<(), Failure> {
    let site = Site::open(settings.site(), &Site::hash_file());
    if let Some(missing) = site.missing().first() {
        return Err(Failure(format!(
            "the built site is not there: {} is missing. Run `make build`, or name the site's folder with --site.",
            missing.display()
        )));
    }
    let tls = tls::open(settings).await?;
    let service = open(settings, settings.is_demo(), Purpose::Own).await?;
    let listener = TcpListener::bind(settings.listen())
        .map_err(|error| Failure(format!("cannot listen on {}: {error}", settings.listen())))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let server = Server {
        service: service.clone(),
        leptos: site.leptos(),
        tls: settings.tls(),
        trust_proxy: settings.trusts_proxy(),
        in_flight: Arc::new(Semaphore::new(settings.max_in_flight())),
        worker: service_worker::prepare(&site)?.map(Arc::from),
        readiness: Readiness::default(),
        shutdown: Shutdown::default(),
    };
    // Before anybody is told that we serve, so that no signal is lost.
    let signals = Signals::hear()?;
    print_addresses(address, tls.as_ref(), settings.tls());
    if settings.is_demo() {
        demo::print_sign_ins(&service).await?;
    }
    tracing::info!(%address, tls = tls.is_some(), demo = settings.is_demo(), "serving");
    let upkeep = tokio::spawn(look_after(service.clone()));
    let served = listen(listener, server, tls, signals).await;
    upkeep.abort();
    service.close().await;
    tracing::info!("ended");
    served
}

async fn listen(listener: TcpListener, server: Server, tls: Option<Tls>, signals: Signals) -> Result<(), Failure> {
    let handle = Handle::new();
    tokio::spawn(end_on_signal(signals, server.shutdown.clone(), handle.clone()));
    let app = router(server).into_make_service_with_connect_info::<SocketAddr>();
    match tls {
        None => {
            let mut http = axum_server::from_tcp(listener)?.handle(handle);
            http.http_builder()
                .http1()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_PATIENCE);
            http.serve(app).await?;
        }
        Some(tls) => {
            let mut https = axum_server::from_tcp_rustls(listener, tls.config)?.handle(handle);
            https
                .http_builder()
                .http1()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_PATIENCE);
            https.serve(app).await?;
        }
    }
    Ok(())
}

/// At once and then every minute: whatever job is due.
async fn look_after(service: service::Service) {
    let mut due = tokio::time::interval(UPKEEP);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        due.tick().await;
        service::upkeep(&service).await;
    }
}

/// The first signal lets requests finish, the second ends at once.
async fn end_on_signal<A: Address>(mut signals: Signals, shutdown: Shutdown, handle: Handle<A>) {
    signals.next().await;
    tracing::info!("ending: no new requests, those begun may finish");
    shutdown.begin();
    handle.graceful_shutdown(Some(GRACE));
    signals.next().await;
    handle.shutdown();
}

fn print_addresses(listening: SocketAddr, tls: Option<&Tls>, mode: TlsMode) {
    let scheme = if tls.is_some() { "https" } else { "http" };
    let own = if listening.ip().is_unspecified() {
        "localhost".to_owned()
    } else {
        host(listening.ip())
    };
    terminal::line(format!(
        "\n见习通已启动，请用浏览器打开：\n\n  {scheme}://{own}:{}",
        listening.port()
    ));
    if listening.ip().is_unspecified() {
        for address in tls::lan_addresses() {
            terminal::line(format!("  {scheme}://{}:{}", host(address), listening.port()));
        }
        if mode == TlsMode::Off {
            terminal::line(
                "\n手机浏览器只在加密的页面上提供定位。要用同一网络里的手机签到，请加上 --tls self-signed。",
            );
        }
    }
    if let Some(fingerprint) = tls.and_then(|tls| tls.fingerprint.as_ref()) {
        terminal::line(format!(
            "\n这是本机自签的证书，浏览器第一次会提示“不安全”。请核对指纹一致后再继续（SHA-256）：\n\n  {fingerprint}"
        ));
    }
    terminal::line("\n按 Ctrl-C 停止。");
}

fn host(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}
