//! Text messages through a gateway: `POST` with JSON `{"id": …, "phone": …, "text": …}` and, where there is a token,
//! `Authorization: Bearer …`; any 2xx means taken. The same id may come twice and is one message. The text names nobody.

use super::channels::NoticeConfigError;
use crate::clock::Clock;
use crate::outbound::{Message, Outbound, OutboundError, Policy, Reach};
use domain::{NoticeId, Phone};
use serde::Serialize;
use std::path::PathBuf;

/// Where text messages go.
#[derive(Clone)]
pub struct SmsConfig {
    /// The gateway's address; https, or http on this machine.
    pub url: String,
    /// A file that holds nothing but its token.
    pub token_file: Option<PathBuf>,
}

/// The address may hold a secret.
impl std::fmt::Debug for SmsConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmsConfig")
            .field("token_file", &self.token_file)
            .finish_non_exhaustive()
    }
}

/// The open gateway. Prints no token.
pub(crate) struct Sms {
    url: String,
    authorization: Option<String>,
    outbound: Outbound,
}

impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sms").finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Text<'a> {
    id: NoticeId,
    phone: &'a str,
    text: &'a str,
}

impl Sms {
    pub(super) fn open(config: SmsConfig, clock: Clock) -> Result<Self, NoticeConfigError> {
        let policy = Policy::default();
        let url = config
            .url
            .parse()
            .map_err(|_| OutboundError::Unsendable("its address is no URL"));
        url.and_then(|url| Reach::Configured.check(&url))
            .map_err(|error| NoticeConfigError::SmsUrl(error.to_string()))?;
        let authorization = match config.token_file {
            None => None,
            Some(path) => {
                let wrong = |cause| NoticeConfigError::SmsToken {
                    path: path.clone(),
                    cause,
                };
                let text = std::fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
                let token = text.trim();
                if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
                    return Err(wrong("it must hold the token in one line and nothing else".to_owned()));
                }
                Some(format!("Bearer {token}"))
            }
        };
        Ok(Self {
            url: config.url,
            authorization,
            outbound: Outbound::new("sms", policy, clock),
        })
    }

    /// Hands a text message to the gateway.
    pub(super) async fn send(&self, id: NoticeId, phone: &Phone, title: &str) -> Result<(), OutboundError> {
        let text = format!("您有一条见习通消息：{title}。请登录查看。");
        let body = Text {
            id,
            phone: phone.reveal(),
            text: &text,
        };
        let mut message = Message::json(&self.url, &body)?.idempotent();
        if let Some(authorization) = &self.authorization {
            message = message.header("authorization", authorization);
        }
        self.outbound.post(&message).await.map(|_| ())
    }
}
