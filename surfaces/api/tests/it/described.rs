//! The document says what the router does, and the router does what the document says.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use serde_json::{Value, json};

use crate::town::{Answer, Town};

/// The documented operation of a request, by method and path; static parts win over parameters.
fn operation<'d>(document: &'d Value, method: &Method, path: &str) -> Option<(&'d str, &'d Value)> {
    let path = path.split('?').next().unwrap();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let wanted: Vec<&str> = template.split('/').collect();
        wanted.len() == parts.len() && wanted.iter().zip(&parts).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    let mut found: Vec<(&String, &Value)> = document["paths"].as_object()?.iter().filter(|(template, _)| fits(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    let (template, item) = found.first()?;
    Some((template.as_str(), item.get(method.as_str().to_lowercase())?))
}

/// Every answer has a documented status, type and shape.
pub fn hold_against(document: &Value, method: &Method, path: &str, answer: &Answer) {
    let Some((template, operation)) = operation(document, method, path) else { return };
    let status = answer.status.as_u16().to_string();
    let described =
        operation["responses"].get(&status).unwrap_or_else(|| panic!("{method} {template}: {status} is not documented: {}", answer.text()));
    let described = match described["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => described,
    };
    let kind = answer.header("content-type").split(';').next().unwrap();
    if answer.bytes.is_empty() {
        return;
    }
    let content = described["content"].as_object().unwrap_or_else(|| panic!("{method} {template} {status}: no content is documented"));
    if content.contains_key("application/octet-stream") {
        return;
    }
    let media = content.get(kind).unwrap_or_else(|| panic!("{method} {template} {status}: {kind} is not documented"));
    let Some(reference) = media["schema"]["$ref"].as_str() else { return };
    let schema = json!({ "$ref": reference, "components": document["components"] });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let problems: Vec<String> = validator.iter_errors(&answer.json()).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(problems.is_empty(), "{method} {template} {status} does not fit {reference}: {problems:#?}\n{}", answer.text());
}

fn documented(document: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            found.insert((path.clone(), method.to_uppercase()));
        }
    }
    found
}

/// A path with something in place of its parameters.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn every_route_is_in_the_document_and_every_documented_operation_is_a_route() {
    let town = Town::new();
    let documented = documented(&town.document);
    let routes: BTreeSet<(String, String)> = api::operations().into_iter().map(|(method, path)| (path, method.to_string())).collect();
    assert_eq!(documented, routes);
    assert_eq!(api::operations().len(), routes.len(), "an operation is registered twice");

    let mut methods: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, method) in &documented {
        methods.entry(path).or_default().insert(method);
    }
    let anyone = town.anyone();
    for (path, known) in methods {
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = anyone.raw(method.clone(), &filled(path), None, Vec::new());
            let is_known = known.contains(method.as_str());
            // A path without parameters may also fit one with: /cases/due and /cases/{case}.
            assert_eq!(answer.status.as_u16() != 405, is_known, "{method} {path}: {}", answer.text());
            let is_public = operation(&town.document, &method, path).is_some_and(|(_, one)| one["security"] == json!([{}]));
            assert!(!is_known || is_public || answer.status.as_u16() == 401, "{method} {path}: {} {}", answer.status, answer.text());
        }
    }
}

#[test]
fn the_document_is_openapi_3_1_and_complete() {
    let town = Town::new();
    for document in [town.document.clone(), town.anyone().in_english().get("/api/v1/openapi.json").json()] {
        assert_eq!(document["openapi"], "3.1.0");
        assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
        references_resolve(&document, &document);
        let mut ids = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let name = format!("{method} {path}");
                assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name}: the id is taken");
                assert!(!operation["summary"].as_str().unwrap().is_empty(), "{name}");
                let action = operation["x-action"].as_str().unwrap();
                assert!(trust::actions::Action::find(action).is_some(), "{name}: {action} is not in the registry");
                parameters_fit(&name, path, operation);
            }
        }
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            assert!(jsonschema::meta::is_valid(schema), "{name} is no schema");
        }
    }
    let chinese = town.document["paths"]["/api/v1/cases"]["post"]["summary"].clone();
    let english = town.anyone().in_english().get("/api/v1/openapi.json").json()["paths"]["/api/v1/cases"]["post"]["summary"].clone();
    assert_eq!((chinese, english), (json!("提交申请"), json!("Submit an application")));
}

fn parameters_fit(name: &str, path: &str, operation: &Value) {
    let parameters = operation["parameters"].as_array().unwrap();
    let in_path: BTreeSet<&str> = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
    let declared: BTreeSet<&str> = parameters.iter().filter(|one| one["in"] == "path").map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(in_path, declared, "{name}");
    for parameter in parameters {
        assert!(!parameter["description"].as_str().unwrap_or_default().is_empty(), "{name}: {} is not described", parameter["name"]);
        assert!(parameter["schema"].is_object(), "{name}: {}", parameter["name"]);
    }
}

fn references_resolve(document: &Value, part: &Value) {
    match part {
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference} leads nowhere");
            }
            members.values().for_each(|member| references_resolve(document, member));
        }
        Value::Array(items) => items.iter().for_each(|item| references_resolve(document, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_page_for_people_shows_every_operation_and_loads_nothing_from_elsewhere() {
    let town = Town::new();
    let page = town.anyone().get("/docs/api").is(200);
    let text = page.text();
    for (path, item) in town.document["paths"].as_object().unwrap() {
        for operation in item.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(text.contains(&format!("id=\"{id}\"")) && text.contains(operation["summary"].as_str().unwrap()), "{path} {id}");
        }
    }
    for name in town.document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(text.contains(&format!("id=\"schema-{name}\"")), "{name}");
    }
    assert!(text.contains("curl -s") && text.contains("/api/v1/openapi.json"));
    assert!(!text.contains("src=\"http") && !text.contains("href=\"//"));
    let english = town.anyone().in_english().get("/docs/api").is(200).text();
    assert!(english.contains("Submit an application") && english.contains("API documentation"));
}

#[test]
fn the_operations_are_those_of_the_reviewed_list() {
    let town = Town::new();
    let mut lines = String::new();
    for (path, item) in town.document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let public = if operation["security"] == json!([{}]) { " public" } else { "" };
            lines.push_str(&format!("{:6} {path}  {}{public}\n", method.to_uppercase(), operation["x-action"].as_str().unwrap()));
        }
    }
    insta::assert_snapshot!("operations", lines);
}
