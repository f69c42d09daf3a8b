//! `/workspace/data/new` and `/workspace/data/{id}/edit`: what is said about a dataset.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with, status_of};
use i18n::{Lang, Text};
use maud::{Markup, html};
use opendata::{DraftDataset, Metadata, Opening, ReviseDataset, Word, words};
use parties::{Organ, OrganId};
use ui::{Button, Input, Select, SelectItem, Textarea};

use super::parts::{load, own_organs};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::Typed;

/// `GET /workspace/data/new`
pub(super) async fn new(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    let organs = organs(&app, &visitor).await?;
    Ok(page(&app, &visitor, &Typed::default(), Some(&organs), "/workspace/data/new", "/workspace/data").into_response())
}

async fn organs(app: &App, visitor: &Visitor) -> Result<Vec<Organ>, PageError> {
    let organs = own_organs(app, visitor).await?;
    if organs.is_empty() { Err(PageError::NotFound) } else { Ok(organs) }
}

/// `POST /workspace/data/new`
pub(super) async fn create(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let organs = organs(&app, &visitor).await?;
    let typed = Typed::from_pairs(&form.0);
    let organ = OrganId::parse(typed.get("organ")).map_err(|_| PageError::NotFound)?;
    let start = Metadata { spatial: app.settings.division.clone(), ..Metadata::default() };
    let command = DraftDataset { slug: typed.get("slug").to_owned(), organ, metadata: read(&typed, start), harvested: None };
    match app.execute(&visitor, form.key(), command).await {
        Ok(executed) => {
            let flash = Flash::success("已新建，请上传文件。", "Begun; upload a file next.");
            Ok(see_other_with(&app, &format!("/workspace/data/{}", executed.outcome), &flash))
        }
        Err(error) => {
            let refusal = crate::pages::shown(error)?;
            let typed = typed.refuse(visitor.lang, &refusal, control);
            Ok((status_of(&refusal), page(&app, &visitor, &typed, Some(&organs), "/workspace/data/new", "/workspace/data")).into_response())
        }
    }
}

/// `GET /workspace/data/{id}/edit`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let prepared = load(&app, &visitor, &id).await?;
    let typed = filled(&prepared.dataset.metadata, prepared.dataset.version);
    Ok(page(&app, &visitor, &typed, None, &format!("/workspace/data/{id}/edit"), &format!("/workspace/data/{id}")).into_response())
}

/// `POST /workspace/data/{id}/edit`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let prepared = load(&app, &visitor, &id).await?;
    let typed = Typed::from_pairs(&form.0);
    let metadata = read(&typed, prepared.dataset.metadata.clone());
    let command = ReviseDataset { dataset: prepared.dataset.id, metadata, seen: typed.get("seen").parse().ok() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, &format!("/workspace/data/{id}"), &Flash::success("已保存。", "Saved."))),
        Err(error) => {
            let refusal = crate::pages::shown(error)?;
            let typed = typed.refuse(visitor.lang, &refusal, control);
            Ok((status_of(&refusal), page(&app, &visitor, &typed, None, &format!("/workspace/data/{id}/edit"), &format!("/workspace/data/{id}")))
                .into_response())
        }
    }
}

fn control(field: &str) -> &'static str {
    match field {
        "title.zh" => "title",
        "title.en" => "title_en",
        "notes.zh" => "notes",
        "notes.en" => "notes_en",
        _ => "",
    }
}

fn read(typed: &Typed, start: Metadata) -> Metadata {
    let tags = typed.get("tags").split([',', '，', '、']).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    let theme = typed.get("theme");
    Metadata {
        title: Text::new(typed.get("title"), typed.get("title_en")),
        notes: Text::new(typed.get("notes"), typed.get("notes_en")),
        themes: if theme.is_empty() { Vec::new() } else { vec![theme.to_owned()] },
        tags,
        licence: typed.get("licence").to_owned(),
        period: typed.get("period").to_owned(),
        opening: if typed.get("opening") == "conditional" { Opening::Conditional } else { Opening::Unconditional },
        terms: Text::same(typed.get("terms")),
        from: typed.get("from").parse().ok(),
        until: typed.get("until").parse().ok(),
        contact: typed.get("contact").to_owned(),
        catalogue_code: typed.get("catalogue_code").to_owned(),
        ..start
    }
}

fn filled(metadata: &Metadata, version: i64) -> Typed {
    let day = |day: Option<clock::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut typed = Typed::default();
    for (name, value) in [
        ("title", metadata.title.zh.clone()),
        ("title_en", metadata.title.en.clone()),
        ("notes", metadata.notes.zh.clone()),
        ("notes_en", metadata.notes.en.clone()),
        ("theme", metadata.themes.first().cloned().unwrap_or_default()),
        ("tags", metadata.tags.join("，")),
        ("licence", metadata.licence.clone()),
        ("period", metadata.period.clone()),
        ("opening", metadata.opening.as_str().to_owned()),
        ("terms", metadata.terms.zh.clone()),
        ("from", day(metadata.from)),
        ("until", day(metadata.until)),
        ("contact", metadata.contact.clone()),
        ("catalogue_code", metadata.catalogue_code.clone()),
        ("seen", version.to_string()),
    ] {
        typed.set(name, value);
    }
    typed
}

fn choices(lang: Lang, list: &[Word]) -> Vec<SelectItem> {
    let mut items = vec![SelectItem::new("", lang.say("请选择", "Choose"))];
    items.extend(list.iter().map(|word| SelectItem::new(word.code, word.name().get(lang))));
    items
}

fn organ_items(lang: Lang, organs: &[Organ]) -> Vec<SelectItem> {
    organs.iter().map(|organ| SelectItem::new(organ.id.as_str(), organ.name.get(lang))).collect()
}

fn page(app: &App, visitor: &Visitor, typed: &Typed, organs: Option<&[Organ]>, action: &str, back: &str) -> Markup {
    let lang = visitor.lang;
    let title =
        if organs.is_some() { lang.say("新建数据集", "New dataset") } else { lang.say("修改数据集说明", "Change the description") };
    let input = |name: &'static str, label: &'static str| {
        Input::new(name, label).value(typed.get(name)).error(typed.error(lang, name)).attribute("autocomplete", "off")
    };
    let area = |name: &'static str, label: &'static str| Textarea::new(name, label).value(typed.get(name)).error(typed.error(lang, name));
    let opening = vec![
        SelectItem::new("unconditional", Opening::Unconditional.name().get(lang)),
        SelectItem::new("conditional", Opening::Conditional.name().get(lang)),
    ];
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        form method="post" action=(action) novalidate {
            (hidden(visitor, "dataset"))
            input type="hidden" name="seen" value=(typed.get("seen"));
            @if let Some(organs) = organs {
                (input("slug", lang.say("网址中的名称（小写字母、数字、短横线）", "Name in addresses (small letters, digits, dashes)")))
                (Select::new("organ", lang.say("提供单位", "Organ"), organ_items(lang, organs)).value(typed.get("organ")))
            }
            (input("title", lang.say("标题", "Title in Chinese")))
            (input("title_en", lang.say("英文标题", "Title in English")))
            (area("notes", lang.say("说明", "Description in Chinese")))
            (area("notes_en", lang.say("英文说明", "Description in English")))
            (Select::new("theme", lang.say("主题", "Theme"), choices(lang, &words::THEMES)).value(typed.get("theme")).error(typed.error(lang, "themes")))
            (input("tags", lang.say("标签（用逗号分开）", "Tags, separated by commas")))
            (Select::new("licence", lang.say("许可", "Licence"), choices(lang, &words::LICENCES)).value(typed.get("licence")).error(typed.error(lang, "licence")))
            (Select::new("period", lang.say("更新周期", "Renewed"), choices(lang, &words::PERIODS)).value(typed.get("period")).error(typed.error(lang, "period")))
            (Select::new("opening", lang.say("开放属性", "Opening"), opening).value(typed.get("opening")))
            (area("terms", lang.say("有条件开放的使用要求", "Conditions of use")).rows(3))
            (input("from", lang.say("起始日期（如 2026-01-01）", "First day (2026-01-01)")))
            (input("until", lang.say("截止日期", "Last day")))
            (input("contact", lang.say("联系电话", "Telephone")))
            (input("catalogue_code", lang.say("政务数据目录编码", "Code in the catalogue of government data")))
            (Button::submit(lang.say("保存", "Save")))
            p.govuk-body { a.govuk-link href=(back) { (lang.say("取消", "Cancel")) } }
        }
    };
    Desk::new(app, visitor, Place::Data, title).below().wrong(typed.has_errors()).show(body)
}
