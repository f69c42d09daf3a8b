//! The key files of a node: one file per purpose and version, readable by their owner alone.
//!
//! ```text
//! keys/journal-sm2.v1.pem        PKCS#8
//! keys/journal-sm2.v2.pem        after a rotation; version 1 keeps verifying
//! keys/data-root.v1.key          32 bytes in hexadecimal: the root of sealed fields and blind indexes
//! ```

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use ids::Entropy;
use zeroize::Zeroizing;

use crate::{
    entropy::random_bytes,
    error::SealError,
    field::FieldKeys,
    hash::{Digest32, digest_from_hex, to_hex},
    private_key::PrivateKey,
    public_key::PublicKey,
    purpose::Purpose,
    sign::Signer,
};

const DATA_ROOT: &str = "data-root";
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

/// All keys of a node.
pub struct KeyRing {
    folder: PathBuf,
    signing: BTreeMap<Purpose, BTreeMap<u32, Arc<PrivateKey>>>,
    roots: BTreeMap<u32, Zeroizing<Digest32>>,
}

impl KeyRing {
    /// Reads the keys in `folder` and makes those of the standing purposes which are missing.
    ///
    /// # Errors
    /// [`SealError::KeyFile`] when the folder cannot be used or a file is readable by others, [`SealError::Key`] when a file is damaged.
    pub fn open_or_create(folder: &Path, entropy: &mut dyn Entropy) -> Result<Self, SealError> {
        fs::DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder).map_err(|fault| file_fault(folder, &fault))?;
        let mut ring = Self { folder: folder.to_owned(), signing: BTreeMap::new(), roots: BTreeMap::new() };
        for entry in fs::read_dir(folder).map_err(|fault| file_fault(folder, &fault))? {
            ring.load(&entry.map_err(|fault| file_fault(folder, &fault))?.path())?;
        }
        for purpose in Purpose::standing() {
            ring.ensure(&purpose, entropy)?;
        }
        if ring.roots.is_empty() {
            ring.rotate_data_root(entropy)?;
        }
        Ok(ring)
    }

    /// Makes the first key of `purpose` unless there is one, such as the seal of a new organ.
    ///
    /// # Errors
    /// [`SealError::KeyFile`] when the file cannot be written.
    pub fn ensure(&mut self, purpose: &Purpose, entropy: &mut dyn Entropy) -> Result<(), SealError> {
        if !self.signing.contains_key(purpose) {
            self.rotate(purpose, entropy)?;
        }
        Ok(())
    }

    /// Makes a new key of `purpose`, which signs from now on, and returns its version. Older ones keep verifying.
    ///
    /// # Errors
    /// [`SealError::KeyFile`] when the file cannot be written.
    pub fn rotate(&mut self, purpose: &Purpose, entropy: &mut dyn Entropy) -> Result<u32, SealError> {
        let version = self.version(purpose).saturating_add(1);
        let key = PrivateKey::generate(purpose.algorithm(), entropy)?;
        let path = self.folder.join(format!("{purpose}.v{version}.pem"));
        write_new(&path, &key.to_pkcs8_pem()?)?;
        self.signing.entry(purpose.clone()).or_default().insert(version, Arc::new(key));
        Ok(version)
    }

    /// Makes a new root of sealed fields and returns its version. Values sealed under older roots keep opening.
    ///
    /// # Errors
    /// [`SealError::KeyFile`] when the file cannot be written.
    pub fn rotate_data_root(&mut self, entropy: &mut dyn Entropy) -> Result<u32, SealError> {
        let version = self.roots.last_key_value().map_or(0, |(version, _)| *version).saturating_add(1);
        let root = Zeroizing::new(random_bytes(entropy));
        let text = Zeroizing::new(format!("{}\n", to_hex(root.as_slice())));
        write_new(&self.folder.join(format!("{DATA_ROOT}.v{version}.key")), &text)?;
        self.roots.insert(version, root);
        Ok(version)
    }

    /// The newest version of `purpose`; 0 when it has no key.
    #[must_use]
    pub fn version(&self, purpose: &Purpose) -> u32 {
        self.signing.get(purpose).and_then(|versions| versions.last_key_value()).map_or(0, |(version, _)| *version)
    }

    /// The signer of `purpose`, newest version.
    ///
    /// # Errors
    /// [`SealError::NoSuchKey`] when it has no key.
    pub fn signer(&self, purpose: &Purpose) -> Result<Arc<dyn Signer>, SealError> {
        let newest = self.signing.get(purpose).and_then(|versions| versions.last_key_value());
        let (_, key) = newest.ok_or_else(|| SealError::NoSuchKey { purpose: purpose.to_string(), version: 0 })?;
        Ok(Arc::clone(key) as Arc<dyn Signer>)
    }

    /// The public keys of `purpose` by version, oldest first.
    #[must_use]
    pub fn public_keys(&self, purpose: &Purpose) -> Vec<(u32, PublicKey)> {
        let versions = self.signing.get(purpose).into_iter().flatten();
        versions.map(|(version, key)| (*version, key.public_key().clone())).collect()
    }

    /// The public key of one version of `purpose`.
    ///
    /// # Errors
    /// [`SealError::NoSuchKey`] when there is none.
    pub fn public_key(&self, purpose: &Purpose, version: u32) -> Result<PublicKey, SealError> {
        let key = self.signing.get(purpose).and_then(|versions| versions.get(&version));
        key.map(|key| key.public_key().clone()).ok_or_else(|| SealError::NoSuchKey { purpose: purpose.to_string(), version })
    }

    /// The purposes which have keys.
    pub fn purposes(&self) -> impl Iterator<Item = &Purpose> {
        self.signing.keys()
    }

    /// The keys of sealed fields and blind indexes.
    ///
    /// # Errors
    /// [`SealError::NoSuchKey`] never in practice, as the ring makes a root when it opens.
    pub fn field_keys(&self) -> Result<FieldKeys, SealError> {
        FieldKeys::new(self.roots.iter().map(|(version, root)| (*version, **root)))
    }

    /// A secret of 32 bytes for `label`, the same at every start, such as the key of form tokens.
    ///
    /// # Errors
    /// [`SealError::NoSuchKey`] never in practice, as the ring makes a root when it opens.
    pub fn secret(&self, label: &str) -> Result<Zeroizing<Digest32>, SealError> {
        let newest = self.roots.last_key_value().ok_or_else(|| SealError::NoSuchKey { purpose: DATA_ROOT.to_owned(), version: 0 })?;
        Ok(Zeroizing::new(crate::field::derive(newest.1.as_slice(), "secret", label.as_bytes())))
    }

    fn load(&mut self, path: &Path) -> Result<(), SealError> {
        let Some((purpose, version, extension)) = path.file_name().and_then(|name| name.to_str()).and_then(split_name) else {
            return Ok(());
        };
        let text = read_private(path)?;
        if extension == "key" && purpose == DATA_ROOT {
            let root = digest_from_hex(text.trim()).ok_or_else(|| SealError::key("64 hexadecimal characters", path.display()))?;
            self.roots.insert(version, Zeroizing::new(root));
        } else if extension == "pem" {
            let purpose = Purpose::parse(purpose)?;
            let key = PrivateKey::from_pkcs8_pem(&text).map_err(|fault| SealError::key("PKCS#8 PEM", format!("{}: {fault}", path.display())))?;
            if key.public_key().algorithm() != purpose.algorithm() {
                return Err(SealError::key(purpose.algorithm().name(), format!("{} holds another kind", path.display())));
            }
            self.signing.entry(purpose).or_default().insert(version, Arc::new(key));
        }
        Ok(())
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("KeyRing").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// `journal-sm2.v1.pem` → (`journal-sm2`, 1, `pem`); anything else in the folder is not ours.
fn split_name(name: &str) -> Option<(&str, u32, &str)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let (purpose, version) = stem.rsplit_once(".v")?;
    Some((purpose, version.parse().ok()?, extension))
}

fn read_private(path: &Path) -> Result<Zeroizing<String>, SealError> {
    let mode = fs::metadata(path).map_err(|fault| file_fault(path, &fault))?.permissions().mode();
    if mode & 0o077 != 0 {
        let cause = format!("others may read it (mode {:o}); it must be 600", mode & 0o777);
        return Err(SealError::KeyFile { path: path.display().to_string(), cause });
    }
    fs::read_to_string(path).map(Zeroizing::new).map_err(|fault| file_fault(path, &fault))
}

/// A key reaches its final name only when it is safely on the disk, so that a crash leaves no half-written key.
fn write_new(path: &Path, text: &str) -> Result<(), SealError> {
    let temporary = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(FILE_MODE).open(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::hard_link(&temporary, path)?;
        fs::remove_file(&temporary)?;
        match path.parent() {
            Some(folder) => fs::File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    };
    write().map_err(|fault| file_fault(path, &fault))
}

fn file_fault(path: &Path, fault: &std::io::Error) -> SealError {
    SealError::KeyFile { path: path.display().to_string(), cause: fault.to_string() }
}

#[cfg(test)]
mod tests;
