//! The page on which an application is completed.

use cases::MaterialFile;
use cases::model::CorrectionItem;
use forms::{Field, FieldProblem};
use gate::{App, Visitor, form_fields};
use i18n::Lang;
use maud::{Markup, Render, html};
use ui::{Button, WarningText};

use super::Own;
use crate::own::uploads::{control, file_link};
use crate::own::view::{View, Wrong, at, column, fill, hidden, summary, t};
use crate::own::widgets::{Asked, Boxes};

/// What was typed, and which fields are shown besides those asked for.
pub(super) struct Given {
    pub boxes: Boxes,
    pub extra: Vec<String>,
    pub problems: Vec<FieldProblem>,
}

impl Own {
    /// Whether the correction names this field or material.
    pub(super) fn asks_for(&self, target: &str) -> bool {
        self.items().iter().any(|item| item.target == target)
    }

    fn items(&self) -> &[CorrectionItem] {
        self.case.file.correction.as_ref().map(|correction| correction.items.as_slice()).unwrap_or_default()
    }

    /// The files of a material that came after the correction was asked for.
    pub(super) fn files_since_asked<'a>(&'a self, material: &'a str) -> impl Iterator<Item = &'a MaterialFile> {
        let asked = self.case.timeline.iter().rev().find(|entry| entry.kind == "correction-requested").map_or(0, |entry| entry.at_ms);
        self.case.materials.iter().filter(move |file| file.material == material && file.added_ms >= asked)
    }
}

/// The page.
pub(super) fn page(app: &App, visitor: &Visitor, own: &Own, given: &Given, wrong: &[Wrong]) -> Markup {
    let (lang, file, title) = (visitor.lang, &own.case.file, t(visitor.lang, "correction.title"));
    let by = file.correction.as_ref().map(|correction| i18n::date(lang, correction.answer_by)).unwrap_or_default();
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (fill(lang, "case.caption", &[("number", &file.number)])) }
        h1.govuk-heading-l { (title) }
        (WarningText::new(lang, fill(lang, "correction.by", &[("day", &by)])))
        form method="post" enctype="multipart/form-data" action=(own.at("correction")) novalidate {
            (form_fields(visitor))
            (hidden("_seen", &file.version.to_string()))
            @for (index, item) in own.items().iter().enumerate() { (asked(lang, own, given, wrong, index, item)) }
            @for name in &given.extra { @if let Some(field) = own.package.form.field(name) { (one(lang, own, given, field)) } }
            (Button::submit(t(lang, "correction.send")))
        }
        p.govuk-body { (t(lang, "correction.once")) }
    };
    View::new(app, visitor, title).back(format!("/cases/{}", file.id)).wrong(wrong).script("js/upload.js").show(column(body))
}

/// One thing to complete: what is asked, and the control for it.
fn asked(lang: Lang, own: &Own, given: &Given, wrong: &[Wrong], index: usize, item: &CorrectionItem) -> Markup {
    let field = own.package.form.field(&item.target);
    let material = own.package.item.material(&item.target);
    html! {
        section.zs-material aria-labelledby={ "asked-" (index) } {
            h2.govuk-heading-m id={ "asked-" (index) } { (fill(lang, "correction.item", &[("n", &(index + 1).to_string())])) }
            p.govuk-body { (item.says) }
            @if let Some(field) = field { (one(lang, own, given, field)) }
            @if let Some(material) = material {
                @let label = fill(lang, "materials.upload", &[("name", material.name.get(lang))]);
                @if own.files_since_asked(&material.id).next().is_some() {
                    ul.govuk-list {
                        @for file in own.files_since_asked(&material.id) {
                            li { (t(lang, "materials.there")) "：" (file_link(lang, file, &own.at(&format!("files/{}", file.id)))) }
                        }
                    }
                }
                (control(lang, material, label, at(lang, wrong, &material.id)))
            }
        }
    }
}

fn one(lang: Lang, own: &Own, given: &Given, field: &Field) -> Markup {
    let problem = given.problems.iter().find(|problem| problem.field == field.name);
    Asked { lang, field, boxes: &given.boxes, problem, source: None, is_heading: false, divisions: &own.divisions, under: None }.render()
}
