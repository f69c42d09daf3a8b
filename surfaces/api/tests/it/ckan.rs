//! The Action API, as clients of CKAN use it.

use axum::http::Method;
use serde_json::{Value, json};

use crate::town::{Answer, Client, Town};

fn act(client: &Client<'_>, name: &str, params: &Value) -> Answer {
    client.post(&format!("/api/3/action/{name}"), params)
}

fn result(client: &Client<'_>, name: &str, params: &Value) -> Value {
    let answer = act(client, name, params).is(200).json();
    assert_eq!(answer["success"], true, "{name}");
    assert!(answer["help"].as_str().unwrap().ends_with(&format!("help_show?name={name}")));
    answer["result"].clone()
}

fn error(client: &Client<'_>, name: &str, params: &Value, status: u16) -> Value {
    let answer = act(client, name, params).is(status).json();
    assert_eq!(answer["success"], false, "{name}");
    answer["error"].clone()
}

fn names(found: &Value) -> Vec<&str> {
    found["results"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

fn stops(client: &Client<'_>) -> String {
    result(client, "package_show", &json!({ "id": "bus-stops" }))["resources"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn datasets_are_listed_shown_found_and_counted() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    let list = result(&anyone, "package_list", &json!({}));
    assert_eq!(list.as_array().unwrap().len(), 27);
    assert_eq!(result(&anyone, "package_list", &json!({ "limit": 2, "offset": 1 })).as_array().unwrap().len(), 2);
    let shown = result(&anyone, "package_show", &json!({ "id": "bus-stops" }));
    assert_eq!(result(&anyone, "package_show", &json!({ "id": shown["id"] })), shown);
    assert_eq!(shown["organization"]["name"], "transport");
    assert_eq!((shown["num_resources"].as_u64(), shown["resources"][0]["datastore_active"].as_bool()), (Some(2), Some(true)));

    let search = |params: Value| result(&anyone, "package_search", &params);
    assert_eq!(names(&search(json!({ "q": "公交 站点" }))), ["bus-stops"]);
    assert_eq!(names(&search(json!({ "q": "toilets" }))), ["public-toilets"]);
    let tran = search(json!({ "fq": "groups:tran", "sort": "name asc", "facet.field": ["organization", "tags"] }));
    assert_eq!(names(&tran), ["bus-stops", "traffic-flow-daily"]);
    assert_eq!(tran["facets"]["organization"], json!({ "transport": 2 }));
    assert_eq!(tran["search_facets"]["organization"]["items"][0]["display_name"], "云溪县交通运输局");
    assert_eq!(search(json!({ "q": "organization:health", "rows": 0 }))["count"], 1);
    assert_eq!(search(json!({ "q": "*:*", "fq": "-res_format:CSV" }))["count"], 0);
    assert_eq!(search(json!({ "fq": "metadata_modified:[2026-03-02T00:00:00Z TO *]", "rows": 0 }))["count"], 27);
    assert_eq!(search(json!({ "fq": "metadata_modified:[* TO 2020-01-01]", "rows": 0 }))["count"], 0);
    let pages: Vec<String> = [0, 10, 20]
        .iter()
        .flat_map(|start| {
            let page = search(json!({ "start": start, "rows": 10, "sort": "title asc" }));
            names(&page).into_iter().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(pages.len(), 27);
}

#[test]
fn parameters_may_stand_in_the_address_in_a_form_or_in_json() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    let wanted = result(&anyone, "package_search", &json!({ "q": "学校", "facet.field": ["tags"] }));
    let address = "/api/3/action/package_search?q=%E5%AD%A6%E6%A0%A1&facet.field=%5B%22tags%22%5D";
    assert_eq!(anyone.get(address).is(200).json()["result"], wanted);
    let form = b"q=%E5%AD%A6%E6%A0%A1&facet.field=%5B%22tags%22%5D".to_vec();
    let answer = anyone.raw(Method::POST, "/api/action/package_search", Some("application/x-www-form-urlencoded"), form);
    assert_eq!(answer.is(200).json()["result"], wanted);
}

#[test]
fn organizations_groups_tags_and_licences_are_listed() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    let organizations = result(&anyone, "organization_list", &json!({}));
    assert!(organizations.as_array().unwrap().contains(&json!("transport")) && !organizations.as_array().unwrap().contains(&json!("archives")));
    let one = result(&anyone, "organization_show", &json!({ "id": "transport", "include_datasets": true }));
    assert_eq!((one["package_count"].as_u64(), one["packages"].as_array().unwrap().len()), (Some(3), 3));
    assert_eq!(result(&anyone, "group_list", &json!({})).as_array().unwrap().len(), 13);
    assert_eq!(result(&anyone, "group_show", &json!({ "id": "tran" }))["package_count"], 2);
    assert_eq!(result(&anyone, "tag_list", &json!({ "query": "公交" })), json!(["公交"]));
    assert_eq!(result(&anyone, "tag_show", &json!({ "id": "公交" }))["name"], "公交");
    assert_eq!(result(&anyone, "license_list", &json!({}))[0]["id"], "open");
    assert_eq!(result(&anyone, "status_show", &json!({}))["site_url"], "http://localhost");
}

#[test]
fn errors_have_the_types_and_status_of_ckan() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    let unknown = anyone.post("/api/3/action/nothing_like_this", &json!({})).is(400);
    assert_eq!(unknown.json(), json!("Bad request - Action name not known: nothing_like_this"));
    assert!(anyone.raw(Method::POST, "/api/3/action/package_list", Some("application/json"), b"{".to_vec()).is(400).text().contains("JSON"));
    assert_eq!(error(&anyone, "package_show", &json!({ "id": "none" }), 404)["__type"], "Not Found Error");
    assert_eq!(error(&anyone, "package_show", &json!({}), 409), json!({ "__type": "Validation Error", "id": ["Missing value"] }));
    assert_eq!(error(&anyone, "package_search", &json!({ "fq": "nonsense:1" }), 409)["__type"], "Search Query Error");
    assert_eq!(error(&anyone, "package_search", &json!({ "rows": "many" }), 409)["rows"], json!(["Must be a natural number"]));
    assert_eq!(error(&anyone, "datastore_search", &json!({ "resource_id": "resource_x" }), 404)["__type"], "Not Found Error");
    let file = stops(&anyone);
    let sql = |sql: &str| json!({ "sql": sql });
    assert_eq!(error(&anyone, "datastore_search_sql", &sql("select * from sqlite_master"), 403)["__type"], "Authorization Error");
    for writes in ["delete from", "drop view", "with a as (select 1) delete from"] {
        assert_eq!(error(&anyone, "datastore_search_sql", &sql(&format!("{writes} \"{file}\"")), 403)["__type"], "Authorization Error", "{writes}");
    }
    assert_eq!(error(&anyone, "datastore_search_sql", &sql(&format!("select x from \"{file}\"")), 409)["__type"], "Validation Error");
    assert_eq!(error(&anyone, "datastore_search", &json!({ "resource_id": file, "filters": { "x": 1 } }), 409)["__type"], "Validation Error");
}

#[test]
fn rows_are_filtered_sorted_and_counted() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    let file = stops(&anyone);
    let search = |params: Value| {
        let mut all = json!({ "resource_id": file });
        params.as_object().unwrap().iter().for_each(|(name, value)| all[name] = value.clone());
        result(&anyone, "datastore_search", &all)
    };
    let first = search(json!({ "limit": 2 }));
    assert_eq!((first["total"].as_u64(), first["records"].as_array().unwrap().len()), (Some(420), 2));
    assert_eq!(first["fields"][0], json!({ "id": "_id", "type": "int" }));
    assert_eq!(first["fields"][5], json!({ "id": "lon", "type": "numeric" }));
    let town_of = search(json!({ "filters": { "town": "石门乡" }, "limit": 1000 }));
    assert!(town_of["records"].as_array().unwrap().iter().all(|row| row["town"] == "石门乡"));
    assert!(search(json!({ "q": "中山路", "limit": 1 }))["total"].as_u64().unwrap() > 0);
    let sorted = search(json!({ "sort": "lines desc, code", "fields": ["code", "lines"], "limit": 3, "records_format": "lists" }));
    assert_eq!(sorted["records"][0][1], 9);
    let csv = search(json!({ "fields": "code,town", "limit": 1, "records_format": "csv" }));
    assert!(csv["records"].as_str().unwrap().starts_with("P0001,"));
    let distinct = search(json!({ "fields": ["shelter"], "distinct": true }));
    assert_eq!(distinct["total"], 2);
    let statement = format!("SELECT town, COUNT(*) AS n, AVG(lines) FROM \"{file}\" GROUP BY town ORDER BY n DESC");
    let grouped = result(&anyone, "datastore_search_sql", &json!({ "sql": statement }));
    assert_eq!(grouped["records"].as_array().unwrap().iter().map(|row| row["n"].as_u64().unwrap()).sum::<u64>(), 420);
    let info = result(&anyone, "datastore_info", &json!({ "id": file }));
    assert_eq!((info["meta"]["count"].as_u64(), info["fields"][1]["info"]["label"].as_str()), (Some(420), Some("名称")));
}

#[test]
fn files_come_whole_in_ranges_and_as_geojson() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    let shown = result(&anyone, "package_show", &json!({ "id": "bus-stops" }));
    let url = shown["resources"][0]["url"].as_str().unwrap().trim_start_matches("http://localhost").to_owned();
    let whole = anyone.get(&url).is(200);
    assert!(whole.text().starts_with("code,name,town,") && whole.header("accept-ranges") == "bytes");
    let part = anyone.with("range", "bytes=0-9").get(&url).is(206);
    assert_eq!((part.text().as_str(), part.header("content-range")), ("code,name,", format!("bytes 0-9/{}", whole.bytes.len()).as_str()));
    anyone.with("range", "bytes=99999999-").get(&url).is(416);
    // Were it compressed, nobody could go on with the rest after a line that broke.
    assert_eq!(anyone.with("accept-encoding", "gzip").get(&url).is(200).header("content-length"), whole.bytes.len().to_string());
    anyone.with("if-none-match", whole.header("etag")).get(&url).is(304);
    anyone.get(&url.replace(shown["id"].as_str().unwrap(), "other")).is(404);
    let file = shown["resources"][0]["id"].as_str().unwrap();
    let map = anyone.get(&format!("/datastore/dump/{file}?format=geojson&limit=5")).is(200).json();
    assert_eq!((map["type"].as_str(), map["numberMatched"].as_u64()), (Some("FeatureCollection"), Some(420)));
    let at = &map["features"][0]["geometry"]["coordinates"];
    assert!((118.0..120.0).contains(&at[0].as_f64().unwrap()) && (29.0..30.0).contains(&at[1].as_f64().unwrap()));
    assert!(anyone.get(&format!("/datastore/dump/{file}?limit=1")).is(200).text().starts_with("_id,code,"));
}

#[test]
fn a_table_is_taken_along_as_parquet_and_is_the_same_table() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    let shown = result(&anyone, "package_show", &json!({ "id": "bus-stops" }));
    let (csv, parquet) = (&shown["resources"][0], &shown["resources"][1]);
    assert_eq!((parquet["format"].as_str(), parquet["datastore_active"].as_bool()), (Some("Parquet"), Some(false)));
    assert_eq!(&result(&anyone, "resource_show", &json!({ "id": parquet["id"] })), parquet);
    assert_eq!(result(&anyone, "resource_search", &json!({ "query": "format:parquet" }))["count"].as_u64(), Some(27));
    let path = |file: &Value| file["url"].as_str().unwrap().trim_start_matches("http://localhost").to_owned();
    let whole = anyone.get(&path(parquet)).is(200);
    assert_eq!((whole.header("content-type"), whole.header("accept-ranges")), ("application/vnd.apache.parquet", "bytes"));
    let part = anyone.with("range", "bytes=0-3").get(&path(parquet)).is(206);
    assert_eq!((&part.bytes[..], part.header("content-range")), (&b"PAR1"[..], format!("bytes 0-3/{}", whole.bytes.len()).as_str()));
    anyone.with("if-none-match", whole.header("etag")).get(&path(parquet)).is(304);
    anyone.get(&path(parquet).replace(csv["id"].as_str().unwrap(), "resource_none")).is(404);
    let (as_text, as_parquet) = (sources::read_file(&anyone.get(&path(csv)).is(200).bytes).unwrap(), sources::read_file(&whole.bytes).unwrap());
    assert_eq!((as_parquet.rows.len(), as_parquet.unread.len()), (420, 0));
    let number = |text: &str| text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| number.to_string());
    for (text, parquet) in as_text.rows.iter().zip(&as_parquet.rows) {
        for (name, value) in &text.cells {
            assert_eq!(number(value.as_str().unwrap()), number(parquet.cells[name].as_str().unwrap()), "{name}");
        }
        assert_eq!(text.cells.len(), parquet.cells.len());
    }
    let linked = anyone.get("/data/bus-stops/dataset.ttl").is(200).text();
    assert!(linked.contains("application/vnd.apache.parquet") && linked.contains(&path(parquet)), "{linked}");
}

#[test]
fn the_catalogue_is_linked_data_in_three_forms_that_say_the_same() {
    let town = Town::with_datasets();
    let anyone = town.anyone();
    for (base, least) in [("/catalog", 27 * 25), ("/data/air-quality-daily/dataset", 25)] {
        let turtle = anyone.get(&format!("{base}.ttl")).is(200);
        assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
        let wanted = rdf::parse_turtle(&turtle.text()).unwrap();
        assert!(wanted.len() > least, "{}", wanted.len());
        assert_eq!(rdf::parse_rdf_xml(&anyone.get(&format!("{base}.rdf")).is(200).text()).unwrap().len(), wanted.len());
        let mut linked = rdf::parse_json_ld(&anyone.get(&format!("{base}.jsonld")).is(200).text()).unwrap();
        let mut once = wanted.clone();
        once.dedup();
        linked.dedup();
        assert_eq!(linked, once);
    }
    anyone.get("/data/none/dataset.ttl").is(404);
}

/// A client of the office of transport whose key programs send.
fn with_key<'t>(town: &'t Town, login: &str) -> Client<'t> {
    let member = town.basics.staff.iter().find(|one| one.spec.login == login).unwrap();
    let account = town.open(login, trust::AccountKind::Staff, Some(member.id.to_string()));
    let issued = town.world.execute(&member.actor(account.as_str()), opendata::IssueKey { name: "程序".into() }).outcome;
    town.anyone().with("authorization", &issued.token)
}

#[test]
fn an_organ_prepares_a_dataset_by_program_and_the_gate_stands_before_the_public() {
    let town = Town::with_datasets();
    let (clerk, anyone) = (with_key(&town, "mengxiangyu"), town.anyone());
    let new = json!({ "name": "bus-lines", "owner_org": "transport", "title": "公交线路", "notes": "全县公交线路",
        "groups": [{ "name": "tran" }], "tags": [{ "name": "公交" }] });
    assert_eq!(error(&anyone, "package_create", &new, 403)["__type"], "Authorization Error");
    assert_eq!(error(&anyone.with("authorization", "zs-none"), "package_list", &json!({}), 403)["__type"], "Authorization Error");
    let foreign = json!({ "name": "x-y", "owner_org": "health", "title": "x", "notes": "x" });
    assert_eq!(error(&clerk, "package_create", &foreign, 403)["__type"], "Authorization Error");
    let made = result(&clerk, "package_create", &new);
    assert_eq!((made["state"].as_str(), made["workflow_state"].as_str()), (Some("draft"), Some("draft")));
    let again = error(&clerk, "package_create", &new, 409);
    assert_eq!(again["__type"], "Validation Error");
    let boundary = "zs-part";
    let part =
        |name: &str, file: &str, value: &str| format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n");
    let csv = "line,from,to,stops\n1,城关,白石,12\n2,城关,清潭,15\n";
    let body = part("package_id", "", "bus-lines")
        + part("name", "", "线路表").as_str()
        + part("upload", "; filename=\"lines.csv\"", csv).as_str()
        + format!("--{boundary}--\r\n").as_str();
    let kind = format!("multipart/form-data; boundary={boundary}");
    let file = clerk.raw(Method::POST, "/api/3/action/resource_create", Some(&kind), body.into_bytes()).is(200).json()["result"].clone();
    assert_eq!((file["format"].as_str(), file["datastore_active"].as_bool()), (Some("CSV"), Some(true)));
    assert_eq!(error(&anyone, "package_show", &json!({ "id": "bus-lines" }), 404)["__type"], "Not Found Error");
    let handed_in = result(&clerk, "package_patch", &json!({ "id": "bus-lines", "title": "公交线路表", "state": "active" }));
    assert_eq!((handed_in["title"].as_str(), handed_in["workflow_state"].as_str()), (Some("公交线路表"), Some("scanned")));
    assert_eq!(result(&clerk, "package_show", &json!({ "id": "bus-lines" }))["findings"], json!([]));
    assert_eq!(error(&anyone, "datastore_search", &json!({ "resource_id": file["id"] }), 404)["__type"], "Not Found Error");
    assert_eq!(result(&clerk, "package_search", &json!({ "include_drafts": true }))["count"], 1);
    assert_eq!(result(&anyone, "package_search", &json!({ "q": "公交线路表" }))["count"], 0);
}
