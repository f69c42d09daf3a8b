//! Documents and certificates of the case.

use documents::{CertificateRecord, DocumentRecord, DocumentStatus, Standing};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Cell, Table, Tag, TagColour};

use super::{Desktop, Dossier};
use crate::say::Say;

pub(super) fn section(dossier: &Dossier, desk: Desktop<'_>, may_revoke: bool) -> Markup {
    let lang = desk.lang;
    let head = [lang.say("文书", "Document"), lang.say("编号", "Number"), lang.say("日期", "Date"), lang.say("文件", "File")];
    let rows = dossier.documents.iter().map(|document| row(&dossier.view.file.id, document, lang)).collect();
    html! {
        section #documents aria-labelledby="documents-title" {
            h2.govuk-heading-m #documents-title { (lang.say("文书证照", "Documents")) }
            @if dossier.documents.is_empty() { p.govuk-body { (lang.say("还没有出具文书。", "No document yet.")) } }
            @else {
                (Table::new("", head.map(Cell::new).to_vec(), rows).scrolling(lang.say("文书", "Documents")))
            }
            @for certificate in &dossier.certificates { (one(certificate, desk, may_revoke)) }
        }
    }
}

fn row(case: &str, document: &DocumentRecord, lang: Lang) -> Vec<Cell> {
    let file = match document.status {
        DocumentStatus::Filed => {
            let href = format!("/workspace/cases/{case}/documents/{}", document.id);
            html! { a.govuk-link href=(href) target="_blank" rel="noopener" { "PDF" span.govuk-visually-hidden { " " (document.title) } } }
        }
        DocumentStatus::Allotted => html! { (Tag::new(TagColour::Yellow, lang.say("制作中", "Being made"))) },
    };
    vec![Cell::new(document.title.as_str()), Cell::new(document.number.as_str()), Cell::new(i18n::date(lang, document.dated)), Cell::new(file)]
}

fn one(certificate: &CertificateRecord, desk: Desktop<'_>, may_revoke: bool) -> Markup {
    let lang = desk.lang;
    let standing = certificate.standing(desk.today);
    html! {
        p.govuk-body {
            strong { (certificate.name) } " " (certificate.number) " " (standing_tag(lang, standing)) " "
            @if may_revoke { a.govuk-link href={ "/workspace/certificates/" (certificate.id) } { (lang.say("办理暂停、注销、撤销…", "Suspend, cancel, revoke…")) } }
        }
    }
}

/// What a certificate is worth, in one word.
pub(crate) fn standing_tag(lang: Lang, standing: Standing) -> Tag {
    let (colour, zh, en) = match standing {
        Standing::Valid => (TagColour::Green, "有效", "Valid"),
        Standing::NotYetValid => (TagColour::Turquoise, "尚未生效", "Not yet valid"),
        Standing::Expired => (TagColour::Grey, "过期", "Expired"),
        Standing::Suspended => (TagColour::Purple, "暂停", "Suspended"),
        Standing::Superseded => (TagColour::Grey, "已变更", "Superseded"),
        Standing::Cancelled => (TagColour::Grey, "已注销", "Cancelled"),
        Standing::Revoked => (TagColour::Red, "已撤销", "Revoked"),
        Standing::Void => (TagColour::Red, "已作废", "Void"),
    };
    Tag::new(colour, lang.say(zh, en))
}
