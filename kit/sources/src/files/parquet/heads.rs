//! What a file says of itself, looked at before the reader of the format believes it: that one takes memory for as many bytes and values as a page claims,
//! and goes down into groups of columns however deep they are. Here no page claims more than it can hold, and no column holds others.
//!
//! Heads are written in the compact protocol of Thrift (<https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md>); all
//! writers number fields upwards in the short form. Another form could say a thing twice, and is refused.

/// Largest page once unpacked; writers make them of one megabyte.
const PAGE_BYTES_MAX: i64 = 64 << 20;
/// PLAIN, PLAIN_DICTIONARY, RLE, RLE_DICTIONARY; the others say in their data how much they hold.
const ENCODINGS: [i64; 4] = [0, 2, 3, 8];
const REPEATED: i64 = 2;
const DEPTH_MAX: u8 = 8;

/// A value of a head.
enum Part<'b> {
    Number(i64),
    Bytes(&'b [u8]),
    Group(Vec<(u8, Self)>),
    List(Vec<Self>),
    Other,
}

impl Part<'_> {
    fn part(&self, id: u8) -> Option<&Self> {
        let Self::Group(members) = self else { return None };
        members.iter().find(|(member, _)| *member == id).map(|(_, part)| part)
    }

    fn number(&self, id: u8) -> Option<i64> {
        match self.part(id)? {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }
}

/// Whether a page claims no more than it can hold (`PageHeader`).
pub(super) fn is_plausible_page(page: &[u8]) -> bool {
    let claimed = || -> Option<(i64, i64, i64)> {
        let head = Reader(page).group(DEPTH_MAX)?;
        let unpacked = head.number(2)?;
        match (head.part(5), head.part(7), head.part(8)) {
            (Some(data), None, None) => Some((unpacked, 0, data.number(2)?)),
            (None, Some(dictionary), None) => Some((unpacked, dictionary.number(1)?, dictionary.number(2)?)),
            (None, None, Some(data)) => Some((unpacked, 0, data.number(4)?)),
            _ => None,
        }
    };
    // A value of a dictionary takes a byte at least.
    claimed().is_some_and(|(unpacked, values, encoding)| {
        (0..=PAGE_BYTES_MAX).contains(&unpacked) && (0..=unpacked).contains(&values) && ENCODINGS.contains(&encoding)
    })
}

/// The first column that holds others or is a list (`FileMetaData`), or that there is none; `None` for a footer that cannot be read.
pub(super) fn nested_column(footer: &[u8]) -> Option<Option<String>> {
    let head = Reader(footer).group(DEPTH_MAX)?;
    let Some(Part::List(elements)) = head.part(2) else { return None };
    // The first element is the table itself.
    let (table, columns) = elements.split_first()?;
    let is_nested = |column: &&Part<'_>| column.number(5).is_some_and(|children| children != 0) || column.number(3) == Some(REPEATED);
    let nested = columns.iter().find(is_nested);
    if nested.is_none() && (table.number(5) != i64::try_from(columns.len()).ok() || columns.iter().any(|column| column.number(1).is_none())) {
        return None;
    }
    Some(nested.map(|element| match element.part(4) {
        Some(Part::Bytes(name)) => String::from_utf8_lossy(name).into_owned(),
        _ => String::new(),
    }))
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.bytes(1)?.first().copied()
    }

    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64_u32).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn group(&mut self, depth: u8) -> Option<Part<'b>> {
        let depth = depth.checked_sub(1)?;
        let (mut members, mut id) = (Vec::new(), 0_u8);
        loop {
            let byte = self.byte()?;
            if byte == 0 {
                return Some(Part::Group(members));
            }
            id = id.checked_add(byte >> 4).filter(|_| byte >= 0x10)?;
            members.push((id, self.part(byte & 0x0f, depth)?));
        }
    }

    fn part(&mut self, kind: u8, depth: u8) -> Option<Part<'b>> {
        Some(match kind {
            1 | 2 => Part::Other,
            3 => self.byte().map(|_| Part::Other)?,
            // Signs alternate: 0, -1, 1, -2, …
            4..=6 => {
                let number = self.varint()?;
                let half = i64::try_from(number >> 1).ok()?;
                Part::Number(if number & 1 == 0 { half } else { -half - 1 })
            }
            7 => self.bytes(8).map(|_| Part::Other)?,
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Part::Bytes(self.bytes(length)?)
            }
            9 => self.list(depth)?,
            12 => self.group(depth)?,
            _ => return None,
        })
    }

    fn list(&mut self, depth: u8) -> Option<Part<'b>> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        let mut parts = Vec::new();
        for _ in 0..count {
            match head & 0x0f {
                // In a list a truth takes a byte.
                1..=3 => drop(self.byte()?),
                kind => parts.push(self.part(kind, depth)?),
            }
        }
        Some(Part::List(parts))
    }
}
