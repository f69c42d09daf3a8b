#![doc = include_str!("../README.md")]

mod facts;

pub use facts::Facts;

use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple};

/// Why a graph cannot be made or written.
#[derive(Debug, thiserror::Error)]
pub enum RdfError {
    /// An address that is none, or a prefix that is not known.
    #[error("expected an address, but found {0:?}")]
    Address(String),
    /// A language that is none.
    #[error("expected a language, but found {0:?}")]
    Language(String),
    /// A text that cannot be read.
    #[error("not readable: {0}")]
    Unreadable(String),
    /// A writer.
    #[error("writing")]
    Write(#[from] std::io::Error),
}

/// What a statement says of its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// Another thing: an address, `prefix:name`, or `_:name`.
    Thing(String),
    /// A text in a language; none where the language is empty.
    Text(String, String),
    /// A value of a type, `xsd:date`.
    Value(String, String),
}

impl Object {
    /// Another thing.
    pub fn thing(address: impl Into<String>) -> Self {
        Self::Thing(address.into())
    }

    /// A text in a language.
    pub fn text(text: impl Into<String>, language: impl Into<String>) -> Self {
        Self::Text(text.into(), language.into())
    }

    /// A value of a type.
    pub fn value(value: impl Into<String>, kind: impl Into<String>) -> Self {
        Self::Value(value.into(), kind.into())
    }

    /// The address, for another thing.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Thing(address) => Some(address),
            Self::Text(..) | Self::Value(..) => None,
        }
    }

    /// The words, for a text or a value.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Thing(_) => None,
            Self::Text(words, _) | Self::Value(words, _) => Some(words),
        }
    }
}

/// Statements with the prefixes they are written with.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    prefixes: Vec<(String, String)>,
    triples: Vec<Triple>,
}

impl Graph {
    /// An empty graph.
    #[must_use]
    pub fn new(prefixes: &[(&str, &str)]) -> Self {
        Self { prefixes: prefixes.iter().map(|(name, address)| ((*name).to_owned(), (*address).to_owned())).collect(), triples: Vec::new() }
    }

    /// Says something of a subject; `a` is the predicate for its class.
    ///
    /// # Errors
    /// An address, prefix or language that is none; nothing is said then.
    pub fn add(&mut self, subject: &str, predicate: &str, object: Object) -> Result<(), RdfError> {
        let subject = match subject.strip_prefix("_:") {
            Some(name) => NamedOrBlankNode::from(blank(name)?),
            None => NamedOrBlankNode::from(self.address(subject)?),
        };
        let predicate = if predicate == "a" { oxrdf::vocab::rdf::TYPE.into_owned() } else { self.address(predicate)? };
        let object: Term = match object {
            Object::Thing(address) => match address.strip_prefix("_:") {
                Some(name) => blank(name)?.into(),
                None => self.address(&address)?.into(),
            },
            Object::Text(text, language) if language.is_empty() => Literal::new_simple_literal(text).into(),
            Object::Text(text, language) => Literal::new_language_tagged_literal(text, &language).map_err(|_| RdfError::Language(language))?.into(),
            Object::Value(value, kind) => Literal::new_typed_literal(value, self.address(&kind)?).into(),
        };
        self.triples.push(Triple::new(subject, predicate, object));
        Ok(())
    }

    /// How many statements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.triples.len()
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.triples.is_empty()
    }

    fn address(&self, text: &str) -> Result<NamedNode, RdfError> {
        let known = text.split_once(':').and_then(|(prefix, name)| {
            let (_, address) = self.prefixes.iter().find(|(known, _)| known == prefix)?;
            Some(format!("{address}{name}"))
        });
        NamedNode::new(known.unwrap_or_else(|| text.to_owned())).map_err(|_| RdfError::Address(text.to_owned()))
    }

    /// As Turtle.
    ///
    /// # Errors
    /// A prefix whose address is none.
    pub fn turtle(&self) -> Result<String, RdfError> {
        let mut writer = oxttl::TurtleSerializer::new();
        for (name, address) in &self.prefixes {
            writer = writer.with_prefix(name, address).map_err(|_| RdfError::Address(address.clone()))?;
        }
        let mut writer = writer.for_writer(Vec::new());
        for triple in &self.triples {
            writer.serialize_triple(triple)?;
        }
        text(writer.finish()?)
    }

    /// As RDF/XML.
    ///
    /// # Errors
    /// A prefix whose address is none.
    pub fn rdf_xml(&self) -> Result<String, RdfError> {
        let mut writer = oxrdfxml::RdfXmlSerializer::new();
        for (name, address) in &self.prefixes {
            writer = writer.with_prefix(name, address).map_err(|_| RdfError::Address(address.clone()))?;
        }
        let mut writer = writer.for_writer(Vec::new());
        for triple in &self.triples {
            writer.serialize_triple(triple)?;
        }
        text(writer.finish()?)
    }

    /// As JSON-LD.
    ///
    /// # Errors
    /// A prefix whose address is none.
    pub fn json_ld(&self) -> Result<String, RdfError> {
        let mut writer = oxjsonld::JsonLdSerializer::new();
        for (name, address) in &self.prefixes {
            writer = writer.with_prefix(name, address).map_err(|_| RdfError::Address(address.clone()))?;
        }
        let mut writer = writer.for_writer(Vec::new());
        for triple in &self.triples {
            writer.serialize_quad(&Quad {
                subject: triple.subject.clone(),
                predicate: triple.predicate.clone(),
                object: triple.object.clone(),
                graph_name: GraphName::DefaultGraph,
            })?;
        }
        text(writer.finish()?)
    }
}

fn blank(name: &str) -> Result<BlankNode, RdfError> {
    BlankNode::new(name).map_err(|_| RdfError::Address(format!("_:{name}")))
}

fn text(bytes: Vec<u8>) -> Result<String, RdfError> {
    String::from_utf8(bytes).map_err(|_| RdfError::Unreadable("not UTF-8".to_owned()))
}

/// The statements of a text in Turtle, as N-Triples, sorted.
///
/// # Errors
/// Where the text is no Turtle.
pub fn parse_turtle(text: &str) -> Result<Vec<String>, RdfError> {
    sorted(oxttl::TurtleParser::new().for_slice(text).map(|triple| triple.map(|triple| triple.to_string())))
}

/// The statements of a text in RDF/XML, as N-Triples, sorted.
///
/// # Errors
/// Where the text is no RDF/XML.
pub fn parse_rdf_xml(text: &str) -> Result<Vec<String>, RdfError> {
    sorted(oxrdfxml::RdfXmlParser::new().for_slice(text).map(|triple| triple.map(|triple| triple.to_string())))
}

/// The statements of a text in JSON-LD, as N-Triples, sorted.
///
/// # Errors
/// Where the text is no JSON-LD.
pub fn parse_json_ld(text: &str) -> Result<Vec<String>, RdfError> {
    let quads = oxjsonld::JsonLdParser::new().for_slice(text);
    sorted(quads.map(|quad| quad.map(|quad| Triple::new(quad.subject, quad.predicate, quad.object).to_string())))
}

fn sorted<E: std::fmt::Display>(statements: impl Iterator<Item = Result<String, E>>) -> Result<Vec<String>, RdfError> {
    let mut found = Vec::new();
    for statement in statements {
        found.push(statement.map_err(|error| RdfError::Unreadable(error.to_string()))?);
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn graph() -> Graph {
        let mut graph = Graph::new(&[("dct", "http://purl.org/dc/terms/"), ("xsd", "http://www.w3.org/2001/XMLSchema#")]);
        graph.add("http://a.example/1", "a", Object::thing("dct:Thing")).unwrap();
        graph.add("http://a.example/1", "dct:title", Object::text("<公交> & \"站点\"\n", "zh-CN")).unwrap();
        graph.add("http://a.example/1", "dct:issued", Object::value("2026-03-02", "xsd:date")).unwrap();
        graph.add("http://a.example/1", "dct:creator", Object::thing("http://a.example/who")).unwrap();
        graph
    }

    #[test]
    fn the_three_forms_hold_the_same_statements() {
        let graph = graph();
        let turtle = parse_turtle(&graph.turtle().unwrap()).unwrap();
        assert_eq!(turtle.len(), 4);
        assert_eq!(parse_rdf_xml(&graph.rdf_xml().unwrap()).unwrap(), turtle);
        assert_eq!(parse_json_ld(&graph.json_ld().unwrap()).unwrap(), turtle);
    }

    #[test]
    fn what_is_no_address_is_not_said() {
        let mut graph = graph();
        for address in ["no address", "http://a b", "<x>", "unknown"] {
            assert!(graph.add("http://a.example/1", "dct:source", Object::thing(address)).is_err(), "{address}");
        }
        assert!(graph.add("http://a.example/1", "dct:title", Object::text("x", "not a language")).is_err());
        assert_eq!(graph.len(), 4);
    }
}
