//! The materials of an application: what is asked, what is taken from registers, what has been uploaded.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::commands::RemoveMaterial;
use gate::{App, Citizen, Form, PageError, UploadForm, Visitor, form_fields};
use i18n::Lang;
use maud::{Markup, html};
use procedure::codes::MaterialNeed;
use procedure::item::Material;
use runner::Refusal;
use ui::{Button, Tag, TagColour};

use super::{Place, Sheet, sourced};
use crate::own::uploads::{attach, bytes_of, control, download_headers, file_link};
use crate::own::view::{View, Wrong, at, column, fill, hidden, summary, t};

/// `GET /drafts/{draft}/materials`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    match sheet.place() {
        place @ (Place::Guide | Place::Page(_)) => Ok(Redirect::to(&sheet.href(&place)).into_response()),
        Place::Materials | Place::Check => Ok(page(&app, &visitor, &sheet, &[]).into_response()),
    }
}

/// `POST /drafts/{draft}/materials`: on to the check, unless something is missing.
pub(in crate::own) async fn post(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>, _: Form) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    let sentence = |material: &Material| fill(visitor.lang, "materials.missing", &[("name", material.name.get(visitor.lang))]);
    let wrong: Vec<Wrong> = sheet.missing().into_iter().map(|material| Wrong::new(material.id.as_str(), sentence(material))).collect();
    if wrong.is_empty() {
        return Ok(Redirect::to(&sheet.at("check")).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &visitor, &sheet, &wrong)).into_response())
}

/// `POST /drafts/{draft}/materials/{material}`: a file.
pub(in crate::own) async fn upload(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, material)): Path<(String, String)>,
    upload: UploadForm,
) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    let asked = sheet.package.item.material(&material).ok_or_else(|| PageError::from(Refusal::not_found()))?;
    let wrong = match upload.files.into_iter().next() {
        Some(file) => attach(&app, &visitor, &id, asked, file).await?,
        None => Some(Wrong::new(material.as_str(), fill(visitor.lang, "upload.none", &[("name", asked.name.get(visitor.lang))]))),
    };
    match wrong {
        None => Ok(Redirect::to(&format!("{}#{material}-card", sheet.at("materials"))).into_response()),
        Some(wrong) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &visitor, &sheet, &[wrong])).into_response()),
    }
}

/// `POST /drafts/{draft}/materials/{material}/remove`
pub(in crate::own) async fn remove(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, material)): Path<(String, String)>,
    form: Form,
) -> Result<Redirect, PageError> {
    let file = form.get("file").unwrap_or_default().to_owned();
    app.execute(&visitor, None, RemoveMaterial { owner: id.clone(), file }).await?;
    Ok(Redirect::to(&format!("/drafts/{id}/materials#{material}-card")))
}

/// `GET /drafts/{draft}/files/{file}`: one's own file.
pub(in crate::own) async fn file(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    let file = sheet.files.into_iter().find(|one| one.id == file).ok_or_else(|| PageError::from(Refusal::not_found()))?;
    let bytes = bytes_of(&app, &file.blob).await?;
    Ok((download_headers(&file.extension, &file.file_name), bytes).into_response())
}

fn page(app: &App, visitor: &Visitor, sheet: &Sheet, wrong: &[Wrong]) -> Markup {
    let (lang, title) = (visitor.lang, t(visitor.lang, "materials.title"));
    let (waived, asked): (Vec<&Material>, Vec<&Material>) = sheet.needed().into_iter().partition(|material| sheet.held.is_waived(material));
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (sheet.package.item.name.get(lang)) }
        h1.govuk-heading-l { (title) }
        @if asked.is_empty() { p.govuk-body { (t(lang, "materials.none")) } }
        @for material in &asked { (card(visitor, sheet, material, wrong)) }
        @for material in &waived { (waived_card(lang, sheet, material)) }
        form method="post" action=(sheet.at("materials")) {
            (form_fields(visitor))
            (Button::submit(t(lang, "form.continue")))
        }
    };
    View::new(app, visitor, title).back(sheet.last_page()).wrong(wrong).script("js/upload.js").show(column(body))
}

fn card(visitor: &Visitor, sheet: &Sheet, material: &Material, wrong: &[Wrong]) -> Markup {
    let lang = visitor.lang;
    let is_there = sheet.files_of(&material.id).next().is_some();
    let label = fill(lang, if is_there { "materials.another" } else { "materials.upload" }, &[("name", material.name.get(lang))]);
    html! {
        section.zs-material id={ (material.id) "-card" } aria-labelledby={ (material.id) "-name" } {
            h2.govuk-heading-m id={ (material.id) "-name" } { (material.name.get(lang)) " " (state(lang, material, is_there)) }
            @if let Some(note) = &material.source_note { p.govuk-body { (note.get(lang)) } }
            @if let Some(why) = &material.asked_because { p.govuk-body { (fill(lang, "materials.asked-because", &[("why", why.get(lang))])) } }
            @if is_there { ul.govuk-list { @for file in sheet.files_of(&material.id) { li { (attached(visitor, sheet, file)) } } } }
            form method="post" enctype="multipart/form-data" action=(sheet.at(&format!("materials/{}", material.id))) {
                (form_fields(visitor))
                (control(lang, material, label, at(lang, wrong, &material.id)))
                (Button::submit(t(lang, "materials.send")).secondary())
            }
        }
    }
}

fn state(lang: Lang, material: &Material, is_there: bool) -> Tag {
    match (is_there, material.need) {
        (true, _) => Tag::new(TagColour::Green, t(lang, "materials.there")),
        (false, MaterialNeed::Required) => Tag::new(TagColour::Yellow, t(lang, "materials.required")),
        (false, MaterialNeed::Optional) => Tag::new(TagColour::Grey, t(lang, "materials.optional")),
        (false, MaterialNeed::Later) => Tag::new(TagColour::Grey, t(lang, "materials.later")),
    }
}

fn attached(visitor: &Visitor, sheet: &Sheet, file: &cases::MaterialFile) -> Markup {
    let lang = visitor.lang;
    html! {
        (file_link(lang, file, &sheet.at(&format!("files/{}", file.id))))
        form.zs-inline method="post" action=(sheet.at(&format!("materials/{}/remove", file.material))) {
            (form_fields(visitor))
            (hidden("file", &file.id))
            button.zs-link-button type="submit" { (t(lang, "materials.remove")) span.govuk-visually-hidden { " " (file.file_name) } }
        }
    }
}

fn waived_card(lang: Lang, sheet: &Sheet, material: &Material) -> Markup {
    html! {
        section.zs-material aria-labelledby={ (material.id) "-name" } {
            h2.govuk-heading-m id={ (material.id) "-name" } {
                (material.name.get(lang)) " " (Tag::new(TagColour::Green, t(lang, "materials.waived")))
            }
            p.govuk-body { (waived_because(lang, sheet, material)) }
        }
    }
}

/// Why a material need not be handed in.
pub(super) fn waived_because(lang: Lang, sheet: &Sheet, material: &Material) -> String {
    let source = sheet
        .held
        .record_for(material)
        .map(|record| fill(lang, "materials.held", &[("source", &sourced::source(lang, record)), ("when", &sourced::when(lang, record))]));
    [Some(waiver(lang, material)), source].into_iter().flatten().collect::<Vec<_>>().join(if lang == Lang::En { " " } else { "" })
}

fn waiver(lang: Lang, material: &Material) -> String {
    if let Some(note) = &material.source_note {
        return note.get(lang).to_owned();
    }
    let by = material.waived_by.as_deref().unwrap_or_default();
    let key = if by.starts_with("register:") { "materials.by-register" } else { "materials.by-certificate" };
    t(lang, key).to_owned()
}
