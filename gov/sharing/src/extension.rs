//! What sharing adds to the engine of cases: it looks at a request before it becomes a case, enters it in the list both sides see, and
//! signs the grant when the provider has agreed.

use std::collections::BTreeSet;

use cases::model::Applicant;
use cases::{Application, Extension, ServiceCall};
use clock::Date;
use runner::{Cx, Fault, Halt};
use serde_json::{Map, Value, json};
use tracker::Manner;

use crate::commands::{check_terms, issue, limits};
use crate::events::RequestEntered;
use crate::model::{Ground, ItemUse, Limits, Method, Request, ResourceFacts, ResourceService, RowScope, Terms, refusals};

/// The item by which an organ asks for data.
pub const REQUEST_ITEM: &str = "gongxiang-shenqing";
/// The item by which a dispute is coordinated.
pub const DISPUTE_ITEM: &str = "gongxiang-zhengyi";

const ACTION_REQUEST: &str = "share-request";
const ACTION_GRANT: &str = "share-grant";

/// The extension of `cases`. Needs the services [`ResourceService`] and [`crate::OrganKeys`].
#[derive(Clone, Copy, Debug, Default)]
pub struct SharingExtension;

impl Extension for SharingExtension {
    fn items(&self) -> &'static [&'static str] {
        &[REQUEST_ITEM]
    }

    fn examine(&self, cx: &mut Cx<'_>, application: &Application<'_>) -> Result<Option<String>, Halt> {
        let (terms, facts) = wanted(cx, application.applicant, application.answers)?;
        check_terms(cx, &terms, &facts)?;
        Ok(Some(facts.provider))
    }

    fn actions(&self) -> &'static [&'static str] {
        &[ACTION_REQUEST, ACTION_GRANT]
    }

    fn serve(&self, cx: &mut Cx<'_>, call: &ServiceCall<'_>) -> Result<Map<String, Value>, Halt> {
        let (terms, facts) = wanted(cx, &call.file.applicant, &call.file.answers)?;
        let answer = match call.action {
            ACTION_REQUEST => enter(cx, call, terms, &facts)?,
            ACTION_GRANT => {
                let terms = narrowed(terms, call.variables.get("review"))?;
                let grant = issue(cx, terms, Some(call.file.id.clone()))?;
                json!({ "grant": grant.id, "valid_until": grant.terms.valid_until })
            }
            other => return Err(Fault::because(format!("sharing does not know the action {other}")).into()),
        };
        Ok(match answer {
            Value::Object(fields) => fields,
            _ => Map::new(),
        })
    }
}

/// The list of requests. Corrected answers replace what was entered first.
fn enter(cx: &mut Cx<'_>, call: &ServiceCall<'_>, terms: Terms, facts: &ResourceFacts) -> Result<Value, Halt> {
    let case = &call.file.id;
    let request = Request { case: case.clone(), number: call.file.number.clone(), terms, asked_ms: call.file.submitted_ms };
    let stream = format!("{case}/sharing");
    cx.record(&stream, &RequestEntered { request: Box::new(request) })?;
    Ok(json!({ "share": facts.share.code(), "provider": facts.provider, "register": facts.register }))
}

/// What a request asks for, as terms of the grant it would become.
fn wanted(cx: &mut Cx<'_>, applicant: &Applicant, answers: &Map<String, Value>) -> Result<(Terms, ResourceFacts), Halt> {
    let text = |name: &str| answers.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let resources = cx.service::<ResourceService>()?;
    let facts = resources.0.resource(cx.tx(), &text("resource"))?.ok_or_else(refusals::resource_unknown)?;
    let limits = limits(cx);
    let fields = names(&text("fields"));
    let ground = match text("ground").as_str() {
        "duty" => Ground::StandingDuty(text("duty")),
        "consent" => Ground::Consent(text("consent")),
        _ => Ground::Cases(names(&text("items")).into_iter().map(|item| ItemUse { item, fields: fields.clone() }).collect()),
    };
    let quota = answers.get("calls_per_day").and_then(Value::as_u64).and_then(|calls| u32::try_from(calls).ok());
    let quota_per_day = quota.unwrap_or(limits.quota_per_day);
    let terms = Terms {
        resource: facts.code.clone(),
        register: facts.register.clone(),
        grantee: applicant.party.clone(),
        provider: facts.provider.clone(),
        fields,
        rows: RowScope { division: Some(text("division")).filter(|division| !division.is_empty()), filter: None },
        purpose: text("scene"),
        basis: text("basis"),
        manner: Manner::parse(&text("manner")).ok_or_else(refusals::manner_unknown)?,
        ground,
        method: Method::parse(&text("method")).ok_or_else(refusals::method_not_offered)?,
        valid_from: cx.today(),
        valid_until: text("valid_until").parse::<Date>().map_err(|_| refusals::period_unfit())?,
        quota_per_day,
        rate_per_minute: rate(&limits, quota_per_day),
    };
    Ok((terms, facts))
}

fn rate(limits: &Limits, quota_per_day: u32) -> u32 {
    limits.rate_per_minute.min(quota_per_day)
}

/// The provider may agree to less than was asked for: `granted_fields` of the decision, names joined by commas.
fn narrowed(terms: Terms, review: Option<&Value>) -> Result<Terms, Halt> {
    let granted = review.and_then(|review| review.get("granted_fields")).and_then(Value::as_str).map(names).unwrap_or_default();
    if granted.is_empty() {
        return Ok(terms);
    }
    if !granted.is_subset(&terms.fields) {
        return Err(refusals::field_unknown().into());
    }
    let ground = match terms.ground {
        Ground::Cases(uses) => Ground::Cases(uses.into_iter().map(|used| ItemUse { fields: granted.clone(), ..used }).collect()),
        ground @ (Ground::StandingDuty(_) | Ground::Consent(_)) => ground,
    };
    Ok(Terms { fields: granted, ground, ..terms })
}

fn names(list: &str) -> BTreeSet<String> {
    list.split([',', '，']).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
