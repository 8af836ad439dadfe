//! What can be said, and where: the names of flags, environment variables and keys of the file.

use super::BadSetting;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

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
    /// Gateway that checks people's identities, https or on this machine [default: none, manual review]
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "JIANXI_IDENTITY_URL",
        hide_env_values = true
    )]
    pub identity_url: Option<String>,
    /// File with the gateway's bearer token, mode 0600
    #[arg(long, global = true, value_name = "FILE", env = "JIANXI_IDENTITY_TOKEN_FILE")]
    pub identity_token_file: Option<PathBuf>,
    /// Folder of the built site [default: `site` beside the program or in the folder above it]
    #[arg(long, global = true, value_name = "DIR", env = "LEPTOS_SITE_ROOT")]
    pub site: Option<PathBuf>,
    /// Requests worked on at once; more are turned away with 503 and Retry-After [default: 1024]
    #[arg(long, global = true, value_name = "N", env = "JIANXI_MAX_IN_FLIGHT")]
    pub max_in_flight: Option<usize>,
    /// SMS gateway that takes `POST {"id", "phone", "text"}`; text messages are off without it
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "JIANXI_SMS_URL",
        hide_env_values = true
    )]
    pub sms_url: Option<String>,
    /// File with the SMS gateway's token, sent as `Authorization: Bearer …`
    #[arg(long, global = true, value_name = "FILE", env = "JIANXI_SMS_TOKEN_FILE")]
    pub sms_token_file: Option<PathBuf>,
    /// Key that signs push messages; made on first start, the same on every node. Push is off without it
    #[arg(long, global = true, value_name = "FILE", env = "JIANXI_PUSH_KEY_FILE")]
    pub push_key_file: Option<PathBuf>,
    /// Whom push services may write to, `mailto:…` or `https://…`; needed with --push-key-file
    #[arg(long, global = true, value_name = "CONTACT", env = "JIANXI_PUSH_SUBJECT")]
    pub push_subject: Option<String>,
    /// Clock for tests and demos: a time from which it runs on, or `=` and a time at which it stands
    #[serde(skip)]
    #[arg(long, global = true, hide = true, value_name = "TIME", env = "JIANXI_NOW")]
    pub now: Option<String>,
}

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
            identity_url: self.identity_url.or(file.identity_url),
            identity_token_file: self.identity_token_file.or(file.identity_token_file),
            site: self.site.or(file.site),
            max_in_flight: self.max_in_flight.or(file.max_in_flight),
            sms_url: self.sms_url.or(file.sms_url),
            sms_token_file: self.sms_token_file.or(file.sms_token_file),
            push_key_file: self.push_key_file.or(file.push_key_file),
            push_subject: self.push_subject.or(file.push_subject),
            now: self.now,
        }
    }
}
