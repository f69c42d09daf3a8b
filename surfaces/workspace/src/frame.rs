//! The frame of desk pages: left navigation by role, identity bar, errors in the title.

use gate::{App, DeskItem, Visitor, Words};
use maud::{Markup, html};
use runner::{Actor, ActorKind, Resource};
use ui::layout::{Page, StaffNav};
use ui::{Breadcrumbs, Content, Crumb, SideItem, SideSection};

use crate::say::Say;

/// A place of the left navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Start,
    Inbox,
    Done,
    Cases,
    Due,
    Absence,
    Registers,
    Quality,
    Catalogue,
    CatalogueReview,
    CatalogueMonitor,
    Duplicates,
    NegativeList,
    DataBoard,
    Burden,
    Sharing,
    Data,
    Packages,
    Calendar,
    Accounts,
    Audit,
    Jobs,
    Exchange,
}

const HANDLING: [Place; 7] = [Place::Start, Place::Inbox, Place::Done, Place::Cases, Place::Due, Place::Absence, Place::Sharing];
const DATA: [Place; 11] = [
    Place::Registers,
    Place::Quality,
    Place::Catalogue,
    Place::CatalogueReview,
    Place::CatalogueMonitor,
    Place::Duplicates,
    Place::NegativeList,
    Place::DataBoard,
    Place::Burden,
    Place::Exchange,
    Place::Data,
];
const ADMINISTRATION: [Place; 5] = [Place::Packages, Place::Calendar, Place::Accounts, Place::Audit, Place::Jobs];

impl Place {
    pub(crate) const fn href(self) -> &'static str {
        match self {
            Self::Start => "/workspace",
            Self::Done => "/workspace/done",
            Self::Sharing => "/workspace/sharing",
            Self::Inbox => DeskItem::Inbox.href(),
            Self::Cases => DeskItem::Cases.href(),
            Self::Due => DeskItem::Due.href(),
            Self::Absence => DeskItem::Absence.href(),
            Self::Catalogue => "/workspace/catalogue",
            Self::CatalogueReview => "/workspace/catalogue/review",
            Self::CatalogueMonitor => "/workspace/catalogue/monitor",
            Self::Duplicates => "/workspace/catalogue/duplicates",
            Self::NegativeList => "/workspace/catalogue/negative",
            Self::DataBoard => "/workspace/catalogue/board",
            Self::Burden => "/workspace/burden",
            Self::Data => "/workspace/data",
            Self::Registers => "/workspace/registers",
            Self::Quality => "/workspace/quality",
            Self::Packages => DeskItem::Packages.href(),
            Self::Calendar => DeskItem::Calendar.href(),
            Self::Accounts => DeskItem::Accounts.href(),
            Self::Audit => DeskItem::Audit.href(),
            Self::Jobs => DeskItem::Jobs.href(),
            Self::Exchange => "/workspace/exchange",
        }
    }

    /// The same words as on the pages of the gate.
    pub(crate) const fn name(self, lang: i18n::Lang) -> &'static str {
        let words = match self {
            Self::Start => Words("工作台", "Start"),
            Self::Done => Words("我的已办", "Done by me"),
            Self::Sharing => Words("数据共享", "Sharing of data"),
            Self::Inbox => DeskItem::Inbox.words(),
            Self::Cases => DeskItem::Cases.words(),
            Self::Due => DeskItem::Due.words(),
            Self::Absence => DeskItem::Absence.words(),
            Self::Catalogue => Words("信息资源目录", "Data catalogue"),
            Self::CatalogueReview => Words("目录审核", "Catalogue review"),
            Self::CatalogueMonitor => Words("更新监测", "Update monitor"),
            Self::Duplicates => Words("一数一源", "One source"),
            Self::NegativeList => Words("负面清单", "Negative list"),
            Self::DataBoard => Words("首席数据官看板", "Chief data officer"),
            Self::Burden => Words("办事负担", "Burden meter"),
            Self::Data => Words("开放数据", "Open data"),
            Self::Registers => Words("基础信息库", "Registers"),
            Self::Quality => Words("数据质量", "Data quality"),
            Self::Packages => DeskItem::Packages.words(),
            Self::Calendar => DeskItem::Calendar.words(),
            Self::Accounts => DeskItem::Accounts.words(),
            Self::Audit => DeskItem::Audit.words(),
            Self::Jobs => DeskItem::Jobs.words(),
            Self::Exchange => Words("数据交换", "Data exchange"),
        };
        words.get(lang)
    }

    /// Whether the page exists for the visitor; what is hidden here answers 404 there.
    pub(crate) fn is_for(self, app: &App, visitor: &Visitor) -> bool {
        let asks = |action: &str, kind: &str| app.may(visitor, action, &Resource::of(kind));
        let works = visitor.actor.kind == ActorKind::Staff;
        match self {
            Self::Start => true,
            Self::Inbox | Self::Done | Self::Absence => works,
            Self::Sharing => works && asks("sharing.list", "sharing-grant"),
            Self::Cases => works && asks("case.list", "case"),
            Self::Due => works && !headed(&visitor.actor).is_empty(),
            Self::Catalogue | Self::CatalogueMonitor | Self::Duplicates | Self::NegativeList => works && asks("catalogue.read", "catalogue-resource"),
            Self::CatalogueReview => works && asks("catalogue.review", "catalogue-resource"),
            Self::DataBoard => works && asks("catalogue.read-figures", "indicator"),
            Self::Data | Self::Burden => works && !visitor.actor.posts.is_empty(),
            Self::Registers => works && asks("register.list", "register"),
            Self::Quality => works && asks("quality.read", "register"),
            Self::Packages => asks("package.check", "package"),
            Self::Calendar => works || asks("calendar.import", "calendar"),
            Self::Accounts => asks("account.read", "account"),
            Self::Audit => asks("audit.read", "audit"),
            Self::Jobs => asks("job.read", "job"),
            Self::Exchange => {
                let is_admin = visitor.actor.kind == ActorKind::Admin;
                is_admin || !headed(&visitor.actor).is_empty() || !crate::exchanging::offering(app, visitor).is_empty()
            }
        }
    }
}

/// The organs whose head the actor is.
pub(crate) fn headed(actor: &Actor) -> Vec<String> {
    let mut organs: Vec<String> = actor.posts.iter().filter(|held| held.post == trust::HEAD_POST).map(|held| held.organ.clone()).collect();
    organs.sort();
    organs.dedup();
    organs
}

/// A desk page that is being put together.
pub(crate) struct Desk<'a> {
    app: &'a App,
    visitor: &'a Visitor,
    page: Page<'a>,
    place: Place,
    identity: Content,
}

impl<'a> Desk<'a> {
    /// A page with its title, in its place of the navigation.
    pub(crate) fn new(app: &'a App, visitor: &'a Visitor, place: Place, title: impl Into<String>) -> Self {
        Self { app, visitor, page: gate::desk_frame(app, visitor, title), place, identity: Content::Empty }
    }

    /// The bar that says whose case this is.
    pub(crate) fn identity(mut self, identity: Markup) -> Self {
        self.identity = Content::Html(identity);
        self
    }

    /// Says in the title that something is wrong.
    pub(crate) fn wrong(mut self, has_errors: bool) -> Self {
        self.page.has_errors = has_errors;
        self
    }

    /// The way back to the list of its place.
    pub(crate) fn below(mut self) -> Self {
        let lang = self.visitor.lang;
        let own = Crumb::here(self.page.title.as_str());
        self.page.breadcrumbs = Some(Breadcrumbs::new(lang, vec![Crumb::link(self.place.name(lang), self.place.href()), own]));
        self
    }

    /// The document.
    pub(crate) fn show(self, body: Markup) -> Markup {
        let around = StaffNav { sections: sections(self.app, self.visitor, self.place), identity: self.identity };
        ui::layout::staff(&self.page, &around, body)
    }
}

fn sections(app: &App, visitor: &Visitor, active: Place) -> Vec<SideSection> {
    let lang = visitor.lang;
    let section = |heading: &str, places: &[Place]| {
        let shown = places.iter().filter(|place| place.is_for(app, visitor));
        SideSection::new(heading, shown.map(|place| SideItem::new(place.name(lang), place.href()).active(*place == active)).collect())
    };
    let sections = [
        section(lang.say("办理", "Handling"), &HANDLING),
        section(lang.say("数据", "Data"), &DATA),
        section(lang.say("管理", "Administration"), &ADMINISTRATION),
    ];
    sections.into_iter().filter(|section| !section.items.is_empty()).collect()
}

/// The hidden fields of a form: the token, and a key of its own so that a second click gets the first answer.
pub(crate) fn hidden(visitor: &Visitor, form: &str) -> Markup {
    html! {
        input type="hidden" name="_csrf" value=(visitor.csrf);
        input type="hidden" name="_key" value={ (visitor.form_key()) "-" (form) };
    }
}

/// The page heading.
pub(crate) fn heading(text: &str) -> Markup {
    html! { h1.govuk-heading-l { (text) } }
}
