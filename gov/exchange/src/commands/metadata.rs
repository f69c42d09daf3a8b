//! The metadata services of X-Road: who takes part, which methods a subsystem has, which of them the client may call, and their OpenAPI.

use runner::{Cx, Halt};
use serde_json::{Map, Value, json};
use store::StoreError;

use crate::model::code::Code;
use crate::model::identifier::SubsystemId;
use crate::model::message::RequestHead;
use crate::model::service::{Member, Service, Standing};
use crate::queries;
use crate::store::directory;

/// The answer when the service that is called is one of the metadata services.
pub(super) fn answer(cx: &mut Cx<'_>, head: &RequestHead, query: Option<&str>) -> Result<Option<Value>, Halt> {
    let subsystem = head.service.subsystem();
    let body = match head.service.code() {
        "listClients" => client_list(&directory::members(cx.tx())?),
        "listMethods" => methods(subsystem, &offered(cx, subsystem)?),
        "allowedMethods" => {
            let (services, now_ms) = (offered(cx, subsystem)?, cx.now_ms());
            let allowed = queries::services_with_right(cx.tx(), &head.client, &services, now_ms)?;
            methods(subsystem, &allowed)
        }
        "getOpenAPI" => {
            let wanted = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("serviceCode=")));
            let services = offered(cx, subsystem)?;
            let service = services.iter().find(|service| Some(service.id.code()) == wanted);
            openapi(service.ok_or(Code::ServiceUnknown)?)
        }
        _ => return Ok(None),
    };
    Ok(Some(body))
}

fn offered(cx: &mut Cx<'_>, subsystem: &SubsystemId) -> Result<Vec<Service>, StoreError> {
    let mut services = directory::services_of(cx.tx(), subsystem)?;
    services.retain(|service| service.standing == Standing::Active);
    Ok(services)
}

fn identifier(id: &SubsystemId) -> Map<String, Value> {
    let parts = [("xroad_instance", id.instance()), ("member_class", id.class()), ("member_code", id.member()), ("subsystem_code", id.subsystem())];
    parts.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect()
}

/// The body of `listClients`: everybody who takes part.
#[must_use]
pub fn client_list(members: &[Member]) -> Value {
    let active = members.iter().filter(|member| member.standing == Standing::Active);
    let member = |member: &Member| {
        let mut id = identifier(&member.id);
        id.insert("object_type".to_owned(), "SUBSYSTEM".into());
        json!({ "id": id, "name": member.name.zh, "name_en": member.name.en })
    };
    json!({ "member": active.map(member).collect::<Vec<_>>() })
}

fn methods(subsystem: &SubsystemId, services: &[Service]) -> Value {
    let service = |service: &Service| {
        let mut entry = identifier(subsystem);
        entry.insert("object_type".to_owned(), "SERVICE".into());
        entry.insert("service_code".to_owned(), service.id.code().into());
        entry.insert("service_type".to_owned(), "OPENAPI".into());
        let endpoints = service.endpoints.iter().map(|endpoint| json!({ "method": "POST", "path": format!("/{endpoint}") }));
        entry.insert("endpoint_list".to_owned(), endpoints.collect());
        Value::Object(entry)
    };
    json!({ "service": services.iter().map(service).collect::<Vec<_>>() })
}

fn openapi(service: &Service) -> Value {
    let values: Map<String, Value> = service.fields.iter().map(|field| (field.name.clone(), described(field))).collect();
    let names: Vec<&str> = service.fields.iter().map(|field| field.name.as_str()).collect();
    let paths = service.endpoints.iter().map(|endpoint| (format!("/{endpoint}"), json!({ "post": operation(endpoint, &names) })));
    json!({
        "openapi": "3.1.0",
        "info": { "title": service.title.zh, "description": service.title.en, "version": "1" },
        "servers": [{ "url": format!("/r1/{}", service.id) }],
        "paths": paths.collect::<Map<_, _>>(),
        "components": { "schemas": { "Record": { "type": "object", "properties": values } } },
    })
}

fn described(field: &crate::model::service::ServiceField) -> Value {
    let mut schema = field.kind.schema();
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".to_owned(), field.title.zh.clone().into());
        schema.insert("description".to_owned(), field.title.en.clone().into());
    }
    schema
}

fn operation(endpoint: &str, names: &[&str]) -> Value {
    let fields = json!({ "type": "array", "items": { "enum": names } });
    let (batch, count) = (json!({ "type": "string", "pattern": "^[0-9]{13}$" }), json!({ "type": "integer", "minimum": 0 }));
    let properties = match endpoint {
        "read" => json!({ "key": { "type": "string" }, "fields": fields }),
        "search" => json!({ "filter": { "type": "object" }, "fields": fields, "after": { "type": "string" }, "count": { "type": "integer" } }),
        "verify" => json!({ "key": { "type": "string" }, "claims": { "$ref": "#/components/schemas/Record" } }),
        "aggregate" => json!({ "by": fields, "filter": { "type": "object" } }),
        "open" => json!({ "cd_batch": batch, "parts": count, "rows": count, "sm3": { "type": "string" } }),
        "part" => json!({ "cd_batch": batch, "number": count, "sm3": { "type": "string" }, "text": { "type": "string" } }),
        _ => json!({ "cd_batch": batch }),
    };
    json!({
        "operationId": endpoint,
        "requestBody": { "required": true, "content": { "application/json": { "schema": { "type": "object", "properties": properties } } } },
        "responses": { "200": { "description": "the answer" }, "default": { "description": "an error, see X-Road-Error" } },
    })
}
