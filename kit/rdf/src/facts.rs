//! What a text of others says, to be asked.

use std::collections::BTreeMap;

use oxrdf::{NamedOrBlankNode, Term, Triple};

use crate::{Object, RdfError};

/// Longest text that a name of an XML document may stand for: an address.
const ENTITY_BYTES_MAX: usize = 500;
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// Statements as read, by what they are about. Subjects and predicates are whole addresses; what has none is called `_:name`.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    said: BTreeMap<String, Vec<(String, Object)>>,
}

impl Facts {
    /// Reads Turtle, RDF/XML or JSON-LD, told apart by how the text begins. `base` completes addresses that are not whole.
    ///
    /// # Errors
    /// Where the text is none of them.
    pub fn read(text: &str, base: &str) -> Result<Self, RdfError> {
        let begun = text.trim_start_matches('\u{feff}').trim_start();
        let unreadable = |error: &dyn std::fmt::Display| RdfError::Unreadable(error.to_string());
        let no_base = |_| RdfError::Address(base.to_owned());
        let mut facts = Self::default();
        if begun.starts_with(['{', '[']) && !begun.starts_with("[]") {
            for quad in oxjsonld::JsonLdParser::new().with_base_iri(base).map_err(no_base)?.for_slice(begun) {
                let quad = quad.map_err(|error| unreadable(&error))?;
                facts.put(Triple::new(quad.subject, quad.predicate, quad.object));
            }
        } else if ["<?xml", "<rdf:", "<!--", "<!DOCTYPE"].iter().any(|start| begun.starts_with(start)) {
            if !entities_are_short(begun) {
                return Err(RdfError::Unreadable("an entity that stands for more than an address".to_owned()));
            }
            for triple in oxrdfxml::RdfXmlParser::new().with_base_iri(base).map_err(no_base)?.for_slice(begun) {
                facts.put(triple.map_err(|error| unreadable(&error))?);
            }
        } else {
            for triple in oxttl::TurtleParser::new().with_base_iri(base).map_err(no_base)?.for_slice(begun) {
                facts.put(triple.map_err(|error| unreadable(&error))?);
            }
        }
        Ok(facts)
    }

    fn put(&mut self, triple: Triple) {
        let subject = match triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.into_string(),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        };
        let object = match triple.object {
            Term::NamedNode(node) => Object::Thing(node.into_string()),
            Term::BlankNode(node) => Object::Thing(node.to_string()),
            Term::Literal(literal) => match literal.language() {
                Some(language) => Object::text(literal.value(), language),
                None if literal.datatype() == oxrdf::vocab::xsd::STRING => Object::text(literal.value(), ""),
                None => Object::value(literal.value(), literal.datatype().as_str()),
            },
        };
        self.said.entry(subject).or_default().push((triple.predicate.into_string(), object));
    }

    /// Everything of a class.
    pub fn of_class<'f>(&'f self, class: &'f str) -> impl Iterator<Item = &'f str> {
        let is_one = move |said: &[(String, Object)]| said.iter().any(|(predicate, object)| predicate == TYPE && object.address() == Some(class));
        self.said.iter().filter(move |(_, said)| is_one(said)).map(|(subject, _)| subject.as_str())
    }

    /// What is said of a subject with a predicate.
    pub fn about<'f>(&'f self, subject: &str, predicate: &'f str) -> impl Iterator<Item = &'f Object> {
        let said = self.said.get(subject).map(Vec::as_slice).unwrap_or_default();
        said.iter().filter(move |(known, _)| known == predicate).map(|(_, object)| object)
    }

    /// What anything says with a predicate.
    pub fn with<'f>(&'f self, predicate: &'f str) -> impl Iterator<Item = (&'f str, &'f Object)> {
        let all = self.said.iter().flat_map(|(subject, said)| said.iter().map(move |one| (subject.as_str(), one)));
        all.filter(move |(_, (known, _))| known == predicate).map(|(subject, (_, object))| (subject, object))
    }
}

/// Whether every entity stands for a short text without further entities: those that stand for each other grow without end.
fn entities_are_short(text: &str) -> bool {
    text.split("<!ENTITY").skip(1).all(|declared| {
        let value = declared.split('"').nth(1);
        value.is_some_and(|value| value.len() <= ENTITY_BYTES_MAX && !value.contains('&'))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Graph;

    const DATASET: &str = "http://www.w3.org/ns/dcat#Dataset";
    const TITLE: &str = "http://purl.org/dc/terms/title";

    #[test]
    fn the_three_forms_are_told_apart_and_say_the_same() {
        let mut graph = Graph::new(&[("dct", "http://purl.org/dc/terms/"), ("dcat", "http://www.w3.org/ns/dcat#")]);
        graph.add("http://a.example/1", "a", Object::thing("dcat:Dataset")).unwrap();
        graph.add("http://a.example/1", "dct:title", Object::text("公交", "zh-CN")).unwrap();
        graph.add("http://a.example/1", "dct:title", Object::text("Buses", "en")).unwrap();
        for text in [graph.turtle().unwrap(), graph.rdf_xml().unwrap(), graph.json_ld().unwrap()] {
            let facts = Facts::read(&text, "http://a.example/").unwrap();
            assert_eq!(facts.of_class(DATASET).collect::<Vec<_>>(), ["http://a.example/1"], "{text}");
            let mut titles: Vec<_> = facts.about("http://a.example/1", TITLE).cloned().collect();
            titles.sort_by_key(|title| format!("{title:?}"));
            assert_eq!(titles, [Object::text("Buses", "en"), Object::text("公交", "zh-cn")], "{text}");
        }
    }

    #[test]
    fn addresses_are_completed_and_what_is_nothing_is_said() {
        let facts = Facts::read("<set/1> a <http://www.w3.org/ns/dcat#Dataset> .", "http://a.example/catalog.ttl").unwrap();
        assert_eq!(facts.of_class(DATASET).collect::<Vec<_>>(), ["http://a.example/set/1"]);
        assert!(Facts::read("<html><body>Sign in</body></html>", "http://a.example/").is_err());
        assert!(Facts::read("{\"@context\": \"https://elsewhere.example/context.jsonld\", \"title\": \"x\"}", "http://a.example/").is_err());
    }

    #[test]
    fn entities_may_shorten_addresses_but_not_grow() {
        let text = |entities: &str| {
            format!(
                "<?xml version=\"1.0\"?><!DOCTYPE rdf:RDF [{entities}]><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"> \
                 <rdf:Description rdf:about=\"http://a.example/1\"><rdf:type rdf:resource=\"&b;Dataset\"/></rdf:Description></rdf:RDF>"
            )
        };
        let short = text("<!ENTITY b \"http://www.w3.org/ns/dcat#\">");
        assert_eq!(Facts::read(&short, "http://a.example/").unwrap().of_class(DATASET).count(), 1);
        for entities in ["<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">".to_owned(), format!("<!ENTITY b \"{}\">", "a".repeat(501))] {
            assert!(Facts::read(&text(&entities), "http://a.example/").is_err(), "{entities}");
        }
    }
}
