//! `/workspace/tasks/{task}`: the case file with what can be done now.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cases::model::refusals;
use cases::{CaseStatus, Task, TaskState};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Text;
use maud::{Markup, html};
use runner::{Refusal, Resource};
use ui::{Button, Details, InsetText, SummaryList, SummaryRow};

use super::{shown, with_panes};
use crate::acts::{self, Act, Deed, Ground, Offer, confirmation, control_of, offered, panel};
use crate::file::{self, Desktop, Dossier, Rights};
use crate::frame::{Desk, Place, heading, hidden};
use crate::people::organ_text;
use crate::say::Say;
use crate::typed::Typed;

/// A task with its case, as the page needs it.
struct Page {
    task: Task,
    dossier: Dossier,
    organs: Vec<(String, String)>,
}

/// How the panel is shown.
enum Stage {
    /// The acts, or the form of the one chosen.
    Choose,
    /// The second look.
    Confirm,
}

/// `GET /workspace/tasks/{task}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(task): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let page = match load(&app, &visitor, &task).await {
        Err(PageError::NotFound) => return left(&app, &visitor, &task, &Typed::default(), StatusCode::NOT_FOUND).await,
        page => page?,
    };
    let mut typed = Typed::default();
    if let Some((_, act)) = asked.iter().find(|(name, _)| name == "act") {
        typed.set("act", act.as_str());
    }
    Ok(show(&app, &visitor, &page, &typed, &Stage::Choose, StatusCode::OK))
}

/// `POST /workspace/tasks/{task}`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(task): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let typed = Typed::from_pairs(&form.0);
    let page = match load(&app, &visitor, &task).await {
        Err(PageError::NotFound) => return left(&app, &visitor, &task, &typed, StatusCode::CONFLICT).await,
        page => page?,
    };
    let act = acts::every(&page.ground(&app)).into_iter().find(|act| act.code == typed.get("act")).ok_or(PageError::NotFound)?;
    if let Some(answer) = second_look(&app, &visitor, &page, &act, &typed) {
        return Ok(answer);
    }
    let done = match Deed::read(&task, act.code, &act.asks, &typed) {
        Deed::Complete(command) => app.execute(&visitor, form.key(), command).await.map(drop),
        Deed::Correct(command) => app.execute(&visitor, form.key(), command).await.map(drop),
    };
    match done {
        Ok(()) => Ok(see_other_with(&app, Place::Inbox.href(), &told(&page, &act))),
        Err(error) => refused(&app, &visitor, &task, typed, shown(error)?).await,
    }
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Page, PageError> {
    let (wanted, lang) = (id.to_owned(), visitor.lang);
    let found = app
        .read(move |tx| {
            let task = cases::queries::task_by_id(tx, &wanted)?.ok_or_else(Refusal::not_found)?;
            let organs = match task.kind {
                cases::TaskKind::Assign => {
                    parties::organs(tx)?.iter().map(|organ| (organ.id.to_string(), organ_text(organ).get(lang).to_owned())).collect()
                }
                _ => Vec::new(),
            };
            Ok((task, organs))
        })
        .await?;
    let dossier = file::load(app, visitor, &found.0.case).await?;
    Ok(Page { task: found.0, dossier, organs: found.1 })
}

impl Page {
    /// What the authority is asked about: the case, seen through this task.
    fn resource(&self) -> Resource {
        Resource {
            post: Some(self.task.post.clone()),
            post_organ: Some(self.task.organ.clone()),
            assignee: self.task.assignee.clone(),
            ..self.dossier.resource.clone()
        }
    }

    /// The acts the visitor may make now.
    fn acts(&self, app: &App, visitor: &Visitor) -> Vec<Act> {
        if self.claimed_by_other(visitor) {
            return Vec::new();
        }
        let resource = self.resource();
        let may = |act: &Act| app.may(visitor, acts::action(self.task.kind, act.code), &resource);
        offered(&self.ground(app)).into_iter().filter(may).collect()
    }

    fn ground<'a>(&'a self, app: &'a App) -> Ground<'a> {
        let (file, item) = (&self.dossier.view.file, &self.dossier.package.item);
        Ground { task: &self.task, file, item, calendar: &app.calendar, today: app.today() }
    }

    fn claimed_by_other(&self, visitor: &Visitor) -> bool {
        self.task.assignee.as_ref().is_some_and(|account| *account != visitor.actor.account)
    }

    fn offer<'a>(&self, app: &App, visitor: &'a Visitor) -> Offer<'a> {
        let (item, form, lang) = (&self.dossier.package.item, &self.dossier.package.form, visitor.lang);
        let materials = item.materials.iter().map(|material| (material.id.clone(), material.name.get(lang).to_owned()));
        let fields = form.fields().iter().map(|field| (field.name.clone(), field.title.get(lang).to_owned()));
        Offer {
            action: format!("/workspace/tasks/{}", self.task.id),
            csrf: &visitor.csrf,
            key: visitor.form_key().to_owned(),
            seen: self.dossier.version(),
            targets: materials.chain(fields).collect(),
            organs: self.organs.clone(),
            citations: item.basis.iter().map(procedure::item::Basis::citation).collect(),
            remedies: remedies(app),
        }
    }
}

/// 行政复议法 第二十条; 行政诉讼法 第四十六条.
fn remedies(app: &App) -> Text {
    let settings = app.runner.service::<cases::Settings>();
    let (body, court): (Text, Text) = settings.map_or_else(Default::default, |settings| (settings.reconsideration.clone(), settings.court.clone()));
    Text::new(
        format!(
            "自收到决定之日起六十日内可以向{}申请行政复议，或者六个月内向{}提起行政诉讼（行政复议法第二十条、行政诉讼法第四十六条）。",
            body.zh, court.zh
        ),
        format!(
            "Within 60 days reconsideration by {}, or within six months a suit at {} (行政复议法 art. 20, 行政诉讼法 art. 46).",
            body.en, court.en
        ),
    )
}

/// Before something is taken from the applicant: what is missing, else the second look. `None` when the act can be made.
fn second_look(app: &App, visitor: &Visitor, page: &Page, act: &Act, typed: &Typed) -> Option<Response> {
    let is_over = page.acts(app, visitor).iter().all(|offered| offered.code != act.code);
    if !act.is_unfavourable || is_over || typed.get("confirm") == "yes" {
        return None;
    }
    let mut typed = typed.clone();
    if typed.get("opinion").is_empty() {
        typed = typed.refuse(visitor.lang, &refusals::reasons_missing(), control_of);
    }
    if !(typed.get("basis").contains('第') && typed.get("basis").contains('条')) {
        typed = typed.refuse(visitor.lang, &refusals::basis_missing(), control_of);
    }
    let stage = if typed.has_errors() || typed.get("confirm") == "no" { Stage::Choose } else { Stage::Confirm };
    Some(show(app, visitor, page, &typed, &stage, StatusCode::UNPROCESSABLE_ENTITY))
}

fn told(page: &Page, act: &Act) -> Flash {
    let number = &page.dossier.view.file.number;
    Flash::success(format!("{number}：{}，已办理。", act.label.zh), format!("{number}: {}, done.", act.label.en))
}

/// The page again, with what is wrong; after somebody else's change with the present state, keeping what was typed.
async fn refused(app: &App, visitor: &Visitor, task: &str, mut typed: Typed, refusal: Refusal) -> Result<Response, PageError> {
    let page = load(app, visitor, task).await?;
    if matches!(&*refusal.code, "stale-version" | "task-not-open") {
        return Ok(overtaken(app, visitor, &page, typed));
    }
    typed.set("confirm", "");
    let typed = typed.refuse(visitor.lang, &refusal, control_of);
    let status = gate::status_of(&refusal);
    Ok(show(app, visitor, &page, &typed, &Stage::Choose, status))
}

/// 409: somebody was faster. The page shows the present state and everything typed.
fn overtaken(app: &App, visitor: &Visitor, page: &Page, typed: Typed) -> Response {
    let typed = typed.refuse(visitor.lang, &Refusal::stale_version(), |_| "act");
    show(app, visitor, page, &typed, &Stage::Choose, StatusCode::CONFLICT)
}

/// Somebody of the same post was faster, and the case has left the post, so that its file is closed to this visitor. To those who hold the
/// post the page says so and keeps everything typed; to all others there is nothing here.
async fn left(app: &App, visitor: &Visitor, id: &str, typed: &Typed, status: StatusCode) -> Result<Response, PageError> {
    let wanted = id.to_owned();
    let task = app.read(move |tx| Ok(cases::queries::task_by_id(tx, &wanted)?)).await?;
    let Some(task) = task.filter(|task| task.state != TaskState::Open && visitor.actor.holds(&task.organ, &task.post)) else {
        return Err(PageError::NotFound);
    };
    let lang = visitor.lang;
    let title = lang.say("这个环节已经由同岗位的人办完", "Somebody of your post has completed this step");
    let told = lang.say(
        "本件已转到别的岗位，案卷对您不再开放。您不用再做什么，可以回到待办任务继续办理其他件。",
        "The case has gone to another post and its file is closed to you. There is nothing left to do here; go on with your other tasks.",
    );
    let body = html! {
        (heading(title))
        p.govuk-body { (task.name.get(lang)) "：" (told) }
        (kept(visitor, typed))
        p.govuk-body { a.govuk-link href=(Place::Inbox.href()) { (Place::Inbox.name(lang)) } }
    };
    Ok((status, Desk::new(app, visitor, Place::Inbox, title).show(body)).into_response())
}

fn show(app: &App, visitor: &Visitor, page: &Page, typed: &Typed, stage: &Stage, status: StatusCode) -> Response {
    let desktop = Desktop { lang: visitor.lang, calendar: &app.calendar, today: app.today() };
    let title = format!("{} {}", page.task.name.get(visitor.lang), page.dossier.view.file.number);
    let head = html! { (typed.summary(visitor.lang)) h1.govuk-visually-hidden { (title) } };
    let body = page.dossier.body(desktop, head, right(app, visitor, page, typed, stage), Rights::of(app, visitor, &page.dossier));
    let desk = Desk::new(app, visitor, Place::Inbox, title).wrong(typed.has_errors()).identity(page.dossier.identity(desktop));
    with_panes(visitor, status, desk.show(body))
}

/// The panel: acts, or why there are none.
fn right(app: &App, visitor: &Visitor, page: &Page, typed: &Typed, stage: &Stage) -> Markup {
    let (lang, acts) = (visitor.lang, page.acts(app, visitor));
    let offer = page.offer(app, visitor);
    let chosen = acts.iter().find(|act| act.code == typed.get("act"));
    let body = match (stage, chosen) {
        (Stage::Confirm, Some(act)) => confirmation(lang, &offer, act, typed, &page.dossier.view.file.applicant.name),
        _ if acts.is_empty() => idle(visitor, page),
        _ => panel(lang, &offer, &acts, typed),
    };
    html! {
        (standard(visitor, page))
        (body)
        @if chosen.is_none() { (kept(visitor, typed)) }
        (claim(visitor, page, &acts))
        (clock_acts(app, visitor, page))
    }
}

/// What the procedure says about this step: the standard of examination as published.
fn standard(visitor: &Visitor, page: &Page) -> Markup {
    let (lang, name) = (visitor.lang, &page.task.name.zh);
    let steps = &page.dossier.package.item.steps;
    let related = |step: &&procedure::item::Step| step.name.zh.contains(name.as_str()) || name.contains(step.name.zh.as_str());
    let found = steps.iter().find(|step| step.name.zh == *name).or_else(|| steps.iter().find(related));
    html! {
        @if let Some(step) = found.filter(|_| page.task.state == TaskState::Open) {
            (Details::new(lang.say("审查标准", "Standard of examination"), step.standard.get(lang)))
        }
    }
}

fn idle(visitor: &Visitor, page: &Page) -> Markup {
    let (lang, file) = (visitor.lang, &page.dossier.view.file);
    let why = match (page.task.state, file.status) {
        (TaskState::Done, _) => lang.say("这个环节已经办完。", "This step is done.").to_owned(),
        (TaskState::Cancelled, _) => lang.say("这个环节已经取消。", "This step was cancelled.").to_owned(),
        (TaskState::Open, CaseStatus::Correcting) => lang
            .say(
                "已一次性告知补正，等待申请人补齐；补齐后会回到收件箱。",
                "The applicant was asked to correct it; it returns to the inbox afterwards.",
            )
            .to_owned(),
        (TaskState::Open, CaseStatus::Suspended) => {
            lang.say("正在特别程序中，结束特别程序后才能继续办理。", "Paused for a special procedure; end it first.").to_owned()
        }
        (TaskState::Open, _) => match page.task.assignee.as_deref() {
            Some(account) => {
                let name = page.dossier.people.name(account, lang);
                lang.tell(
                    format!("由{name}签收。需要您办理的，请其先释放任务。"),
                    format!("Claimed by {name}. Ask for it to be released if you should handle it."),
                )
            }
            None => lang.say("您现在不在办理这个环节的岗位上。", "You do not hold the post of this step.").to_owned(),
        },
    };
    html! { section #act aria-labelledby="act-title" { h2.govuk-heading-m #act-title { (lang.say("办理", "Act")) } (InsetText::new(why)) } }
}

/// What was typed for an act that is not offered any more.
fn kept(visitor: &Visitor, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let technical = |name: &str| matches!(name, "act" | "seen" | "confirm" | "back");
    let rows: Vec<SummaryRow> = typed
        .pairs()
        .iter()
        .filter(|(name, value)| !technical(name) && !value.trim().is_empty())
        .map(|(name, value)| SummaryRow::new(label(lang, name), html! { span.zs-preline { (value) } }))
        .collect();
    html! {
        @if !rows.is_empty() {
            h3.govuk-heading-s { (lang.say("您刚才填写的内容（没有提交）", "What you had typed (not sent)")) }
            (SummaryList::new(rows))
        }
    }
}

fn label(lang: i18n::Lang, name: &str) -> &str {
    match name {
        "opinion" => lang.say("意见", "Opinion"),
        "basis" => lang.say("依据", "Basis"),
        "findings" => lang.say("核查情况", "Findings"),
        "officer" => lang.say("核查人员", "Officer"),
        "target" => lang.say("补正对象", "To correct"),
        "says" => lang.say("补正要求", "What to correct"),
        other => other,
    }
}

fn claim(visitor: &Visitor, page: &Page, acts: &[Act]) -> Markup {
    if acts.is_empty() {
        return Markup::default();
    }
    let lang = visitor.lang;
    let (verb, word, hint) = match page.task.assignee {
        None => ("claim", lang.say("签收", "Claim"), lang.say("签收后同岗位的其他人不能办理。", "Afterwards nobody else of the post can act.")),
        Some(_) => ("release", lang.say("释放", "Release"), lang.say("释放后同岗位的人都可以签收。", "Afterwards anybody of the post may claim it.")),
    };
    html! {
        form.zs-inline method="post" action={ "/workspace/tasks/" (page.task.id) "/" (verb) } {
            (hidden(visitor, verb))
            (Button::submit(word).secondary())
            span.govuk-hint { (hint) }
        }
    }
}

/// Pausing, going on, extending: pages of their own.
fn clock_acts(app: &App, visitor: &Visitor, page: &Page) -> Markup {
    super::case::clock_links(app, visitor, &page.dossier, &page.resource())
}
