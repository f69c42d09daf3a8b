//! Where pages lead: the main navigation of citizens, the left navigation of staff by role.

use i18n::Lang;
use runner::{ActorKind, Resource};
use ui::{NavigationItem, SideItem, SideSection};

use crate::{App, Visitor, Words};

struct Place(Words, &'static str);

const PUBLIC: [Place; 5] = [
    Place(Words("首页", "Home"), "/"),
    Place(Words("查找事项", "Find a service"), "/search"),
    Place(Words("查询进度", "Track a case"), "/track"),
    Place(Words("核验证照", "Verify"), "/verify"),
    Place(Words("开放数据", "Open data"), "/data"),
];

const OWN: [Place; 5] = [
    Place(Words("我的办件", "My cases"), "/cases"),
    Place(Words("我的证照", "My certificates"), "/certificates"),
    Place(Words("消息", "Messages"), "/messages"),
    Place(Words("授权", "Authorisations"), "/delegations"),
    Place(Words("谁看过我的数据", "Who read my data"), "/data-tracker"),
];

/// The main navigation of citizen pages.
pub(crate) fn citizen(visitor: &Visitor) -> Vec<NavigationItem> {
    let is_person = visitor.actor.kind == ActorKind::Person;
    let places = PUBLIC.iter().chain(OWN.iter().filter(|_| is_person));
    places.map(|Place(words, href)| NavigationItem::new(words.get(visitor.lang), *href).active(is_under(&visitor.path, href))).collect()
}

/// One place of the staff navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskItem {
    /// Tasks.
    Inbox,
    /// Cases of the organ.
    Cases,
    /// Nearly due and overdue cases.
    Due,
    /// Absences and substitutes.
    Absence,
    /// Background jobs.
    Jobs,
    /// Accounts and roles.
    Accounts,
    /// Audit records.
    Audit,
    /// Procedure packages.
    Packages,
    /// The working-day calendar.
    Calendar,
}

impl DeskItem {
    /// All places, in order.
    pub const ALL: [Self; 9] =
        [Self::Inbox, Self::Cases, Self::Due, Self::Absence, Self::Packages, Self::Calendar, Self::Accounts, Self::Audit, Self::Jobs];

    /// Its address.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Inbox => "/workspace/inbox",
            Self::Cases => "/workspace/cases",
            Self::Due => "/workspace/due",
            Self::Absence => "/workspace/absence",
            Self::Jobs => "/workspace/jobs",
            Self::Accounts => "/workspace/accounts",
            Self::Audit => "/workspace/audit",
            Self::Packages => "/workspace/packages",
            Self::Calendar => "/workspace/calendar",
        }
    }

    /// Its name.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Inbox => Words("待办任务", "Tasks"),
            Self::Cases => Words("办件查询", "Cases"),
            Self::Due => Words("临期与超期", "Due and overdue"),
            Self::Absence => Words("请假与代岗", "Absence"),
            Self::Jobs => Words("后台作业", "Jobs"),
            Self::Accounts => Words("账号与角色", "Accounts"),
            Self::Audit => Words("审计记录", "Audit"),
            Self::Packages => Words("办事规程包", "Packages"),
            Self::Calendar => Words("工作日历", "Calendar"),
        }
    }

    /// Whether the visitor has anything to do there.
    fn is_for(self, app: &App, visitor: &Visitor) -> bool {
        let asks = |action: &str, kind: &str| app.may(visitor, action, &Resource::of(kind));
        match self {
            Self::Inbox | Self::Cases | Self::Absence => !visitor.actor.posts.is_empty(),
            Self::Due => visitor.actor.posts.iter().any(|held| held.post == trust::HEAD_POST),
            Self::Jobs => asks("job.read", "job"),
            Self::Accounts => asks("account.read", "account"),
            Self::Audit => asks("audit.read", "audit"),
            Self::Packages => asks("package.check", "package"),
            Self::Calendar => asks("calendar.import", "calendar"),
        }
    }

    const fn is_handling(self) -> bool {
        matches!(self, Self::Inbox | Self::Cases | Self::Due | Self::Absence)
    }
}

/// The left navigation of staff pages. `inbox_count` stands beside the tasks.
pub(crate) fn desk(app: &App, visitor: &Visitor, active: Option<DeskItem>, inbox_count: Option<u64>) -> Vec<SideSection> {
    let lang = visitor.lang;
    let section = |handling: bool, heading: Words| {
        let shown = DeskItem::ALL.into_iter().filter(|item| item.is_handling() == handling && item.is_for(app, visitor));
        let items: Vec<SideItem> = shown.map(|item| side_item(item, lang, active, inbox_count)).collect();
        (!items.is_empty()).then(|| SideSection::new(heading.get(lang), items))
    };
    let sections = [section(true, Words("办理", "Handling")), section(false, Words("管理", "Administration"))];
    sections.into_iter().flatten().collect()
}

fn side_item(item: DeskItem, lang: Lang, active: Option<DeskItem>, inbox_count: Option<u64>) -> SideItem {
    let shown = SideItem::new(item.words().get(lang), item.href()).active(active == Some(item));
    match (item, inbox_count) {
        (DeskItem::Inbox, Some(count)) => shown.count(count),
        _ => shown,
    }
}

fn is_under(path: &str, href: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match href {
        "/" => path == "/",
        _ => path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')),
    }
}
