/// Entries looked at; a document of one of our kinds has its mark among the first.
const ENTRIES_MAX: usize = 4096;
/// Fixed part of the end-of-directory record and the longest comment behind it.
const END_RECORD_BYTES: usize = 22;
const COMMENT_BYTES_MAX: usize = 65_535;
/// Fixed part of one directory entry.
const ENTRY_BYTES: usize = 46;

/// The names in the central directory of a zip file; nothing when the bytes are no whole zip file.
/// The directory is read, not the local headers, because it is what every reader of the file will believe.
pub(crate) fn zip_names(bytes: &[u8]) -> Option<Vec<String>> {
    let end = find_end_record(bytes)?;
    let record = bytes.get(end..)?;
    let entry_count = usize::from(u16_at(record, 10)?);
    let mut at = usize::try_from(u32_at(record, 16)?).ok()?;
    let mut names = Vec::new();
    for _ in 0..entry_count.min(ENTRIES_MAX) {
        let entry = bytes.get(at..)?;
        if !entry.starts_with(b"PK\x01\x02") {
            return None;
        }
        let name_length = usize::from(u16_at(entry, 28)?);
        let name = entry.get(ENTRY_BYTES..ENTRY_BYTES.checked_add(name_length)?)?;
        names.push(String::from_utf8_lossy(name).into_owned());
        let extra = usize::from(u16_at(entry, 30)?).checked_add(usize::from(u16_at(entry, 32)?))?;
        at = at.checked_add(ENTRY_BYTES)?.checked_add(name_length)?.checked_add(extra)?;
    }
    Some(names)
}

fn find_end_record(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_RECORD_BYTES)?;
    let first = last.saturating_sub(COMMENT_BYTES_MAX);
    (first..=last).rev().find(|&at| bytes.get(at..).is_some_and(|rest| rest.starts_with(b"PK\x05\x06")))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A zip file of empty members.
    pub(crate) fn zip_of(names: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut directory = Vec::new();
        for name in names {
            let offset = u32::try_from(bytes.len()).unwrap();
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
            bytes.extend(length);
            bytes.extend([0, 0]);
            bytes.extend(name.as_bytes());
            directory.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
            directory.extend(length);
            directory.extend([0; 12]);
            directory.extend(offset.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let start = u32::try_from(bytes.len()).unwrap();
        let count = u16::try_from(names.len()).unwrap().to_le_bytes();
        let size = u32::try_from(directory.len()).unwrap();
        bytes.extend(directory);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend(count);
        bytes.extend(count);
        bytes.extend(size.to_le_bytes());
        bytes.extend(start.to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    }

    #[test]
    fn names_are_read_and_damage_is_no_zip() {
        let zip = zip_of(&["a.xml", "目录/b.xml"]);
        assert_eq!(zip_names(&zip).unwrap(), ["a.xml", "目录/b.xml"]);
        for cut in 0..zip.len() {
            assert!(zip_names(zip.split_at(cut).0).is_none(), "cut at {cut}");
        }
    }

    #[test]
    fn a_directory_that_points_outside_is_no_zip() {
        let mut zip = zip_of(&["a.xml"]);
        let offset_at = zip.len() - 6;
        zip.splice(offset_at..offset_at + 4, [0xff, 0xff, 0xff, 0xff]);
        assert!(zip_names(&zip).is_none());
    }
}
