//! 数据共享: asking for data for one's organ, grants from both sides, the three lists.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cases::commands::SubmitCase;
use clock::Date;
use gate::App;
use runner::{Actor, Command, Halt, Refusal, Resource};
use sharing::commands::{DeclareDemand, ExtendGrant, GiveUpGrant, ResumeGrant, SuspendGrant, WithdrawGrant};
use sharing::{Grant, REQUEST_ITEM, ResourceService, ShareType, queries};
use store::Tx;

use super::answers::created;
use crate::body::{Once, Seen, Sent};
use crate::caller::{Caller, Member};
use crate::dto::{
    DeclaredSharingDemand, GrantOf, NewSharingDemand, NewSharingRequest, SharingExtensionOf, SharingGrantProof, SharingGrants, SharingLists,
    SharingReason, SharingRequests, SubmittedSharingRequest,
};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const ROWS_MAX: u32 = 100;
const REASON: &str = r#"{"reason":"抽查发现用于申请以外的工作，依据数据安全法第三十八条"}"#;

pub(super) fn routes(api: Api) -> Api {
    acts(asking(reading(api)))
}

fn reading(api: Api) -> Api {
    let get = |path, id, action, zh, en| Operation::get(path, id).is(Tag::Sharing, action, zh, en);
    api.on(
        get("/sharing/grants", "listSharingGrants", "sharing.list", "本单位的共享授权", "Grants of one's organ").answers::<SharingGrants>(),
        grants,
    )
    .on(
        get("/sharing/grants/{grant}", "readSharingGrant", "sharing.read", "查看共享授权及其签名", "A grant with its signatures")
            .answers::<SharingGrantProof>(),
        grant,
    )
    .on(
        get("/sharing/requests", "listSharingRequests", "sharing.list", "共享申请", "Requests of one's organ and to it").answers::<SharingRequests>(),
        requests,
    )
    .on(
        get("/sharing/lists", "readSharingLists", "sharing.list", "需求清单、责任清单、负面清单", "Demands, responsibilities, negative list")
            .answers::<SharingLists>(),
        lists,
    )
}

fn asking(api: Api) -> Api {
    let post = |path, id, action, zh, en| Operation::post(path, id).is(Tag::Sharing, action, zh, en).once();
    api.on(
        post("/sharing/requests", "askForData", "case.submit", "提出共享申请", "Ask for data for one's organ")
            .note(
                "负面清单上的数据、没有的字段，提交时即拒绝；无条件共享的当场授权。",
                "Data on the negative list and unknown fields are refused at once; data shared without condition are granted at once.",
            )
            .body::<NewSharingRequest>(
                r#"{"answers":{"resource":"101001/000001","fields":"address,name","manner":"yes-no","method":"interface",
"scene":"办理个体工商户设立登记时核对经营者","basis":"市场主体登记管理条例 第十九条","ground":"cases","items":"geti-shangpu-dengji",
"valid_until":"2027-03-01","contact":"苏婉清 0999-6000025"},"promised":true}"#,
            )
            .creates::<SubmittedSharingRequest>(),
        ask,
    )
    .on(
        post("/sharing/demands", "declareSharingDemand", "sharing.declare-demand", "登记目录外的数据需求", "Declare a demand outside the catalogue")
            .body::<NewSharingDemand>(r#"{"title":"殡葬火化信息","purpose":"停发高龄津贴，老年人权益保障法 第三十三条"}"#)
            .creates::<DeclaredSharingDemand>(),
        demand,
    )
}

fn acts(api: Api) -> Api {
    let post = |path, id, action, zh, en| Operation::post(path, id).is(Tag::Sharing, action, zh, en).once().conditional();
    api.on(
        post("/sharing/grants/{grant}/extension", "extendSharingGrant", "sharing.extend", "延期", "Extend a grant that has not ended")
            .body::<SharingExtensionOf>(r#"{"valid_until":"2028-03-01","reason":"事项继续办理"}"#)
            .empty(),
        extend,
    )
    .on(
        post("/sharing/grants/{grant}/suspension", "suspendSharingGrant", "sharing.suspend", "停用", "Suspend a grant for misuse")
            .body::<SharingReason>(REASON)
            .empty(),
        suspend,
    )
    .on(
        post("/sharing/grants/{grant}/resumption", "resumeSharingGrant", "sharing.resume", "恢复", "Let a suspended grant be used again")
            .body::<SharingReason>(REASON)
            .empty(),
        resume,
    )
    .on(
        post("/sharing/grants/{grant}/withdrawal", "withdrawSharingGrant", "sharing.withdraw", "撤销", "Take a grant back")
            .body::<SharingReason>(REASON)
            .empty(),
        withdraw,
    )
    .on(
        post("/sharing/grants/{grant}/renunciation", "giveUpSharingGrant", "sharing.give-up", "停止使用", "Give a grant up")
            .body::<SharingReason>(REASON)
            .empty(),
        give_up,
    )
}

/// The organ for which the caller works.
fn organ_of(app: &App, caller: &Caller) -> Result<String, ApiError> {
    caller.must(app, "sharing.list", &Resource::of("sharing-grant"))?;
    let organ = caller.actor.posts.first().map(|held| held.organ.clone());
    organ.ok_or_else(|| Refusal::not_permitted().into())
}

async fn grants(State(app): State<App>, Member(caller): Member) -> Result<Json<SharingGrants>, ApiError> {
    let (organ, today) = (organ_of(&app, &caller)?, app.today());
    let found = app.query(move |tx| {
        let (have, gave) = (queries::grants_of_grantee(tx, &organ, ROWS_MAX)?, queries::grants_of_provider(tx, &organ, ROWS_MAX)?);
        Ok(SharingGrants { have: counted(tx, have, today)?, gave: counted(tx, gave, today)? })
    });
    Ok(Json(found.await?))
}

fn counted(tx: &mut Tx<'_>, grants: Vec<Grant>, today: Date) -> Result<Vec<GrantOf>, Halt> {
    let mut shown = Vec::new();
    for grant in grants {
        let calls = queries::calls_on(tx, &grant.id, today)?;
        shown.push(GrantOf::of(grant, today, calls));
    }
    Ok(shown)
}

async fn grant(State(app): State<App>, Member(caller): Member, Path(id): Path<String>) -> Result<Json<SharingGrantProof>, ApiError> {
    organ_of(&app, &caller)?;
    let (today, actor, authority) = (app.today(), caller.actor, std::sync::Arc::clone(app.runner.authority()));
    let found = app.query(move |tx| {
        let grant = queries::grant(tx, &id)?.ok_or_else(Refusal::not_found)?;
        let resource = queries::grant_resource(tx, &grant)?;
        if !authority.rule(&actor, "sharing.read", &resource).permitted {
            return Err(Refusal::not_found().into());
        }
        let holds = queries::verify_grant(tx, &grant)?.is_ok();
        let verifiers = queries::organ_verifiers(tx, &grant.terms.provider)?.iter().map(ToString::to_string).collect();
        let (note, calls) = (grant.note.clone(), queries::calls_on(tx, &grant.id, today)?);
        Ok(SharingGrantProof { grant: GrantOf::of(grant, today, calls), note, verifiers, holds })
    });
    Ok(Json(found.await?))
}

async fn requests(State(app): State<App>, Member(caller): Member) -> Result<Json<SharingRequests>, ApiError> {
    let organ = organ_of(&app, &caller)?;
    let found = app.query(move |tx| {
        let ours = queries::requests_of_grantee(tx, &organ, ROWS_MAX)?;
        let to_us = queries::requests_of_provider(tx, &organ, ROWS_MAX)?;
        Ok(SharingRequests { ours: ours.into_iter().map(Into::into).collect(), to_us: to_us.into_iter().map(Into::into).collect() })
    });
    Ok(Json(found.await?))
}

async fn lists(State(app): State<App>, Member(caller): Member) -> Result<Json<SharingLists>, ApiError> {
    organ_of(&app, &caller)?;
    let service = app.runner.service::<ResourceService>().ok_or_else(ApiError::not_found)?;
    let found = app.query(move |tx| {
        let demands = queries::demands(tx, ROWS_MAX)?;
        let (negative, shared): (Vec<_>, Vec<_>) = service.0.all(tx)?.into_iter().partition(|facts| facts.share == ShareType::NotShared);
        Ok(SharingLists {
            demands: demands.into_iter().map(Into::into).collect(),
            responsibilities: shared.into_iter().map(Into::into).collect(),
            negative: negative.into_iter().map(Into::into).collect(),
        })
    });
    Ok(Json(found.await?))
}

async fn ask(State(app): State<App>, Member(caller): Member, Once(key): Once, Sent(new): Sent<NewSharingRequest>) -> Result<Response, ApiError> {
    let organ = organ_of(&app, &caller)?;
    let actor = Actor { on_behalf: Some(organ), ..caller.actor };
    let submit =
        SubmitCase { slug: REQUEST_ITEM.into(), answers: new.answers, channel: "web".into(), promised: new.promised, ..SubmitCase::default() };
    let done = app.run(actor, key, submit).await?.outcome;
    let body = SubmittedSharingRequest { case: done.case, number: done.number, granted: done.closed };
    Ok(created("/api/v1/sharing/requests", 0, &body))
}

async fn demand(State(app): State<App>, Member(caller): Member, Once(key): Once, Sent(new): Sent<NewSharingDemand>) -> Result<Response, ApiError> {
    let organ = organ_of(&app, &caller)?;
    let id = app.run(caller.actor, key, DeclareDemand { organ, title: new.title, purpose: new.purpose }).await?.outcome;
    Ok(created("/api/v1/sharing/lists", 0, &DeclaredSharingDemand { id }))
}

async fn done<C: Command>(app: &App, caller: Caller, key: Option<String>, command: C) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, command).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn extend(
    State(app): State<App>,
    Member(caller): Member,
    Path(grant): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(new): Sent<SharingExtensionOf>,
) -> Result<StatusCode, ApiError> {
    done(&app, caller, key, ExtendGrant { grant, valid_until: new.valid_until, reason: new.reason, seen }).await
}

async fn suspend(
    State(app): State<App>,
    Member(caller): Member,
    Path(grant): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(new): Sent<SharingReason>,
) -> Result<StatusCode, ApiError> {
    done(&app, caller, key, SuspendGrant { grant, reason: new.reason, seen }).await
}

async fn resume(
    State(app): State<App>,
    Member(caller): Member,
    Path(grant): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(new): Sent<SharingReason>,
) -> Result<StatusCode, ApiError> {
    done(&app, caller, key, ResumeGrant { grant, reason: new.reason, seen }).await
}

async fn withdraw(
    State(app): State<App>,
    Member(caller): Member,
    Path(grant): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(new): Sent<SharingReason>,
) -> Result<StatusCode, ApiError> {
    done(&app, caller, key, WithdrawGrant { grant, reason: new.reason, seen }).await
}

async fn give_up(
    State(app): State<App>,
    Member(caller): Member,
    Path(grant): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(new): Sent<SharingReason>,
) -> Result<StatusCode, ApiError> {
    done(&app, caller, key, GiveUpGrant { grant, reason: new.reason, seen }).await
}
