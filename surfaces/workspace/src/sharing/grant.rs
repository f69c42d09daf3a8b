//! `/workspace/sharing/grants/{grant}`: one grant with its signature, its use, and what may be done with it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use jiff::ToSpan;
use maud::{Markup, html};
use runner::{Refusal, Resource};
use sharing::queries::GrantProblem;
use sharing::{Grant, queries};
use ui::{Cell, Details, Table};

use super::grant_acts::{acts, carry_out, control};
use super::names::Names;
use super::terms::terms;
use super::{all_resources, organ_of, readable, resources, state_tag};
use crate::frame::{Desk, Place, heading};
use crate::say::{Say, moment};
use crate::typed::Typed;

const DAYS_SHOWN: i64 = 14;

pub(super) struct Seen {
    pub grant: Grant,
    pub version: i64,
    pub resource: Resource,
    holds: Result<(), GrantProblem>,
    calls: Vec<(String, i64)>,
    names: Names,
}

/// `GET /workspace/sharing/grants/{grant}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let seen = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &seen, &Typed::default()).into_response())
}

/// `POST /workspace/sharing/grants/{grant}`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, PageError> {
    let seen = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&sent.0);
    match carry_out(&app, &visitor, &id, &mut typed, sent.key()).await {
        Ok(true) => {
            let flash = Flash::success("已办理，双方都收到通知。", "Done; both sides were told.");
            Ok(see_other_with(&app, &format!("/workspace/sharing/grants/{id}"), &flash))
        }
        Ok(false) => Ok(gate::unprocessable(page(&app, &visitor, &seen, &typed))),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, control)?;
            Ok((status, page(&app, &visitor, &seen, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Seen, PageError> {
    organ_of(app, visitor)?;
    let (service, id, since) = (resources(app)?, id.to_owned(), app.today().saturating_sub(DAYS_SHOWN.days()));
    let seen = app
        .read(move |tx| {
            let grant = queries::grant(tx, &id)?.ok_or_else(Refusal::not_found)?;
            let resource = queries::grant_resource(tx, &grant)?;
            let holds = queries::verify_grant(tx, &grant)?;
            let calls = queries::calls_since(tx, &grant.id, since)?;
            let sides = [Some(grant.terms.grantee.as_str()), Some(grant.terms.provider.as_str()), grant.stopped_by.as_deref()];
            let resources = all_resources(&service, tx)?;
            let names = Names::of(tx, resources, sides.into_iter().flatten())?;
            Ok(Seen { version: grant.version, resource, holds, calls, names, grant })
        })
        .await?;
    readable(app, visitor, &seen.resource)?;
    Ok(seen)
}

fn page(app: &App, visitor: &Visitor, seen: &Seen, typed: &Typed) -> Markup {
    let (lang, grant) = (visitor.lang, &seen.grant);
    let resource = seen.names.resource(&grant.terms.resource, lang);
    let title = lang.tell(format!("共享授权：{resource}"), format!("Grant: {resource}"));
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        p.govuk-body {
            (state_tag(lang, grant.state_on(app.today()))) " "
            (lang.tell(format!("第{}次签发", grant.issue), format!("issue {}", grant.issue))) " · " (moment(lang, grant.made_ms))
        }
        @if !grant.reason.is_empty() {
            p.govuk-body { strong { (lang.say("理由：", "Reasons: ")) } (grant.reason)
                @if let Some(organ) = &grant.stopped_by { " (" (seen.names.organ(organ, lang)) ")" } }
        }
        (terms(app, lang, &seen.names, &grant.terms))
        @if let Some(case) = &grant.case {
            p.govuk-body { a.govuk-link href={ "/workspace/sharing/requests/" (case) } { (lang.say("查看申请", "See the request")) } }
        }
        (signature(lang, seen))
        (usage(lang, seen))
        (acts(app, visitor, seen, typed))
    };
    Desk::new(app, visitor, Place::Sharing, title).wrong(typed.has_errors()).below().show(body)
}

fn signature(lang: i18n::Lang, seen: &Seen) -> Markup {
    let says = match &seen.holds {
        Ok(()) => lang.say(
            "提供部门的SM2和Ed25519签名核验通过，执行规则与签名文本一致。",
            "Both signatures of the provider hold (SM2, Ed25519), and what is enforced is what was signed.",
        ),
        Err(GrantProblem::Hash) => {
            lang.say("授权文本的摘要不符，请停用并报告安全管理员。", "The hash of the text does not fit: suspend the grant and report it.")
        }
        Err(GrantProblem::Signature(_)) => {
            lang.say("签名核验不通过，请停用并报告安全管理员。", "The signature does not hold: suspend the grant and report it.")
        }
        Err(GrantProblem::Compiled) => lang
            .say("执行规则与签名文本不一致，请停用并报告安全管理员。", "What is enforced is not what was signed: suspend the grant and report it."),
    };
    let text = html! { pre.zs-note { (seen.grant.note) } p.govuk-body { "SM3 " code { (seen.grant.terms_sm3) } } };
    html! {
        h2.govuk-heading-m { (lang.say("签名", "Signature")) }
        p.govuk-body { (says) }
        (Details::new(lang.say("签名文本", "The signed text"), ui::Content::Html(text)))
    }
}

fn usage(lang: i18n::Lang, seen: &Seen) -> Markup {
    let head = [Cell::new(lang.say("日期", "Day")), Cell::number(lang.say("调用次数", "Calls"))];
    let rows =
        seen.calls.iter().map(|(day, calls)| vec![Cell::new(i18n::date_text(lang, day)), Cell::number(i18n::number(*calls))]).collect::<Vec<_>>();
    html! {
        h2.govuk-heading-m { (lang.say("使用情况（近14天）", "Use in the last 14 days")) }
        @if rows.is_empty() { p.govuk-body { (lang.say("没有调用。", "No calls.")) } }
        @else { (Table::new("", head.to_vec(), rows)) }
    }
}
