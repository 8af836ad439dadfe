//! TLS: certificate files that somebody gives us, or a certificate that the server makes for itself so that phones on the
//! local network may use their position (browsers give it to encrypted pages only).

use crate::config::{Settings, TlsMode};
use axum_server::tls_rustls::RustlsConfig;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use serde::{Deserialize, Serialize};
use service::Clock;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// How long a certificate of our own is good, in days; browsers refuse more than 398.
const LIFE_DAYS: i64 = 397;
/// How long before its end it is made anew.
const RENEW_DAYS: i64 = 30;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// TLS cannot be used; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// `--tls files` without the files.
    #[error("--tls files needs --tls-cert and --tls-key")]
    NoFiles,
    /// A file cannot be read or written, or does not hold what it should.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// The certificate could not be made.
    #[error("the certificate could not be made: {0}")]
    Make(#[from] rcgen::Error),
}

/// What the listener needs.
#[derive(Debug, Clone)]
pub struct Tls {
    /// For the listener; HTTP/2 and HTTP/1.1.
    pub config: RustlsConfig,
    /// SHA-256 of a certificate of our own, as browsers show it.
    pub fingerprint: Option<String>,
}

/// Reads or makes what `settings` ask for; `None` with TLS off.
///
/// # Errors
/// [`TlsError`], with the file that is at fault.
pub async fn open(settings: &Settings) -> Result<Option<Tls>, TlsError> {
    let (cert, key, own) = match settings.tls() {
        TlsMode::Off => return Ok(None),
        TlsMode::Files => match (&settings.tls_cert, &settings.tls_key) {
            (Some(cert), Some(key)) => (cert.clone(), key.clone(), false),
            _ => return Err(TlsError::NoFiles),
        },
        TlsMode::SelfSigned => {
            let own = SelfSigned::in_folder(settings.data().join("tls"));
            own.renew(&names())?;
            (own.cert(), own.key(), true)
        }
    };
    // A second call finds the provider in place, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = RustlsConfig::from_pem_file(&cert, &key)
        .await
        .map_err(|error| TlsError::File(cert.clone(), error))?;
    let fingerprint = if own { Some(fingerprint(&cert)?) } else { None };
    Ok(Some(Tls { config, fingerprint }))
}

/// Every address of this machine, without the loopback ones.
#[must_use]
pub fn lan_addresses() -> Vec<IpAddr> {
    let mut addresses: Vec<IpAddr> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .into_iter()
        .map(|interface| interface.ip())
        .filter(|address| match address {
            IpAddr::V4(address) => !address.is_loopback() && !address.is_link_local(),
            IpAddr::V6(address) => !address.is_loopback() && !address.is_unicast_link_local(),
        })
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

fn names() -> Vec<String> {
    let own = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
    let addresses = own
        .into_iter()
        .chain(lan_addresses())
        .map(|address| address.to_string());
    std::iter::once("localhost".to_owned()).chain(addresses).collect()
}

/// A certificate of our own, in a folder of its own.
#[derive(Debug)]
pub struct SelfSigned {
    folder: PathBuf,
}

/// What the certificate was made for, kept beside it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    names: Vec<String>,
    /// End of its life, ms since 1970.
    until: i64,
}

impl SelfSigned {
    /// The certificate in `folder`, whether it is there already or not.
    #[must_use]
    pub const fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The certificate in PEM.
    #[must_use]
    pub fn cert(&self) -> PathBuf {
        self.folder.join("cert.pem")
    }

    /// Its private key in PEM.
    #[must_use]
    pub fn key(&self) -> PathBuf {
        self.folder.join("key.pem")
    }

    /// Makes the certificate anew where there is none, where it ends soon, or where it does not name all of `names`.
    /// Answers whether it did.
    ///
    /// # Errors
    /// When files cannot be written.
    pub fn renew(&self, names: &[String]) -> Result<bool, TlsError> {
        // Browsers look at the real date, so a shifted clock has no say here.
        let now = Clock::system().now();
        let fits = self.made().is_some_and(|made| {
            made.until - now.millis() > RENEW_DAYS * DAY_MS && names.iter().all(|name| made.names.contains(name))
        });
        if fits && self.cert().is_file() && self.key().is_file() {
            return Ok(false);
        }
        let until = now.plus_millis(LIFE_DAYS * DAY_MS);
        let mut params = CertificateParams::new(names.to_vec())?;
        let mut subject = DistinguishedName::new();
        subject.push(DnType::CommonName, "jianxi");
        params.distinguished_name = subject;
        let (from, to) = (now.plus_millis(-DAY_MS).day(), until.day());
        // jiff's fields are signed, rcgen's are not; a calendar's months and days fit both.
        params.not_before = date_time_ymd(
            from.year().into(),
            from.month().unsigned_abs(),
            from.day().unsigned_abs(),
        );
        params.not_after = date_time_ymd(to.year().into(), to.month().unsigned_abs(), to.day().unsigned_abs());
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        let made = Made {
            names: names.to_vec(),
            until: until.millis(),
        };
        fs::create_dir_all(&self.folder).map_err(|error| TlsError::File(self.folder.clone(), error))?;
        write_private(&self.key(), key.serialize_pem().as_bytes())?;
        write_private(&self.cert(), certificate.pem().as_bytes())?;
        // Last, so that a start that was cut short makes everything anew.
        write_private(
            &self.made_file(),
            serde_json::to_string(&made).unwrap_or_default().as_bytes(),
        )?;
        Ok(true)
    }

    fn made(&self) -> Option<Made> {
        serde_json::from_str(&fs::read_to_string(self.made_file()).ok()?).ok()
    }

    fn made_file(&self) -> PathBuf {
        self.folder.join("made.json")
    }
}

fn write_private(path: &Path, content: &[u8]) -> Result<(), TlsError> {
    let fault = |error| TlsError::File(path.to_owned(), error);
    // A file that was there keeps its mode, so it goes first.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fault(error)),
        _ => {}
    }
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(fault)?;
    file.write_all(content).and_then(|()| file.sync_all()).map_err(fault)
}

fn fingerprint(cert: &Path) -> Result<String, TlsError> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    let certificate = CertificateDer::from_pem_file(cert)
        .map_err(|error| TlsError::File(cert.to_owned(), io::Error::other(error.to_string())))?;
    let hash: Vec<String> = Sha256::digest(&certificate)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    Ok(hash.join(":"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_certificate_stays_until_an_address_is_new() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = SelfSigned::in_folder(folder.path().join("tls"));
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        assert!(own.renew(&names).expect("made"));
        let first = fingerprint(&own.cert()).expect("a certificate");
        assert_eq!(first.len(), 32 * 3 - 1);
        assert!(!own.renew(&names).expect("kept"));
        names.push("192.168.1.5".to_owned());
        assert!(own.renew(&names).expect("made anew"));
        assert_ne!(fingerprint(&own.cert()).expect("a certificate"), first);
        for file in [own.key(), own.cert()] {
            assert_eq!(fs::metadata(file).expect("a file").permissions().mode() & 0o777, 0o600);
        }
    }

    #[tokio::test]
    async fn files_that_are_missing_or_wrong_are_named() {
        let settings = Settings {
            tls: Some(TlsMode::Files),
            ..Settings::default()
        };
        assert!(matches!(open(&settings).await, Err(TlsError::NoFiles)));
        let gone = PathBuf::from("/nowhere/cert.pem");
        let settings = Settings {
            tls: Some(TlsMode::Files),
            tls_cert: Some(gone.clone()),
            tls_key: Some(gone),
            ..Settings::default()
        };
        let error = open(&settings).await.expect_err("no such file");
        assert!(error.to_string().contains("/nowhere/cert.pem"), "{error}");
    }
}
