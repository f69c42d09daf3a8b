//! Who is addressed: `instance/class/member/subsystem/service`, as in X-Road.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::code::Code;

const PART_CHARS_MAX: usize = 100;

/// A subsystem of a member: an information system of an organ. It calls, or it provides.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SubsystemId {
    instance: String,
    class: String,
    member: String,
    subsystem: String,
}

/// A service of a subsystem.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServiceId {
    subsystem: SubsystemId,
    service: String,
}

impl SubsystemId {
    /// From its parts, as they are, not encoded.
    ///
    /// # Errors
    /// [`Code::HeadMalformed`] when a part is empty, too long, or holds a character the protocol forbids.
    pub fn new(instance: &str, class: &str, member: &str, subsystem: &str) -> Result<Self, Code> {
        Ok(Self { instance: part(instance)?, class: part(class)?, member: part(member)?, subsystem: part(subsystem)? })
    }

    /// The federation.
    #[must_use]
    pub fn instance(&self) -> &str {
        &self.instance
    }

    /// The class of the member: `GOV`, `COM`, …
    #[must_use]
    pub fn class(&self) -> &str {
        &self.class
    }

    /// The member's code: the unified code of the organ.
    #[must_use]
    pub fn member(&self) -> &str {
        &self.member
    }

    /// The subsystem's code.
    #[must_use]
    pub fn subsystem(&self) -> &str {
        &self.subsystem
    }

    /// One of its services.
    ///
    /// # Errors
    /// [`Code::HeadMalformed`] when the code is not usable.
    pub fn service(&self, code: &str) -> Result<ServiceId, Code> {
        Ok(ServiceId { subsystem: self.clone(), service: part(code)? })
    }
}

impl ServiceId {
    /// The subsystem that provides it.
    #[must_use]
    pub const fn subsystem(&self) -> &SubsystemId {
        &self.subsystem
    }

    /// The service's code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.service
    }

    /// Splits a request path `/r1/{service}/{endpoint…}` into service and endpoint. The endpoint has no slash in front.
    ///
    /// # Errors
    /// [`Code::HeadMalformed`] when it is not such a path, or its endpoint goes upwards.
    pub fn of_path(path: &str) -> Result<(Self, String), Code> {
        let rest = path.strip_prefix("/r1/").ok_or(Code::HeadMalformed)?;
        let mut parts = rest.splitn(6, '/');
        let mut next = || parts.next().ok_or(Code::HeadMalformed).and_then(decoded);
        let subsystem = SubsystemId::new(&next()?, &next()?, &next()?, &next()?)?;
        let service = subsystem.service(&next()?)?;
        let endpoint = parts.next().unwrap_or_default();
        // X-Road had a path traversal here (XRDDEV-3054): what is decoded is looked at, not what was sent.
        let plain = decoded(endpoint)?;
        if plain.split('/').any(|step| step == "." || step == "..") || plain.contains(['\\', '%']) || plain.chars().any(char::is_control) {
            return Err(Code::HeadMalformed);
        }
        Ok((service, plain.trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for SubsystemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", encoded(&self.instance), encoded(&self.class), encoded(&self.member), encoded(&self.subsystem))
    }
}

impl fmt::Display for ServiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.subsystem, encoded(&self.service))
    }
}

impl FromStr for SubsystemId {
    type Err = Code;

    fn from_str(text: &str) -> Result<Self, Code> {
        let parts = text.split('/').map(decoded).collect::<Result<Vec<_>, _>>()?;
        match parts.as_slice() {
            [instance, class, member, subsystem] => Self::new(instance, class, member, subsystem),
            _ => Err(Code::HeadMalformed),
        }
    }
}

impl FromStr for ServiceId {
    type Err = Code;

    fn from_str(text: &str) -> Result<Self, Code> {
        let (subsystem, service) = text.rsplit_once('/').ok_or(Code::HeadMalformed)?;
        subsystem.parse::<SubsystemId>()?.service(&decoded(service)?)
    }
}

macro_rules! as_text {
    ($($name:ident),+) => {$(
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(|code: Code| serde::de::Error::custom(code.as_str()))
            }
        }
    )+};
}

as_text!(SubsystemId, ServiceId);

/// X-Road forbids colon, semicolon, slash, backslash, percent, steps upwards and what cannot be printed.
fn part(text: &str) -> Result<String, Code> {
    let forbidden = |character: char| character.is_control() || ":;/\\%".contains(character) || matches!(character, '\u{200b}' | '\u{feff}');
    if text.is_empty() || text.chars().count() > PART_CHARS_MAX || text == "." || text.contains("..") || text.contains(forbidden) {
        return Err(Code::HeadMalformed);
    }
    Ok(text.to_owned())
}

/// Percent-encoding of everything but letters, digits and `-._~` (RFC 3986 unreserved).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn decoded(text: &str) -> Result<String, Code> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        let (Some(high), Some(low)) = (digit(rest.next()), digit(rest.next())) else { return Err(Code::HeadMalformed) };
        bytes.push(high << 4 | low);
    }
    String::from_utf8(bytes).map_err(|_| Code::HeadMalformed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_names_the_service_and_the_endpoint() {
        let (service, endpoint) = ServiceId::of_path("/r1/CN-339921/GOV/11339921MB00000018/population/person/read").unwrap();
        assert_eq!(service.to_string(), "CN-339921/GOV/11339921MB00000018/population/person");
        assert_eq!((service.code(), endpoint.as_str()), ("person", "read"));
        assert_eq!(ServiceId::of_path("/r1/A/B/C/D/E").unwrap().1, "");
        for wrong in ["", "/r2/A/B/C/D/E", "/r1/A/B/C/D", "/r1/A/B//D/E", "/r1/A/B/C/D/E/../x", "/r1/A/B/C/D/E/%2e%2e/x", "/r1/A/B/C/D/E/%252e"] {
            assert_eq!(ServiceId::of_path(wrong), Err(Code::HeadMalformed), "{wrong}");
        }
    }

    #[test]
    fn forbidden_characters_are_refused_even_encoded() {
        for wrong in ["A/B/C", "A/B/C/D/E", "A/B/C/", "A/B/C/x%3Ay", "A/B/C/x%2Fy", "A/B/C/..", "A/B/C/x%", "A/B/C/x%0a", "A/B/C/%ff"] {
            assert_eq!(wrong.parse::<SubsystemId>(), Err(Code::HeadMalformed), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(parts in proptest::array::uniform5("[a-zA-Z0-9 _.+=人口库-]{1,20}")) {
            prop_assume!(parts.iter().all(|part| part != "." && !part.contains("..")));
            let [instance, class, member, subsystem, service] = parts;
            let id = SubsystemId::new(&instance, &class, &member, &subsystem).unwrap().service(&service).unwrap();
            let text = id.to_string();
            prop_assert!(text.is_ascii() && !text.contains(' '));
            prop_assert_eq!(text.parse::<ServiceId>(), Ok(id.clone()));
            prop_assert_eq!(ServiceId::of_path(&format!("/r1/{text}/read")), Ok((id, "read".to_owned())));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}") {
            let _ = text.parse::<SubsystemId>();
            let _ = ServiceId::of_path(&text);
            let _ = ServiceId::of_path(&format!("/r1/{text}"));
        }
    }
}
