//! What can be configured, in one struct: a flag wins over its environment variable, that over the TOML file, that over
//! the default. Nothing here is a secret except the URLs of the database and the SMS gateway, which are never printed.

mod meaning;
mod settings;

pub use meaning::clock;
pub use settings::{LogStyle, Settings, TlsMode};

/// A setting that cannot be used; says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadSetting(String);

#[cfg(test)]
mod tests {
    use super::*;
    use service::identity::IdentityConfig;
    use std::net::SocketAddr;
    use std::path::{Path, PathBuf};

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
    fn an_identity_gateway_has_url_and_token_file_or_there_is_none() {
        let (url, token_file) = ("https://gateway.example/check".to_owned(), PathBuf::from("token"));
        assert_eq!(Settings::default().identity(), Ok(None));
        let mut settings = Settings {
            identity_url: Some(url.clone()),
            ..Settings::default()
        };
        let half = settings.identity().expect_err("half");
        assert!(half.to_string().contains("--identity-token-file"), "{half}");
        settings.identity_token_file = Some(token_file.clone());
        assert_eq!(settings.identity(), Ok(Some(IdentityConfig { url, token_file })));
        settings.identity_url = None;
        assert!(settings.identity().is_err());
    }

    #[test]
    fn half_of_a_way_out_for_notices_is_refused_and_none_is_the_default() {
        let off = Settings::default().notices().expect("off");
        assert!(off.sms.is_none() && off.push.is_none());
        let refused = Settings {
            push_key_file: Some("push.key".into()),
            ..Settings::default()
        }
        .notices()
        .expect_err("refused");
        assert!(refused.to_string().contains("--push-subject"), "{refused}");
        let refused = Settings {
            sms_token_file: Some("token".into()),
            ..Settings::default()
        }
        .notices()
        .expect_err("refused");
        assert!(refused.to_string().contains("--sms-url"), "{refused}");
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
