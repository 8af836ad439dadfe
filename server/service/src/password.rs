//! Passwords: argon2id off the async threads behind a semaphore, so that a login storm never starves check-ins, and the
//! strength that a new one must have.

use crate::error::ServiceError;
use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// OWASP's floor for argon2id: 19 MiB, 2 passes, 1 lane. This crate's own tests hash cheaply.
const MEMORY_KIB: u32 = if cfg!(test) { 8 } else { 19 * 1024 };
const PASSES: u32 = if cfg!(test) { 1 } else { 2 };
const LANES: u32 = 1;

/// How long a sign-in waits for its turn before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(15);

/// Hashes and verifies passwords, one or two at a time.
#[derive(Debug, Clone)]
pub(crate) struct PasswordWorker {
    turns: Arc<Semaphore>,
}

impl PasswordWorker {
    /// Takes at most half of the cores, and never more than two.
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            turns: Arc::new(Semaphore::new((cores / 2).clamp(1, 2))),
        }
    }

    /// A new PHC string.
    pub(crate) async fn hash(&self, password: String) -> Result<String, ServiceError> {
        self.run(move || {
            let salt = SaltString::generate(&mut OsRng);
            hasher()?
                .hash_password(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
        })
        .await?
        .map_err(ServiceError::fault)
    }

    /// Whether the password belongs to the PHC string. Without one (unknown login) it takes the same time and says no.
    pub(crate) async fn verify(&self, password: String, phc: Option<String>) -> Result<bool, ServiceError> {
        self.run(move || {
            let stand_in = phc.is_none();
            let phc = phc.unwrap_or_else(nobodys_hash);
            let hash = PasswordHash::new(&phc)?;
            match hasher()?.verify_password(password.as_bytes(), &hash) {
                Ok(()) => Ok(!stand_in),
                Err(argon2::password_hash::Error::Password) => Ok(false),
                Err(error) => Err(error),
            }
        })
        .await?
        .map_err(ServiceError::fault)
    }

    /// Refuses a password that is easy to guess, given what is known about the person (zxcvbn score below 3 of 4).
    pub(crate) async fn check_strength(
        &self,
        field: &'static str,
        password: String,
        known: Vec<String>,
    ) -> Result<(), ServiceError> {
        let strong = self
            .run(move || {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                zxcvbn::zxcvbn(&password, &known).score() >= zxcvbn::Score::Three
            })
            .await?;
        if strong {
            Ok(())
        } else {
            Err(ServiceError::field(
                field,
                "这个密码太容易被猜到。请再长一些，不要用姓名、手机号、生日或键盘上连着的字符",
            ))
        }
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
        let turn: OwnedSemaphorePermit = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned())
            .await
            .map_err(|_| ServiceError::Unavailable)?
            .map_err(ServiceError::fault)?;
        // The turn goes along: a caller who hangs up does not let the next one in early.
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(ServiceError::fault)
    }
}

fn hasher() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A PHC string of today's cost that belongs to nobody.
fn nobodys_hash() -> String {
    format!(
        "$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$bm9ib2R5bm9ib2R5$\
         MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let worker = PasswordWorker::new();
        let phc = worker.hash("石阡的雨 2026".to_owned()).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$"));
        assert!(
            worker
                .verify("石阡的雨 2026".to_owned(), Some(phc.clone()))
                .await
                .unwrap()
        );
        assert!(!worker.verify("石阡的雨 2027".to_owned(), Some(phc)).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_login_costs_the_same_work_and_never_fits() {
        let worker = PasswordWorker::new();
        let stand_in = nobodys_hash();
        let parsed = PasswordHash::new(&stand_in).unwrap();
        assert_eq!(Params::try_from(&parsed).unwrap().m_cost(), MEMORY_KIB);
        assert!(!worker.verify("whatever".to_owned(), None).await.unwrap());
    }

    #[tokio::test]
    async fn names_numbers_and_common_passwords_are_refused() {
        let worker = PasswordWorker::new();
        for weak in ["12345678", "password1", "13812345678", "qwertyuiop", "yangxiaoyu"] {
            let known = vec!["13812345678".to_owned(), "yangxiaoyu".to_owned()];
            let refused = worker.check_strength("password", weak.to_owned(), known).await;
            assert!(
                matches!(refused, Err(ServiceError::Invalid(errors)) if errors.of("password").is_some()),
                "{weak}"
            );
        }
        worker
            .check_strength("password", "luo-shan-he-7-lu".to_owned(), Vec::new())
            .await
            .unwrap();
    }
}
