//! The file, as the reader of the format is shown it.

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use super::heads::is_plausible_page;

/// A file whose pages are looked at when they are begun.
pub(super) struct Pages {
    /// The file.
    pub(super) bytes: Bytes,
    /// Where its pages end.
    pub(super) footer_from: usize,
}

impl Length for Pages {
    fn len(&self) -> u64 {
        self.bytes.len().try_into().unwrap_or(u64::MAX)
    }
}

impl ChunkReader for Pages {
    type T = <Bytes as ChunkReader>::T;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let from = usize::try_from(start).unwrap_or(usize::MAX);
        if from < self.footer_from && self.bytes.get(from..self.footer_from).is_none_or(|page| !is_plausible_page(page)) {
            return Err(ParquetError::General("a page claims what it cannot hold".to_owned()));
        }
        self.bytes.get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let end = usize::try_from(start).ok().and_then(|start| start.checked_add(length));
        if end.is_none_or(|end| end > self.bytes.len()) {
            return Err(ParquetError::EOF("a page ends after the file".to_owned()));
        }
        self.bytes.get_bytes(start, length)
    }
}
