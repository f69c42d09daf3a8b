//! `/workspace/data/{id}`: one dataset, what the gate found, and the steps that are possible.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with, status_of};
use i18n::{Lang, Text};
use maud::{Markup, html};
use opendata::gate::Finding;
use opendata::{
    ApproveAsOfficer, ApproveAsOwner, PublishDataset, RemoveResource, Resource as File, ResourceId, ReturnDataset, State as Step, SubmitDataset,
    WithdrawDataset,
};
use ui::{Badge, BadgeColour, Button, Cell, FileUpload, Input, SummaryList, SummaryRow, Table, Textarea};

use super::list::colour;
use super::parts::{Prepared, load};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::{Say, moment};
use crate::typed::Typed;

/// `GET /workspace/data/{id}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let prepared = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &prepared, &Typed::default()).into_response())
}

/// `POST /workspace/data/{id}`: one step.
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let prepared = load(&app, &visitor, &id).await?;
    match step(&app, &visitor, &prepared, &form).await {
        Ok(flash) => Ok(see_other_with(&app, &format!("/workspace/data/{id}"), &flash)),
        Err(error) => {
            let refusal = crate::pages::shown(error)?;
            let typed = Typed::from_pairs(&form.0).refuse(visitor.lang, &refusal, |code| if code == "reason-needed" { "reason" } else { "" });
            let prepared = load(&app, &visitor, &id).await?;
            Ok((status_of(&refusal), page(&app, &visitor, &prepared, &typed)).into_response())
        }
    }
}

async fn step(app: &App, visitor: &Visitor, prepared: &Prepared, form: &Form) -> Result<Flash, PageError> {
    let (dataset, key) = (prepared.dataset.id.clone(), form.key());
    let (fingerprint, said) = (form.text("fingerprint").to_owned(), form.text("reason").to_owned());
    match form.text("act") {
        "submit" => {
            app.execute(visitor, key, SubmitDataset { dataset: dataset.clone() }).await?;
            let (runner, blobs) = (Arc::clone(&app.runner), app.blobs.clone());
            let is_scanned = app.blocking(move || opendata::scan_at_once(&runner, &blobs, &dataset)).await?;
            Ok(match is_scanned {
                true => Flash::success("已提交并检查完毕，结果见下。", "Handed in and scanned: see below what was found."),
                false => Flash::success("已提交，正在检查。", "Handed in; the scan is under way."),
            })
        }
        "approve-owner" => {
            app.execute(visitor, key, ApproveAsOwner { dataset, fingerprint }).await?;
            Ok(Flash::success("本单位审核通过。", "Approved for the organ."))
        }
        "approve-officer" => {
            app.execute(visitor, key, ApproveAsOfficer { dataset, fingerprint }).await?;
            Ok(Flash::success("数据主管部门审核通过。", "Approved for the data authority."))
        }
        "return" => {
            app.execute(visitor, key, ReturnDataset { dataset, reason: said }).await?;
            Ok(Flash::success("已退回。", "Sent back."))
        }
        "publish" => {
            app.execute(visitor, key, PublishDataset { dataset, changes: Text::same(said) }).await?;
            Ok(Flash::success("已发布，公众现在可以看到。", "Published: the public sees it now."))
        }
        "withdraw" => {
            app.execute(visitor, key, WithdrawDataset { dataset, reason: Text::same(said) }).await?;
            Ok(Flash::success("已下架。", "Taken down."))
        }
        "remove" => {
            let resource = ResourceId::parse(form.text("file")).map_err(|_| PageError::NotFound)?;
            app.execute(visitor, key, RemoveResource { dataset, resource }).await?;
            Ok(Flash::success("文件已移除。", "The file was removed."))
        }
        _ => Err(PageError::NotFound),
    }
}

pub(super) fn page(app: &App, visitor: &Visitor, prepared: &Prepared, typed: &Typed) -> Markup {
    let (lang, dataset) = (visitor.lang, &prepared.dataset);
    let title = dataset.metadata.title.get(lang).to_owned();
    let editable = dataset.state.is_editable() && app.may(visitor, "opendata.prepare", &prepared.resource);
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        (SummaryList::new(facts(lang, prepared)))
        @if editable { p.govuk-body { a.govuk-link href={ "/workspace/data/" (dataset.id) "/edit" } { (lang.say("修改说明", "Change the description")) } } }
        h2.govuk-heading-m { (lang.say("检查发现", "What the gate found")) }
        (findings(lang, &dataset.findings, dataset.state))
        h2.govuk-heading-m { (lang.say("文件", "Files")) }
        (files(visitor, prepared, editable))
        (steps(app, visitor, prepared, typed))
    };
    Desk::new(app, visitor, Place::Data, title).below().wrong(typed.has_errors()).show(body)
}

fn facts(lang: Lang, prepared: &Prepared) -> Vec<SummaryRow> {
    let dataset = &prepared.dataset;
    let mut rows = vec![
        SummaryRow::new(lang.say("状态", "State"), html! { (Badge::new(colour(dataset.state), dataset.state.name().get(lang))) }),
        SummaryRow::new(lang.say("提供单位", "Organ"), prepared.organ.name.get(lang)),
        SummaryRow::new(lang.say("说明", "Description"), dataset.metadata.notes.get(lang)),
        SummaryRow::new(lang.say("修改时间", "Changed"), moment(lang, dataset.modified_ms)),
        SummaryRow::new(lang.say("内容指纹", "Fingerprint"), html! { code { (dataset.fingerprint()) } }),
    ];
    if !dataset.returned.is_empty() {
        rows.push(SummaryRow::new(lang.say("退回原因", "Why it was sent back"), dataset.returned.as_str()));
    }
    if dataset.is_public() {
        let link = html! { a.govuk-link href={ "/data/" (dataset.slug) } { (lang.say("公开页面", "Public page")) } "（" (dataset.release) "）" };
        rows.push(SummaryRow::new(lang.say("已发布版本", "Release"), link));
    }
    if let Some(withdrawal) = &dataset.withdrawal {
        rows.push(SummaryRow::new(lang.say("下架原因", "Why it was taken down"), withdrawal.reason.get(lang)));
    }
    rows
}

fn findings(lang: Lang, findings: &[Finding], state: Step) -> Markup {
    if findings.is_empty() {
        return match state {
            Step::Draft | Step::Submitted => html! { p.govuk-body { (lang.say("还没有检查结果。", "Not scanned yet.")) } },
            Step::Scanned | Step::OwnerApproved | Step::OfficerApproved | Step::Published | Step::Withdrawn => {
                html! { p.govuk-body { (lang.say("没有发现问题。", "Nothing was found.")) } }
            }
        };
    }
    let head = [
        lang.say("发现", "Finding"),
        lang.say("字段", "Field"),
        lang.say("行数", "Rows"),
        lang.say("行号", "Lines"),
        lang.say("处理办法", "What to do"),
    ];
    let row = |finding: &Finding| {
        let lines: Vec<String> = finding.lines.iter().map(ToString::to_string).collect();
        let kind = match finding.forbids {
            true => Badge::new(BadgeColour::Red, lang.say("不得发布", "forbids")),
            false => Badge::new(BadgeColour::Purple, lang.say("请核对", "check")),
        };
        vec![
            Cell::new(html! { (kind) " " (finding.sentence.get(lang)) }),
            Cell::new(finding.field.as_str()),
            Cell::number(finding.rows.to_string()),
            Cell::new(lines.join(", ")),
            Cell::new(finding.next_step.get(lang)),
        ]
    };
    let caption = lang.say("检查发现", "What the gate found");
    Table::new(caption, head.map(Cell::new).to_vec(), findings.iter().map(row).collect()).scrolling(caption)
}

fn files(visitor: &Visitor, prepared: &Prepared, editable: bool) -> Markup {
    let (lang, dataset) = (visitor.lang, &prepared.dataset);
    let line = |file: &File| {
        html! {
            li {
                strong { (file.name.get(lang)) } " " (file.format) " "
                @if let Some(rows) = file.rows { (rows) (lang.say(" 行", " rows")) }
                @if editable {
                    form method="post" {
                        (hidden(visitor, "remove"))
                        input type="hidden" name="file" value=(file.id.as_str());
                        (Button::submit(html! { (lang.say("移除", "Remove")) span.govuk-visually-hidden { " " (file.name.get(lang)) } })
                            .secondary().named("act", "remove"))
                    }
                }
            }
        }
    };
    html! {
        @if dataset.resources.is_empty() { p.govuk-body { (lang.say("还没有文件。", "No file yet.")) } }
        ul.govuk-list { @for file in &dataset.resources { (line(file)) } }
        @if editable {
            form method="post" action={ "/workspace/data/" (dataset.id) "/files" } enctype="multipart/form-data" novalidate {
                (hidden(visitor, "file"))
                (Input::new("name", lang.say("文件名称", "Name of the file")).attribute("autocomplete", "off"))
                (FileUpload::new(lang, "upload", lang.say("上传文件（CSV 首行为字段名，UTF-8）", "Upload a file (CSV: field names first, UTF-8)")))
                (Input::new("quasi", lang.say("准标识符字段（用逗号分开）", "Quasi-identifiers, separated by commas")).attribute("autocomplete", "off"))
                (Input::new("counts", lang.say("计数字段（用逗号分开）", "Fields that count people or cases")).attribute("autocomplete", "off"))
                (Input::new("public_by", lang.say("公开姓名、地址的法律依据", "Law that makes names or addresses public")).attribute("autocomplete", "off"))
                (Button::submit(lang.say("上传", "Upload")).secondary())
            }
        }
    }
}

fn steps(app: &App, visitor: &Visitor, prepared: &Prepared, typed: &Typed) -> Markup {
    let (lang, dataset) = (visitor.lang, &prepared.dataset);
    let may = |action: &str| app.may(visitor, action, &prepared.resource);
    let mut acts: Vec<(&str, &str, &str)> = Vec::new();
    match dataset.state {
        Step::Draft if may("opendata.prepare") && !dataset.resources.is_empty() => {
            acts.push((
                "submit",
                lang.say("提交检查", "Hand in"),
                lang.say(
                    "检查个人信息和小群体，通过后由本单位负责人审核。",
                    "Scanned for personal data and small groups, then for the head to approve.",
                ),
            ));
        }
        Step::Scanned if may("opendata.approve-as-owner") => {
            acts.push((
                "approve-owner",
                lang.say("本单位审核通过", "Approve for the organ"),
                lang.say("确认内容真实、可以公开；对这份内容有效，改动后须重新审核。", "You answer for the content; any edit undoes it."),
            ));
        }
        Step::OwnerApproved if may("opendata.approve-as-officer") => {
            acts.push((
                "approve-officer",
                lang.say("主管部门审核通过", "Approve for the data authority"),
                lang.say("确认符合开放要求；不能与本单位审核为同一人。", "It may be opened; not by the person who approved for the organ."),
            ));
        }
        Step::OfficerApproved if may("opendata.publish") => {
            acts.push((
                "publish",
                lang.say("发布", "Publish"),
                lang.say("公众立即可以查看、下载和通过接口使用；请在下面写明更新说明。", "The public sees it at once; say below what is new."),
            ));
        }
        _ => {}
    }
    if dataset.state.is_under_review() && may("opendata.return") {
        acts.push(("return", lang.say("退回", "Send back"), lang.say("请在下面写明原因。", "Say why below.")));
    }
    if dataset.is_public() && may("opendata.withdraw") {
        acts.push((
            "withdraw",
            lang.say("下架", "Take down"),
            lang.say("立即停止公开，公开页面显示原因。请在下面写明原因。", "Gone from the public at once; the page says why."),
        ));
    }
    html! {
        @if !acts.is_empty() {
            h2.govuk-heading-m { (lang.say("办理", "Steps")) }
            form method="post" novalidate {
                (hidden(visitor, "step"))
                input type="hidden" name="fingerprint" value=(dataset.fingerprint());
                (Textarea::new("reason", lang.say("原因或更新说明", "Reason, or what is new")).value(typed.get("reason")).rows(3).error(typed.error(lang, "reason")))
                @for (act, words, effect) in acts {
                    p.govuk-body { strong { (lang.say("效果：", "Effect: ")) } (effect) }
                    @let button = Button::submit(words).named("act", act);
                    @if act == "withdraw" { (button.warning()) } @else if act == "return" { (button.secondary()) } @else { (button) }
                }
            }
        }
    }
}
