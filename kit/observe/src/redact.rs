//! The last net: identity numbers and mobile numbers that got into a log line by mistake do not reach the log.

use std::io::{self, Write};

const IDENTITY_LENGTH: usize = 18;
const MOBILE_LENGTH: usize = 11;

/// The line with every run that looks like an identity number or a mobile number of the mainland replaced.
#[must_use]
pub fn redact(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let run = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(run);
        out.push_str(replacement(word).unwrap_or(word));
        let between = after.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let (gap, next) = after.split_at(between);
        out.push_str(gap);
        rest = next;
    }
    out
}

fn replacement(word: &str) -> Option<&'static str> {
    let bytes = word.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match (bytes.len(), digits) {
        (IDENTITY_LENGTH, IDENTITY_LENGTH) => Some("[identity-number]"),
        (IDENTITY_LENGTH, 17) if word.ends_with(['x', 'X']) => Some("[identity-number]"),
        (MOBILE_LENGTH, MOBILE_LENGTH) if bytes.first() == Some(&b'1') && bytes.get(1).is_some_and(|second| (b'3'..=b'9').contains(second)) => {
            Some("[mobile-number]")
        }
        _ => None,
    }
}

/// A writer that redacts each line it is given whole, as the formatter gives them.
#[derive(Debug)]
pub struct Redacting<W>(pub W);

impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(redact(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_do_not_pass() {
        for (line, redacted) in [
            ("holder 339921199001010027 asked", "holder [identity-number] asked"),
            ("\"33992119900101002X\"", "\"[identity-number]\""),
            ("电话13800000000。", "电话[mobile-number]。"),
            ("a=13800000000,b=339921199001010027", "a=[mobile-number],b=[identity-number]"),
        ] {
            assert_eq!(redact(line), redacted);
        }
    }

    #[test]
    fn other_numbers_and_hashes_pass() {
        for line in [
            "",
            "took 1767000000123 ms",
            "sm3 a13800000000b339921199001010027c",
            "12345678901",
            "33992119900101002",
            "2026-03-02T09:00:00.123Z",
            "。",
        ] {
            assert_eq!(redact(line), line);
        }
    }
}
