//! Datasets as linked data: DCAT-AP 3.0 (<https://semiceu.github.io/DCAT-AP/releases/3.0.0/>).

use i18n::Text;
use parties::Organ;
use rdf::{Graph, Object, RdfError};

use crate::model::release::Release;
use crate::model::resource::Resource;
use crate::model::words::{self, Opening};

const PREFIXES: [(&str, &str); 11] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcatap", "http://data.europa.eu/r5r/"),
    ("hydra", "http://www.w3.org/ns/hydra/core#"),
];
const CHINESE: &str = "zh-CN";
const ENGLISH: &str = "en";
/// SM3 by its object identifier (GB/T 33560); SPDX has no name for it.
const SM3: &str = "urn:oid:1.2.156.10197.1.401";
const AVAILABLE: &str = "http://publications.europa.eu/resource/authority/planned-availability/AVAILABLE";
const PUBLIC: &str = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";
const RESTRICTED: &str = "http://publications.europa.eu/resource/authority/access-right/RESTRICTED";

/// What is said of the portal itself.
#[derive(Clone, Debug)]
pub struct Portal {
    /// Its address, without a slash at the end.
    pub base: String,
    /// Its name.
    pub title: Text,
    /// Whose it is.
    pub owner: Text,
}

/// A part of a catalogue that is too large for one text.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its address.
    pub here: String,
    /// Address of the part after it.
    pub next: String,
}

/// The catalogue of a portal, with datasets; `part` unless it is the last or only one.
///
/// # Errors
/// An address that is none.
pub fn catalogue(portal: &Portal, organs: &[(String, Organ)], releases: &[Release], part: Option<&Part>) -> Result<Graph, RdfError> {
    let mut graph = Graph::new(&PREFIXES);
    if let Some(Part { here, next }) = part {
        graph.add(here, "a", Object::thing("hydra:PartialCollectionView"))?;
        graph.add(here, "hydra:next", Object::thing(next.as_str()))?;
    }
    let (home, owner) = (format!("{}/data", portal.base), format!("{}/data#owner", portal.base));
    graph.add(&home, "a", Object::thing("dcat:Catalog"))?;
    texts(&mut graph, &home, "dct:title", &portal.title)?;
    texts(
        &mut graph,
        &home,
        "dct:description",
        &Text::new(format!("{}公共数据开放目录", portal.owner.zh), format!("Open data of {}", portal.owner.en)),
    )?;
    graph.add(&home, "dct:publisher", Object::thing(owner.as_str()))?;
    agent(&mut graph, &owner, &portal.owner)?;
    graph.add(&home, "foaf:homepage", Object::thing(home.as_str()))?;
    graph.add(&home, "a", Object::thing("foaf:Document"))?;
    for language in ["ZHO", "ENG"] {
        let language = format!("http://publications.europa.eu/resource/authority/language/{language}");
        graph.add(&language, "a", Object::thing("dct:LinguisticSystem"))?;
        graph.add(&home, "dct:language", Object::thing(language))?;
    }
    let service = service(&mut graph, portal)?;
    graph.add(&home, "dcat:service", Object::thing(service.as_str()))?;
    let newest = releases.iter().map(|release| release.at_ms).max();
    if let Some(newest) = newest {
        graph.add(&home, "dct:modified", moment(newest))?;
    }
    for release in releases {
        graph.add(&home, "dcat:dataset", Object::thing(address(portal, release)))?;
        add(&mut graph, portal, organs, release, &service)?;
    }
    Ok(graph)
}

/// One dataset.
///
/// # Errors
/// An address that is none.
pub fn dataset(portal: &Portal, organs: &[(String, Organ)], release: &Release) -> Result<Graph, RdfError> {
    let mut graph = Graph::new(&PREFIXES);
    let service = service(&mut graph, portal)?;
    add(&mut graph, portal, organs, release, &service)?;
    Ok(graph)
}

fn address(portal: &Portal, release: &Release) -> String {
    format!("{}/data/{}", portal.base, release.slug)
}

fn texts(graph: &mut Graph, subject: &str, predicate: &str, text: &Text) -> Result<(), RdfError> {
    for (said, language) in [(&text.zh, CHINESE), (&text.en, ENGLISH)] {
        if !said.is_empty() {
            graph.add(subject, predicate, Object::text(said.as_str(), language))?;
        }
    }
    Ok(())
}

fn moment(at_ms: i64) -> Object {
    Object::value(clock::from_millis(at_ms).map(|at| at.to_string()).unwrap_or_default(), "xsd:dateTime")
}

fn agent(graph: &mut Graph, subject: &str, name: &Text) -> Result<(), RdfError> {
    graph.add(subject, "a", Object::thing("foaf:Agent"))?;
    texts(graph, subject, "foaf:name", name)
}

/// The interface over the rows of all files.
fn service(graph: &mut Graph, portal: &Portal) -> Result<String, RdfError> {
    let service = format!("{}/data/developers#action-api", portal.base);
    graph.add(&service, "a", Object::thing("dcat:DataService"))?;
    texts(graph, &service, "dct:title", &Text::new("数据集接口（CKAN Action API v3）", "CKAN Action API v3"))?;
    let endpoint = format!("{}/api/3/action/", portal.base);
    graph.add(&endpoint, "a", Object::thing("rdfs:Resource"))?;
    graph.add(&service, "dcat:endpointURL", Object::thing(endpoint))?;
    let description = format!("{}/data/developers", portal.base);
    graph.add(&description, "a", Object::thing("rdfs:Resource"))?;
    graph.add(&service, "dcat:endpointDescription", Object::thing(description))?;
    Ok(service)
}

fn add(graph: &mut Graph, portal: &Portal, organs: &[(String, Organ)], release: &Release, service: &str) -> Result<(), RdfError> {
    let subject = address(portal, release);
    let metadata = &release.metadata;
    graph.add(&subject, "a", Object::thing("dcat:Dataset"))?;
    texts(graph, &subject, "dct:title", &metadata.title)?;
    texts(graph, &subject, "dct:description", &metadata.notes)?;
    graph.add(&subject, "dct:identifier", Object::text(release.dataset.as_str(), ""))?;
    graph.add(&subject, "dcat:version", Object::text(release.number.to_string(), ""))?;
    texts(graph, &subject, "adms:versionNotes", &release.changes)?;
    graph.add(&subject, "dct:issued", moment(release.created_ms))?;
    graph.add(&subject, "dct:modified", moment(release.at_ms))?;
    for tag in &metadata.tags {
        graph.add(&subject, "dcat:keyword", Object::text(tag.as_str(), CHINESE))?;
    }
    publisher(graph, portal, organs, release, &subject)?;
    for word in metadata.themes.iter().filter_map(|code| words::find(&words::THEMES, code)) {
        graph.add(&subject, "dcat:theme", Object::thing(word.uri))?;
        concept(graph, word, "http://publications.europa.eu/resource/authority/data-theme")?;
    }
    if let Some(word) = words::find(&words::PERIODS, &metadata.period) {
        graph.add(&subject, "dct:accrualPeriodicity", Object::thing(word.uri))?;
        graph.add(word.uri, "a", Object::thing("dct:Frequency"))?;
    }
    let rights = if metadata.opening == Opening::Unconditional { PUBLIC } else { RESTRICTED };
    graph.add(&subject, "dct:accessRights", Object::thing(rights))?;
    graph.add(rights, "a", Object::thing("dct:RightsStatement"))?;
    covered(graph, release, &subject)?;
    let page = format!("{subject}#page");
    graph.add(&page, "a", Object::thing("foaf:Document"))?;
    graph.add(&subject, "dcat:landingPage", Object::thing(page))?;
    if let Some(computed) = &metadata.computed {
        let statement = format!("{subject}/computed");
        graph.add(&statement, "a", Object::thing("dct:ProvenanceStatement"))?;
        texts(graph, &statement, "rdfs:label", &computed.source)?;
        graph.add(&subject, "dct:provenance", Object::thing(statement))?;
    }
    for (id, file) in release.resources.iter().flat_map(Resource::offered) {
        distribution(graph, portal, release, &file, (subject.as_str(), format!("{subject}#{id}").as_str(), service))?;
    }
    Ok(())
}

fn concept(graph: &mut Graph, word: &words::Word, scheme: &str) -> Result<(), RdfError> {
    graph.add(word.uri, "a", Object::thing("skos:Concept"))?;
    texts(graph, word.uri, "skos:prefLabel", &word.name())?;
    graph.add(word.uri, "skos:inScheme", Object::thing(scheme))?;
    graph.add(scheme, "a", Object::thing("skos:ConceptScheme"))?;
    texts(graph, scheme, "dct:title", &Text::new("数据主题", "Data theme"))
}

fn publisher(graph: &mut Graph, portal: &Portal, organs: &[(String, Organ)], release: &Release, subject: &str) -> Result<(), RdfError> {
    let found = organs.iter().find(|(_, organ)| organ.id == release.organ);
    let name = found.map_or_else(|| release.organ.to_string(), |(name, _)| name.clone());
    let who = format!("{}/data?organ={}#{name}", portal.base, release.organ);
    graph.add(subject, "dct:publisher", Object::thing(who.as_str()))?;
    agent(graph, &who, &release.organ_name)?;
    if let Some((_, organ)) = found {
        graph.add(&who, "dct:identifier", Object::text(organ.code.as_str(), ""))?;
    }
    let contact = format!("{subject}#contact");
    graph.add(subject, "dcat:contactPoint", Object::thing(contact.as_str()))?;
    graph.add(&contact, "a", Object::thing("vcard:Organization"))?;
    graph.add(&contact, "a", Object::thing("vcard:Kind"))?;
    texts(graph, &contact, "vcard:fn", &release.organ_name)?;
    let number: String = release.metadata.contact.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if !number.is_empty() {
        graph.add(&contact, "vcard:hasTelephone", Object::thing(format!("tel:{number}")))?;
    }
    Ok(())
}

fn covered(graph: &mut Graph, release: &Release, subject: &str) -> Result<(), RdfError> {
    let metadata = &release.metadata;
    if !metadata.spatial.is_empty() {
        let place = format!("{subject}#place");
        graph.add(subject, "dct:spatial", Object::thing(place.as_str()))?;
        graph.add(&place, "a", Object::thing("dct:Location"))?;
        graph.add(&place, "dct:identifier", Object::text(format!("GB/T 2260 {}", metadata.spatial), ""))?;
    }
    if let (Some(from), Some(until)) = (metadata.from, metadata.until) {
        let time = format!("{subject}#time");
        graph.add(subject, "dct:temporal", Object::thing(time.as_str()))?;
        graph.add(&time, "a", Object::thing("dct:PeriodOfTime"))?;
        graph.add(&time, "dcat:startDate", Object::value(from.to_string(), "xsd:date"))?;
        graph.add(&time, "dcat:endDate", Object::value(until.to_string(), "xsd:date"))?;
    }
    Ok(())
}

fn distribution(
    graph: &mut Graph,
    portal: &Portal,
    release: &Release,
    file: &Resource,
    (subject, own, service): (&str, &str, &str),
) -> Result<(), RdfError> {
    let url = match file.url.is_empty() {
        true => format!("{}/dataset/{}/resource/{}/download/{}.{}", portal.base, release.dataset, file.id, release.slug, file.format.to_lowercase()),
        false => file.url.clone(),
    };
    if graph.add(&url, "a", Object::thing("rdfs:Resource")).is_err() {
        // What another portal calls an address need not be one; the dataset is worth telling of all the same.
        return Ok(());
    }
    graph.add(subject, "dcat:distribution", Object::thing(own))?;
    graph.add(own, "a", Object::thing("dcat:Distribution"))?;
    texts(graph, own, "dct:title", &file.name)?;
    texts(graph, own, "dct:description", &file.note)?;
    graph.add(own, "dcat:accessURL", Object::thing(url.as_str()))?;
    if file.url.is_empty() {
        graph.add(own, "dcat:downloadURL", Object::thing(url))?;
    }
    graph.add(own, "dct:issued", moment(file.at_ms))?;
    if let Some(word) = words::find(&words::LICENCES, &release.metadata.licence) {
        graph.add(own, "dct:license", Object::thing(word.uri))?;
        graph.add(word.uri, "a", Object::thing("dct:LicenseDocument"))?;
    }
    graph.add(own, "dcatap:availability", Object::thing(AVAILABLE))?;
    graph.add(AVAILABLE, "a", Object::thing("skos:Concept"))?;
    texts(graph, AVAILABLE, "skos:prefLabel", &Text::new("可用", "available"))?;
    let media = format!("https://www.iana.org/assignments/media-types/{}", file.media_type());
    graph.add(own, "dcat:mediaType", Object::thing(media.as_str()))?;
    graph.add(&media, "a", Object::thing("dct:MediaType"))?;
    let format = format!("http://publications.europa.eu/resource/authority/file-type/{}", file.format.to_uppercase());
    graph.add(own, "dct:format", Object::thing(format.as_str()))?;
    graph.add(&format, "a", Object::thing("dct:MediaTypeOrExtent"))?;
    if file.size_bytes > 0 {
        graph.add(own, "dcat:byteSize", Object::value(file.size_bytes.to_string(), "xsd:nonNegativeInteger"))?;
    }
    if let Some(hash) = file.blob.as_deref().and_then(|name| name.strip_prefix("sm3:")) {
        let sum = format!("{own}-sm3");
        graph.add(own, "spdx:checksum", Object::thing(sum.as_str()))?;
        graph.add(&sum, "a", Object::thing("spdx:Checksum"))?;
        graph.add(&sum, "spdx:algorithm", Object::thing(SM3))?;
        graph.add(SM3, "a", Object::thing("spdx:ChecksumAlgorithm"))?;
        graph.add(&sum, "spdx:checksumValue", Object::value(hash, "xsd:hexBinary"))?;
    }
    if file.is_table() {
        graph.add(own, "dcat:accessService", Object::thing(service))?;
    }
    Ok(())
}
