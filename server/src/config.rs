//! What can be configured, in one struct: a flag wins over its environment variable, that over the TOML file, that over
//! the default. Nothing here is a secret except the database's URL, which is never printed.

use clap::{Args, ValueEnum};
use serde::Deserialize;
use service::Clock;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// How the log looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogStyle {
    /// Lines for people.
    #[default]
    Pretty,
    /// One JSON object a line.
    Json,
}

/// Where TLS comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsMode {
    /// Plain HTTP: for this machine alone, or behind a proxy that does TLS.
    #[default]
    Off,
    /// A certificate that the server makes for itself, for trying it on the local network.
    SelfSigned,
    /// The files of --tls-cert and --tls-key.
    Files,
}

/// Everything that a flag, an environment variable or the TOML file can say.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The database, `sqlite:FILE` or `postgres://…` [default: sqlite:<data>/jianxi.db]
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "JIANXI_DATABASE",
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// Folder of everything the server keeps [default: data]
    #[arg(long, global = true, value_name = "DIR", env = "JIANXI_DATA")]
    pub data: Option<PathBuf>,
    /// The key that seals ID numbers; made on first start. Back it up apart from the database [default: <data>/jianxi.key]
    #[arg(long, global = true, value_name = "FILE", env = "JIANXI_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// Folder of uploaded files, encrypted with the key; several nodes share one over the network [default: <data>/files]
    #[arg(long, global = true, value_name = "DIR", env = "JIANXI_FILES")]
    pub files: Option<String>,
    /// Virus scanner for uploaded files, a clamd: host:port or the path of its socket [default: none]
    #[arg(long, global = true, value_name = "ADDRESS", env = "JIANXI_CLAMAV")]
    pub clamav: Option<String>,
    /// TOML file with the long names of these flags as keys
    #[serde(skip)]
    #[arg(long, global = true, value_name = "FILE", env = "JIANXI_CONFIG")]
    pub config: Option<PathBuf>,
    /// How the log looks [default: pretty]; RUST_LOG chooses what is in it
    #[arg(long, global = true, value_name = "STYLE", env = "JIANXI_LOG")]
    pub log: Option<LogStyle>,
    /// Address that `serve` listens on [default: 127.0.0.1:3000]
    #[arg(long, global = true, value_name = "ADDRESS", env = "JIANXI_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Show the demo sign-ins on the sign-in page; never with real people's data
    #[arg(long, global = true, env = "JIANXI_DEMO", num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = clap::builder::FalseyValueParser::new())]
    pub demo: Option<bool>,
    /// Where TLS comes from [default: off]
    #[arg(long, global = true, value_name = "MODE", env = "JIANXI_TLS")]
    pub tls: Option<TlsMode>,
    /// Certificate chain in PEM, for --tls files
    #[arg(long, global = true, value_name = "FILE", env = "JIANXI_TLS_CERT")]
    pub tls_cert: Option<PathBuf>,
    /// Private key in PEM, for --tls files
    #[arg(long, global = true, value_name = "FILE", env = "JIANXI_TLS_KEY")]
    pub tls_key: Option<PathBuf>,
    /// Believe X-Forwarded-For and X-Forwarded-Proto from a proxy on this machine or a private network
    #[arg(long, global = true, env = "JIANXI_TRUST_PROXY", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = clap::builder::FalseyValueParser::new())]
    pub trust_proxy: Option<bool>,
    /// Folder of the built site [default: `site` beside the program or in the folder above it]
    #[arg(long, global = true, value_name = "DIR", env = "LEPTOS_SITE_ROOT")]
    pub site: Option<PathBuf>,
    /// Requests worked on at once; more are turned away with 503 and Retry-After [default: 1024]
    #[arg(long, global = true, value_name = "N", env = "JIANXI_MAX_IN_FLIGHT")]
    pub max_in_flight: Option<usize>,
    /// Clock for tests and demos: a time from which it runs on, or `=` and a time at which it stands
    #[serde(skip)]
    #[arg(long, global = true, hide = true, value_name = "TIME", env = "JIANXI_NOW")]
    pub now: Option<String>,
}

/// A setting that cannot be used; says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadSetting(String);

impl Settings {
    /// Adds what the TOML file says where neither a flag nor the environment does.
    ///
    /// # Errors
    /// When the file cannot be read, or names something that does not exist.
    pub fn with_file(self) -> Result<Self, BadSetting> {
        let Some(path) = self.config.clone() else {
            return Ok(self);
        };
        let text = std::fs::read_to_string(&path)
            .map_err(|error| BadSetting(format!("cannot read the configuration {}: {error}", path.display())))?;
        let file: Self = toml::from_str(&text)
            .map_err(|error| BadSetting(format!("the configuration {} is not right:\n{error}", path.display())))?;
        Ok(self.or(file))
    }

    fn or(self, file: Self) -> Self {
        Self {
            database: self.database.or(file.database),
            data: self.data.or(file.data),
            key_file: self.key_file.or(file.key_file),
            files: self.files.or(file.files),
            clamav: self.clamav.or(file.clamav),
            config: self.config,
            log: self.log.or(file.log),
            listen: self.listen.or(file.listen),
            demo: self.demo.or(file.demo),
            tls: self.tls.or(file.tls),
            tls_cert: self.tls_cert.or(file.tls_cert),
            tls_key: self.tls_key.or(file.tls_key),
            trust_proxy: self.trust_proxy.or(file.trust_proxy),
            site: self.site.or(file.site),
            max_in_flight: self.max_in_flight.or(file.max_in_flight),
            now: self.now,
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shifted_clock_is_refused_outside_demo_and_debug() {
        let refused = clock(Some("2026-11-19T09:02:00+08:00"), false).expect_err("refused");
        assert!(refused.to_string().contains("--demo"), "{refused}");
        assert!(clock(None, false).is_ok());
        assert!(clock(Some(""), false).is_ok());
        let frozen = clock(Some("=2026-11-19T09:02:00+08:00"), true).expect("a time");
        assert_eq!(frozen.now().millis(), 1_795_050_120_000);
        assert!(clock(Some("tomorrow"), true).is_err());
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("jianxi.toml");
        std::fs::write(
            &path,
            "data = \"/srv/jianxi\"\nlisten = \"0.0.0.0:8443\"\ntls = \"self-signed\"\n",
        )
        .expect("written");
        let flags = Settings {
            config: Some(path),
            listen: Some(SocketAddr::from(([127, 0, 0, 1], 1))),
            ..Settings::default()
        };
        let settings = flags.with_file().expect("a good file");
        assert_eq!(settings.listen().port(), 1);
        assert_eq!(settings.tls(), TlsMode::SelfSigned);
        assert_eq!(settings.database(), "sqlite:/srv/jianxi/jianxi.db");
        assert_eq!(settings.key_file(), Path::new("/srv/jianxi/jianxi.key"));
        assert_eq!(settings.files(), "/srv/jianxi/files");
        assert_eq!(settings.clamav(), None);
        assert_eq!(settings.max_in_flight(), 1024);
    }

    #[test]
    fn a_misspelt_name_in_the_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("jianxi.toml");
        std::fs::write(&path, "databse = \"sqlite:x\"\n").expect("written");
        let refused = Settings {
            config: Some(path),
            ..Settings::default()
        }
        .with_file()
        .expect_err("refused");
        assert!(refused.to_string().contains("databse"), "{refused}");
    }
}
