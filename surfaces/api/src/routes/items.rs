//! Service items: list, search, one with its whole implementation list, form, flow, guide.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use flow::{Language, diagram_svg_in};
use gate::App;
use i18n::Lang;
use parties::DivisionCode;
use procedure::codes::{Audience, Code};
use procedure::{Applies, Guidance, Item, MaterialFor, Package};
use search::Filter;
use serde_json::{Map, Value};

use crate::body::{Asked, Sent};
use crate::caller::Spoken;
use crate::dto::{GuidanceQuestion, Guide, ItemDetail, ItemPage, ItemQuery, ItemSummary, NeededMaterial};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const PAGE_SIZE: usize = 20;
const PAGE_SIZE_MAX: usize = 100;
const QUERY_CHARS_MAX: usize = 100;

pub(super) fn routes(api: Api) -> Api {
    let get = |path, id, zh, en| Operation::get(path, id).is(Tag::Items, "package.read", zh, en).public();
    api.on(get("/items", "listItems", "事项列表和搜索", "List and search service items").query::<ItemQuery>().answers::<ItemPage>(), list)
        .on(get("/items/{slug}", "getItem", "一个事项的实施清单", "The implementation list of an item").answers::<ItemDetail>(), one)
        .on(
            get("/items/{slug}/form", "getForm", "申请表单（JSON Schema）", "The form, as JSON Schema")
                .note(
                    "字段、页面、条件和帮助文字；x- 开头的键见规程包说明。",
                    "Fields, pages, conditions and help; the keys beginning with x- are those of procedure packages.",
                )
                .content("application/schema+json"),
            form,
        )
        .on(get("/items/{slug}/diagram", "getDiagram", "办理流程图（SVG）", "The flow as a picture (SVG)").content("image/svg+xml"), diagram)
        .on(
            Operation::post("/items/{slug}/guidance", "askGuidance")
                .is(
                    Tag::Items,
                    "package.read",
                    "情形引导：还要回答什么、需要哪些材料",
                    "Guide: what is still to be answered, which materials are needed",
                )
                .public()
                .body::<GuidanceQuestion>(r#"{"situation":{"place":"rented"}}"#)
                .answers::<Guide>(),
            guidance,
        )
}

/// The item's package in force today.
pub(super) fn current(app: &App, slug: &str) -> Result<Arc<Package>, ApiError> {
    app.library.current(slug, app.today()).ok_or_else(ApiError::not_found)
}

async fn list(State(app): State<App>, Spoken(lang): Spoken, Asked(query): Asked<ItemQuery>) -> Result<Json<ItemPage>, ApiError> {
    let size = query.page_size.unwrap_or(PAGE_SIZE).clamp(1, PAGE_SIZE_MAX);
    match query.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        Some(q) => found(&app, lang, q, &query, size).await,
        None => Ok(all(&app, &query, size)),
    }
}

fn all(app: &App, query: &ItemQuery, size: usize) -> Json<ItemPage> {
    let packages = app.library.all_current(app.today());
    let fitting: Vec<&Item> = packages.iter().map(|package| &package.item).filter(|item| item.for_the_public() && fits(item, query)).collect();
    let page = fitting.iter().skip(query.offset.unwrap_or(0)).take(size);
    Json(ItemPage { total: fitting.len(), items: page.map(|item| ItemSummary::from(*item)).collect() })
}

fn fits(item: &Item, query: &ItemQuery) -> bool {
    let theme = |theme: &str| match theme.split_once('-') {
        Some(("person", code)) => item.themes_person.iter().any(|one| one.code() == code),
        Some(("legal", code)) => item.themes_legal.iter().any(|one| one.code() == code),
        _ => false,
    };
    let serves = |side: &str| item.audience.iter().any(|audience| (*audience == Audience::Person) == (side == "person"));
    query.audience.as_deref().is_none_or(serves)
        && query.theme.as_deref().is_none_or(theme)
        && query.life_event.as_deref().is_none_or(|event| item.life_events.iter().any(|one| one.code() == event))
}

async fn found(app: &App, lang: Lang, q: &str, query: &ItemQuery, size: usize) -> Result<Json<ItemPage>, ApiError> {
    let mut filters = vec![Filter::one("kind", "item"), Filter::one("lang", lang.code())];
    let facets = [("audience", &query.audience), ("theme", &query.theme), ("life-event", &query.life_event)];
    filters.extend(facets.into_iter().filter_map(|(facet, value)| Some(Filter::one(facet, value.clone()?))));
    let (index, q, offset) = (Arc::clone(&app.search), q.chars().take(QUERY_CHARS_MAX).collect::<String>(), query.offset.unwrap_or(0));
    let hits = app.blocking(move || index.search(&q, &filters, size, offset)).await?.map_err(ApiError::fault)?;
    let today = app.today();
    let slug = |id: &str| id.split_once(':').map_or(id, |(_, slug)| slug).to_owned();
    let packages = hits.hits.iter().filter_map(|hit| app.library.current(&slug(&hit.id), today));
    Ok(Json(ItemPage { total: hits.total, items: packages.map(|package| ItemSummary::from(&package.item)).collect() }))
}

async fn one(State(app): State<App>, Path(slug): Path<String>) -> Result<Json<ItemDetail>, ApiError> {
    let package = current(&app, &slug)?;
    let version = app.library.current_version(&slug, app.today());
    let (division, duty) = (DivisionCode::parse(&app.settings.division).ok(), package.item.duty.clone());
    let organ = match division {
        Some(division) => app.query(move |tx| Ok(parties::organ_for_duty(tx, &duty, &division)?)).await?,
        None => None,
    };
    Ok(Json(ItemDetail::of(&package, version, organ)))
}

async fn form(State(app): State<App>, Path(slug): Path<String>) -> Result<Response, ApiError> {
    let package = current(&app, &slug)?;
    let text = package.files().text("form.json").ok_or_else(ApiError::not_found)?.to_owned();
    Ok(([(header::CONTENT_TYPE, "application/schema+json")], text).into_response())
}

async fn diagram(State(app): State<App>, Spoken(lang): Spoken, Path(slug): Path<String>) -> Result<Response, ApiError> {
    let package = current(&app, &slug)?;
    Ok(picture(&package, &[], &[], lang))
}

/// The flow with the nodes where tokens are and those that they have left.
pub(super) fn picture(package: &Package, active: &[&str], done: &[&str], lang: Lang) -> Response {
    let language = match lang {
        Lang::ZhHans => Language::Zh,
        Lang::En => Language::En,
    };
    let svg = diagram_svg_in(&package.flow, active, done, package.item.name.get(lang), language);
    ([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response()
}

async fn guidance(State(app): State<App>, Path(slug): Path<String>, Sent(asked): Sent<GuidanceQuestion>) -> Result<Json<Guide>, ApiError> {
    let package = current(&app, &slug)?;
    let situation = asked.situation;
    let (state, ask, instead) = match package.guidance(&situation) {
        Guidance::Ask(open) => ("ask", open.into_iter().map(Into::into).collect(), None),
        Guidance::Stop { stop, .. } => ("stop", Vec::new(), Some(stop.say.clone())),
        Guidance::Ready => ("ready", Vec::new(), None),
    };
    let mut variables = Map::from_iter([("situation".to_owned(), Value::Object(situation))]);
    if !asked.answers.is_empty() {
        variables.insert("answers".to_owned(), Value::Object(asked.answers));
    }
    Ok(Json(Guide { state, ask, instead, materials: needed(&package, &variables) }))
}

/// The materials as far as they are known.
pub(super) fn needed(package: &Package, variables: &Map<String, Value>) -> Vec<NeededMaterial> {
    let needed = |found: &MaterialFor<'_>| NeededMaterial {
        id: found.material.id.clone(),
        name: found.material.name.clone(),
        certain: found.applies == Applies::Yes,
        waived: found.waived,
        must_upload: found.must_upload,
        source: None,
    };
    package.materials_for(variables).iter().map(needed).collect()
}
