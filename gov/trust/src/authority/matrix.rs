//! The authority printed: every act against typical actors in typical relations to the thing. The text is a reviewed file of the
//! repository, so that a change of a policy shows what it changes.

use std::fmt::Write;

use runner::{Actor, ActorKind, ActorPost, Resource};

use super::Authority;
use crate::{
    actions::{ACTIONS, Area},
    model::{HEAD_POST, Role, SCOPE_EVERYTHING, delegation_role, private_person_role},
};

const ORGAN: &str = "organ_market";
const OTHER_ORGAN: &str = "organ_health";
const APPLICANT: &str = "person_applicant";
const ACCOUNT: &str = "account_actor";
const ITEM: &str = "item-in-question";

struct Column {
    zh: &'static str,
    en: &'static str,
    actor: Actor,
    resource: Resource,
}

/// The matrix as text: one line per act, one column per actor and relation; `+` permitted, `.` not.
#[must_use]
pub fn authority_matrix(authority: &Authority) -> String {
    let columns = columns();
    let mut text = String::from(HEADING);
    for (column, letter) in columns.iter().zip(letters()) {
        let _ = writeln!(text, "  {letter}  {} / {}", column.zh, column.en);
    }
    let width = ACTIONS.iter().map(|action| action.code.len()).max().unwrap_or_default();
    let heads: String = columns.iter().zip(letters()).map(|(_, letter)| letter).collect();
    let mut area: Option<Area> = None;
    for action in ACTIONS {
        if area != Some(action.area) {
            area = Some(action.area);
            let _ = writeln!(text, "\n{:width$}  {heads}  {:?}", "", action.area);
        }
        let marks = columns.iter().map(|column| match authority.decide(&column.actor, action.code, &column.resource).permitted {
            true => '+',
            false => '.',
        });
        let marks: String = marks.collect();
        let _ = writeln!(text, "{:width$}  {marks}  {} / {}", action.code, action.zh, action.en);
    }
    text
}

const HEADING: &str = "\
权限矩阵 / Authority matrix

Generated from gov/trust/policies; a test compares it. `+` permitted, `.` not permitted.
The thing is a case of the market-supervision organ with an open task of its clerk, of sensitivity 2, unless the column says otherwise.

";

fn letters() -> impl Iterator<Item = char> {
    ('A'..='Z').chain('a'..='z')
}

fn columns() -> Vec<Column> {
    let mut columns = people();
    columns.extend(staff());
    columns.extend(administration());
    columns
}

fn people() -> Vec<Column> {
    let own = Resource { party: Some(ACCOUNT_PARTY.to_owned()), id: ACCOUNT.to_owned(), ..case() };
    let checked = person(2);
    let agent = |scope: &str| {
        let roles = vec![delegation_role(scope)];
        Actor { on_behalf: Some(APPLICANT.to_owned()), roles, ..person(2) }
    };
    vec![
        column("未登录", "nobody signed in", Actor::anonymous(), case()),
        column("本人（未实名）", "applicant, identity declared", person(1), own.clone()),
        column("本人（实名）", "applicant, identity checked", checked.clone(), own.clone()),
        column("本人（未实名，敏感数据）", "applicant, identity declared, sensitive data", person(1), Resource { sensitivity: 3, ..own.clone() }),
        column("本人（实名，敏感数据）", "applicant, identity checked, sensitive data", checked.clone(), Resource { sensitivity: 3, ..own }),
        column("他人", "another person", checked, case()),
        column("代理人（授权范围内）", "agent within the authorisation", agent(ITEM), case()),
        column("代理人（全权）", "agent authorised for everything", agent(SCOPE_EVERYTHING), case()),
        column("代理人（授权范围外）", "agent outside the authorisation", agent("another-item"), case()),
    ]
}

fn staff() -> Vec<Column> {
    let clerk = clerk_of(ORGAN);
    let claimed = |by: &str| Resource { assignee: Some(by.to_owned()), ..case() };
    let own_case = Resource { party: Some(ACCOUNT_PARTY.to_owned()), ..case() };
    vec![
        column("经办人（任务未认领）", "clerk of the post, task open", clerk.clone(), case()),
        column("经办人（本人已认领）", "clerk of the post, claimed by herself", clerk.clone(), claimed(ACCOUNT)),
        column("经办人（同事已认领）", "clerk of the post, claimed by a colleague", clerk.clone(), claimed("account_colleague")),
        column("经办人（本人即申请人）", "clerk of the post, herself the applicant", clerk.clone(), own_case.clone()),
        column(
            "曾经办人",
            "clerk who handled an earlier task",
            with_post(OTHER_ORGAN, "clerk"),
            Resource { handlers: vec![ACCOUNT.to_owned()], ..case() },
        ),
        column("本单位其他岗位", "other post of the organ", with_post(ORGAN, "archivist"), case()),
        column("外单位同名岗位", "same post of another organ", clerk_of(OTHER_ORGAN), case()),
        column(
            "会签单位经办人",
            "clerk of the organ asked to countersign",
            clerk_of(OTHER_ORGAN),
            Resource { post_organ: Some(OTHER_ORGAN.to_owned()), ..case() },
        ),
        column("综合窗口", "window clerk of the organ", with_post(ORGAN, "window"), case()),
        column("本单位负责人", "head of the organ", with_post(ORGAN, HEAD_POST), case()),
        column("本单位负责人（本人即申请人）", "head of the organ, herself the applicant", with_post(ORGAN, HEAD_POST), own_case),
        column("外单位负责人", "head of another organ", with_post(OTHER_ORGAN, HEAD_POST), case()),
        column("数据专员（本单位目录）", "data officer, resource of the organ", with_post(ORGAN, "data-officer"), catalogued(1)),
        column(
            "外单位数据专员（未发布目录）",
            "data officer of another organ, unpublished resource",
            with_post(OTHER_ORGAN, "data-officer"),
            catalogued(1),
        ),
        column(
            "外单位数据专员（已发布目录）",
            "data officer of another organ, published resource",
            with_post(OTHER_ORGAN, "data-officer"),
            catalogued(0),
        ),
        column("数据主管部门审核岗", "reviewer of the data authority", with_post(OTHER_ORGAN, "data-authority"), catalogued(1)),
        column(
            "数据主管部门审核岗（本人提交）",
            "reviewer of the data authority, submitted by herself",
            with_post(OTHER_ORGAN, "data-authority"),
            Resource { handlers: vec![ACCOUNT.to_owned()], ..catalogued(1) },
        ),
    ]
}

/// A resource of the catalogue, of the market-supervision organ; sensitivity 0 when it is published.
fn catalogued(sensitivity: u8) -> Resource {
    let post = Some("data-officer".to_owned());
    Resource { organ: Some(ORGAN.to_owned()), post, sensitivity, ..Resource::of("catalogue-resource") }
}

fn administration() -> Vec<Column> {
    let own_account = Resource { id: ACCOUNT.to_owned(), ..Resource::of("account") };
    let publisher = Actor { roles: vec![Role::PackagePublisher.code().to_owned()], ..with_post(ORGAN, "archivist") };
    let keeper = Actor { roles: vec![Role::PartiesKeeper.code().to_owned()], ..with_post(ORGAN, "archivist") };
    vec![
        column("规程发布员", "package publisher", publisher, case()),
        column("主体库管理员", "keeper of parties", keeper, case()),
        column("系统管理员", "system administrator", admin(Role::SystemAdmin), case()),
        column("安全管理员", "security administrator", admin(Role::SecurityAdmin), case()),
        column("安全管理员（本人账号）", "security administrator, own account", admin(Role::SecurityAdmin), own_account),
        column("审计管理员", "audit administrator", admin(Role::AuditAdmin), case()),
        column("系统自身", "the installation itself", Actor::system(), case()),
    ]
}

const ACCOUNT_PARTY: &str = "person_actor";

const fn column(zh: &'static str, en: &'static str, actor: Actor, resource: Resource) -> Column {
    Column { zh, en, actor, resource }
}

fn case() -> Resource {
    Resource {
        kind: "case".to_owned(),
        id: "case_in_question".to_owned(),
        organ: Some(ORGAN.to_owned()),
        division: Some("339921".to_owned()),
        post: Some("clerk".to_owned()),
        post_organ: None,
        party: Some(APPLICANT.to_owned()),
        assignee: None,
        handlers: Vec::new(),
        scope: Some(ITEM.to_owned()),
        sensitivity: 2,
    }
}

fn person(assurance: u8) -> Actor {
    Actor { party: Some(ACCOUNT_PARTY.to_owned()), assurance, ..Actor::bare(ACCOUNT, ActorKind::Person) }
}

fn clerk_of(organ: &str) -> Actor {
    with_post(organ, "clerk")
}

fn with_post(organ: &str, post: &str) -> Actor {
    let held = ActorPost { post: post.to_owned(), organ: organ.to_owned(), division: "339921".to_owned() };
    let roles = vec![private_person_role(ACCOUNT_PARTY)];
    Actor { party: Some("staff_actor".to_owned()), posts: vec![held], roles, assurance: 2, ..Actor::bare(ACCOUNT, ActorKind::Staff) }
}

fn admin(role: Role) -> Actor {
    Actor { roles: vec![role.code().to_owned()], assurance: 2, ..Actor::bare(ACCOUNT, ActorKind::Admin) }
}
