//! One node takes over what another shows the public, over the network.

use std::sync::Arc;
use std::time::Duration;

use i18n::Text;
use opendata::{
    ApproveAsOfficer, ApproveAsOwner, ArrangeHarvest, DataField, DraftDataset, Metadata, NewResource, Protocol, PublishDataset, PutResource,
    SubmitDataset, queries,
};
use parties::{DivisionCode, OrganDetails, OrganId, RegisterOrgan, UnifiedCode};
use runner::{Actor, Command, Request};
use tokio::net::TcpListener;
use zhengshu::config::Place;
use zhengshu::node::Node;
use zhengshu::serve;

use crate::folder::{enact, place};

const CSV: &[u8] = "code,lines\nP1,3\nP2,2\n".as_bytes();

fn act<C: Command>(node: &Node, command: C) -> C::Outcome {
    node.runner.execute(Request::by(Actor::system()), command).unwrap().outcome
}

/// The data authority of a county of its own.
fn organ(node: &Node, county: &str) -> OrganId {
    enact(node, county);
    let code = DivisionCode::parse(county).unwrap();
    let details = OrganDetails {
        short_name: Text::same("数据局"),
        duties: vec![opendata::DATA_DUTY.to_owned()],
        address: Text::same("人民路1号"),
        hours: Text::same("工作日"),
        phone: "0999-1".into(),
        complaint_phone: "0999-2".into(),
        ..OrganDetails::default()
    };
    let uscc = UnifiedCode::from_serial('1', '1', &code, 1).unwrap().to_string();
    act(node, RegisterOrgan { code: uscc, name: Text::same("数据局"), division: code, parent: None, details })
}

fn publish(node: &Node, organ: &OrganId, slug: &str) {
    let metadata = Metadata {
        title: Text::new("公交站点", "Bus stops"),
        notes: Text::new("全县公交站点", "All stops"),
        themes: vec!["tran".into()],
        tags: vec!["公交".into()],
        licence: "cc-by".into(),
        period: "monthly".into(),
        ..Metadata::default()
    };
    let dataset = act(node, DraftDataset { slug: slug.into(), organ: organ.clone(), metadata, harvested: None });
    let resource = NewResource {
        name: Text::new("站点表", "Stops"),
        note: Text::default(),
        format: "CSV".into(),
        blob: Some(node.blobs.put(CSV, 1_000).unwrap()),
        url: String::new(),
        size_bytes: 20,
        fields: tables::guess(CSV).unwrap().into_iter().map(DataField::plain).collect(),
    };
    act(node, PutResource { dataset: dataset.clone(), replaces: None, resource, seen: None });
    act(node, SubmitDataset { dataset: dataset.clone() });
    assert!(opendata::scan_at_once(&node.runner, &node.blobs, &dataset));
    let fingerprint = node.store.read(|tx| queries::dataset(tx, dataset.as_str())).unwrap().unwrap().fingerprint();
    act(node, ApproveAsOwner { dataset: dataset.clone(), fingerprint: fingerprint.clone() });
    act(node, ApproveAsOfficer { dataset: dataset.clone(), fingerprint });
    act(node, PublishDataset { dataset, changes: Text::same("首次发布") });
}

/// Serves a node at its public address until the runtime is dropped.
fn serving(folder: &std::path::Path) -> (Arc<Node>, String, tokio::runtime::Runtime) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let node = Arc::new(Node::open(&Place { public_url: Some(url.clone()), ..place(folder) }).unwrap());
    let app = serve::app(&node, web::Limits::default()).unwrap();
    runtime.spawn(web::serve(listener, serve::router(&app), std::future::pending(), Duration::from_secs(1)));
    (node, url, runtime)
}

#[test]
fn a_node_takes_over_what_another_shows_by_either_interface() {
    let (there, here) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (portal, url, _runtime) = serving(there.path());
    let owner = organ(&portal, "339922");
    publish(&portal, &owner, "bus-stops");
    publish(&portal, &owner, "bus-lines");

    let node = Node::open(&place(here.path())).unwrap();
    let organ = organ(&node, "339921");
    let worker = node.worker("test".into());
    for (protocol, address) in [
        (Protocol::Ckan, url.clone()),
        (Protocol::Dcat, format!("{url}/catalog.ttl")),
        (Protocol::Dcat, format!("{url}/catalog.rdf")),
        (Protocol::Dcat, format!("{url}/catalog.jsonld")),
    ] {
        let command = ArrangeHarvest { source: None, url: address.clone(), protocol, title: "邻县".into(), organ: organ.clone(), paused: false };
        let source = act(&node, command);
        while worker.run_due(node.now_ms()).unwrap() > 0 {}
        let round = node.store.read(|tx| queries::harvest_source(tx, source.as_str())).unwrap().unwrap().round;
        assert_eq!((round.seen, round.changed, round.failed, round.error.as_str()), (2, 2, 0, ""), "{address}");
        let taken = node.store.read(|tx| queries::datasets(tx, &[], None, 100)).unwrap();
        let taken = taken.iter().find(|dataset| dataset.harvested_from == address && dataset.slug.starts_with("bus-stops")).unwrap();
        assert!(taken.is_public());
        let (metadata, file) = (&taken.metadata, &taken.resources[0]);
        assert_eq!((metadata.title.zh.as_str(), metadata.title.en.as_str()), ("公交站点", "Bus stops"));
        assert_eq!((metadata.themes.clone(), metadata.tags.clone()), (vec!["tran".to_owned()], vec!["公交".to_owned()]));
        assert_eq!((metadata.notes.zh.as_str(), file.name.zh.as_str(), file.format.as_str()), ("全县公交站点", "站点表", "CSV"));
        let fetched = opendata::Fetch::get(&zhengshu::fetch::WebFetch, &file.url).unwrap();
        assert_eq!(fetched, CSV, "the address of the file leads to the file");
    }
}

#[test]
fn a_portal_that_is_down_or_is_none_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::open(&place(folder.path())).unwrap();
    let organ = organ(&node, "339921");
    let (there, url, runtime) = {
        let folder = tempfile::tempdir().unwrap();
        let (_, url, runtime) = serving(folder.path());
        (folder, url, runtime)
    };
    let worker = node.worker("test".into());
    let error_of = |protocol, url: &str| {
        let source =
            act(&node, ArrangeHarvest { source: None, url: url.into(), protocol, title: "邻县".into(), organ: organ.clone(), paused: false });
        while worker.run_due(node.now_ms()).unwrap() > 0 {}
        node.store.read(|tx| queries::harvest_source(tx, source.as_str())).unwrap().unwrap().round.error
    };
    assert!(error_of(Protocol::Dcat, &format!("{url}/about")).contains("no linked data"));
    assert!(error_of(Protocol::Ckan, &format!("{url}/none")).contains("404"));
    drop(runtime);
    drop(there);
    assert_ne!(error_of(Protocol::Ckan, &url), "");
}
