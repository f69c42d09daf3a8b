//! `verify` and `export`: the journal outside of any database.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use journal::{JournalError, Receipt};
use seal::{NoteVerifier, SignedNote};

use crate::node::{Node, StartError};

/// What was verified, in one sentence for a person.
///
/// # Errors
/// What does not hold, and where.
pub fn verify(file: &Path, keys: &[NoteVerifier]) -> Result<String, StartError> {
    let mut start = [0_u8; 64];
    let read = File::open(file)?.read(&mut start)?;
    let is_export = String::from_utf8_lossy(start.get(..read).unwrap_or_default()).starts_with("{\"format\"");
    let (note, sentence) = if is_export { verify_export(file)? } else { verify_receipt(file)? };
    let signed = check_signatures(&note, keys)?;
    Ok(format!("{sentence}\n{signed}"))
}

fn verify_export(file: &Path) -> Result<(String, String), StartError> {
    let report = journal::verify_export(&mut BufReader::new(File::open(file)?))?;
    let sentence = format!(
        "日志完整：{} 条记录（其中 {} 条内容已依法删除），两棵树的根与检查点一致。\n\
         The journal is whole: {} entries ({} erased by law), both roots match the checkpoint.",
        report.entries, report.erased, report.entries, report.erased
    );
    Ok((report.note, sentence))
}

fn verify_receipt(file: &Path) -> Result<(String, String), StartError> {
    let receipt: Receipt = serde_json::from_reader(BufReader::new(File::open(file)?))?;
    let checkpoint = receipt.check()?;
    let header = &receipt.entry.header;
    let sentence = format!(
        "回执有效：{} 在 {} 的日志第 {} 条（共 {} 条）。\n\
         The receipt is valid: {} is entry {} of {} in the log of {}.",
        header.kind, checkpoint.origin, receipt.entry.index, checkpoint.size, header.kind, receipt.entry.index, checkpoint.size, checkpoint.origin
    );
    Ok((receipt.checkpoint, sentence))
}

fn check_signatures(note: &str, keys: &[NoteVerifier]) -> Result<String, StartError> {
    if keys.is_empty() {
        return Ok("未给出公钥，没有核对检查点的签名。 No public key was given: the checkpoint's signatures were not checked.".into());
    }
    let note = SignedNote::parse(note)?;
    for key in keys {
        note.verify(key)?;
    }
    Ok(format!("检查点有 {} 个签名相符。 {} signatures of the checkpoint hold.", keys.len(), keys.len()))
}

/// Writes the journal of a node, with a signed checkpoint of its present size at the end.
///
/// # Errors
/// When the journal cannot be read or the file not be written.
pub fn export(node: &Node, file: &Path) -> Result<i64, StartError> {
    let (size, note) = node.checkpoints.present(&node.store, node.now_ms())?;
    let mut out = BufWriter::new(File::create(file)?);
    let mut failure = None;
    node.store.read(|tx| {
        if let Err(e) = journal::export(tx, &note, size, &mut out) {
            failure = Some(e);
        }
        Ok::<_, JournalError>(())
    })?;
    if let Some(failure) = failure {
        return Err(Box::new(failure));
    }
    out.flush()?;
    Ok(size)
}
