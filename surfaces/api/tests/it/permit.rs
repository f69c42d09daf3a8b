//! A permit: draft, materials, correction, special procedure, extension, documents.

use cases::TaskState;
use documents::{FileDocument, Filing};
use runner::Actor;
use serde_json::{Value, json};

use crate::town::{Client, Town, shown};
use crate::uploads::{PNG, form};

/// The tea shop's application for a food permit, submitted from a draft; its address.
fn tea_shop(citizen: &Client<'_>) -> String {
    let script = citizen.town.script("shipin-jingying-xuke", "ordinary-tea-shop");
    let new = json!({ "slug": "shipin-jingying-xuke", "situation": script.situation, "answers": script.answers });
    let draft = citizen.post("/api/v1/drafts", &new).is(201).json()["id"].as_str().unwrap().to_owned();
    let missing = citizen.post("/api/v1/cases", &json!({ "draft": draft, "promised": true }));
    assert_eq!(missing.refused(), (422, "material-missing".into()));
    for material in script.materials.keys() {
        form(citizen, &format!("/api/v1/drafts/{draft}/materials"), material, "file.png", PNG).is(201);
    }
    citizen.post("/api/v1/cases", &json!({ "draft": draft, "promised": true })).is(201).header("location").to_owned()
}

fn open_task(client: &Client<'_>, case: &str) -> String {
    let id = case.rsplit('/').next().unwrap();
    let keys = &client.town.app.keys;
    let view = client.town.world.store().read(|tx| cases::queries::case_view(tx, keys, id, &tracker::in_process("a test"))).unwrap().unwrap();
    view.tasks.iter().find(|task| task.state == TaskState::Open).unwrap().id.clone()
}

#[test]
fn a_correction_is_asked_once_and_answered_with_files() {
    let town = Town::new();
    let (citizen, window) = (town.shopkeeper(), town.staff("suwanqing"));
    let case = tea_shop(&citizen);
    let task = open_task(&window, &case);
    let material = citizen.get(&case).json()["materials"][0]["material"].as_str().unwrap().to_owned();
    assert_eq!(form(&citizen, &format!("{case}/materials"), &material, "x.png", PNG).refused(), (409, "not-correcting".into()));

    let request = json!({ "items": [{ "target": material, "says": "照片不清楚，请重新拍摄。" }] });
    let path = format!("/api/v1/tasks/{task}/correction-request");
    assert_eq!(window.post(&path, &json!({ "items": [] })).refused(), (422, "correction-empty".into()));
    let asked = window.post(&path, &request).is(200);
    insta::assert_snapshot!("tasks__task__correction_request__post__200", shown("POST", "/api/v1/tasks/{task}/correction-request", &asked));
    assert_eq!(window.post(&path, &request).refused(), (409, "correction-already-requested".into()));

    let detail = citizen.get(&case).is(200).json();
    assert_eq!((detail["status"].as_str(), detail["correction"]["items"][0]["target"].as_str()), (Some("correcting"), Some(material.as_str())));
    assert_eq!(citizen.get("/api/v1/messages").is(200).json()["unread"], 1);
    citizen.post("/api/v1/messages/read", &json!({})).is(204);
    assert_eq!(citizen.get("/api/v1/messages").json()["unread"], 0);

    let added = form(&citizen, &format!("{case}/materials"), &material, "again.png", PNG).is(201);
    let file = added.header("location").to_owned();
    assert_eq!(window.get(&file).is(200).bytes, PNG);
    citizen.post(&format!("{case}/correction"), &json!({})).is(200);
    assert_eq!(citizen.post(&format!("{case}/correction"), &json!({})).refused(), (409, "not-correcting".into()));
    assert_eq!(citizen.get(&case).json()["status"], "submitted");
}

#[test]
fn the_clock_is_paused_resumed_and_extended_as_the_law_allows() {
    let town = Town::new();
    let (citizen, window, head) = (town.shopkeeper(), town.staff("suwanqing"), town.staff("fangyuanzhi"));
    let case = tea_shop(&citizen);
    window.post(&format!("{case}/completion"), &json!({ "outcome": "accepted" })).is(200);
    let reviewer = town.staff("hansonglin");
    let suspension = |reason: &str| reviewer.post(&format!("{case}/suspension"), &json!({ "reason": reason, "days_estimated": 10 }));
    assert_eq!(suspension("holiday").refused(), (422, "suspend-reason-not-allowed".into()));
    suspension("testing").is(200);
    assert_eq!(suspension("testing").refused(), (409, "case-suspended".into()));
    assert_eq!(reviewer.post(&format!("{case}/completion"), &json!({ "outcome": "passed" })).refused(), (409, "case-suspended".into()));
    assert_eq!(citizen.get(&case).json()["clock"]["paused"], true);
    reviewer.delete(&format!("{case}/suspension")).is(200);
    assert_eq!(reviewer.delete(&format!("{case}/suspension")).refused(), (409, "not-suspended".into()));

    let extension =
        |client: &Client<'_>, workdays: u32| client.post(&format!("{case}/extension"), &json!({ "workdays": workdays, "reason": "需要协查" }));
    assert_eq!(extension(&reviewer, 5).refused().0, 403);
    assert_eq!(extension(&head, 50).refused(), (422, "extension-not-allowed".into()));
    let extended = extension(&head, 5).is(200);
    insta::assert_snapshot!("cases__case__extension__post__200", shown("POST", "/api/v1/cases/{case}/extension", &extended));
    assert_eq!(extension(&head, 5).refused(), (409, "already-extended".into()));
}

#[test]
fn documents_are_listed_at_once_and_fetched_when_they_are_made() {
    let town = Town::new();
    let (citizen, window) = (town.shopkeeper(), town.staff("suwanqing"));
    let case = tea_shop(&citizen);
    window.post(&format!("{case}/completion"), &json!({ "outcome": "accepted" })).is(200);
    let list = citizen.get(&format!("{case}/documents")).is(200);
    insta::assert_snapshot!("cases__case__documents__get__200", shown("GET", "/api/v1/cases/{case}/documents", &masked(&list)));
    let id = list.json()["documents"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("{case}/documents/{id}");
    let pending = citizen.get(&path);
    assert_eq!((pending.refused(), pending.header("retry-after")), ((409, "document-not-ready".into()), "2"));

    let bytes = b"%PDF-1.7 a notice";
    let blob = town.app.blobs.put(bytes, 1_000_000).unwrap().to_string();
    let filing = Filing { blob, page_count: 1, signature: "00".repeat(64), key_version: 1 };
    town.world.execute(&Actor::system(), FileDocument { document: id.clone(), filing });
    let pdf = citizen.get(&path).is(200);
    assert_eq!((pdf.bytes.as_slice(), pdf.header("content-type")), (bytes.as_slice(), "application/pdf"));
    let verified = town.anyone().raw(axum::http::Method::POST, "/api/v1/verify", Some("application/pdf"), bytes.to_vec()).is(200);
    assert_eq!(verified.json()["verdict"], "valid");

    let other = citizen.post("/api/v1/cases", &town.complaint()).is(201).header("location").to_owned();
    assert_eq!(citizen.get(&format!("{other}/documents/{id}")).refused(), (404, "not-found".into()));
    assert_eq!(citizen.get(&format!("{case}/certificates")).is(200).json()["certificates"], json!([]));
    assert_eq!(citizen.get("/api/v1/certificates").is(200).json()["certificates"], json!([]));
    assert_eq!(window.get("/api/v1/certificates").refused(), (403, "not-permitted".into()));
}

/// The verification code is random.
fn masked(answer: &crate::town::Answer) -> crate::town::Answer {
    let mut body: Value = answer.json();
    for document in body["documents"].as_array_mut().unwrap() {
        document["code"] = json!("…");
    }
    crate::town::Answer { bytes: body.to_string().into_bytes(), ..answer.clone() }
}

#[test]
fn a_licence_is_in_the_wallet_once_it_is_decided() {
    let town = Town::new();
    let (citizen, window, approver) = (town.shopkeeper(), town.staff("suwanqing"), town.staff("tangwenbo"));
    let draft = crate::uploads::draft(&citizen);
    form(&citizen, &format!("{draft}/materials"), "premises_lease", "lease.png", PNG).is(201);
    let id = draft.rsplit('/').next().unwrap();
    let submitted = citizen.post("/api/v1/cases", &json!({ "draft": id, "promised": true })).is(201);
    let case = submitted.header("location").to_owned();
    window.post(&format!("{case}/completion"), &json!({ "outcome": "accepted" })).is(200);
    let bare = approver.post(&format!("{case}/completion"), &json!({ "outcome": "rejected", "opinion": "不符合" }));
    insta::assert_snapshot!("cases__case__completion__post__422", shown("POST", "/api/v1/cases/{case}/completion", &bare));
    approver.post(&format!("{case}/completion"), &json!({ "outcome": "approved" })).is(200);

    let wallet = citizen.get("/api/v1/certificates").is(200).json();
    let licence = &wallet["certificates"][0];
    assert_eq!((licence["name"].as_str(), licence["standing"].as_str()), (Some("营业执照"), Some("valid")), "{wallet}");
    assert_eq!(citizen.get(&format!("{case}/certificates")).is(200).json(), wallet);
    let documents = citizen.get(&format!("{case}/documents")).is(200).json();
    let paper = documents["documents"].as_array().unwrap().iter().find(|one| one["certificate"] == licence["id"]).unwrap();
    let code = paper["code"].as_str().unwrap();
    assert_eq!(town.anyone().get(&format!("/api/v1/verify/{code}")).is(200).json()["verdict"], "pending");
}
