//! The case file: everything that is known about a case, on one page.

mod answers;
mod history;
mod identity;
mod materials;
pub(crate) mod papers;
mod picture;
mod running;

use std::collections::BTreeMap;
use std::sync::Arc;

use cases::queries::{CaseView, case_resource, case_view};
use cases::{Task, TaskState};
use clock::{Date, WorkCalendar};
use documents::{CertificateRecord, DocumentRecord};
use gate::{App, PageError, Visitor};
use i18n::{Lang, Text};
use maud::{Markup, html};
use procedure::Package;
use runner::{Actor, Fault, Halt, Refusal, Resource};
use store::Tx;
use ui::{SideItem, SubNavigation};

use crate::people::{People, organ_name, post_name};
use crate::say::Say;

pub(crate) use history::Trace;

/// A case with all that its page shows.
#[derive(Clone, Debug)]
pub(crate) struct Dossier {
    /// The case, its tasks, files and timeline.
    pub view: CaseView,
    /// The package it runs under.
    pub package: Arc<Package>,
    /// What the authority was asked about.
    pub resource: Resource,
    /// Its documents.
    pub documents: Vec<DocumentRecord>,
    /// Its certificates.
    pub certificates: Vec<CertificateRecord>,
    /// Names of whoever acted.
    pub people: People,
    /// Name of the organ responsible.
    pub organ: Text,
    /// Organ and post of each open task, in words.
    pub waiting: Vec<(Task, Text)>,
    /// Which rules of which tables decided something.
    pub traces: Vec<Trace>,
    /// Names of the divisions in use.
    pub divisions: BTreeMap<String, Text>,
    /// Whether answers are shown in full: to whoever handles the case.
    pub is_open_to_reader: bool,
}

/// What all parts of the page need.
#[derive(Clone, Copy)]
pub(crate) struct Desktop<'a> {
    pub lang: Lang,
    pub calendar: &'a WorkCalendar,
    pub today: Date,
}

/// Loads a case for the visitor; a case that is not visible does not exist.
pub(crate) async fn load(app: &App, visitor: &Visitor, case: &str) -> Result<Dossier, PageError> {
    let (actor, case, inner) = (visitor.actor.clone(), case.to_owned(), app.clone());
    app.read(move |tx| read(tx, &inner, &actor, &case)).await
}

fn read(tx: &mut Tx<'_>, app: &App, actor: &Actor, case: &str) -> Result<Dossier, Halt> {
    let resource = case_resource(tx, actor, case)?.ok_or_else(Refusal::not_found)?;
    if !app.runner.authority().rule(actor, "case.read", &resource).permitted {
        return Err(Refusal::not_found().into());
    }
    let view = case_view(tx, &app.keys, case)?.ok_or_else(Refusal::not_found)?;
    let package = app.library.by_hash(&view.file.package_hash);
    let package = package.ok_or_else(|| Fault::because(format!("the package {} of a case is missing", view.file.package_hash)))?;
    let accounts = view.timeline.iter().map(|entry| entry.actor.as_str()).chain(view.tasks.iter().filter_map(|task| task.assignee.as_deref()));
    let people = People::of(tx, accounts)?;
    let mut waiting = Vec::new();
    for task in view.tasks.iter().filter(|task| task.state == TaskState::Open) {
        let (organ, post) = (organ_name(tx, &task.organ)?, post_name(tx, &task.organ, &task.post)?);
        waiting.push((task.clone(), Text::new(format!("{} {}", organ.zh, post.zh), format!("{}, {}", organ.en, post.en))));
    }
    let is_open_to_reader = view.tasks.iter().any(|task| task.state == TaskState::Open && actor.holds(&task.organ, &task.post));
    Ok(Dossier {
        documents: documents::queries::documents_of_case(tx, case)?,
        certificates: documents::queries::certificates_of_case(tx, case)?,
        organ: organ_name(tx, &view.file.organ)?,
        traces: history::traces(tx, case)?,
        divisions: parties::divisions(tx)?.into_iter().map(|division| (division.code.to_string(), division.name)).collect(),
        people,
        waiting,
        is_open_to_reader,
        resource,
        package,
        view,
    })
}

impl Dossier {
    /// The version that is shown.
    pub(crate) fn version(&self) -> i64 {
        self.view.file.version
    }

    /// The bar over the page.
    pub(crate) fn identity(&self, desk: Desktop<'_>) -> Markup {
        identity::bar(self, desk)
    }

    /// The page: acts and clock beside answers and materials, then history, flow and documents.
    pub(crate) fn body(&self, desk: Desktop<'_>, before: Markup, acts: Markup, may_revoke: bool) -> Markup {
        let lang = desk.lang;
        html! {
            (before)
            (self.parts(lang))
            div.zs-side-by-side {
                div {
                    (identity::facts(self, desk))
                    (answers::section(self, desk))
                    (materials::section(self, desk))
                }
                div.zs-beside { (running::section(self, desk)) (acts) }
            }
            (history::section(self, desk))
            (picture::section(self, desk))
            (papers::section(self, desk, may_revoke))
        }
    }

    fn parts(&self, lang: Lang) -> Markup {
        let count = |length: usize| u64::try_from(length).unwrap_or(0);
        html! {
            (SubNavigation::new(lang.say("案卷目录", "Parts of the file"), vec![
                SideItem::new(lang.say("办理", "Act"), "#act"),
                SideItem::new(lang.say("申请内容", "Application"), "#answers"),
                SideItem::new(lang.say("材料", "Materials"), "#materials").count(count(self.view.materials.len())),
                SideItem::new(lang.say("办理记录", "History"), "#history"),
                SideItem::new(lang.say("流程图", "Flow"), "#flow"),
                SideItem::new(lang.say("文书证照", "Documents"), "#documents").count(count(self.documents.len())),
            ]))
        }
    }
}
