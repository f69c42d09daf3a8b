//! 授权: authorising others, and accepting, declining, ending an authorisation.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use gate::App;
use parties::{
    AcceptDelegation, DeclineDelegation, Delegation, DelegationId, GrantDelegation, IdentityNumber, NameMask, Party, PersonId, RevokeDelegation,
    Scope, mask_name,
};
use runner::{Actor, Halt, Refusal, Resource};
use seal::FieldKeys;
use store::Tx;

use super::answers::created;
use crate::body::{Maybe, Once, Sent};
use crate::caller::Member;
use crate::dto::{AgentOf, DelegationOf, Delegations, Empty, GrantedDelegation, NewDelegation, Represented, Revocation, items_of};
use crate::error::ApiError;
use crate::refusals;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    let post = |path, id, action, zh, en| Operation::post(path, id).is(Tag::Parties, action, zh, en).once();
    api.on(
        Operation::get("/delegations", "listDelegations")
            .is(Tag::Parties, "delegation.list", "我的授权", "Authorisations given and received")
            .answers::<Delegations>(),
        list,
    )
    .on(
        post("/delegations", "grantDelegation", "delegation.grant", "授权他人办事", "Authorise somebody to act")
            .note(
                "代理人确认后生效（民法典 第一百六十五条）；监护关系在窗口登记。",
                "In force once the agent accepts; guardianship is recorded at the counter.",
            )
            .body::<NewDelegation>(
                r#"{"agent":{"name":"林晓禾","identity_number":"33992119900101001X"},"kind":"child","items":["gaoling-jintie"],
"valid_from":"2026-03-02","valid_until":"2027-03-01"}"#,
            )
            .creates::<GrantedDelegation>(),
        grant,
    )
    .on(
        post("/delegations/{delegation}/acceptance", "acceptDelegation", "delegation.grant", "接受授权", "Accept an authorisation")
            .body::<Empty>("{}")
            .optional()
            .empty(),
        accept,
    )
    .on(
        post("/delegations/{delegation}/refusal", "declineDelegation", "delegation.revoke", "谢绝授权", "Decline an authorisation")
            .body::<Empty>("{}")
            .optional()
            .empty(),
        decline,
    )
    .on(
        post(
            "/delegations/{delegation}/revocation",
            "revokeDelegation",
            "delegation.revoke",
            "撤销授权或者辞去代理",
            "End an authorisation, from either side",
        )
        .body::<Revocation>(r#"{"reason":""}"#)
        .optional()
        .empty(),
        revoke,
    )
}

/// The person behind the caller, in her own affairs.
fn person_of(actor: &Actor) -> Result<PersonId, ApiError> {
    let own = actor.party.as_deref().and_then(|id| PersonId::parse(id).ok());
    own.ok_or_else(|| Refusal::not_permitted().into())
}

async fn list(State(app): State<App>, Member(caller): Member) -> Result<Json<Delegations>, ApiError> {
    let person = person_of(&caller.actor)?;
    caller.must(&app, "delegation.list", &Resource { party: Some(person.to_string()), ..Resource::of("delegation") })?;
    let (keys, today) = (Arc::clone(&app.keys), app.today());
    let found = app.query(move |tx| {
        let represented = parties::legal_persons_represented_by(tx, &person)?;
        let represented = represented.into_iter().filter(|company| company.status.can_be_represented());
        let represents: Vec<Represented> = represented.map(|company| Represented { party: company.id.to_string(), name: company.name }).collect();
        let mut granted = parties::delegations_of_principal(tx, &Party::Person(person.clone()))?;
        for company in represents.iter().filter_map(|company| Party::parse(&company.party)) {
            granted.extend(parties::delegations_of_principal(tx, &company)?);
        }
        let received = parties::delegations_of_agent(tx, &person)?;
        let granted = granted.into_iter().map(|one| shown(tx, &keys, one, today)).collect::<Result<_, Halt>>()?;
        let received = received.into_iter().map(|one| shown(tx, &keys, one, today)).collect::<Result<_, Halt>>()?;
        Ok(Delegations { granted, received, represents })
    });
    Ok(Json(found.await?))
}

fn shown(tx: &mut Tx<'_>, keys: &FieldKeys, one: Delegation, today: clock::Date) -> Result<DelegationOf, Halt> {
    Ok(DelegationOf {
        principal_name: name_of(tx, keys, &one.principal)?,
        agent_name: name_of(tx, keys, &Party::Person(one.agent.clone()))?,
        in_force: one.in_force(today),
        id: one.id.to_string(),
        kind: one.kind,
        principal: one.principal.to_string(),
        agent: one.agent.to_string(),
        items: items_of(one.scope),
        valid_from: one.valid_from,
        valid_until: one.valid_until,
        state: one.state,
    })
}

fn name_of(tx: &mut Tx<'_>, keys: &FieldKeys, party: &Party) -> Result<String, Halt> {
    match party {
        Party::Person(id) => match parties::person(tx, id)? {
            Some(person) => Ok(mask_name(
                &person.open_name(keys, &tracker::in_process("the other side of an authorisation")).map_err(Halt::fault)?,
                NameMask::Public,
            )),
            None => Ok(String::new()),
        },
        Party::Legal(id) => Ok(parties::legal_person(tx, id)?.map(|company| company.name).unwrap_or_default()),
    }
}

async fn grant(State(app): State<App>, Member(caller): Member, Once(key): Once, Sent(new): Sent<NewDelegation>) -> Result<Response, ApiError> {
    let own = Party::Person(person_of(&caller.actor)?);
    let principal = match new.principal {
        Some(text) => Party::parse(&text).ok_or_else(ApiError::not_found)?,
        None => own,
    };
    let agent = agent_of(&app, new.agent).await?;
    let scope = new.items.map_or(Scope::All, Scope::Items);
    let command = GrantDelegation { principal, agent, kind: new.kind, scope, valid_from: new.valid_from, valid_until: new.valid_until };
    let id = app.run(caller.actor, key, command).await?.outcome.to_string();
    Ok(created("/api/v1/delegations", 0, &GrantedDelegation { id }))
}

/// The registered person; who knows only one of name and number learns nothing.
async fn agent_of(app: &App, named: AgentOf) -> Result<PersonId, ApiError> {
    let Ok(number) = IdentityNumber::parse(&named.identity_number) else { return Err(refusals::agent_unknown()) };
    let (keys, name) = (Arc::clone(&app.keys), named.name.trim().to_owned());
    let found = app.query(move |tx| {
        let Some(person) = parties::person_by_identity_number(tx, &keys, &number)? else { return Ok(None) };
        let same = person.open_name(&keys, &tracker::in_process("an agent is found by name and number")).map_err(Halt::fault)? == name;
        Ok(same.then_some(person.id))
    });
    found.await?.ok_or_else(refusals::agent_unknown)
}

fn id_of(text: &str) -> Result<DelegationId, ApiError> {
    DelegationId::parse(text).map_err(|_| ApiError::not_found())
}

async fn accept(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Once(key): Once,
    _: Maybe<Empty>,
) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, AcceptDelegation { delegation: id_of(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn decline(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Once(key): Once,
    _: Maybe<Empty>,
) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, DeclineDelegation { delegation: id_of(&id)? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn revoke(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Once(key): Once,
    Maybe(sent): Maybe<Revocation>,
) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, RevokeDelegation { delegation: id_of(&id)?, reason: sent.reason }).await?;
    Ok(StatusCode::NO_CONTENT)
}
