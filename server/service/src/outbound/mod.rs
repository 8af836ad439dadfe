//! How the server speaks to another system over HTTP, once for all adapters (identity gateway, SMS, web push): time-outs,
//! a cap on the answer, retries and a circuit breaker. Redirects are not followed and no proxy of the environment is
//! asked, so that what an adapter sends arrives where it was sent or nowhere. Neither headers, bodies, paths nor queries
//! are ever logged: they hold tokens, ID numbers and the secret addresses of push subscriptions.

mod breaker;
mod message;
mod reach;
#[cfg(test)]
mod tests;

pub use message::{Answer, Message};
pub use reach::Reach;

use crate::clock::Clock;
use backon::{ExponentialBuilder, Retryable};
use breaker::Breaker;
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use message::Ready;
use reach::Names;
use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How patient an adapter is. The default is for a person who waits for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Longest wait for a TCP connection.
    pub connect: Duration,
    /// Longest wait for the whole answer, with all retries.
    pub total: Duration,
    /// Largest body of an answer, in bytes.
    pub answer_bytes: usize,
    /// Further tries of a message that may arrive twice; a message that may not is sent once.
    pub retries: usize,
    /// Pause before the first retry; doubled before each further one, with jitter.
    pub back_off: Duration,
    /// Failures in a row after which a system is left alone.
    pub opens_after: u32,
    /// How long it is left alone before one message tries again.
    pub rest: Duration,
    /// Which addresses may be spoken to.
    pub reach: Reach,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            total: Duration::from_secs(8),
            answer_bytes: 64 * 1024,
            retries: 2,
            back_off: Duration::from_millis(200),
            opens_after: 5,
            rest: Duration::from_secs(30),
            reach: Reach::Configured,
        }
    }
}

/// Why there is no answer to go by. None of them holds anything of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// No connection, or it broke.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// No whole answer in time.
    #[error("does not answer in time")]
    TimedOut,
    /// An answer that is no success; also a redirect.
    #[error("answers {0}")]
    Refused(StatusCode),
    /// A success whose body is not what was agreed.
    #[error("gives an answer that cannot be used: {0}")]
    BadAnswer(&'static str),
    /// It failed several times in a row and is left alone for a while.
    #[error("failed several times in a row and is left alone for a while")]
    Open,
    /// The message cannot be sent as it is; nothing was sent.
    #[error("cannot be spoken to like this: {0}")]
    Unsendable(&'static str),
}

impl OutboundError {
    /// Whether the same message may well succeed a moment later.
    fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::TimedOut => true,
            Self::Refused(status) => matches!(status.as_u16(), 502..=504),
            Self::BadAnswer(_) | Self::Open | Self::Unsendable(_) => false,
        }
    }

    /// Whether it speaks against the other system's health. A refusal of one message does not: a push subscription that
    /// is gone must not silence the others.
    fn is_failure(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::TimedOut | Self::BadAnswer(_) => true,
            Self::Refused(status) => status.is_server_error() || *status == StatusCode::TOO_MANY_REQUESTS,
            Self::Open | Self::Unsendable(_) => false,
        }
    }
}

/// One adapter's way out. Keeps connections and the circuit breakers (one for each origin); share it, do not remake it.
pub struct Outbound {
    name: &'static str,
    policy: Policy,
    client: Client<HttpsConnector<HttpConnector<Names>>, Full<Bytes>>,
    breaker: Breaker,
}

impl std::fmt::Debug for Outbound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outbound")
            .field("name", &self.name)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

impl Outbound {
    /// The way out of one adapter, `name` in the log. Trusts the certificates that this machine trusts.
    #[must_use]
    pub fn new(name: &'static str, policy: Policy, clock: Clock) -> Self {
        let mut http = HttpConnector::new_with_resolver(Names::new(policy.reach));
        http.enforce_http(false);
        http.set_connect_timeout(Some(policy.connect));
        http.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls(name))
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(30))
            .pool_max_idle_per_host(4)
            .build(connector);
        Self {
            name,
            policy,
            client,
            breaker: Breaker::new(clock, policy.opens_after, policy.rest),
        }
    }

    /// Sends a message with POST and waits for the answer, which is always a 2xx.
    ///
    /// # Errors
    /// [`OutboundError`]; all but `Open` and `Unsendable` leave open whether the message had an effect.
    pub async fn post(&self, message: &Message) -> Result<Answer, OutboundError> {
        let ready = message.ready(self.policy.reach)?;
        let deadline = Instant::now() + self.policy.total;
        let retries = if message.is_idempotent() {
            self.policy.retries
        } else {
            0
        };
        let pauses = ExponentialBuilder::default()
            .with_min_delay(self.policy.back_off)
            .with_max_times(retries)
            .with_jitter();
        let answered = (|| self.try_once(&ready, deadline))
            .retry(pauses)
            .when(|error| error.may_pass() && Instant::now() < deadline)
            .await;
        match &answered {
            Ok(answer) => tracing::debug!(system = self.name, to = ready.origin, status = %answer.status, "answered"),
            Err(error) => tracing::warn!(system = self.name, to = ready.origin, %error, "no answer to go by"),
        }
        answered
    }

    async fn try_once(&self, ready: &Ready, deadline: Instant) -> Result<Answer, OutboundError> {
        let permit = self.breaker.admit(&ready.origin).ok_or(OutboundError::Open)?;
        let answered = timeout_at(deadline, self.exchange(ready.request.clone()))
            .await
            .unwrap_or(Err(OutboundError::TimedOut));
        match &answered {
            Err(error) if error.is_failure() => permit.failed(),
            Ok(_) | Err(_) => permit.succeeded(),
        }
        answered
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Answer, OutboundError> {
        let answer = self.client.request(request).await.map_err(|error| broken(&error))?;
        let status = answer.status();
        if !status.is_success() {
            return Err(OutboundError::Refused(status));
        }
        match Limited::new(answer.into_body(), self.policy.answer_bytes)
            .collect()
            .await
        {
            Ok(body) => Ok(Answer {
                status,
                body: body.to_bytes(),
            }),
            Err(error) if error.is::<LengthLimitError>() => Err(OutboundError::BadAnswer("it is too long")),
            Err(error) => Err(broken(error.as_ref())),
        }
    }
}

/// What went wrong on the wire; a connection that was not made in time is a time-out like any other.
fn broken(error: &(dyn Error + 'static)) -> OutboundError {
    let mut causes = Vec::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        if matches!(cause.downcast_ref::<io::Error>(), Some(cause) if cause.kind() == io::ErrorKind::TimedOut) {
            return OutboundError::TimedOut;
        }
        causes.push(cause.to_string());
        next = cause.source();
    }
    OutboundError::Unreachable(causes.join(": "))
}

#[expect(clippy::expect_used, reason = "ring has what TLS 1.2 and 1.3 need")]
fn tls(name: &'static str) -> rustls::ClientConfig {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = rustls::RootCertStore::empty();
    let (trusted, _) = roots.add_parsable_certificates(found.certs);
    if trusted == 0 {
        tracing::warn!(
            system = name,
            "this machine trusts no certificates, so https cannot be spoken; install ca-certificates"
        );
    }
    rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS")
        .with_root_certificates(roots)
        .with_no_client_auth()
}
