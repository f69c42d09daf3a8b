//! `/workspace/catalogue/resources/{id}`: everything about a resource, and what can be done with it.

use ::catalogue::queries::{self, Neighbour, ResourceRow, Version};
use ::catalogue::{Change, Content, NegativeEntry, Resource, ShareType, Status, Step, changes};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use gate::{App, PageError, StaffMember, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Choice, Input, InsetText, Legend, Radios, Textarea};

use super::{address, readable, sections, sees_working};
use crate::frame::{Desk, Place, heading, hidden};
use crate::people::People;
use crate::say::Say;
use crate::typed::Typed;

/// Which versions are compared.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    from: Option<i64>,
    #[serde(default)]
    to: Option<i64>,
}

/// What the page shows.
pub(super) struct View {
    pub resource: Resource,
    /// What the visitor may see of it: the working description, or the published one.
    content: Content,
    working: bool,
    versions: Vec<Version>,
    between: Option<(i64, i64)>,
    changes: Vec<Change>,
    neighbours: Vec<(Neighbour, ResourceRow)>,
    negative: Vec<NegativeEntry>,
    people: People,
}

/// `GET /workspace/catalogue/resources/{id}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let view = load(&app, &visitor, &id, asked).await?;
    Ok(page(&app, &visitor, &view, &Typed::default()).into_response())
}

/// Everything the page needs; others than the provider and the authority see published versions alone.
pub(super) async fn load(app: &App, visitor: &Visitor, id: &str, asked: Asked) -> Result<View, PageError> {
    let resource = readable(app, visitor, id).await?;
    let working = sees_working(visitor, &resource);
    app.read(move |tx| {
        let (id, published) = (&resource.id, resource.published_version);
        let mut versions = queries::versions(tx, id)?;
        versions.retain(|version| working || published == Some(version.number));
        let content = match published.filter(|_| !working) {
            Some(version) => queries::content_of(tx, id, version)?.unwrap_or_else(|| resource.content.clone()),
            None => resource.content.clone(),
        };
        let between = asked.from.zip(asked.to).filter(|_| working);
        let changes = match between {
            Some((from, to)) => match (queries::content_of(tx, id, from)?, queries::content_of(tx, id, to)?) {
                (Some(before), Some(after)) => changes(&before, &after),
                (Some(_) | None, Some(_) | None) => Vec::new(),
            },
            None => Vec::new(),
        };
        let mut neighbours = queries::neighbours(tx, &resource)?;
        neighbours.retain(|(_, row)| working || row.published_version.is_some());
        let negative = queries::negative_of(tx, id)?;
        let people = People::of(tx, versions.iter().map(|version| version.actor.as_str()))?;
        let resource = resource.clone();
        Ok(View { resource, content, working, versions, between, changes, neighbours, negative, people })
    })
    .await
}

/// The page; `typed` carries what was sent to one of its forms.
pub(super) fn page(app: &App, visitor: &Visitor, view: &View, typed: &Typed) -> Markup {
    let (lang, resource) = (visitor.lang, &view.resource);
    let body = html! {
        (typed.summary(lang))
        (heading(&view.content.name))
        @if !view.working { (InsetText::new(lang.say("您看到的是已发布的版本。", "You see the published version."))) }
        @if view.working && !resource.remark.is_empty() {
            (InsetText::new(html! { strong { (lang.say("审核意见：", "Remark of the review: ")) } (resource.remark) }))
        }
        (acts(app, visitor, view, typed))
        (sections::standing(lang, resource))
        (sections::metadata(lang, &view.content))
        (sections::items(lang, &view.content.items))
        (sections::changes(lang, view.between, &view.changes))
        (sections::versions(lang, resource, &view.versions, &view.people))
        (sections::neighbours(lang, &view.neighbours))
        (sections::negative(lang, &view.negative))
    };
    Desk::new(app, visitor, Place::Catalogue, view.content.name.as_str()).below().wrong(typed.has_errors()).show(body)
}

/// What the visitor can do, each with its effect.
fn acts(app: &App, visitor: &Visitor, view: &View, typed: &Typed) -> Markup {
    let (lang, resource) = (visitor.lang, &view.resource);
    let thing = resource.to_thing();
    let may = |action: &str| app.may(visitor, action, &thing);
    let status = resource.status;
    let possible = |step: Step| status.after(step).is_some();
    html! {
        @if may("catalogue.review") && status.awaits_review() { (review(visitor, resource, typed)) }
        @if may("catalogue.compile") {
            div.govuk-button-group {
                @if possible(Step::Submit) { (submit(visitor, resource)) }
                @if possible(Step::Recall) { (simple(visitor, resource, "recall", lang.say("撤回申请", "Recall"))) }
                @if possible(Step::Edit) {
                    (Button::link(lang.say("变更目录", "Change"), format!("{}/edit", address(&resource.id))).secondary())
                    (Button::link(lang.say("分类分级", "Classify and grade"), format!("{}/grade", address(&resource.id))).secondary())
                }
                @if resource.content.sharing.share_type == ShareType::NotShared {
                    (Button::link(lang.say("提出负面清单", "Propose for the negative list"), format!("{}/negative", address(&resource.id))).secondary())
                }
            }
            (update(app, visitor, resource, typed))
        }
        @if may("catalogue.withdraw") && resource.published_version.is_some() { (withdraw(visitor, resource, typed)) }
    }
}

fn action_of(resource: &Resource, act: &str) -> String {
    format!("{}/{act}", address(&resource.id))
}

fn simple(visitor: &Visitor, resource: &Resource, act: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(action_of(resource, act)) {
            (hidden(visitor, act))
            input type="hidden" name="seen" value=(resource.version);
            (Button::submit(label).secondary())
        }
    }
}

fn submit(visitor: &Visitor, resource: &Resource) -> Markup {
    let lang = visitor.lang;
    let label = if resource.status.is_registered() {
        lang.say("申请发布", "Submit for publication")
    } else {
        lang.say("申请注册", "Submit for registration")
    };
    html! {
        form method="post" action=(action_of(resource, "submit")) {
            (hidden(visitor, "submit"))
            input type="hidden" name="seen" value=(resource.version);
            (Button::submit(label))
        }
    }
}

fn review(visitor: &Visitor, resource: &Resource, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let publishing = resource.status == Status::PublicationReview;
    let title =
        if publishing { lang.say("发布审核", "Review of the publication") } else { lang.say("注册审核", "Review of the registration") };
    let effect = if publishing {
        lang.say("同意后各部门即可看到并申请使用。", "When you approve, every organ sees it and can ask for the data.")
    } else {
        lang.say("同意后进入目录，可以申请发布。", "When you approve, it is in the catalogue and can be submitted for publication.")
    };
    let choices = vec![
        Choice::new("approve", lang.say("同意", "Approve")),
        Choice::new("return", lang.say("退回修改", "Return for changes")),
        Choice::new("refuse", lang.say("不同意", "Refuse")),
    ];
    let legend = Legend { classes: "govuk-fieldset__legend--s".into(), ..Legend::new(lang.say("审核结论", "Decision")) };
    let mut radios = Radios::new("verdict", legend, choices).value(typed.get("verdict"));
    radios.group.error = typed.error(lang, "verdict");
    html! {
        h2.govuk-heading-m { (title) }
        p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) } (effect) " "
            (lang.say("依据：政务数据共享条例，两个工作日内审核。", "Basis: Regulation on the Sharing of Government Data, within two working days.")) }
        form method="post" action=(action_of(resource, "review")) novalidate {
            (hidden(visitor, "review"))
            input type="hidden" name="seen" value=(resource.version);
            (radios)
            (Textarea::new("remark", lang.say("审核意见", "Remark")).value(typed.get("remark")).rows(3).error(typed.error(lang, "remark"))
                .hint(lang.say("退回或者不同意的，必须写明理由。", "Required when you return or refuse.")))
            (Button::submit(lang.say("提交审核结论", "Decide")))
        }
    }
}

fn update(app: &App, visitor: &Visitor, resource: &Resource, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let today = app.today().to_string();
    let value = if typed.get("updated_on").is_empty() { today } else { typed.get("updated_on").to_owned() };
    let when = Input::new("updated_on", lang.say("数据更新日期", "Day of the update")).value(value).error(typed.error(lang, "updated_on"));
    let when = Input { kind: "date".to_owned(), ..when.width(10) };
    let mounted = ui::Checkboxes::single(
        "mounted",
        Choice::new("1", lang.say("数据已挂接到共享平台", "The data are mounted on the platform")).checked(resource.mounted),
    );
    html! {
        (ui::Details::new(lang.say("报告数据更新", "Report an update of the data"), html! {
            form method="post" action=(action_of(resource, "update")) novalidate {
                (hidden(visitor, "update"))
                (when)
                (mounted)
                (Button::submit(lang.say("报告更新", "Report")).secondary())
            }
        }))
    }
}

fn withdraw(visitor: &Visitor, resource: &Resource, typed: &Typed) -> Markup {
    let lang: Lang = visitor.lang;
    html! {
        (ui::Details { is_open: typed.error(lang, "reason").is_some(), ..ui::Details::new(lang.say("取消发布", "Withdraw"), html! {
            p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) }
                (lang.say("其他部门不再看到这条目录，已有授权另行处理。", "Others no longer see it; existing grants are dealt with separately.")) }
            form method="post" action=(action_of(resource, "withdraw")) novalidate {
                (hidden(visitor, "withdraw"))
                input type="hidden" name="seen" value=(resource.version);
                (Textarea::new("reason", lang.say("理由", "Reason")).value(typed.get("reason")).rows(2).error(typed.error(lang, "reason")))
                (Button::submit(lang.say("取消发布", "Withdraw")).warning())
            }
        }) })
    }
}
