//! The automatic check of a person's identity by a public-security gateway over HTTP (`domain.md` §5 Identity). With none
//! configured, every identity goes to manual review.
//!
//! What the gateway must do (`docs/identity-gateway.md` says the same for those who build one):
//!
//! - it takes `POST` at the configured URL, with `Authorization: Bearer <token>`, `Content-Type: application/json` and the
//!   body `{"request_id": "<UUID>", "name": "<name>", "id_card": "<18 characters>"}`;
//! - it answers `200` with `{"request_id": "<the same>", "result": "match" | "mismatch" | "unknown"}`; further fields are
//!   ignored;
//! - the same `request_id` may come more than once: after a broken or late answer the question is asked again, within
//!   8 seconds in all.
//!
//! Everything else is no answer. Only a match verifies; whatever else comes leads to manual review.

use crate::clock::Clock;
use crate::outbound::{Answer, Message, Outbound, OutboundError, Policy, Reach, origin};
use crate::secret_file::{SecretFileError, read_token};
use domain::{IdCard, PersonName};
use http::{StatusCode, Uri};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use uuid::Uuid;

/// What the log calls it.
const NAME: &str = "identity gateway";

/// Where the gateway is and what it knows us by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityConfig {
    /// https, or plain http on this machine alone.
    pub url: String,
    /// The file of the bearer token, reachable by its owner alone.
    pub token_file: PathBuf,
}

/// Why the gateway cannot be asked as configured; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BadGateway {
    /// The address.
    #[error("--identity-url cannot be used: {0}. Give the gateway's whole URL, such as https://gateway.example/check")]
    Url(&'static str),
    /// The token file.
    #[error("--identity-token-file: {0}")]
    Token(#[from] SecretFileError),
}

/// What the gateway says of a name and an ID number.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// They belong to one person: the only outcome that verifies.
    Match,
    /// They do not belong together: to manual review.
    Mismatch,
    /// It does not say: to manual review.
    NoAnswer(NoAnswer),
}

impl Outcome {
    /// Whether the identity is verified by it; otherwise it goes to manual review.
    #[must_use]
    pub const fn verifies(&self) -> bool {
        match self {
            Self::Match => true,
            Self::Mismatch | Self::NoAnswer(_) => false,
        }
    }
}

/// Why there is no answer; for the log, holds nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// The gateway knows no such person.
    #[error("it knows no such person")]
    Unknown,
    /// The answer belongs to another question.
    #[error("it answers another question")]
    OtherQuestion,
    /// Not reached, too late, refused, no answer as agreed, or left alone after failures.
    #[error("it {0}")]
    Failed(#[from] OutboundError),
}

/// The gateway. Prints nothing of its token.
pub struct IdentityGateway {
    url: String,
    origin: String,
    authorization: String,
    outbound: Outbound,
}

impl std::fmt::Debug for IdentityGateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityGateway").finish_non_exhaustive()
    }
}

/// Never printed: it holds the ID number.
#[derive(Serialize)]
struct Question<'a> {
    request_id: &'a str,
    name: &'a str,
    id_card: &'a str,
}

#[derive(Deserialize)]
struct Reply {
    request_id: String,
    result: Verdict,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Match,
    Mismatch,
    Unknown,
}

impl IdentityGateway {
    /// Makes ready to ask; nothing is sent yet.
    ///
    /// # Errors
    /// [`BadGateway`], each with the next step.
    pub fn new(config: &IdentityConfig, clock: Clock) -> Result<Self, BadGateway> {
        let url: Uri = config.url.parse().map_err(|_| BadGateway::Url("it is no URL"))?;
        Reach::Configured.check(&url).map_err(|error| match error {
            OutboundError::Unsendable(why) => BadGateway::Url(why),
            _ => BadGateway::Url("it cannot be spoken to"),
        })?;
        Ok(Self {
            url: config.url.clone(),
            origin: origin(&url),
            authorization: format!("Bearer {}", read_token(&config.token_file)?),
            outbound: Outbound::new(NAME, Policy::default(), clock),
        })
    }

    /// Whom it asks, as far as that may be shown: `https://host:port`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Asks whether name and ID number belong to one person. Ends within 8 seconds; hold no transaction meanwhile.
    pub async fn check(&self, name: &PersonName, id_card: &IdCard) -> Outcome {
        let request_id = Uuid::new_v4().to_string();
        match self.ask(&request_id, name, id_card).await {
            Ok(Verdict::Match) => Outcome::Match,
            Ok(Verdict::Mismatch) => Outcome::Mismatch,
            Ok(Verdict::Unknown) => Outcome::NoAnswer(NoAnswer::Unknown),
            Err(reason) => {
                tracing::warn!(request_id, %reason, "the identity gateway gave no answer: manual review");
                Outcome::NoAnswer(reason)
            }
        }
    }

    async fn ask(&self, request_id: &str, name: &PersonName, id_card: &IdCard) -> Result<Verdict, NoAnswer> {
        let question = Question {
            request_id,
            name: name.as_str(),
            id_card: id_card.reveal(),
        };
        let message = Message::json(self.url.as_str(), &question)?
            .header("authorization", self.authorization.as_str())
            .idempotent();
        let reply = read(&self.outbound.post(&message).await?)?;
        if reply.request_id == request_id {
            Ok(reply.result)
        } else {
            Err(NoAnswer::OtherQuestion)
        }
    }
}

fn read(answer: &Answer) -> Result<Reply, OutboundError> {
    if answer.status == StatusCode::OK {
        answer.json()
    } else {
        Err(OutboundError::Refused(answer.status))
    }
}
