//! `backup` and `restore`: one file that holds everything, proven against a checkpoint.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use journal::{CheckpointSigner, JournalError};
use seal::{KeyRing, OsEntropy, SignedNote};
use serde::{Deserialize, Serialize};
use store::{Config, Durability, Store};

use crate::config::{Place, Site};
use crate::node::{Node, StartError};

const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "zhengshu.db";
const FORMAT: &str = "zhengshu-backup-1";
const FILE_MODE: u32 = 0o600;
const FOLDER_MODE: u32 = 0o700;

/// What a backup holds, and what proves it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The format.
    pub format: String,
    /// The node, and origin of its journal.
    pub node: String,
    /// Entries of the journal.
    pub journal_size: i64,
    /// Signed checkpoint of exactly that size.
    pub checkpoint: String,
    /// SM3 of every file.
    pub files: BTreeMap<String, String>,
}

/// Copies database, keys and files into one file, while the node is in use.
///
/// # Errors
/// On PostgreSQL, whose own tools make backups; when something cannot be read or written.
pub fn backup(node: &Node, file: &Path) -> Result<Manifest, StartError> {
    let out = File::options().write(true).create_new(true).mode(FILE_MODE).open(file);
    let out = out.map_err(|e| format!("cannot create {}: {e}", file.display()))?;
    collect_and_write(node, file, out).inspect_err(|_| {
        // Half a backup is none, and would be in the way of the next.
        let _ = fs::remove_file(file);
    })
}

fn collect_and_write(node: &Node, file: &Path, out: File) -> Result<Manifest, StartError> {
    let work = Scratch::beside(file)?;
    let copy = work.0.join(DATABASE);
    node.store.copy_to(&copy).map_err(|e| format!("only a data folder can be backed up here; use pg_dump for PostgreSQL ({e})"))?;
    let (journal_size, checkpoint) = checkpoint_of(&copy, &node.checkpoints)?;
    let mut members = vec![(DATABASE.to_owned(), copy)];
    collect(&node.place.keys(), "keys", &mut members)?;
    collect(&node.place.files(), "files", &mut members)?;
    let site = node.place.data.join("zhengshu.toml");
    if site.exists() {
        members.push(("zhengshu.toml".into(), site));
    }
    let mut files = BTreeMap::new();
    for (name, path) in &members {
        files.insert(name.clone(), sm3_of_file(path)?);
    }
    let manifest = Manifest { format: FORMAT.into(), node: node.site.node.clone(), journal_size, checkpoint, files };
    write_archive(out, &manifest, &members)?;
    Ok(manifest)
}

/// Unpacks a backup into an empty data folder and proves that its journal is the one of the checkpoint.
///
/// # Errors
/// When the folder is not empty, a file was altered or added, or the journal does not give the roots of the checkpoint.
pub fn restore(file: &Path, place: &Place) -> Result<Manifest, StartError> {
    let data = &place.data;
    if data.exists() && fs::read_dir(data)?.next().is_some() {
        return Err(format!("{} is not empty: a backup is restored into an empty folder only", data.display()).into());
    }
    fs::create_dir_all(data)?;
    unpack_and_prove(file, place).inspect_err(|_| {
        // The folder was empty: what cannot be proven must not be taken for a node later.
        let _ = empty(data);
    })
}

fn unpack_and_prove(file: &Path, place: &Place) -> Result<Manifest, StartError> {
    let data = &place.data;
    let (manifest, unpacked) = unpack(file, data)?;
    if let Some(stray) = unpacked.iter().find(|name| !manifest.files.contains_key(*name)) {
        return Err(format!("the backup holds {stray}, which its manifest does not name").into());
    }
    for (name, expected) in &manifest.files {
        if sm3_of_file(&data.join(name))? != *expected {
            return Err(format!("{name} in the backup was altered").into());
        }
    }
    let keys = place.keys();
    if keys.exists() {
        fs::set_permissions(&keys, fs::Permissions::from_mode(FOLDER_MODE))?;
    }
    prove(data, place, &manifest)?;
    Ok(manifest)
}

fn empty(folder: &Path) -> Result<(), std::io::Error> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
    }
    Ok(())
}

/// Recomputes the journal of a restored folder and compares it with the signed checkpoint.
fn prove(data: &Path, place: &Place, manifest: &Manifest) -> Result<(), StartError> {
    let ring = KeyRing::open_or_create(&place.keys(), &mut OsEntropy)?;
    let signer = CheckpointSigner::new(&manifest.node, &ring)?;
    let note = SignedNote::parse(&manifest.checkpoint)?;
    for verifier in signer.verifiers() {
        note.verify(verifier)?;
    }
    let site = Site::read(data)?;
    if site.node != manifest.node {
        return Err(format!("the backup is of node {}, but zhengshu.toml names {}", manifest.node, site.node).into());
    }
    let scratch = Scratch::beside(&data.join("proof"))?;
    let exported = scratch.0.join("journal.jsonl");
    let store = Store::open(&Config::Sqlite { path: data.join(DATABASE), durability: Durability::Full })?;
    let mut out = BufWriter::new(File::create(&exported)?);
    let mut written = Ok(());
    store.read(|tx| {
        written = journal::export(tx, &manifest.checkpoint, manifest.journal_size, &mut out);
        Ok::<_, JournalError>(())
    })?;
    written?;
    out.flush()?;
    journal::verify_export(&mut BufReader::new(File::open(&exported)?))?;
    Ok(())
}

fn checkpoint_of(copy: &Path, signer: &CheckpointSigner) -> Result<(i64, String), StartError> {
    let store = Store::open(&Config::Sqlite { path: copy.to_owned(), durability: Durability::Full })?;
    let head = store.read(|tx| journal::head(tx, signer.origin()))?;
    Ok((head.size, signer.sign(&head)?))
}

fn collect(folder: &Path, prefix: &str, members: &mut Vec<(String, PathBuf)>) -> Result<(), StartError> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &name, members)?;
        } else {
            members.push((name, entry.path()));
        }
    }
    Ok(())
}

fn write_archive(out: File, manifest: &Manifest, members: &[(String, PathBuf)]) -> Result<(), StartError> {
    let mut archive = tar::Builder::new(BufWriter::new(out));
    let text = serde_json::to_vec_pretty(manifest)?;
    let mut header = tar::Header::new_gnu();
    header.set_size(u64::try_from(text.len())?);
    header.set_mode(FILE_MODE);
    header.set_cksum();
    archive.append_data(&mut header, MANIFEST, text.as_slice())?;
    for (name, path) in members {
        archive.append_path_with_name(path, name)?;
    }
    let out = archive.into_inner()?.into_inner().map_err(|e| e.into_error())?;
    out.sync_all()?;
    Ok(())
}

/// Unpacks plain files only, and says which.
fn unpack(file: &Path, data: &Path) -> Result<(Manifest, Vec<String>), StartError> {
    let input = File::open(file).map_err(|e| format!("cannot open {}: {e}", file.display()))?;
    let mut archive = tar::Archive::new(BufReader::new(input));
    let (mut manifest, mut unpacked) = (None, Vec::new());
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if name == MANIFEST {
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            manifest = Some(serde_json::from_str::<Manifest>(&text)?);
        } else if !entry.header().entry_type().is_file() || !entry.unpack_in(data)? {
            return Err(format!("the backup names something that is no file of the data folder: {name}").into());
        } else {
            unpacked.push(name);
        }
    }
    let manifest = manifest.filter(|manifest| manifest.format == FORMAT);
    let manifest = manifest.ok_or_else(|| format!("{} is no backup of this program", file.display()))?;
    Ok((manifest, unpacked))
}

fn sm3_of_file(path: &Path) -> Result<String, StartError> {
    let mut input = BufReader::new(File::open(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?);
    let mut hash = seal::hash::Sm3::new();
    let mut buffer = [0_u8; 65_536];
    loop {
        let read = input.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
    }
    Ok(seal::hash::to_hex(&hash.finish()))
}

/// A folder that is gone when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn beside(path: &Path) -> Result<Self, StartError> {
        let folder = path.with_extension(format!("scratch-{}", std::process::id()));
        fs::create_dir(&folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is named as scratch; nothing depends on it.
        let _ = fs::remove_dir_all(&self.0);
    }
}
