//! What the settings mean: the default where nothing was said, and what does not go together.

use super::{BadSetting, LogStyle, Settings, TlsMode};
use service::Clock;
use service::identity::IdentityConfig;
use service::notice::{NoticeConfig, PushConfig, SmsConfig};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

impl Settings {
    /// Folder of everything the server keeps.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.as_deref().unwrap_or_else(|| Path::new("data"))
    }

    /// The database's URL; may hold a password, so it is never printed.
    #[must_use]
    pub fn database(&self) -> String {
        self.database
            .clone()
            .unwrap_or_else(|| format!("sqlite:{}", self.data().join("jianxi.db").display()))
    }

    /// The key file.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| self.data().join("jianxi.key"))
    }

    /// Where uploaded files lie.
    #[must_use]
    pub fn files(&self) -> String {
        self.files
            .clone()
            .unwrap_or_else(|| self.data().join("files").display().to_string())
    }

    /// The virus scanner's address.
    #[must_use]
    pub fn clamav(&self) -> Option<&str> {
        self.clamav
            .as_deref()
            .map(str::trim)
            .filter(|address| !address.is_empty())
    }

    /// Address to listen on.
    #[must_use]
    pub fn listen(&self) -> SocketAddr {
        self.listen
            .unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)))
    }

    /// Whether this is a demo.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.demo.unwrap_or(false)
    }

    /// How the log looks.
    #[must_use]
    pub fn log(&self) -> LogStyle {
        self.log.unwrap_or_default()
    }

    /// Where TLS comes from.
    #[must_use]
    pub fn tls(&self) -> TlsMode {
        self.tls.unwrap_or_default()
    }

    /// Whether a proxy on a private network is believed.
    #[must_use]
    pub fn trusts_proxy(&self) -> bool {
        self.trust_proxy.unwrap_or(false)
    }

    /// The gateway that checks identities, if there is one.
    ///
    /// # Errors
    /// When only its URL or only its token file is named.
    pub fn identity(&self) -> Result<Option<IdentityConfig>, BadSetting> {
        let said = self.identity_url.clone().filter(|url| !url.trim().is_empty());
        match (said, self.identity_token_file.clone()) {
            (None, None) => Ok(None),
            (Some(url), Some(token_file)) => Ok(Some(IdentityConfig { url, token_file })),
            _ => Err(BadSetting(
                "--identity-url and --identity-token-file belong together: name both, or none for manual review"
                    .to_owned(),
            )),
        }
    }

    /// Requests worked on at once.
    #[must_use]
    pub fn max_in_flight(&self) -> usize {
        self.max_in_flight.unwrap_or(1024)
    }

    /// Folder of the built site: as told, otherwise beside the program, otherwise in the folder above it (cargo's layout).
    #[must_use]
    pub fn site(&self) -> PathBuf {
        if let Some(site) = &self.site {
            return site.clone();
        }
        let program = std::env::current_exe().unwrap_or_default();
        let beside = program.with_file_name("site");
        match program.parent().and_then(Path::parent).map(|above| above.join("site")) {
            Some(above) if !beside.is_dir() => above,
            _ => beside,
        }
    }

    /// How notices leave the house, besides the inbox.
    ///
    /// # Errors
    /// When half of what a way out needs is missing.
    pub fn notices(&self) -> Result<NoticeConfig, BadSetting> {
        let missing = |there: &str, other: &str| BadSetting(format!("{there} is set, but {other} is not: name both"));
        let sms = match (self.sms_url.clone(), self.sms_token_file.clone()) {
            (Some(url), token_file) => Some(SmsConfig { url, token_file }),
            (None, Some(_)) => return Err(missing("--sms-token-file", "--sms-url")),
            (None, None) => None,
        };
        let push = match (self.push_key_file.clone(), self.push_subject.clone()) {
            (Some(key_file), Some(subject)) => Some(PushConfig { key_file, subject }),
            (Some(_), None) => return Err(missing("--push-key-file", "--push-subject")),
            (None, Some(_)) => return Err(missing("--push-subject", "--push-key-file")),
            (None, None) => None,
        };
        Ok(NoticeConfig { sms, push })
    }

    /// The clock: the machine's, unless JIANXI_NOW says otherwise in a demo or a debug build.
    ///
    /// # Errors
    /// When JIANXI_NOW is set where people's real records could get a wrong time, or is no time.
    pub fn clock(&self, demo: bool) -> Result<Clock, BadSetting> {
        clock(self.now.as_deref(), demo || cfg!(debug_assertions))
    }
}

/// The clock that `now` asks for, where that is allowed.
///
/// # Errors
/// See [`Settings::clock`].
pub fn clock(now: Option<&str>, allowed: bool) -> Result<Clock, BadSetting> {
    match now.map(str::trim).filter(|now| !now.is_empty()) {
        None => Ok(Clock::system()),
        Some(_) if !allowed => Err(BadSetting(
            "JIANXI_NOW is set, but this is neither a demo nor a debug build: real records must carry the real time. \
             Unset JIANXI_NOW, or start with --demo."
                .to_owned(),
        )),
        Some(now) => Clock::from_text(now).map_err(|error| BadSetting(error.to_string())),
    }
}
