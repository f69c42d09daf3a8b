//! Drafts and files.

use axum::http::Method;
use serde_json::{Value, json};

use crate::town::{Answer, Client, Town, shown};

/// One red point.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53,
    0xde, 0, 0, 0, 12, b'I', b'D', b'A', b'T', 0x08, 0xd7, 0x63, 0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

pub fn form(client: &Client<'_>, path: &str, material: &str, file: &str, content: &[u8]) -> Answer {
    let mut body = format!("--B\r\nContent-Disposition: form-data; name=\"material\"\r\n\r\n{material}\r\n").into_bytes();
    body.extend_from_slice(format!("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\n\r\n").as_bytes());
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--B--\r\n");
    client.raw(Method::POST, path, Some("multipart/form-data; boundary=B"), body)
}

/// A draft of the shop's registration; its address.
pub fn draft(client: &Client<'_>) -> String {
    let script = client.town.script("geti-shangpu-dengji", "ordinary");
    let new = json!({ "slug": "geti-shangpu-dengji", "situation": script.situation, "answers": script.answers });
    client.post("/api/v1/drafts", &new).is(201).header("location").to_owned()
}

#[test]
fn a_draft_is_kept_with_its_mistakes_until_it_is_thrown_away() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let created = citizen.post("/api/v1/drafts", &json!({ "slug": "12345-suqiu", "answers": { "title": "路灯" } })).is(201);
    insta::assert_snapshot!("drafts__post__201", shown("POST", "/api/v1/drafts", &created));
    let draft = created.header("location").to_owned();
    let detail = citizen.get(&draft).is(200);
    insta::assert_snapshot!("drafts__draft__get__200", shown("GET", "/api/v1/drafts/{draft}", &detail));

    let patch = |client: &Client<'_>, body: &Value| client.send(Method::PATCH, &draft, body);
    let stale = detail.header("etag").to_owned();
    let saved = patch(&citizen.with("if-match", &stale), &json!({ "answers": { "title": "门前路灯不亮", "place": "x" }, "page": "where" })).is(200);
    assert_eq!(saved.json()["version"], 2);
    assert_eq!(patch(&citizen.with("if-match", &stale), &json!({ "answers": {} })).refused(), (412, "stale-version".into()));
    assert_eq!(patch(&citizen, &json!({ "seen": 1 })).refused(), (409, "stale-version".into()));
    patch(&citizen, &json!({ "answers": { "place": null } })).is(200);
    let detail = citizen.get(&draft).is(200).json();
    assert!(detail["answers"].get("place").is_none() && detail["page"] == "where", "{detail}");
    assert_eq!(citizen.get("/api/v1/drafts").is(200).json()["drafts"].as_array().unwrap().len(), 1);

    let stranger = town.person(::town::basics::people::FATHER);
    assert_eq!(stranger.get(&draft).refused(), (404, "not-found".into()));
    assert_eq!(patch(&stranger, &json!({})).refused(), (404, "not-found".into()));
    citizen.delete(&draft).is(204);
    assert_eq!(citizen.get(&draft).refused(), (404, "not-found".into()));
}

#[test]
fn files_are_told_by_their_content_and_limited() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let draft = draft(&citizen);
    let path = format!("{draft}/materials");
    let first = form(&citizen, &path, "premises_lease", "C:\\合同\\租赁合同.png", PNG).is(201);
    insta::assert_snapshot!("drafts__draft__materials__post__201", shown("POST", "/api/v1/drafts/{draft}/materials", &first));
    let raw = |query: &str, kind: &str, body: &[u8]| citizen.raw(Method::POST, &format!("{path}?{query}"), Some(kind), body.to_vec());
    let second = raw("material=premises_lease&file_name=lease.png", "image/png", PNG).is(201);
    assert_eq!(first.json()["files"][0]["blob"], second.json()["files"][0]["blob"]);

    for (answer, status, code) in [
        (raw("material=premises_lease", "application/pdf", b"MZ not a document"), 415, "material-type-wrong"),
        (raw("material=premises_lease", "application/pdf", b""), 422, "file-missing"),
        (raw("material=no_such", "image/png", PNG), 422, "material-unknown"),
        (raw("", "image/png", PNG), 422, "material-unknown"),
        (raw("material=premises_lease", "application/json", b"{}"), 415, "content-type-wrong"),
        (raw("material=premises_lease", "image/png", &vec![0; 21 * 1024 * 1024]), 413, "body-too-large"),
        (citizen.raw(Method::POST, &path, Some("multipart/form-data; boundary=B"), b"--B".to_vec()), 400, "body-broken"),
    ] {
        assert_eq!(answer.refused(), (status, code.to_owned()), "{}", answer.text());
    }

    let files = citizen.get(&draft).is(200).json()["materials"].clone();
    let named = files.as_array().unwrap().iter().find(|file| file["file_name"] == "租赁合同.png").unwrap();
    assert_eq!(files.as_array().unwrap().len(), 2);
    let id = named["id"].as_str().unwrap().to_owned();
    let file = citizen.get(&format!("{path}/{id}")).is(200);
    assert_eq!((file.bytes.as_slice(), file.header("content-type")), (PNG, "image/png"));
    assert!(file.header("content-disposition").starts_with("attachment; filename*=UTF-8''%E7%A7%9F"));
    assert_eq!(town.person(::town::basics::people::FATHER).get(&format!("{path}/{id}")).refused(), (404, "not-found".into()));
    citizen.delete(&format!("{path}/{id}")).is(204);
    assert_eq!(citizen.get(&format!("{path}/{id}")).refused(), (404, "not-found".into()));
}
