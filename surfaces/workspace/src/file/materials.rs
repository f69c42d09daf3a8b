//! The materials beside the answers: pictures and PDF files are shown in place, one fold each, so that nothing typed is lost by looking.

use blobs::Kind;
use cases::MaterialFile;
use cases::queries::needed_materials;
use i18n::Lang;
use maud::{Markup, html};
use procedure::codes::{Code, MaterialNeed};
use procedure::item::Material;
use ui::{Details, Tag, TagColour};

use super::{Desktop, Dossier, provenance};
use crate::say::Say;

pub(super) fn section(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let (file, lang) = (&dossier.view.file, desk.lang);
    let needed = needed_materials(&dossier.package, &file.situation, &file.answers, &file.applicant, desk.today);
    let files = &dossier.view.materials;
    let strays = files.iter().filter(|found| !needed.iter().any(|material| material.id == found.material));
    html! {
        section #materials aria-labelledby="materials-title" {
            h2.govuk-heading-m #materials-title { (lang.say("材料", "Materials")) }
            @if needed.is_empty() && files.is_empty() { p.govuk-body { (lang.say("本件不需要材料。", "This case needs no materials.")) } }
            @for material in &needed {
                div.zs-material {
                    h3.govuk-heading-s {
                        (material.name.get(lang)) " "
                        @if let Some(source) = waived_by(dossier, material) {
                            @let taken = taken_from(dossier, &material.id, source, lang);
                            (Tag::new(TagColour::Green, lang.tell(format!("免交：{taken}"), format!("Not asked: {taken}"))))
                        } @else if material.need != MaterialNeed::Required { (Tag::new(TagColour::Grey, material.need.label().get(lang))) }
                    }
                    @let own: Vec<&MaterialFile> = files.iter().filter(|found| found.material == material.id).collect();
                    @if own.is_empty() && waived_by(dossier, material).is_none() { p.govuk-body { (lang.say("没有上传。", "Nothing uploaded.")) } }
                    @for found in own { (viewer(found, desk)) }
                    @if let Some(says) = correction(dossier, &material.id) {
                        p.govuk-body { (Tag::new(TagColour::Yellow, lang.say("补正", "Correction"))) " " (says) }
                    }
                }
            }
            @for found in strays { (viewer(found, desk)) }
        }
    }
}

/// What a material is waived by: a register always, a certificate where there was a valid one.
fn waived_by<'m>(dossier: &Dossier, material: &'m Material) -> Option<&'m str> {
    let taken = || dossier.view.facts.iter().any(|fact| fact.place == material.id);
    material.waived_by.as_deref().filter(|by| !by.starts_with("certificate:") || taken())
}

/// Where a material is taken from instead of being asked: the record that was there, else what the package names.
fn taken_from(dossier: &Dossier, material: &str, source: &str, lang: Lang) -> String {
    if let Some(fact) = dossier.view.facts.iter().find(|fact| fact.place == material) {
        return provenance::source(dossier, fact, lang);
    }
    match source.split_once(':') {
        Some(("register", "population")) => lang.say("人口基础信息库", "population register").to_owned(),
        Some(("register", "legal-persons")) => lang.say("法人单位基础信息库", "register of legal persons").to_owned(),
        Some(("certificate", _)) => lang.say("电子证照", "electronic certificate").to_owned(),
        _ => source.to_owned(),
    }
}

fn correction<'a>(dossier: &'a Dossier, material: &str) -> Option<&'a str> {
    let items = dossier.view.file.correction.iter().flat_map(|correction| &correction.items);
    items.filter(|item| item.target == material).map(|item| item.says.as_str()).next()
}

fn viewer(file: &MaterialFile, desk: Desktop<'_>) -> Markup {
    let lang = desk.lang;
    let href = format!("/workspace/cases/{}/materials/{}", file.owner, file.id);
    let size = i18n::size(u64::try_from(file.size_bytes).unwrap_or(0));
    let open = html! { a.govuk-link href=(href) target="_blank" rel="noopener" { (lang.say("在新标签页打开", "Open in a new tab")) } };
    let shown = match Kind::from_extension(&file.extension) {
        Some(Kind::Jpeg | Kind::Png) => html! { img.zs-pane id=(file.id) src=(href) alt=(file.file_name) loading="lazy"; },
        Some(Kind::Pdf) => html! {
            object.zs-pane.zs-pane--page id=(file.id) data={ (href) "#navpanes=0" } type="application/pdf" aria-label=(file.file_name) {
                p.govuk-body {
                    (lang.say("浏览器不能在页面中显示 PDF，请在新标签页打开。", "Your browser cannot show PDF files in the page; open it in a new tab."))
                }
            }
        },
        Some(Kind::Ofd | Kind::Docx | Kind::Xlsx) | None => html! { p.govuk-body { (lang.say(
            "这种格式不能在页面中显示，请下载查看。",
            "This format cannot be shown here; download it.",
        )) } },
    };
    let summary = html! { (file.file_name) " " span.govuk-hint { (file.extension.to_uppercase()) " · " (size) } };
    html! { (Details::new(summary, html! { (shown) p.govuk-body { (open) } })) }
}
