//! Text messages and push, against a real server on this machine: exactly what the contract says, again after a failure,
//! given up after a while, and nothing at all unless it is configured.

use super::notice::{Cast, tell};
use crate::error::ServiceError;
use crate::notice::{self, MOST_TRIES, NoticeConfig, PushConfig, SmsConfig, To};
use crate::outbound::Reach;
use crate::testing::{World, config, listen, on_both};
use crate::{Actor, OpenError, Service, ServiceConfig};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::notice::NoticeContent;
use p256::SecretKey;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use store::Purpose;

/// What the other system was sent, and what it answers next; 201 when nothing is written.
#[derive(Clone, Default)]
struct Other {
    got: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
}

impl Other {
    /// Listens; the address of its one resource.
    async fn listen(&self) -> String {
        let router = Router::new().route("/take", post(take)).with_state(self.clone());
        format!("{}/take", listen(router).await)
    }

    fn answer(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }

    fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }

    fn last(&self) -> (HeaderMap, Bytes) {
        self.got.lock().unwrap().last().unwrap().clone()
    }
}

async fn take(State(other): State<Other>, headers: HeaderMap, body: Bytes) -> StatusCode {
    other.got.lock().unwrap().push((headers, body));
    let status = other.answers.lock().unwrap().pop_front().unwrap_or(201);
    StatusCode::from_u16(status).unwrap()
}

/// The world's service with ways out.
async fn open(world: &World, notices: NoticeConfig) -> Result<Service, OpenError> {
    let config = ServiceConfig {
        purpose: Purpose::Visit,
        notices,
        ..config(&world.fresh, world.clock.clone())
    };
    Service::open(config).await
}

async fn with_sms(world: World, url: String) -> World {
    let token_file = world.fresh.folder().join("sms-token");
    std::fs::write(&token_file, "s3cret\n").unwrap();
    let notices = NoticeConfig {
        sms: Some(SmsConfig {
            url,
            token_file: Some(token_file),
        }),
        push: None,
    };
    let service = open(&world, notices).await.unwrap();
    World { service, ..world }
}

fn push_config(world: &World, reach: Reach) -> NoticeConfig {
    NoticeConfig {
        sms: None,
        push: Some(PushConfig {
            key_file: world.fresh.folder().join("push.key"),
            subject: "mailto:ops@jianxi.example".to_owned(),
            reach,
        }),
    }
}

async fn with_push(world: World) -> World {
    let service = open(&world, push_config(&world, Reach::Configured)).await.unwrap();
    World { service, ..world }
}

/// A browser that subscribed.
struct Browser {
    key: SecretKey,
    auth: [u8; 16],
    endpoint: String,
}

impl Browser {
    fn at(endpoint: String) -> Self {
        Self {
            key: SecretKey::from_slice(&[7; 32]).unwrap(),
            auth: [9; 16],
            endpoint,
        }
    }

    fn subscription(&self) -> String {
        let public = self.key.public_key().to_sec1_bytes();
        json!({
            "endpoint": self.endpoint,
            "expirationTime": null,
            "keys": { "p256dh": URL_SAFE_NO_PAD.encode(public), "auth": URL_SAFE_NO_PAD.encode(self.auth) },
        })
        .to_string()
    }

    fn open(&self, body: &Bytes) -> Value {
        let plain = web_push_native::decrypt(body.to_vec(), &self.key, &self.auth.into()).unwrap();
        serde_json::from_slice(&plain).unwrap()
    }
}

async fn subscribed(world: &World, actor: &Actor, other: &Other) -> Browser {
    let browser = Browser::at(other.listen().await);
    notice::push_on(&world.service, actor, &browser.subscription())
        .await
        .unwrap();
    browser
}

async fn verified(world: &World, cast: &Cast) {
    tell(world, To::Trainee(cast.trainee_id()), &NoticeContent::IdentityVerified).await;
}

/// The claims of a VAPID header whose signature fits its key (RFC 8292).
fn vapid_claims(headers: &HeaderMap, key: &str) -> Value {
    let header = headers["authorization"].to_str().unwrap();
    let (token, public) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(public, key);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let verifier = VerifyingKey::from_sec1_bytes(&decode(public)).unwrap();
    let signature = Signature::from_slice(&decode(signature)).unwrap();
    verifier.verify(signed.as_bytes(), &signature).unwrap();
    let (head, claims) = signed.split_once('.').unwrap();
    assert_eq!(decode(head), br#"{"typ":"JWT","alg":"ES256"}"#);
    serde_json::from_slice(&decode(claims)).unwrap()
}

on_both! {
    async fn nothing_leaves_the_house_unless_it_is_configured(world: World) {
        let cast = Cast::of(&world).await;
        verified(&world, &cast).await;
        notice::deliver(&world.service).await.unwrap();
        assert_eq!(notice::push_key(&world.service), None);
        let refused = notice::push_on(&world.service, &cast.trainee, "{}").await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
        // And what was told before the gateway came is not sent afterwards.
        let other = Other::default();
        let world = with_sms(world, other.listen().await).await;
        notice::deliver(&world.service).await.unwrap();
        assert_eq!(other.count(), 0);
    }

    async fn a_text_message_says_that_something_waits_and_names_nobody(world: World) {
        let other = Other::default();
        let world = with_sms(world, other.listen().await).await;
        let cast = Cast::of(&world).await;
        tell(&world, To::Host(cast.host), &NoticeContent::HostCleanedOut).await;
        verified(&world, &cast).await;
        crate::upkeep(&world.service).await;
        assert_eq!(other.count(), 1, "a host's staff has no telephone number here");
        let (headers, body) = other.last();
        let id = notice::list(&world.service, &cast.trainee, None).await.unwrap().notices[0].id;
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), json!({
            "id": id.to_string(),
            "phone": "13812345670",
            "text": "您有一条见习通消息：实名认证已经通过。请登录查看。",
        }));
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["authorization"], "Bearer s3cret");
        world.wait_seconds(3600);
        crate::upkeep(&world.service).await;
        assert_eq!(other.count(), 1, "once");
    }

    async fn a_delivery_that_fails_comes_again_later_and_is_given_up_at_last(world: World) {
        let other = Other::default();
        let world = with_sms(world, other.listen().await).await;
        let cast = Cast::of(&world).await;
        other.answer(&[500, 201]);
        verified(&world, &cast).await;
        notice::deliver(&world.service).await.unwrap();
        notice::deliver(&world.service).await.unwrap();
        assert_eq!(other.count(), 1, "not at once");
        world.wait_seconds(60);
        notice::deliver(&world.service).await.unwrap();
        assert_eq!(other.count(), 2);
        world.wait_seconds(3600);
        notice::deliver(&world.service).await.unwrap();
        assert_eq!(other.count(), 2, "sent");

        other.answer(&[500; 20]);
        verified(&world, &cast).await;
        for _ in 0..20 {
            notice::deliver(&world.service).await.unwrap();
            world.wait_seconds(4 * 3600 + 1800);
        }
        assert_eq!(other.count(), 2 + usize::try_from(MOST_TRIES).unwrap());
        assert_eq!(notice::unread(&world.service, &cast.trainee).await.unwrap(), 2, "both stay in the inbox");
    }

    async fn what_was_read_meanwhile_or_is_two_days_old_is_not_sent(world: World) {
        let other = Other::default();
        let world = with_sms(world, other.listen().await).await;
        let cast = Cast::of(&world).await;
        verified(&world, &cast).await;
        notice::mark_all_read(&world.service, &cast.trainee, world.clock.now()).await.unwrap();
        notice::deliver(&world.service).await.unwrap();
        verified(&world, &cast).await;
        world.wait_seconds(2 * 24 * 3600 + 1);
        notice::deliver(&world.service).await.unwrap();
        assert_eq!(other.count(), 0);
    }

    async fn a_push_message_is_sealed_for_the_browser_and_signed_by_this_server(world: World) {
        let world = with_push(world).await;
        let cast = Cast::of(&world).await;
        let other = Other::default();
        let browser = subscribed(&world, &cast.reviewer, &other).await;
        tell(&world, To::Agency(cast.agency), &NoticeContent::HostCleanedOut).await;
        verified(&world, &cast).await;
        crate::upkeep(&world.service).await;
        assert_eq!(other.count(), 1, "to the browser of whom it is for");
        let (headers, body) = other.last();
        let id = notice::list(&world.service, &cast.reviewer, None).await.unwrap().notices[0].id;
        assert_eq!(browser.open(&body), json!({
            "id": id.to_string(),
            "title": "见习单位资格已清退",
            "body": "请打开见习通查看。",
            "url": "/messages",
        }));
        for (name, value) in [
            ("content-encoding", "aes128gcm"),
            ("content-type", "application/octet-stream"),
            ("ttl", "86400"),
            ("urgency", "normal"),
        ] {
            assert_eq!(headers[name], value);
        }
        let claims = vapid_claims(&headers, &notice::push_key(&world.service).unwrap());
        assert_eq!(claims, json!({
            "aud": browser.endpoint.trim_end_matches("/take"),
            "exp": world.clock.now().millis() / 1000 + 12 * 3600,
            "sub": "mailto:ops@jianxi.example",
        }));
    }

    async fn a_browser_that_is_gone_is_forgotten_and_the_others_are_still_told(world: World) {
        let world = with_push(world).await;
        let cast = Cast::of(&world).await;
        let (gone, stays) = (Other::default(), Other::default());
        let left = subscribed(&world, &cast.trainee, &gone).await;
        let kept = subscribed(&world, &cast.trainee, &stays).await;
        gone.answer(&[410]);
        verified(&world, &cast).await;
        notice::deliver(&world.service).await.unwrap();
        let on = async |browser: &Browser| {
            notice::is_push_on(&world.service, &cast.trainee, &browser.endpoint).await.unwrap()
        };
        assert_eq!((on(&left).await, on(&kept).await), (false, true));
        world.wait_seconds(60);
        verified(&world, &cast).await;
        notice::deliver(&world.service).await.unwrap();
        assert_eq!((gone.count(), stays.count()), (1, 2));
    }

    async fn push_is_for_who_asked_and_ends_when_they_say_so(world: World) {
        let world = with_push(world).await;
        let cast = Cast::of(&world).await;
        let other = Other::default();
        let browser = subscribed(&world, &cast.trainee, &other).await;
        notice::push_off(&world.service, &cast.reviewer, &browser.endpoint).await.unwrap();
        assert!(notice::is_push_on(&world.service, &cast.trainee, &browser.endpoint).await.unwrap(), "not another's");
        assert!(!notice::is_push_on(&world.service, &cast.reviewer, &browser.endpoint).await.unwrap());
        // The same browser under another account tells that one alone.
        notice::push_on(&world.service, &cast.reviewer, &browser.subscription()).await.unwrap();
        verified(&world, &cast).await;
        notice::deliver(&world.service).await.unwrap();
        assert_eq!(other.count(), 0);
        notice::push_off(&world.service, &cast.reviewer, &browser.endpoint).await.unwrap();
        tell(&world, To::Agency(cast.agency), &NoticeContent::HostCleanedOut).await;
        notice::deliver(&world.service).await.unwrap();
        assert_eq!(other.count(), 0);
    }

    async fn an_address_from_a_browser_leads_to_the_public_internet_only(world: World) {
        let service = open(&world, push_config(&world, Reach::Public)).await.unwrap();
        let cast = Cast::of(&world).await;
        for endpoint in [
            "http://push.example/x", "https://127.0.0.1/x", "https://10.0.0.1/x", "https://169.254.169.254/latest",
            "https://[::1]/x", "https://user:pass@push.example/x", "file:///etc/passwd", "x", "",
        ] {
            let browser = Browser::at(endpoint.to_owned());
            let refused = notice::push_on(&service, &cast.trainee, &browser.subscription()).await;
            assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{endpoint}: {refused:?}");
        }
        let good = Browser::at("https://push.example/x".to_owned()).subscription();
        for odd in ["", "{}", "[]", "null", &good.replace("p256dh\":\"B", "p256dh\":\"C"), &good.replace("auth\":\"", "auth\":\"AA")] {
            let refused = notice::push_on(&service, &cast.trainee, odd).await;
            assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{odd}: {refused:?}");
        }
        notice::push_on(&service, &cast.trainee, &good).await.unwrap();
    }

    async fn the_key_for_push_is_made_once_for_its_owner_alone_and_kept(world: World) {
        let first = open(&world, push_config(&world, Reach::Public)).await.unwrap();
        let second = open(&world, push_config(&world, Reach::Public)).await.unwrap();
        assert_eq!(notice::push_key(&first), notice::push_key(&second));
        let file = world.fresh.folder().join("push.key");
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        std::fs::write(&file, "no key").unwrap();
        let Err(refused) = open(&world, push_config(&world, Reach::Public)).await else { panic!("opened") };
        assert!(refused.to_string().contains("push.key"), "{refused}");
    }

    async fn a_gateway_without_tls_elsewhere_and_a_contact_that_is_none_stop_the_start(world: World) {
        let sms = |url: &str| NoticeConfig {
            sms: Some(SmsConfig { url: url.to_owned(), token_file: None }),
            push: None,
        };
        for url in ["http://sms.example/take", "ftp://sms.example", "sms"] {
            let Err(refused) = open(&world, sms(url)).await else { panic!("{url} opened") };
            assert!(refused.to_string().starts_with("--sms-url"), "{refused}");
        }
        open(&world, sms("https://sms.example/take?secret=1")).await.unwrap();
        assert!(!format!("{:?}", sms("https://sms.example/take?secret=1")).contains("secret"));
        let mut push = push_config(&world, Reach::Public);
        push.push.as_mut().unwrap().subject = "ops".to_owned();
        let Err(refused) = open(&world, push).await else { panic!("opened") };
        assert!(refused.to_string().starts_with("--push-subject"), "{refused}");
    }
}
