//! `/workspace/packages/{slug}`: versions of an item, what the check says, what changed, and its retirement.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use flow::Language;
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, PreEscaped, html};
use procedure::{Change, Finding, Package, PackageVersion, RetirePackage, Severity, VersionStatus};
use runner::Resource;
use serde::Deserialize;
use ui::{Button, Cell, Details, Input, Table, Tag, TagColour};

use super::shown;
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::{Typed, day};

/// Which versions are compared.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    version: Option<i64>,
}

/// What the page shows.
struct Page {
    versions: Vec<PackageVersion>,
    shown: PackageVersion,
    package: Arc<Package>,
    findings: Vec<Finding>,
    changes: Option<(i64, Vec<Change>)>,
}

/// `GET /workspace/packages/{slug}`
pub(super) async fn get(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let page = load(&app, &visitor, &slug, asked.version).await?;
    Ok(show(&app, &visitor, &page, &Typed::default()).into_response())
}

/// `POST /workspace/packages/{slug}`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let mut typed = Typed::from_pairs(&form.0);
    let page = load(&app, &visitor, &slug, typed.get("version").parse().ok()).await?;
    let Some(retired_on) = day(&mut typed, visitor.lang, "retired_on", visitor.lang.say("停用日期", "Retired from")) else {
        return Ok(gate::unprocessable(show(&app, &visitor, &page, &typed)));
    };
    let command = RetirePackage { hash: page.shown.hash.clone(), retired_on, reason: typed.get("reason").to_owned() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(done) => retired(&app, done.outcome.version).await,
        Err(error) => {
            let refusal = shown(error)?;
            let typed = typed.refuse(visitor.lang, &refusal, control);
            Ok((gate::status_of(&refusal), show(&app, &visitor, &page, &typed)).into_response())
        }
    }
}

/// The library learns of it at once; other processes at their next refresh.
async fn retired(app: &App, version: i64) -> Result<Response, PageError> {
    let inner = app.clone();
    app.read(move |tx| inner.library.refresh(tx).map_err(runner::Halt::fault)).await?;
    let flash = Flash::success(format!("第{version}版已停用。"), format!("Version {version} is retired."));
    Ok(see_other_with(app, Place::Packages.href(), &flash))
}

fn control(code: &str) -> &'static str {
    match code {
        "reason-missing" => "reason",
        "retired-before-valid" => "retired_on",
        _ => "",
    }
}

async fn load(app: &App, visitor: &Visitor, slug: &str, wanted: Option<i64>) -> Result<Page, PageError> {
    if !Place::Packages.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let versions = app.library.versions_of(slug);
    let current = app.library.current_version(slug, app.today()).map(|version| version.version);
    let found = versions.iter().find(|version| Some(version.version) == wanted.or(current)).or(versions.last());
    let shown = found.ok_or(PageError::NotFound)?.clone();
    let package = app.library.by_hash(&shown.hash).ok_or(PageError::NotFound)?;
    let before = versions.iter().rev().find(|version| version.version < shown.version);
    let before = before.and_then(|version| Some((version.version, app.library.by_hash(&version.hash)?)));
    let checked = Arc::clone(&package);
    let (findings, changes) = app
        .blocking(move || {
            let changes = before.map(|(number, old)| (number, procedure::diff(&old, &checked)));
            (procedure::check(&checked), changes)
        })
        .await?;
    Ok(Page { versions, shown, package, findings, changes })
}

fn show(app: &App, visitor: &Visitor, page: &Page, typed: &Typed) -> Markup {
    let (lang, item) = (visitor.lang, &page.package.item);
    let resource = Resource { id: item.slug.clone(), ..Resource::of("package") };
    let may_retire = app.may(visitor, "package.retire", &resource) && page.shown.status == VersionStatus::Published;
    let body = html! {
        (typed.summary(lang))
        (heading(&format!("{} · {}", item.name.get(lang), version_name(lang, page.shown.version))))
        p.govuk-body { (item.summary.get(lang)) }
        (versions(visitor, page))
        (findings(lang, page))
        (changes(lang, page))
        (picture(lang, page))
        @if may_retire { (retire_form(visitor, page, typed)) }
    };
    Desk::new(app, visitor, Place::Packages, item.name.get(lang)).below().wrong(typed.has_errors()).show(body)
}

fn version_name(lang: Lang, number: i64) -> String {
    lang.tell(format!("第{number}版"), format!("version {number}"))
}

fn versions(visitor: &Visitor, page: &Page) -> Markup {
    let lang = visitor.lang;
    let head = [
        lang.say("版本", "Version"),
        lang.say("状态", "State"),
        lang.say("生效", "Valid from"),
        lang.say("停用", "Retired on"),
        lang.say("规程包杂凑值", "Package hash"),
    ];
    let row = |version: &PackageVersion| {
        let status = match version.status {
            VersionStatus::Draft => Tag::new(TagColour::Grey, lang.say("草稿", "Draft")),
            VersionStatus::Published => Tag::new(TagColour::Green, lang.say("已发布", "Published")),
            VersionStatus::Retired => Tag::new(TagColour::Grey, lang.say("已停用", "Retired")),
        };
        let href = format!("{}/{}?version={}", Place::Packages.href(), version.slug, version.version);
        let is_shown = version.version == page.shown.version;
        vec![
            Cell::new(html! { a.govuk-link href=(href) aria-current=[is_shown.then_some("page")] { (version_name(lang, version.version)) } }),
            Cell::new(html! { (status) }),
            Cell::new(i18n::date_text(lang, &version.valid_from)),
            Cell::new(version.retired_on.as_deref().map_or_else(|| "—".to_owned(), |day| i18n::date_text(lang, day))),
            Cell::new(html! { code.zs-break { (version.hash) } }),
        ]
    };
    html! {
        h2.govuk-heading-m { (lang.say("版本", "Versions")) }
        (Table::new("", head.map(Cell::new).to_vec(), page.versions.iter().rev().map(row).collect()).scrolling(lang.say("版本", "Versions")))
    }
}

fn findings(lang: Lang, page: &Page) -> Markup {
    let row = |finding: &Finding| {
        let severity = match finding.severity {
            Severity::Error => Tag::new(TagColour::Red, lang.say("错误", "Error")),
            Severity::Warning => Tag::new(TagColour::Yellow, lang.say("提醒", "Warning")),
        };
        let text = lang.tell(finding.zh.clone(), finding.en.clone());
        let (place, rule) = (html! { code { (finding.file) ":" (finding.line) } }, html! { code { (finding.code) } });
        vec![Cell::new(html! { (severity) }), Cell::new(place), Cell::new(rule), Cell::new(text)]
    };
    let head = [lang.say("程度", "Severity"), lang.say("位置", "Place"), lang.say("规则", "Rule"), lang.say("说明", "Sentence")];
    html! {
        h2.govuk-heading-m { (lang.say("检查结果", "Check")) }
        @if page.findings.is_empty() { p.govuk-body { (Tag::new(TagColour::Green, lang.say("没有问题", "No findings"))) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), page.findings.iter().map(row).collect()).scrolling(lang.say("检查结果", "Check"))) }
    }
}

fn changes(lang: Lang, page: &Page) -> Markup {
    let Some((before, changes)) = &page.changes else { return Markup::default() };
    html! {
        h2.govuk-heading-m { (lang.tell(format!("与第{before}版相比"), format!("Compared with version {before}"))) }
        @if changes.is_empty() { p.govuk-body { (lang.say("没有变化。", "Nothing has changed.")) } }
        ul.govuk-list.govuk-list--bullet { @for change in changes { li { (change.text.get(lang)) } } }
    }
}

fn picture(lang: Lang, page: &Page) -> Markup {
    let language = match lang {
        Lang::ZhHans => Language::Zh,
        Lang::En => Language::En,
    };
    let svg = flow::diagram_svg_in(&page.package.flow, &[], &[], page.package.item.name.get(lang), language);
    html! {
        (Details::new(lang.say("流程图", "Flow"), html! {
            // Made by our own painter from a checked package.
            div.zs-table-scroll.zs-flow role="region" tabindex="0" aria-label=(lang.say("流程图，可左右滚动", "Flow, scrolls sideways")) { (PreEscaped(svg)) }
        }))
    }
}

fn retire_form(visitor: &Visitor, page: &Page, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let when = Input::new("retired_on", lang.say("停用日期", "Retired from")).value(typed.get("retired_on")).error(typed.error(lang, "retired_on"));
    let when = Input { kind: "date".to_owned(), ..when.width(10) };
    html! {
        h2.govuk-heading-m { (lang.say("停用这一版", "Retire this version")) }
        p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) } (lang.say(
            "自停用之日起不再按这一版收件；已经收的办件继续按这一版办完。",
            "From that day no case starts under it; running cases stay on it.",
        )) }
        form method="post" action={ (Place::Packages.href()) "/" (page.shown.slug) } novalidate {
            (hidden(visitor, "retire"))
            input type="hidden" name="version" value=(page.shown.version);
            (when)
            (Input::new("reason", lang.say("原因", "Reason")).value(typed.get("reason")).error(typed.error(lang, "reason")))
            (Button::submit(lang.say("停用", "Retire")).warning())
        }
    }
}
