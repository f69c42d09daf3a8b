//! Passwords: what makes a good one (GB/T 22239-2019 8.1.4.1 a), and their argon2id hashes.

use std::{fmt, sync::LazyLock};

use argon2::{Argon2, PasswordHasher, PasswordVerifier, password_hash::phc::PasswordHash as Phc};
use seal::Entropy;
use serde::{Deserialize, Serialize};

/// Fewest characters.
pub const PASSWORD_CHARACTERS_MIN: usize = 8;
/// Most characters; a bound against abuse of the hash.
pub const PASSWORD_CHARACTERS_MAX: usize = 128;
/// How many earlier passwords must not be used again.
pub const HISTORY_LENGTH: usize = 5;
/// After so many days staff and administrators change theirs.
pub const PASSWORD_AGE_DAYS_MAX: i64 = 90;

const CLASSES_MIN: usize = 3;
const SALT_BYTES: usize = 16;

/// A password as typed. It shows itself in no debug text.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// What is wrong with a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordProblem {
    /// Fewer than 8 characters.
    TooShort,
    /// More than 128 characters.
    TooLong,
    /// Fewer than three of: small letters, capitals, digits, other characters.
    TooSimple,
    /// It contains the login name.
    ContainsLogin,
    /// It is the present one or one of the last five.
    UsedBefore,
}

impl Password {
    /// What somebody typed.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Everything that is wrong with it as a new password of `login`; the history is checked elsewhere.
    #[must_use]
    pub fn problems(&self, login: &str) -> Vec<PasswordProblem> {
        let mut problems = Vec::new();
        let length = self.0.chars().count();
        if length < PASSWORD_CHARACTERS_MIN {
            problems.push(PasswordProblem::TooShort);
        }
        if length > PASSWORD_CHARACTERS_MAX {
            problems.push(PasswordProblem::TooLong);
        }
        if self.classes() < CLASSES_MIN {
            problems.push(PasswordProblem::TooSimple);
        }
        if !login.is_empty() && self.0.to_lowercase().contains(&login.to_lowercase()) {
            problems.push(PasswordProblem::ContainsLogin);
        }
        problems
    }

    /// Its argon2id hash with a fresh salt. Takes tens of milliseconds on purpose: never within a transaction.
    ///
    /// # Errors
    /// [`HashFault`] when the parameters of the program are wrong.
    pub fn hash(&self, entropy: &mut dyn Entropy) -> Result<PasswordHash, HashFault> {
        let salt: [u8; SALT_BYTES] = seal::random_bytes(entropy);
        self.hash_with(&salt)
    }

    /// Whether it is the password of `hash`. Takes as long as [`Password::hash`].
    #[must_use]
    pub fn fits(&self, hash: &PasswordHash) -> bool {
        // A very long text is cut off before the hash: it cannot fit, and must not cost more than others.
        let bounded: String = self.0.chars().take(PASSWORD_CHARACTERS_MAX.saturating_add(1)).collect();
        Phc::new(&hash.0).is_ok_and(|phc| Argon2::default().verify_password(bounded.as_bytes(), &phc).is_ok())
    }

    fn hash_with(&self, salt: &[u8]) -> Result<PasswordHash, HashFault> {
        let phc: Phc = Argon2::default().hash_password_with_salt(self.0.as_bytes(), salt).map_err(|fault| HashFault(fault.to_string()))?;
        Ok(PasswordHash(phc.to_string()))
    }

    fn classes(&self) -> usize {
        let kinds: [fn(char) -> bool; 4] = [
            |character| character.is_lowercase(),
            |character| character.is_uppercase(),
            |character| character.is_numeric(),
            |character| !character.is_alphanumeric() || (character.is_alphabetic() && !character.is_lowercase() && !character.is_uppercase()),
        ];
        kinds.iter().filter(|kind| self.0.chars().any(**kind)).count()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

/// The hash could not be computed.
#[derive(Debug, thiserror::Error)]
#[error("expected an argon2id hash, but {0}")]
pub struct HashFault(String);

/// An argon2id hash in the usual text form. It shows itself in no debug text and is never serialised.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// As read from the store.
    #[must_use]
    pub fn from_store(text: String) -> Self {
        Self(text)
    }

    /// For the store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}

static DECOY: LazyLock<Option<PasswordHash>> = LazyLock::new(|| Password::new("decoy").hash_with(&[0; SALT_BYTES]).ok());

/// Whether `password` fits; without a hash (no such account) the same work is done for nothing, so that time tells nobody which accounts exist.
#[must_use]
pub fn verify_or_waste(password: &Password, hash: Option<&PasswordHash>) -> bool {
    match hash {
        Some(hash) => password.fits(hash),
        None => {
            if let Some(decoy) = DECOY.as_ref() {
                let _ = password.fits(decoy);
            }
            false
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Instant;

    use PasswordProblem::{ContainsLogin, TooLong, TooShort, TooSimple};

    use super::*;

    fn problems(text: &str) -> Vec<PasswordProblem> {
        Password::new(text).problems("xiaoman")
    }

    #[test]
    fn eight_characters_of_three_classes_will_do() {
        for good in ["Yunxi2026", "yunxi-2026", "YUNXI_2026", "云溪Yunxi1", "aB3!aB3!"] {
            assert_eq!(problems(good), [], "{good}");
        }
    }

    #[test]
    fn every_problem_is_told_at_once() {
        assert_eq!(problems("abc1"), [TooShort, TooSimple]);
        assert_eq!(problems("abcdefgh"), [TooSimple]);
        assert_eq!(problems("XiaoMan2026"), [ContainsLogin]);
        assert_eq!(problems(&format!("{}B3", "a".repeat(127))), [TooLong]);
    }

    #[test]
    fn a_hash_fits_its_password_alone_and_differs_each_time() {
        let password = Password::new("Yunxi2026");
        let mut entropy = ids::SeededEntropy::new(1);
        let first = password.hash(&mut entropy).unwrap();
        let second = password.hash(&mut entropy).unwrap();
        assert_ne!(first, second);
        assert!(first.as_str().starts_with("$argon2id$"));
        assert!(password.fits(&first) && password.fits(&second));
        assert!(!Password::new("Yunxi2027").fits(&first));
        assert!(!password.fits(&PasswordHash::from_store("damaged".to_owned())));
    }

    #[test]
    fn an_unknown_account_costs_as_much_as_a_wrong_password() {
        let hash = Password::new("Yunxi2026").hash(&mut ids::SeededEntropy::new(1)).unwrap();
        let wrong = Password::new("Wrong2026");
        let _ = verify_or_waste(&wrong, None);
        let time = |hash: Option<&PasswordHash>| {
            let start = Instant::now();
            for _ in 0..3 {
                assert!(!verify_or_waste(&wrong, hash));
            }
            start.elapsed().as_secs_f64()
        };
        let (known, unknown) = (time(Some(&hash)), time(None));
        // Other programs share the machine, so only an order of magnitude can be asserted.
        assert!(unknown > known / 5.0 && unknown < known * 5.0, "{known} and {unknown}");
    }

    #[test]
    fn neither_password_nor_hash_shows_itself() {
        let hash = PasswordHash::from_store("$argon2id$secret".to_owned());
        assert_eq!(format!("{:?} {hash:?}", Password::new("secret")), "Password(…) PasswordHash(…)");
    }
}
