//! The catalogue as linked data keeps what DCAT-AP 3.0 demands of each class: which properties there must be, how often, and what they hold; also
//! what its official shapes leave open, that addresses are of the lists of the European Union and that dates have a type. The shapes themselves are
//! held against a running node by `e2e/clients/shapes.py`.

use rdf::{Facts, Object};

use crate::town::Town;

/// What a property holds.
#[derive(Clone, Copy, Debug)]
enum Holds {
    /// Words.
    Literal,
    /// A value of one of these types, by the end of their address.
    Typed(&'static [&'static str]),
    /// A thing of this class, said in the same text.
    Of(&'static str),
    /// A thing of the list at this address.
    Listed(&'static str),
}
use Holds::{Listed, Literal, Of, Typed};

const MANY: usize = usize::MAX;
const DAY: Holds = Typed(&["dateTime", "date", "gYear", "gYearMonth"]);
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const EU: &str = "http://publications.europa.eu/resource/authority/";

/// Class, property, least, most, what it holds. After <https://semiceu.github.io/DCAT-AP/releases/3.0.0/>, sections 7 and 12.
const DEMANDS: &[(&str, &str, usize, usize, Holds)] = &[
    ("dcat:Catalog", "dct:title", 1, MANY, Literal),
    ("dcat:Catalog", "dct:description", 1, MANY, Literal),
    ("dcat:Catalog", "dct:publisher", 1, 1, Of("foaf:Agent")),
    ("dcat:Catalog", "dcat:dataset", 1, MANY, Of("dcat:Dataset")),
    ("dcat:Catalog", "dcat:service", 0, MANY, Of("dcat:DataService")),
    ("dcat:Catalog", "foaf:homepage", 0, 1, Of("foaf:Document")),
    ("dcat:Catalog", "dct:language", 0, MANY, Of("dct:LinguisticSystem")),
    ("dcat:Catalog", "dct:language", 0, MANY, Listed("language/")),
    ("dcat:Catalog", "dct:license", 0, 1, Of("dct:LicenseDocument")),
    ("dcat:Catalog", "dct:modified", 0, 1, DAY),
    ("dcat:Catalog", "dct:issued", 0, 1, DAY),
    ("dcat:Dataset", "dct:title", 1, MANY, Literal),
    ("dcat:Dataset", "dct:description", 1, MANY, Literal),
    ("dcat:Dataset", "dct:identifier", 0, MANY, Literal),
    ("dcat:Dataset", "dct:publisher", 0, 1, Of("foaf:Agent")),
    ("dcat:Dataset", "dcat:contactPoint", 0, MANY, Of("vcard:Kind")),
    ("dcat:Dataset", "dcat:distribution", 0, MANY, Of("dcat:Distribution")),
    ("dcat:Dataset", "dcat:keyword", 0, MANY, Literal),
    ("dcat:Dataset", "dcat:theme", 0, MANY, Of("skos:Concept")),
    ("dcat:Dataset", "dcat:theme", 0, MANY, Listed("data-theme/")),
    ("dcat:Dataset", "dct:accessRights", 0, 1, Of("dct:RightsStatement")),
    ("dcat:Dataset", "dct:accessRights", 0, 1, Listed("access-right/")),
    ("dcat:Dataset", "dct:accrualPeriodicity", 0, 1, Of("dct:Frequency")),
    ("dcat:Dataset", "dct:accrualPeriodicity", 0, 1, Listed("frequency/")),
    ("dcat:Dataset", "dct:spatial", 0, MANY, Of("dct:Location")),
    ("dcat:Dataset", "dct:temporal", 0, MANY, Of("dct:PeriodOfTime")),
    ("dcat:Dataset", "dcat:landingPage", 0, MANY, Of("foaf:Document")),
    ("dcat:Dataset", "dct:provenance", 0, MANY, Of("dct:ProvenanceStatement")),
    ("dcat:Dataset", "dct:issued", 0, 1, DAY),
    ("dcat:Dataset", "dct:modified", 0, 1, DAY),
    ("dcat:Dataset", "dcat:version", 0, 1, Literal),
    ("dcat:Dataset", "adms:versionNotes", 0, MANY, Literal),
    ("dcat:Distribution", "dcat:accessURL", 1, MANY, Of("rdfs:Resource")),
    ("dcat:Distribution", "dcat:downloadURL", 0, MANY, Of("rdfs:Resource")),
    ("dcat:Distribution", "dcat:accessService", 0, MANY, Of("dcat:DataService")),
    ("dcat:Distribution", "dct:title", 0, MANY, Literal),
    ("dcat:Distribution", "dct:description", 0, MANY, Literal),
    ("dcat:Distribution", "dct:license", 0, 1, Of("dct:LicenseDocument")),
    ("dcat:Distribution", "dct:format", 0, 1, Of("dct:MediaTypeOrExtent")),
    ("dcat:Distribution", "dct:format", 0, 1, Listed("file-type/")),
    ("dcat:Distribution", "dcat:mediaType", 0, 1, Of("dct:MediaType")),
    ("dcat:Distribution", "dcatap:availability", 0, 1, Of("skos:Concept")),
    ("dcat:Distribution", "dcatap:availability", 0, 1, Listed("planned-availability/")),
    ("dcat:Distribution", "dcat:byteSize", 0, 1, Typed(&["nonNegativeInteger"])),
    ("dcat:Distribution", "dct:issued", 0, 1, DAY),
    ("dcat:Distribution", "spdx:checksum", 0, 1, Of("spdx:Checksum")),
    ("dcat:DataService", "dct:title", 1, MANY, Literal),
    ("dcat:DataService", "dcat:endpointURL", 1, MANY, Of("rdfs:Resource")),
    ("dcat:DataService", "dcat:endpointDescription", 0, MANY, Of("rdfs:Resource")),
    ("spdx:Checksum", "spdx:algorithm", 1, 1, Of("spdx:ChecksumAlgorithm")),
    ("spdx:Checksum", "spdx:checksumValue", 1, 1, Typed(&["hexBinary"])),
    ("foaf:Agent", "foaf:name", 1, MANY, Literal),
    ("dct:PeriodOfTime", "dcat:startDate", 0, 1, DAY),
    ("dct:PeriodOfTime", "dcat:endDate", 0, 1, DAY),
    ("skos:Concept", "skos:prefLabel", 1, MANY, Literal),
    ("skos:ConceptScheme", "dct:title", 1, MANY, Literal),
];

fn whole(short: &str) -> String {
    let (prefix, name) = short.split_once(':').unwrap();
    let address = match prefix {
        "dcat" => "http://www.w3.org/ns/dcat#",
        "dct" => "http://purl.org/dc/terms/",
        "foaf" => "http://xmlns.com/foaf/0.1/",
        "vcard" => "http://www.w3.org/2006/vcard/ns#",
        "spdx" => "http://spdx.org/rdf/terms#",
        "skos" => "http://www.w3.org/2004/02/skos/core#",
        "rdfs" => "http://www.w3.org/2000/01/rdf-schema#",
        "adms" => "http://www.w3.org/ns/adms#",
        "dcatap" => "http://data.europa.eu/r5r/",
        other => panic!("{other}"),
    };
    format!("{address}{name}")
}

/// What is not as DCAT-AP demands.
fn faults(facts: &Facts) -> Vec<String> {
    let mut found = Vec::new();
    for (class, property, least, most, holds) in DEMANDS {
        let (class, address) = (whole(class), whole(property));
        for subject in facts.of_class(&class) {
            let said: Vec<&Object> = facts.about(subject, &address).collect();
            if !(*least..=*most).contains(&said.len()) {
                found.push(format!("{subject}: {} times {property}", said.len()));
            }
            found.extend(said.iter().filter(|object| !fits(facts, object, *holds)).map(|object| format!("{subject}: {property} is {object:?}")));
        }
    }
    found
}

fn fits(facts: &Facts, object: &Object, holds: Holds) -> bool {
    match (holds, object) {
        (Literal, Object::Text(words, _)) => !words.is_empty(),
        (Typed(types), Object::Value(words, kind)) => !words.is_empty() && types.iter().any(|end| kind.ends_with(&format!("XMLSchema#{end}"))),
        (Of(class), Object::Thing(address)) => facts.about(address, TYPE).any(|known| known.address() == Some(&*whole(class))),
        (Listed(list), Object::Thing(address)) => address.starts_with(&format!("{EU}{list}")),
        _ => false,
    }
}

#[test]
fn the_catalogue_and_every_dataset_keep_the_demands_of_dcat_ap() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    let text = anyone.get("/catalog.ttl").is(200).text();
    let facts = Facts::read(&text, "http://localhost/").unwrap();
    assert_eq!(faults(&facts), Vec::<String>::new());
    assert_eq!(facts.of_class(&whole("dcat:Dataset")).count(), 27);
    assert_eq!(facts.of_class(&whole("dcat:Distribution")).count(), 2 * 27, "each table as it is and as Parquet");
    // Every class that is demanded something of is there, so that no demand is kept by there being nothing.
    for (class, ..) in DEMANDS {
        assert!(facts.of_class(&whole(class)).next().is_some(), "{class}");
    }
    for form in ["ttl", "rdf", "jsonld"] {
        let one = anyone.get(&format!("/data/air-quality-daily/dataset.{form}")).is(200).text();
        assert_eq!(faults(&Facts::read(&one, "http://localhost/").unwrap()), Vec::<String>::new(), "{form}");
    }
}

#[test]
fn what_breaks_a_demand_is_found() {
    let text = |dataset: &str| {
        format!(
            "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <http://a.example/1> a dcat:Dataset ; {dataset} ."
        )
    };
    let wrong = |dataset: &str| faults(&Facts::read(&text(dataset), "http://a.example/").unwrap()).len();
    let good = "dct:title \"a\" ; dct:description \"b\"";
    assert_eq!(wrong(good), 0);
    assert_eq!(wrong("dct:title \"a\""), 1, "no description");
    assert_eq!(wrong(&format!("{good} ; dct:modified \"2026-01-01\"")), 1, "a day without a type");
    assert_eq!(wrong(&format!("{good} ; dct:publisher <http://a.example/2>")), 1, "a publisher of no class");
    assert_eq!(wrong(&format!("{good} ; dcat:version \"1\", \"2\"")), 1, "two versions");
}
