//! `jianxi doctor`: looks at everything that the server needs and changes nothing. One line each, with the next step where
//! something is not right.

use super::Failure;
use crate::config::{Settings, TlsMode};
use crate::service_worker;
use crate::site::Site;
use crate::terminal;
use crate::tls;
use domain::Moment;
use service::doctor::Finding;
use service::identity::IdentityGateway;
use service::{Clock, Purpose, ServiceConfig};
use std::path::Path;

/// The first moment of 2026 in China: the program was built later, so a clock before it is wrong.
const TOO_EARLY: i64 = 1_767_196_800_000;
/// The first moment of 2046 in China.
const TOO_LATE: i64 = 2_398_348_800_000;

/// Looks, prints, and fails when something is not right.
///
/// # Errors
/// When anything is not as it must be.
pub async fn run(settings: &Settings) -> Result<(), Failure> {
    let findings = examine(settings).await;
    for finding in &findings {
        terminal::line(format!(
            "{} {}: {}",
            if finding.sound { "✓" } else { "✗" },
            finding.what,
            finding.sentence
        ));
    }
    match findings.iter().filter(|finding| !finding.sound).count() {
        0 => Ok(()),
        bad => Err(Failure(format!("{bad} of {} checks need attention", findings.len()))),
    }
}

/// Everything that was looked at.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![
        Finding {
            what: "configuration",
            sound: true,
            sentence: configuration(settings),
        },
        clock(settings),
        data_folder(settings.data()),
    ];
    findings.extend(database(settings).await);
    findings.push(identity(settings));
    findings.extend(service::file::examine(&settings.files(), settings.clamav()).await);
    findings.extend(notices(settings));
    findings.push(site(settings));
    findings.push(encryption(settings).await);
    findings
}

fn notices(settings: &Settings) -> Vec<Finding> {
    let clock = settings.clock(settings.is_demo()).unwrap_or_else(|_| Clock::system());
    match settings.notices() {
        Ok(config) => service::notice::examine(config, &clock),
        Err(error) => vec![Finding {
            what: "text and push messages",
            sound: false,
            sentence: error.to_string(),
        }],
    }
}

fn configuration(settings: &Settings) -> String {
    let file = settings
        .config
        .as_ref()
        .map_or("no file".to_owned(), |file| file.display().to_string());
    let kind = if settings.database().starts_with("postgres") {
        "PostgreSQL"
    } else {
        "SQLite"
    };
    let demo = if settings.is_demo() { ", demo" } else { "" };
    format!(
        "readable ({file}); {kind}, data in {}, listening on {}{demo}",
        settings.data().display(),
        settings.listen()
    )
}

fn clock(settings: &Settings) -> Finding {
    let finding = |sound, sentence| Finding {
        what: "clock",
        sound,
        sentence,
    };
    let shifted = settings.now.as_deref().is_some_and(|now| !now.trim().is_empty());
    match settings.clock(settings.is_demo()) {
        Err(error) => finding(false, error.to_string()),
        Ok(clock) if shifted => finding(true, format!("set by JIANXI_NOW to {}", shown(clock.now()))),
        Ok(_) => {
            let now = Clock::system().now();
            let sane = (TOO_EARLY..TOO_LATE).contains(&now.millis());
            let advice = if sane {
                ""
            } else {
                ": this cannot be right; set the machine's clock (timedatectl)"
            };
            finding(sane, format!("{}{advice}", shown(now)))
        }
    }
}

fn shown(now: Moment) -> String {
    format!("{} {} in China", now.day(), now.clock())
}

fn data_folder(folder: &Path) -> Finding {
    let (sound, sentence) = match std::fs::metadata(folder) {
        Ok(found) if found.is_dir() => (true, folder.display().to_string()),
        Ok(_) => (
            false,
            format!("{} is not a folder; name another with --data", folder.display()),
        ),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            (true, format!("{} will be made on the first start", folder.display()))
        }
        Err(error) => (false, format!("{}: {error}; check its permissions", folder.display())),
    };
    Finding {
        what: "data folder",
        sound,
        sentence,
    }
}

async fn database(settings: &Settings) -> Vec<Finding> {
    let database = settings.database();
    // Opening would make the file; an examination makes nothing.
    if let Some(file) = database
        .strip_prefix("sqlite:")
        .map(|path| Path::new(path.trim_start_matches("//")))
        && !file.exists()
    {
        let sentence = format!(
            "{} is not there yet; `jianxi serve` or `jianxi migrate` makes it",
            file.display()
        );
        return vec![Finding {
            what: "database",
            sound: false,
            sentence,
        }];
    }
    let config = ServiceConfig {
        database,
        key_file: settings.key_file(),
        files: settings.files(),
        clamav: settings.clamav().map(str::to_owned),
        clock: Clock::system(),
        demo: settings.is_demo(),
        identity: None,
        purpose: Purpose::Visit,
        notices: service::notice::NoticeConfig::default(),
    };
    service::doctor::examine(&config).await
}

/// Whether the gateway could be asked; it is not asked, since every question is about a person.
fn identity(settings: &Settings) -> Finding {
    let finding = |sound, sentence: String| Finding {
        what: "identity check",
        sound,
        sentence,
    };
    match settings.identity() {
        Err(error) => finding(false, error.to_string()),
        Ok(None) => finding(
            true,
            "no gateway, so every identity goes to manual review (--identity-url and --identity-token-file name one)"
                .to_owned(),
        ),
        Ok(Some(config)) => match IdentityGateway::new(&config, Clock::system()) {
            Ok(gateway) => finding(true, format!("asks {}; the token can be read", gateway.origin())),
            Err(error) => finding(false, error.to_string()),
        },
    }
}

fn site(settings: &Settings) -> Finding {
    let hash_file = Site::hash_file();
    let site = Site::open(settings.site(), &hash_file);
    let finding = |sound, sentence| Finding {
        what: "site files",
        sound,
        sentence,
    };
    if !site.is_hashed() {
        return finding(
            false,
            format!(
                "{} is missing or empty; run `make build`, and keep it beside the program",
                hash_file.display()
            ),
        );
    }
    if let Some(missing) = site.missing().first() {
        return finding(
            false,
            format!(
                "{} is missing; run `make build`, or name the folder with --site",
                missing.display()
            ),
        );
    }
    match service_worker::prepare(&site) {
        Ok(Some(_)) => finding(true, format!("complete in {}", site.root().display())),
        Ok(None) => finding(false, "service-worker.js is missing; run `make build`".to_owned()),
        Err(error) => finding(
            false,
            format!("the service worker cannot be made: {error}; run `make build`"),
        ),
    }
}

async fn encryption(settings: &Settings) -> Finding {
    let finding = |sound, sentence: String| Finding {
        what: "TLS",
        sound,
        sentence,
    };
    match settings.tls() {
        TlsMode::Off if settings.listen().ip().is_loopback() || settings.trusts_proxy() => finding(
            true,
            "off; fine on this machine alone and behind a proxy that encrypts".to_owned(),
        ),
        TlsMode::Off => finding(
            false,
            "off, but the server listens beyond this machine: sign-in and position need an encrypted page. \
             Use --tls files, --tls self-signed, or a proxy that encrypts with --trust-proxy"
                .to_owned(),
        ),
        TlsMode::SelfSigned => finding(
            true,
            "a certificate of our own is made at start and renewed in time".to_owned(),
        ),
        TlsMode::Files => match tls::open(settings).await {
            Ok(_) => finding(true, "certificate and key can be read".to_owned()),
            Err(error) => finding(false, error.to_string()),
        },
    }
}
