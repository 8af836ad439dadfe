//! Secrets at rest: AES-256-GCM with a versioned key file, and the keyed blind index that equality search uses.
//! Fails closed: a key file that is missing, too open, malformed or foreign to the database stops the start.

use crate::error::ServiceError;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{IdCard, InternshipId, Phone};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::Sha256;
use std::io::Write;
use std::path::{Path, PathBuf};
use store::{Db, Purpose, StoreError, setting};

/// Setting that names the keys which this database was written with.
const FINGERPRINT: &str = "key_fingerprint";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;

/// Why the keys do not open; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The database holds sealed data, but there is no key file.
    #[error(
        "key file {0} is missing, but this database holds data that only its key can read. \
         Put the key file back from its safe copy, or point --key-file at it; a new one would not fit"
    )]
    Missing(PathBuf),
    /// Others than the owner may reach the file.
    #[error("key file {path} has mode {mode:04o}; it must be reachable by its owner alone. Run: chmod 0600 {path}", path = .path.display())]
    TooOpen {
        /// Where.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A line is no key.
    #[error("key file {path}, line {line}: {what}. Each line is v<number>:<64 hex digits>, numbers rising; put the file back from its safe copy", path = .path.display())]
    Malformed {
        /// Where.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong, without the key itself.
        what: &'static str,
    },
    /// The file belongs to another database, or lost a key.
    #[error(
        "key file {0} does not fit this database: it was written with other keys. Point --key-file at the file that belongs to it"
    )]
    DoesNotFit(PathBuf),
    /// The file holds a key that the server beside has not read.
    #[error(
        "key file {0} holds a key that this database does not know yet. Start the server again, or run `jianxi migrate`, before other commands: \
         what they seal could not be read by a server that runs without it"
    )]
    NotTakenUp(PathBuf),
    /// The file cannot be read or made.
    #[error("key file {path}: {cause}", path = .path.display())]
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The database.
    #[error("database: {0}")]
    Store(#[from] StoreError),
}

/// A sealed value does not open: other key, other row, or damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SealError {
    /// Not written by this vault for this purpose and row.
    #[error("a sealed value does not open")]
    DoesNotOpen,
    /// The cipher refused; only for texts beyond its limits.
    #[error("a value cannot be sealed")]
    CannotSeal,
}

impl From<SealError> for ServiceError {
    fn from(error: SealError) -> Self {
        Self::fault(error)
    }
}

/// The keys of this database. Prints nothing of them.
pub struct Vault {
    /// Rising versions; the last one seals.
    keys: Vec<VersionedKey>,
}

struct VersionedKey {
    version: u32,
    bytes: [u8; KEY_BYTES],
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("keys", &self.keys.len())
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// Reads the key file, or makes it (mode 0600) for a database that has never held a key. The owner of the database takes
    /// up new keys, a visitor leaves that to it.
    ///
    /// # Errors
    /// [`KeyError`], each with the next step.
    pub async fn open(db: &Db, path: &Path, purpose: Purpose) -> Result<Self, KeyError> {
        let mut tx = db.read().await?;
        let known = setting::get(&mut tx, FINGERPRINT).await?;
        drop(tx);
        let keys = match read_file(path)? {
            Some(keys) => keys,
            None if known.is_some() => return Err(KeyError::Missing(path.to_owned())),
            None => create_file(path)?,
        };
        let vault = Self { keys };
        let fingerprint = vault.fingerprint();
        if known.as_deref() == Some(fingerprint.as_str()) {
            return Ok(vault);
        }
        if purpose == Purpose::Visit && known.is_some_and(|known| covers(&fingerprint, &known)) {
            return Err(KeyError::NotTakenUp(path.to_owned()));
        }
        let mut tx = db.begin().await?;
        // Two nodes may start on an empty database at once: whoever is second must fit the first.
        setting::put_if_absent(&mut tx, FINGERPRINT, &fingerprint).await?;
        let known = setting::get(&mut tx, FINGERPRINT).await?.unwrap_or_default();
        if !covers(&fingerprint, &known) {
            return Err(KeyError::DoesNotFit(path.to_owned()));
        }
        setting::put(&mut tx, FINGERPRINT, &fingerprint).await?;
        tx.commit().await?;
        Ok(vault)
    }

    /// Whether the key file fits the database, for who only looks: makes no file and writes nothing.
    ///
    /// # Errors
    /// [`KeyError`], each with the next step.
    pub async fn examine(db: &Db, path: &Path) -> Result<(), KeyError> {
        let keys = read_file(path)?.ok_or_else(|| KeyError::Missing(path.to_owned()))?;
        let own = Self { keys }.fingerprint();
        let mut tx = db.read().await?;
        match setting::get(&mut tx, FINGERPRINT).await? {
            Some(known) if !covers(&own, &known) => Err(KeyError::DoesNotFit(path.to_owned())),
            _ => Ok(()),
        }
    }

    /// Seals a text for one purpose (`trainee.id_card`) and one row: it opens nowhere else.
    pub(crate) fn seal(&self, purpose: &str, row: &str, plain: &str) -> Result<String, SealError> {
        let key = self.keys.last().ok_or(SealError::CannotSeal)?;
        let whole = encrypt(key, &context(purpose, row), plain.as_bytes())?;
        Ok(format!("v{}.{}", key.version, URL_SAFE_NO_PAD.encode(whole)))
    }

    /// Opens what [`seal`](Self::seal) wrote for this purpose and row.
    pub(crate) fn unseal(&self, purpose: &str, row: &str, sealed: &str) -> Result<String, SealError> {
        let (version, text) = sealed.split_once('.').ok_or(SealError::DoesNotOpen)?;
        let version = version.strip_prefix('v').and_then(|number| number.parse().ok());
        let whole = URL_SAFE_NO_PAD.decode(text).map_err(|_| SealError::DoesNotOpen)?;
        let plain = decrypt(self.key(version)?, &context(purpose, row), &whole)?;
        String::from_utf8(plain).map_err(|_| SealError::DoesNotOpen)
    }

    /// Seals bytes for one purpose and one row, for what is no text: the key's version, then as in [`seal`](Self::seal).
    pub(crate) fn seal_bytes(&self, purpose: &str, row: &str, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let key = self.keys.last().ok_or(SealError::CannotSeal)?;
        let whole = encrypt(key, &context(purpose, row), plain)?;
        Ok([&key.version.to_be_bytes()[..], &whole].concat())
    }

    /// Opens what [`seal_bytes`](Self::seal_bytes) wrote for this purpose and row.
    pub(crate) fn unseal_bytes(&self, purpose: &str, row: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (version, whole) = sealed.split_first_chunk().ok_or(SealError::DoesNotOpen)?;
        decrypt(
            self.key(Some(u32::from_be_bytes(*version)))?,
            &context(purpose, row),
            whole,
        )
    }

    fn key(&self, version: Option<u32>) -> Result<&VersionedKey, SealError> {
        self.keys
            .iter()
            .find(|key| Some(key.version) == version)
            .ok_or(SealError::DoesNotOpen)
    }

    /// The keyed hash under which equal texts of one purpose are found, as hex. Always by the oldest key, so that adding a
    /// key leaves every index as it is.
    pub(crate) fn index(&self, purpose: &str, normalised: &str) -> String {
        let key = self
            .keys
            .first()
            .map_or([0; KEY_BYTES], |key| derive(key, &format!("jianxi index {purpose}")));
        hex::encode(mac(&key, normalised.as_bytes()))
    }

    /// The blind index of an ID number.
    pub(crate) fn id_card_index(&self, id_card: &IdCard) -> String {
        self.index("id_card", id_card.reveal())
    }

    /// The blind index of a mobile number, the same for a trainee and for the internship that a host offers.
    pub(crate) fn phone_index(&self, phone: &Phone) -> String {
        self.index("phone", phone.reveal())
    }

    /// Seals the mobile number that a host entered for an internship.
    pub(crate) fn seal_internship_phone(&self, id: InternshipId, phone: &Phone) -> Result<String, SealError> {
        self.seal("internship.phone", &id.to_string(), phone.reveal())
    }

    /// Opens the mobile number that a host entered for an internship.
    pub(crate) fn internship_phone(&self, id: InternshipId, sealed: &str) -> Result<Phone, SealError> {
        let text = self.unseal("internship.phone", &id.to_string(), sealed)?;
        Phone::parse(&text).map_err(|_| SealError::DoesNotOpen)
    }

    /// One keyed hash per key, so that a file without one of them is recognised.
    fn fingerprint(&self) -> String {
        let one = |key: &VersionedKey| {
            let sum = mac(&derive(key, "jianxi fingerprint"), b"fingerprint");
            format!("v{}:{}", key.version, hex::encode(&sum[..16]))
        };
        self.keys.iter().map(one).collect::<Vec<_>>().join(",")
    }
}

fn cipher(key: &VersionedKey) -> Aes256Gcm {
    let derived = derive(key, "jianxi seal");
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(&derived))
}

/// A new nonce, then the ciphertext.
fn encrypt(key: &VersionedKey, aad: &[u8], msg: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0_u8; NONCE_BYTES];
    rand::rng().fill_bytes(&mut nonce);
    let sealed = cipher(key)
        .encrypt(Nonce::from_slice(&nonce), Payload { msg, aad })
        .map_err(|_| SealError::CannotSeal)?;
    Ok([&nonce[..], &sealed].concat())
}

fn decrypt(key: &VersionedKey, aad: &[u8], whole: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, msg) = whole.split_at_checked(NONCE_BYTES).ok_or(SealError::DoesNotOpen)?;
    cipher(key)
        .decrypt(Nonce::from_slice(nonce), Payload { msg, aad })
        .map_err(|_| SealError::DoesNotOpen)
}

/// Purpose and row with their lengths, so that no two pairs read the same.
fn context(purpose: &str, row: &str) -> Vec<u8> {
    format!("{}:{purpose}:{row}", purpose.len()).into_bytes()
}

#[expect(clippy::expect_used, reason = "32 bytes are far below HKDF's limit of 8160")]
fn derive(key: &VersionedKey, label: &str) -> [u8; KEY_BYTES] {
    let mut out = [0_u8; KEY_BYTES];
    Hkdf::<Sha256>::new(None, &key.bytes)
        .expand(label.as_bytes(), &mut out)
        .expect("32 bytes");
    out
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// Whether every key that the database was written with is among one's own.
fn covers(own: &str, known: &str) -> bool {
    known.split(',').all(|one| own.split(',').any(|own| own == one))
}

/// `None` when there is no file.
fn read_file(path: &Path) -> Result<Option<Vec<VersionedKey>>, KeyError> {
    let file = |cause| KeyError::File {
        path: path.to_owned(),
        cause,
    };
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(file(error)),
        Ok(found) => check_mode(path, &found)?,
    }
    parse(path, &std::fs::read_to_string(path).map_err(file)?).map(Some)
}

#[cfg(unix)]
fn check_mode(path: &Path, found: &std::fs::Metadata) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = found.permissions().mode() & 0o7777;
    if mode & !0o600 == 0 {
        Ok(())
    } else {
        Err(KeyError::TooOpen {
            path: path.to_owned(),
            mode,
        })
    }
}

#[cfg(not(unix))]
fn check_mode(_: &Path, _: &std::fs::Metadata) -> Result<(), KeyError> {
    Ok(())
}

fn parse(path: &Path, text: &str) -> Result<Vec<VersionedKey>, KeyError> {
    let mut keys: Vec<VersionedKey> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let malformed = |what| KeyError::Malformed {
            path: path.to_owned(),
            line: number,
            what,
        };
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (version, hex_key) = line.split_once(':').ok_or_else(|| malformed("there is no colon"))?;
        let version = version
            .strip_prefix('v')
            .and_then(|number| number.parse::<u32>().ok())
            .filter(|version| *version > 0)
            .ok_or_else(|| malformed("it does not begin with a version such as v1"))?;
        if keys.last().is_some_and(|last| last.version >= version) {
            return Err(malformed("its version is not above the line before"));
        }
        let mut bytes = [0_u8; KEY_BYTES];
        hex::decode_to_slice(hex_key, &mut bytes).map_err(|_| malformed("the key is not 64 hex digits"))?;
        keys.push(VersionedKey { version, bytes });
    }
    if keys.is_empty() {
        return Err(KeyError::Malformed {
            path: path.to_owned(),
            line: 1,
            what: "there is no key",
        });
    }
    Ok(keys)
}

/// Makes the file for its owner alone; durable before the first row is sealed with it.
fn create_file(path: &Path) -> Result<Vec<VersionedKey>, KeyError> {
    let failed = |cause| KeyError::File {
        path: path.to_owned(),
        cause,
    };
    let mut bytes = [0_u8; KEY_BYTES];
    rand::rng().fill_bytes(&mut bytes);
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(format!("v1:{}\n", hex::encode(bytes)).as_bytes())
        .map_err(failed)?;
    file.sync_all().map_err(failed)?;
    #[cfg(unix)]
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed)?;
    Ok(vec![VersionedKey { version: 1, bytes }])
}
