//! How a node takes part in the exchange, and the verification of evidence outside of any database.

mod base_registers;
mod feeds;
mod grants;
mod register_desk;
mod resources;
mod steps;
pub(crate) mod tls;

use std::collections::HashSet;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clock::Clock;
use exchange::{Carrier, CaseBook, CaseState, Ports, ProvenExchange, Settings, SubsystemId};
use procedure::{Library, Package};
use seal::PublicKey;
use store::{StoreError, Tx};
use tracker::CaseRef;

pub use self::base_registers::BaseRegisters;
pub(crate) use self::feeds::start as start_feeds;
pub use self::feeds::{Deliveries, RegisterChanges};
use self::grants::Grants;
pub(crate) use self::register_desk::register_desk;
pub use self::resources::CatalogueResources;
pub(crate) use self::steps::Steps;
use crate::config::{Connector, Site};
use crate::node::{Node, StartError};

/// Largest file of evidence: a request and a response of ten megabytes each, in base 64.
const EVIDENCE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What the exchange is given.
pub(crate) fn ports(site: &Site, clock: &Arc<dyn Clock>, library: &Arc<Library>) -> Arc<Ports> {
    let cases = Arc::new(Cases { library: Arc::clone(library) });
    Arc::new(Ports {
        rights: Arc::new(Grants::new(cases, Arc::new(CatalogueResources))),
        negative: Arc::new(CatalogueResources),
        provider: Arc::new(BaseRegisters),
        clock: Arc::clone(clock),
        settings: Settings::of(format!("CN-{}", site.division)),
    })
}

/// The cases of this node, and what their packages declare.
struct Cases {
    library: Arc<Library>,
}

impl CaseBook for Cases {
    fn find(&self, tx: &mut Tx<'_>, number: &str, register: &str) -> Result<Option<CaseState>, StoreError> {
        let standing = cases::queries::case_standing(tx, number)?;
        Ok(standing.map(|standing| CaseState {
            declared: Some(self.library.by_hash(&standing.package_hash).map(|package| declared(&package, register)).unwrap_or_default()),
            case: CaseRef { id: standing.id, number: standing.number, title: standing.item_name },
            open: standing.open,
            item: standing.slug,
            organ: standing.organ,
        }))
    }
}

/// Fields of a register that a package fills in, or verifies: in its form, or in a step of its flow.
fn declared(package: &Package, register: &str) -> Vec<String> {
    let of_register =
        |source: &Option<String>| source.as_ref().and_then(|source| source.strip_prefix(register)?.strip_prefix('.').map(str::to_owned));
    let mut fields: Vec<String> =
        package.form.fields().iter().flat_map(|field| [of_register(&field.prefill), of_register(&field.verify)]).flatten().collect();
    for node in &package.flow.nodes {
        if node.attributes.get("register").is_some_and(|named| named == register) {
            let named = node.attributes.get("fields").into_iter().flat_map(|fields| fields.split(','));
            fields.extend(named.map(|field| field.trim().to_owned()));
        }
    }
    fields
}

/// Serves the connector beside the pages, until the process ends.
pub(crate) async fn serve_connector(node: &Node, connector: &Connector) -> Result<(), StartError> {
    let parsed = connector.clients.iter().map(|client| client.parse().map_err(|_| format!("{client} is no subsystem")));
    let clients = parsed.collect::<Result<HashSet<SubsystemId>, String>>()?;
    let carrier: Arc<dyn Carrier> = Arc::new(tls::carrier(&node.place.data, node.site.exchange_tls.as_ref(), tokio::runtime::Handle::current())?);
    let listener = tokio::net::TcpListener::bind(connector.listen).await;
    let listener = listener.map_err(|e| format!("the connector cannot listen on {}: {e}", connector.listen))?;
    let router = gateway::connector(Arc::clone(&node.exchange), carrier, clients);
    tokio::spawn(async move {
        if let Err(fault) = axum::serve(listener, router).await {
            tracing::error!(%fault, "the connector ended");
        }
    });
    Ok(())
}

/// Verifies an exported exchange with public keys; the sentence is for a person.
///
/// # Errors
/// What does not hold.
pub fn verify(file: &Path, keys: &[PathBuf]) -> Result<String, StartError> {
    if keys.is_empty() {
        return Err("no public key was given: name the PEM files of both sides with --key".into());
    }
    let keys = keys.iter().map(|path| Ok(PublicKey::from_pem(std::fs::read_to_string(path)?.trim())?)).collect::<Result<Vec<_>, StartError>>()?;
    if std::fs::metadata(file)?.len() > EVIDENCE_BYTES_MAX {
        return Err(format!("{} is larger than evidence can be", file.display()).into());
    }
    let exchange: ProvenExchange = serde_json::from_reader(BufReader::new(File::open(file)?))?;
    let report = exchange.verify(&keys)?;
    let (zh, en) = match (report.bound, &report.response_key) {
        (Some(_), _) => ("答复写明了这份请求的摘要，两者相符", "the response names the hash of this request"),
        (None, Some(_)) => (
            "证据不含报文内容（导出时没有要，或者已按期清除），两个签名有效",
            "the texts are not part of it (not asked for, or erased by rule), both signatures hold",
        ),
        (None, None) => ("没有答复", "there is no response"),
    };
    let response_key = report.response_key.as_deref().unwrap_or("-");
    let message = report.message.as_deref().unwrap_or("-");
    Ok(format!(
        "交换证据有效：消息 {message}，请求由密钥 {} 签名，答复由密钥 {response_key} 签名；{zh}。\n\
         The evidence is valid: message {message}, request signed by key {}, response signed by key {response_key}; {en}.",
        report.request_key, report.request_key
    ))
}
