//! The case file: everything that is known about a case, on one page.

mod answers;
mod history;
mod identity;
mod materials;
pub(crate) mod papers;
mod picture;
mod provenance;
mod readers;
mod running;

use std::collections::BTreeMap;
use std::sync::Arc;

use cases::commands::ReadCase;
use cases::queries::{CaseStanding, CaseView, case_resource};
use cases::{Task, TaskState};
use clock::{Date, WorkCalendar};
use documents::{CertificateRecord, DocumentRecord};
use gate::{App, PageError, Visitor};
use i18n::{Lang, Text};
use maud::{Markup, html};
use parties::OrganId;
use procedure::Package;
use runner::{Actor, Fault, Halt, Refusal, Resource};
use store::Tx;
use tracker::Seen;
use ui::{SideItem, SubNavigation};

use crate::opendata::{CountedIn, counted_in};
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
    /// The registers from which facts were taken.
    pub origins: BTreeMap<String, provenance::Origin>,
    /// The published statistics that count it.
    pub counted_in: Vec<CountedIn>,
    /// Reviews after corrections of what it was made from.
    pub reviews: Vec<CaseStanding>,
    /// Names of the divisions in use.
    pub divisions: BTreeMap<String, Text>,
    /// Names of the organs that answers name by their identifiers.
    pub organs: BTreeMap<String, Text>,
    /// Who read it, newest first.
    pub readings: Vec<Seen>,
    /// Whether answers are shown in full: to whoever handles the case.
    pub is_open_to_reader: bool,
}

/// What the reader may do from the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rights {
    /// Suspend, cancel or revoke its certificates.
    pub revoke: bool,
    /// Delay what the person concerned is shown of readings.
    pub order_secrecy: bool,
}

impl Rights {
    /// Asks the authority.
    pub(crate) fn of(app: &App, visitor: &Visitor, dossier: &Dossier) -> Self {
        let may = |action: &str| app.may(visitor, action, &dossier.resource);
        Self { revoke: may("certificate.revoke"), order_secrecy: may("case.order-secrecy") }
    }
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
    // Reading is an act: the person concerned sees who looked.
    let view = app.execute(visitor, None, ReadCase { case: case.to_owned() }).await?.outcome;
    let (actor, inner) = (visitor.actor.clone(), app.clone());
    app.read(move |tx| with_view(tx, &inner, &actor, view.clone())).await
}

fn with_view(tx: &mut Tx<'_>, app: &App, actor: &Actor, view: CaseView) -> Result<Dossier, Halt> {
    let case = view.file.id.as_str();
    let resource = case_resource(tx, actor, case)?.ok_or_else(Refusal::not_found)?;
    let package = app.library.by_hash(&view.file.package_hash);
    let package = package.ok_or_else(|| Fault::because(format!("the package {} of a case is missing", view.file.package_hash)))?;
    let accounts = view.timeline.iter().map(|entry| entry.actor.as_str()).chain(view.tasks.iter().filter_map(|task| task.assignee.as_deref()));
    let readings = tracker::readings_of_case(tx, case)?;
    let people = People::of(tx, accounts.chain(readings.iter().map(|seen| seen.account.as_str())))?;
    let mut reviews = Vec::new();
    for review in &view.reviews {
        let number = cases::queries::number_of(tx, review)?.unwrap_or_default();
        reviews.extend(cases::queries::case_standing(tx, &number)?);
    }
    let mut waiting = Vec::new();
    for task in view.tasks.iter().filter(|task| task.state == TaskState::Open) {
        let (organ, post) = (organ_name(tx, &task.organ)?, post_name(tx, &task.organ, &task.post)?);
        waiting.push((task.clone(), Text::new(format!("{} {}", organ.zh, post.zh), format!("{}, {}", organ.en, post.en))));
    }
    let mut organs = BTreeMap::new();
    for id in view.file.answers.values().filter_map(|answer| answer.as_str()).filter(|answer| OrganId::parse(answer).is_ok()) {
        organs.insert(id.to_owned(), organ_name(tx, id)?);
    }
    let is_open_to_reader = view.tasks.iter().any(|task| task.state == TaskState::Open && actor.holds(&task.organ, &task.post));
    Ok(Dossier {
        documents: documents::queries::documents_of_case(tx, case)?,
        certificates: documents::queries::certificates_of_case(tx, case)?,
        organ: organ_name(tx, &view.file.organ)?,
        origins: provenance::origins(tx, &view.facts)?,
        counted_in: counted_in(tx, &view.file)?,
        reviews,
        traces: history::traces(tx, case)?,
        divisions: parties::divisions(tx)?.into_iter().map(|division| (division.code.to_string(), division.name)).collect(),
        organs,
        people,
        readings,
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
    pub(crate) fn body(&self, desk: Desktop<'_>, before: Markup, acts: Markup, rights: Rights) -> Markup {
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
            (provenance::section(self, desk))
            (history::section(self, desk))
            (picture::section(self, desk))
            (papers::section(self, desk, rights.revoke))
            (readers::section(self, desk, rights.order_secrecy))
        }
    }

    fn parts(&self, lang: Lang) -> Markup {
        let count = |length: usize| u64::try_from(length).unwrap_or(0);
        html! {
            (SubNavigation::new(lang.say("案卷目录", "Parts of the file"), vec![
                SideItem::new(lang.say("办理", "Act"), "#act"),
                SideItem::new(lang.say("申请内容", "Application"), "#answers"),
                SideItem::new(lang.say("材料", "Materials"), "#materials").count(count(self.view.materials.len())),
                SideItem::new(lang.say("数据来源", "Sources"), "#provenance").count(count(self.view.facts.len())),
                SideItem::new(lang.say("办理记录", "History"), "#history"),
                SideItem::new(lang.say("流程图", "Flow"), "#flow"),
                SideItem::new(lang.say("文书证照", "Documents"), "#documents").count(count(self.documents.len())),
                SideItem::new(lang.say("查阅记录", "Readings"), "#readers"),
            ]))
        }
    }
}
