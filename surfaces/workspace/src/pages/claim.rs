//! Claiming a task of one's post, and giving it back.

use axum::extract::{Path, State};
use axum::response::Response;
use cases::commands::{ClaimTask, ReleaseTask};
use gate::{App, Flash, Form, PageError, StaffMember, see_other_with};

use super::shown;

/// `POST /workspace/tasks/{task}/claim`
pub(super) async fn claim(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(task): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let to = back(&form, &task);
    match app.execute(&visitor, form.key(), ClaimTask { task }).await {
        Ok(_) => Ok(see_other_with(&app, &to, &Flash::success("已签收，由您办理。", "Claimed: it is yours now."))),
        Err(error) => Ok(refused(&app, &to, error)?),
    }
}

/// `POST /workspace/tasks/{task}/release`
pub(super) async fn release(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(task): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let to = back(&form, &task);
    match app.execute(&visitor, form.key(), ReleaseTask { task }).await {
        Ok(_) => Ok(see_other_with(&app, &to, &Flash::success("已释放，同岗位的人可以签收。", "Released: anybody of the post may claim it."))),
        Err(error) => Ok(refused(&app, &to, error)?),
    }
}

/// Nothing was typed, so the page itself, read anew, is the best answer; a message says why nothing has changed.
fn refused(app: &App, to: &str, error: PageError) -> Result<Response, PageError> {
    let refusal = shown(error)?;
    let zh = format!("{}{}", refusal.sentence.zh, refusal.next_step.zh);
    let en = format!("{} {}", refusal.sentence.en, refusal.next_step.en);
    Ok(see_other_with(app, to, &Flash::notice(zh, en)))
}

/// The page from which the form was sent, if it is one of the desk.
fn back(form: &Form, task: &str) -> String {
    let own = format!("/workspace/tasks/{task}");
    let asked = web::local_path(form.get("back"), &own);
    if asked.starts_with("/workspace/inbox") { asked.to_owned() } else { own }
}
