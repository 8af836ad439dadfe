//! What is sent and what comes back.

use super::{OutboundError, Reach};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, USER_AGENT};
use http::{HeaderValue, Method, Request, StatusCode, Uri};
use http_body_util::Full;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Something to send. Prints nothing of itself: address, headers and body may all be secret.
#[derive(Clone)]
pub struct Message {
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
    idempotent: bool,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A message that was looked over, with what the log may say of its address.
pub(super) struct Ready {
    /// `https://host:port`, without path, query and whatever else may be secret.
    pub(super) origin: String,
    pub(super) request: Request<Full<Bytes>>,
}

/// A success of the other system.
#[derive(Clone)]
pub struct Answer {
    /// 2xx.
    pub status: StatusCode,
    /// As it came, at most as long as the policy lets it be.
    pub body: Bytes,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish()
    }
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Errors
    /// [`OutboundError::BadAnswer`] when it is something else.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, OutboundError> {
        serde_json::from_slice(&self.body).map_err(|_| OutboundError::BadAnswer("it is not the JSON that was agreed"))
    }
}

impl Message {
    /// A message in JSON.
    ///
    /// # Errors
    /// [`OutboundError::Unsendable`] when the body cannot be written as JSON.
    pub fn json(url: impl Into<String>, body: &impl Serialize) -> Result<Self, OutboundError> {
        let body = serde_json::to_vec(body).map_err(|_| OutboundError::Unsendable("its body is no JSON"))?;
        Ok(Self::bytes(url, "application/json", body))
    }

    /// A message of any kind.
    #[must_use]
    pub fn bytes(url: impl Into<String>, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            url: url.into(),
            headers: vec![(CONTENT_TYPE.as_str(), content_type.to_owned())],
            body: body.into(),
            idempotent: false,
        }
    }

    /// Adds a header; its value is never logged.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Says that it does no harm when the message arrives twice; only then it is sent again after a failure.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    pub(super) const fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    pub(super) fn ready(&self, reach: Reach) -> Result<Ready, OutboundError> {
        let url: Uri = self
            .url
            .parse()
            .map_err(|_| OutboundError::Unsendable("its address is no URL"))?;
        reach.check(&url)?;
        let origin = format!(
            "{}://{}",
            url.scheme_str().unwrap_or_default(),
            url.authority().map_or("", |authority| authority.as_str())
        );
        let mut request = Request::new(Full::new(self.body.clone()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url;
        request
            .headers_mut()
            .insert(USER_AGENT, HeaderValue::from_static("jianxi"));
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| OutboundError::Unsendable("a header has a bad name"))?;
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| OutboundError::Unsendable("a header holds what no header may"))?;
            value.set_sensitive(true);
            request.headers_mut().insert(name, value);
        }
        Ok(Ready { origin, request })
    }
}
