//! Web Push: messages sealed for one browser (RFC 8291) and signed with this server's key (VAPID, RFC 8292), handed to the
//! push service that the browser named (RFC 8030). What stands on the lock screen names nobody.

use super::channels::NoticeConfigError;
use super::push_key;
use crate::clock::Clock;
use crate::outbound::{Message, Outbound, OutboundError, Policy, Reach};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::notice::PushForm;
use domain::{Moment, NoticeId};
use http::Uri;
use p256::PublicKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde::Serialize;
use serde_json::json;
use std::path::PathBuf;
use web_push_native::Auth;

/// How long a push service keeps a message for a phone that is off, in seconds.
const KEPT_S: u32 = 24 * 3600;
/// How long a signature holds, in seconds; RFC 8292 allows a day.
const SIGNED_S: i64 = 12 * 3600;
/// Length of a subscription's authentication secret (RFC 8291, 3.2).
const AUTH_BYTES: usize = 16;

/// How push messages are signed.
#[derive(Debug, Clone)]
pub struct PushConfig {
    /// The private key, made on first start with mode 0600. Every node needs the same; browsers that asked are bound to it.
    pub key_file: PathBuf,
    /// Whom push services may write to: `mailto:…` or `https://…`.
    pub subject: String,
    /// Tests speak to a push service on this machine.
    #[cfg(test)]
    pub(crate) reach: Reach,
}

impl PushConfig {
    #[cfg(test)]
    fn reach(&self) -> Reach {
        self.reach
    }

    /// The address comes from a browser: public ones only.
    #[cfg(not(test))]
    fn reach(&self) -> Reach {
        Reach::Public
    }
}

/// The open way to push services. Prints no key.
pub(crate) struct Push {
    key: SigningKey,
    public: String,
    subject: String,
    reach: Reach,
    outbound: Outbound,
}

impl std::fmt::Debug for Push {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Push").finish_non_exhaustive()
    }
}

/// What the service worker shows.
#[derive(Serialize)]
struct Shown<'a> {
    id: NoticeId,
    title: &'a str,
    body: &'static str,
    url: &'static str,
}

impl Push {
    pub(super) fn open(config: PushConfig, clock: Clock) -> Result<Self, NoticeConfigError> {
        let reach = config.reach();
        if !config.subject.starts_with("mailto:") && !config.subject.starts_with("https://") {
            return Err(NoticeConfigError::PushSubject(config.subject));
        }
        let key = push_key::open(&config.key_file)?;
        let public = URL_SAFE_NO_PAD.encode(key.verifying_key().to_encoded_point(false).as_bytes());
        let policy = Policy {
            reach,
            ..Policy::default()
        };
        Ok(Self {
            key,
            public,
            subject: config.subject,
            reach,
            outbound: Outbound::new("push", policy, clock),
        })
    }

    /// The public key that a browser subscribes with, base64url.
    pub(super) fn public(&self) -> &str {
        &self.public
    }

    /// Whether messages for this subscription could be sealed and may be sent where it says.
    pub(super) fn accepts(&self, subscription: &PushForm) -> bool {
        let reachable = subscription
            .endpoint
            .parse::<Uri>()
            .is_ok_and(|url| self.reach.check(&url).is_ok());
        reachable && keys(subscription).is_some()
    }

    /// Hands a message to the browser's push service.
    pub(super) async fn send(
        &self,
        id: NoticeId,
        subscription: &PushForm,
        title: &str,
        now: Moment,
    ) -> Result<(), OutboundError> {
        let shown = Shown {
            id,
            title,
            body: "请打开见习通查看。",
            url: "/messages",
        };
        let (public, auth) = keys(subscription).ok_or(OutboundError::Unsendable("its keys are no keys"))?;
        let shown = serde_json::to_vec(&shown).map_err(|_| OutboundError::Unsendable("its body is no JSON"))?;
        let sealed = web_push_native::encrypt(shown, &public, &auth)
            .map_err(|_| OutboundError::Unsendable("it cannot be sealed"))?;
        let message = Message::bytes(&subscription.endpoint, "application/octet-stream", sealed)
            .header("content-encoding", "aes128gcm")
            .header("ttl", KEPT_S.to_string())
            .header("urgency", "normal")
            .header("authorization", self.vapid(&subscription.endpoint, now)?);
        self.outbound.post(&message).await.map(|_| ())
    }

    /// `vapid t=…, k=…`: a JWT for the push service's origin (RFC 8292, 2 and 3).
    fn vapid(&self, endpoint: &str, now: Moment) -> Result<String, OutboundError> {
        let url: Uri = endpoint
            .parse()
            .map_err(|_| OutboundError::Unsendable("its address is no URL"))?;
        let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else {
            return Err(OutboundError::Unsendable("its address names no host"));
        };
        let claims = json!({
            "aud": format!("{scheme}://{authority}"),
            "exp": now.millis().div_euclid(1000) + SIGNED_S,
            "sub": self.subject,
        });
        let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature: Signature = self.key.sign(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        Ok(format!("vapid t={signed}.{signature}, k={}", self.public))
    }
}

/// The browser's public key and authentication secret; `None` when they are none.
fn keys(subscription: &PushForm) -> Option<(PublicKey, Auth)> {
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    let public = PublicKey::from_sec1_bytes(&decode(&subscription.keys.p256dh)?).ok()?;
    let auth: [u8; AUTH_BYTES] = decode(&subscription.keys.auth)?.try_into().ok()?;
    Some((public, auth.into()))
}
