//! `POST /workspace/catalogue/resources/{id}/{act}`: submit, recall, review, withdraw, update.

use ::catalogue::{RecallResource, ReportUpdate, Resource, ReviewResource, SubmitResource, Verdict, WithdrawResource};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};

use super::resource::{Asked, load, page};
use super::{address, fields, readable};
use crate::pages::shown;
use crate::say::Say;
use crate::typed::{Typed, day};

/// `POST /workspace/catalogue/resources/{id}/{act}`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path((id, act)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let resource = readable(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let done = match act.as_str() {
        "submit" => submit(&app, &visitor, &form, &resource, &typed).await,
        "recall" => recall(&app, &visitor, &form, &resource, &typed).await,
        "withdraw" => withdraw(&app, &visitor, &form, &resource, &typed).await,
        "review" => review(&app, &visitor, &form, &resource, &mut typed).await,
        "update" => update(&app, &visitor, &form, &resource, &mut typed).await,
        _ => return Err(PageError::NotFound),
    };
    match done {
        Ok(Some(flash)) => Ok(see_other_with(&app, &address(&resource.id), &flash)),
        Ok(None) => {
            let view = load(&app, &visitor, &id, Asked::default()).await?;
            Ok(gate::unprocessable(page(&app, &visitor, &view, &typed)))
        }
        Err(error) => refused(&app, &visitor, &id, typed, error).await,
    }
}

async fn refused(app: &App, visitor: &Visitor, id: &str, typed: Typed, error: PageError) -> Result<Response, PageError> {
    let refusal = shown(error)?;
    let mut typed = typed.refuse(visitor.lang, &runner::Refusal { fields: Vec::new(), ..refusal.clone() }, |_| "");
    for field in &refusal.fields {
        typed.blame(fields::control(&field.field), visitor.lang.tell(field.zh.clone(), field.en.clone()));
    }
    let view = load(app, visitor, id, Asked::default()).await?;
    Ok((gate::status_of(&refusal), page(app, visitor, &view, &typed)).into_response())
}

/// A message when it is done; nothing when the form has to be shown again.
type Done = Result<Option<Flash>, PageError>;

fn seen(typed: &Typed) -> Option<i64> {
    typed.get("seen").parse().ok()
}

async fn submit(app: &App, visitor: &Visitor, form: &Form, resource: &Resource, typed: &Typed) -> Done {
    app.execute(visitor, form.key(), SubmitResource { resource: resource.id.clone(), seen: seen(typed) }).await?;
    Ok(Some(Flash::success("已提交数据主管部门审核。", "Submitted to the data authority.")))
}

async fn recall(app: &App, visitor: &Visitor, form: &Form, resource: &Resource, typed: &Typed) -> Done {
    app.execute(visitor, form.key(), RecallResource { resource: resource.id.clone(), seen: seen(typed) }).await?;
    Ok(Some(Flash::success("已撤回。", "Recalled.")))
}

async fn withdraw(app: &App, visitor: &Visitor, form: &Form, resource: &Resource, typed: &Typed) -> Done {
    let command = WithdrawResource { resource: resource.id.clone(), reason: typed.get("reason").to_owned(), seen: seen(typed) };
    app.execute(visitor, form.key(), command).await?;
    Ok(Some(Flash::success("已取消发布。", "Withdrawn.")))
}

async fn review(app: &App, visitor: &Visitor, form: &Form, resource: &Resource, typed: &mut Typed) -> Done {
    let verdict = match typed.get("verdict") {
        "approve" => Verdict::Approve,
        "return" => Verdict::Return,
        "refuse" => Verdict::Refuse,
        _ => {
            typed.blame("verdict", visitor.lang.say("请选择审核结论。", "Choose a decision."));
            return Ok(None);
        }
    };
    let remark = typed.get("remark").to_owned();
    app.execute(visitor, form.key(), ReviewResource { resource: resource.id.clone(), verdict, remark, seen: seen(typed) }).await?;
    Ok(Some(Flash::success("审核结论已记录。", "The decision is recorded.")))
}

async fn update(app: &App, visitor: &Visitor, form: &Form, resource: &Resource, typed: &mut Typed) -> Done {
    let Some(updated_on) = day(typed, visitor.lang, "updated_on", visitor.lang.say("数据更新日期", "Day of the update")) else {
        return Ok(None);
    };
    let mounted = typed.get("mounted") == "1";
    app.execute(visitor, form.key(), ReportUpdate { resource: resource.id.clone(), updated_on, mounted }).await?;
    Ok(Some(Flash::success("已记录数据更新。", "The update is recorded.")))
}
