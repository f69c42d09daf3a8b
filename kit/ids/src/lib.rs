#![doc = include_str!("../README.md")]

mod entropy;
mod typed;

pub use entropy::{Entropy, SeededEntropy};
pub use typed::{IDENTIFIER_LENGTH, IdProblem, IdSource};

/// Declares identifier types: `id_type! { /// doc  CaseId, "case" }`.
#[macro_export]
macro_rules! id_type {
    ($($(#[$meta:meta])* $name:ident, $prefix:literal);+ $(;)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// What every identifier of this type starts with.
            pub const PREFIX: &'static str = $prefix;

            /// Makes a new identifier from the source of the context.
            pub fn make(source: &mut $crate::IdSource<'_>) -> Self {
                Self(source.next_text($prefix))
            }

            /// Reads an identifier; refuses another prefix, length or alphabet.
            ///
            /// # Errors
            /// [`IdProblem`](crate::IdProblem) says what is wrong.
            pub fn parse(text: &str) -> Result<Self, $crate::IdProblem> {
                $crate::IdProblem::check(text, $prefix)?;
                Ok(Self(text.to_owned()))
            }

            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::IdProblem;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(::serde::de::Error::custom)
            }
        }
    )+};
}
