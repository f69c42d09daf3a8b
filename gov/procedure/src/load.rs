//! Reads a package from a folder. The only input and output of this crate outside the database.

use std::fs;
use std::io;
use std::path::Path;

use crate::files::{FILE_COUNT_MAX, FILE_SIZE_MAX_BYTES, Files};
use crate::finding::Finding;
use crate::package::Package;

impl Files {
    /// Reads all files of a folder and of its sub-folders; hidden files are left out.
    ///
    /// # Errors
    /// A file or folder cannot be read.
    pub fn read_dir(folder: &Path) -> io::Result<Self> {
        let mut files = Self::new();
        read_into(&mut files, folder, "")?;
        Ok(files)
    }
}

fn read_into(files: &mut Files, folder: &Path, prefix: &str) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            // A package has one level of folders; deeper ones are strangers and end up in the findings.
            if prefix.is_empty() {
                read_into(files, &entry.path(), &format!("{path}/"))?;
            } else {
                files.put(format!("{path}/"), Vec::new());
            }
            continue;
        }
        if files.len() > FILE_COUNT_MAX {
            return Ok(());
        }
        let size = usize::try_from(entry.metadata()?.len()).unwrap_or(usize::MAX);
        // One byte more than allowed is enough to be reported.
        let content = if size > FILE_SIZE_MAX_BYTES { vec![b' '; FILE_SIZE_MAX_BYTES.saturating_add(1)] } else { fs::read(entry.path())? };
        files.put(path, content);
    }
    Ok(())
}

/// Reads and parses the package in a folder; the folder's name must be the slug.
///
/// # Errors
/// All findings at once; a folder that cannot be read is one of them.
pub fn read_package(folder: &Path) -> Result<Package, Vec<Finding>> {
    let files = Files::read_dir(folder).map_err(|error| {
        let zh = format!("无法读取文件夹 {}：{error}。", folder.display());
        let en = format!("The folder {} cannot be read: {error}.", folder.display());
        vec![Finding::error("", 0, "folder-unreadable", zh, en)]
    })?;
    let package = Package::parse(files)?;
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if name != package.slug {
        let zh = format!("文件夹名“{name}”与 item.slug“{}”不一致。", package.slug);
        let en = format!("The folder is named \"{name}\", but item.slug is \"{}\".", package.slug);
        return Err(vec![Finding::error("item.toml", package.line("item.slug"), "slug-folder", zh, en)]);
    }
    Ok(package)
}
