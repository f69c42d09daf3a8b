//! The site file: what it says is what the server does.

use std::fs;
use std::sync::Arc;

use zhengshu::node::Node;
use zhengshu::serve;

use crate::folder::place;

fn started(site: &str) -> Result<(gate::App, tempfile::TempDir), String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zhengshu.toml"), site).unwrap();
    let node = Arc::new(Node::open(&place(folder.path())).map_err(|e| e.to_string())?);
    let limits = serve::limits(&node).map_err(|e| e.to_string())?;
    Ok((serve::app(&node, limits).map_err(|e| e.to_string())?, folder))
}

#[test]
fn proxies_and_addresses_of_administrators_are_those_of_the_site_file() {
    let (app, _folder) = started("trusted_proxies = [\"10.1.0.0/16\", \"fd00::1\"]\nadmin_addresses = [\"192.168.7.0/24\"]\n").unwrap();
    let trusted = &app.limits.client.trusted_proxies;
    let trusts = |address: &str| trusted.iter().any(|range| range.contains(address.parse().unwrap()));
    assert!(trusts("10.1.200.3") && trusts("fd00::1") && !trusts("10.2.0.1") && !trusts("fd00::2"));
    let admin = &app.settings.admin_addresses;
    assert!(admin[0].contains("192.168.7.20".parse().unwrap()) && !admin[0].contains("192.168.8.20".parse().unwrap()));
}

#[test]
fn an_address_that_is_none_stops_the_start() {
    for site in ["trusted_proxies = [\"the-proxy\"]\n", "admin_addresses = [\"10.1.0.0/64\"]\n"] {
        assert!(started(site).is_err(), "{site}");
    }
}
