//! The OpenAPI 3.1 document, made from the operations.

use i18n::Lang;
use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

use super::describe;
use super::operation::{Answer, Operation, Schemas, Tag};
use crate::dto::Problem;

/// The document in one language.
pub(crate) fn document(operations: &[Operation], lang: Lang) -> Value {
    let mut paths = Map::new();
    for operation in operations {
        let path = paths.entry(format!("/api/v1{}", operation.path)).or_insert_with(|| json!({}));
        if let Value::Object(item) = path {
            item.insert(operation.method.as_str().to_ascii_lowercase(), described(operation, lang));
        }
    }
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": pick(lang, ("政枢开放接口", "Zhengshu API")),
            "version": env!("CARGO_PKG_VERSION"),
            "description": pick(lang, ABOUT),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": Tag::ALL.iter().map(|tag| tag_object(*tag, lang)).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas(operations),
            "responses": responses(lang),
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": pick(lang, BEARER) },
                "cookie": { "type": "apiKey", "in": "cookie", "name": "zs_session", "description": pick(lang, COOKIE) },
            },
        },
    })
}

const ABOUT: (&str, &str) = (
    "网页能办的事都能用接口办。错误用 RFC 9457 问题详情表示，语言随 Accept-Language。不认识的键一律拒收。",
    "Whatever the pages do, the interface does. Errors are problem details (RFC 9457) in the language of Accept-Language. Unknown keys are refused.",
);
const BEARER: (&str, &str) = ("POST /api/v1/session 给出的令牌。", "The token given by POST /api/v1/session.");
const COOKIE: (&str, &str) = (
    "网页登录的 Cookie（https 下名为 __Host-zs_session）；改动类请求还须带 X-CSRF-Token。",
    "The cookie of the pages (__Host-zs_session under https); requests that change something also need X-CSRF-Token.",
);
const IF_MATCH: (&str, &str) =
    ("带引号的版本号，来自 ETag；不是最新则答 412。", "The version in quotes, from the ETag; 412 when it is not the latest.");
const ONCE: (&str, &str) = ("幂等键：重复的请求得到第一次的回答。", "A repeated request under the same key gets the first answer.");

fn pick(lang: Lang, words: (&'static str, &'static str)) -> &'static str {
    match lang {
        Lang::ZhHans => words.0,
        Lang::En => words.1,
    }
}

fn tag_object(tag: Tag, lang: Lang) -> Value {
    let (code, zh, en) = tag.words();
    json!({ "name": code, "description": pick(lang, (zh, en)) })
}

fn described(operation: &Operation, lang: Lang) -> Value {
    let mut object = json!({
        "operationId": operation.id,
        "tags": [operation.tag.words().0],
        "summary": pick(lang, operation.title),
        "parameters": parameters(operation, lang),
        "responses": answers(operation, lang),
        "security": if operation.public { json!([{}]) } else { json!([{ "bearer": [] }, { "cookie": [] }]) },
        "x-action": operation.action,
    });
    if let Value::Object(members) = &mut object {
        let note = pick(lang, operation.note);
        if !note.is_empty() {
            members.insert("description".to_owned(), note.into());
        }
        if let Some(body) = request_body(operation) {
            members.insert("requestBody".to_owned(), body);
        }
    }
    object
}

fn parameters(operation: &Operation, lang: Lang) -> Vec<Value> {
    let text = json!({ "type": "string" });
    let header = |name: &str, words| json!({ "name": name, "in": "header", "required": false, "description": pick(lang, words), "schema": text });
    let mut list: Vec<Value> = operation
        .path_parameters()
        .map(|name| {
            let (example, zh, en) = describe::path_parameter(name);
            json!({ "name": name, "in": "path", "required": true, "description": pick(lang, (zh, en)), "schema": { "type": "string" }, "example": example })
        })
        .collect();
    list.extend(operation.parameters.iter().filter_map(|parameter| serde_json::to_value(parameter).ok()));
    if operation.conditional {
        list.push(header("If-Match", IF_MATCH));
    }
    if operation.once {
        list.push(header("Idempotency-Key", ONCE));
    }
    list
}

fn request_body(operation: &Operation) -> Option<Value> {
    let body = operation.body.as_ref()?;
    let mut content = Map::new();
    for kind in body.kinds {
        let schema = match (body.schema.is_empty(), *kind) {
            (false, _) => schema_ref(&body.schema),
            (true, "multipart/form-data") => json!({
                "type": "object",
                "properties": { "material": { "type": "string" }, "file": { "type": "string", "contentMediaType": "application/octet-stream" } },
                "required": ["file"],
            }),
            (true, _) => json!({}),
        };
        let mut media = json!({ "schema": schema });
        if let (Value::Object(members), Some(example)) = (&mut media, operation.example()) {
            members.insert("example".to_owned(), example);
        }
        content.insert((*kind).to_owned(), media);
    }
    Some(json!({ "required": !body.optional, "content": content }))
}

fn answers(operation: &Operation, lang: Lang) -> Value {
    let done = match operation.status {
        201 => ("已建立；Location 为其网址。", "Made; Location is its address."),
        204 => ("已办；没有内容。", "Done; no content."),
        _ => ("成功。", "All is well."),
    };
    let mut success = json!({ "description": pick(lang, done) });
    if let Value::Object(members) = &mut success {
        match &operation.answer {
            Answer::Empty => None,
            Answer::Json(schema) => members.insert("content".to_owned(), json!({ "application/json": { "schema": schema_ref(schema) } })),
            Answer::Content(kind) => members.insert("content".to_owned(), json!({ *kind: {} })),
        };
    }
    let mut list = Map::from_iter([(operation.status.to_string(), success)]);
    for status in problems(operation) {
        list.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/Problem{status}") }));
    }
    Value::Object(list)
}

const PROBLEMS: [u16; 11] = [400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500];

/// The error statuses an operation can answer.
pub(crate) fn problems(operation: &Operation) -> Vec<u16> {
    let changes = operation.method != axum::http::Method::GET;
    let has_body = operation.body.is_some();
    let asks = has_body || !operation.parameters.is_empty();
    let holds = |status: &u16| match status {
        400 => has_body || operation.conditional || operation.once,
        401 | 403 => !operation.public || operation.id == "openSession",
        404 => operation.path.contains('{') || operation.method == axum::http::Method::POST,
        409 => changes || operation.id == "getDocumentFile",
        412 => operation.conditional,
        413 | 415 => has_body,
        422 => asks || changes,
        _ => true,
    };
    PROBLEMS.into_iter().filter(holds).collect()
}

fn responses(lang: Lang) -> Value {
    let response = |status: &u16| {
        let content = json!({ "application/problem+json": { "schema": schema_ref("Problem") } });
        (format!("Problem{status}"), json!({ "description": pick(lang, describe::problem(*status)), "content": content }))
    };
    Value::Object(PROBLEMS.iter().map(response).collect())
}

fn schema_ref(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// All schemas that the operations name, by name.
fn schemas(operations: &[Operation]) -> Value {
    let mut found: Schemas = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut found);
    for operation in operations {
        (operation.schemas)(&mut found);
        (operation.body_schemas)(&mut found);
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found.dedup_by(|(left, _), (right, _)| left == right);
    Value::Object(found.into_iter().filter_map(|(name, schema)| Some((name, serde_json::to_value(schema).ok()?))).collect())
}
