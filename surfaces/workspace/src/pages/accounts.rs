//! `/workspace/accounts`: all accounts, for the security and the audit administrator.

use axum::extract::{Query, State};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use serde::Deserialize;
use trust::queries::AccountView;
use trust::{AccountKind, AccountState, LoginName, Role};
use ui::{Cell, Input, Pagination, SortColumn, SortableTable, Tag, TagColour};

use super::rows::query;
use crate::frame::{Desk, Place, heading};
use crate::say::Say;

const PAGE_SIZE: i64 = 50;

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    login: String,
    #[serde(default)]
    after: String,
}

/// `GET /workspace/accounts`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    if !Place::Accounts.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let wanted = asked.clone();
    let rows = app
        .read(move |tx| match LoginName::parse(&wanted.login) {
            Some(login) => Ok(trust::queries::account_of_login(tx, &login)?.into_iter().collect()),
            None if wanted.login.trim().is_empty() => Ok(trust::queries::accounts(tx, &wanted.after, PAGE_SIZE)?),
            None => Ok(Vec::new()),
        })
        .await?;
    let title = Place::Accounts.name(visitor.lang);
    Ok(Desk::new(&app, &visitor, Place::Accounts, title).show(body(&visitor, &asked, &rows)))
}

fn body(visitor: &Visitor, asked: &Asked, rows: &[AccountView]) -> Markup {
    let lang = visitor.lang;
    let columns =
        [lang.say("账号名", "Login"), lang.say("类别", "Kind"), lang.say("状态", "State"), lang.say("等级", "Assurance"), lang.say("角色", "Roles")];
    let full = i64::try_from(rows.len()).unwrap_or(0) == PAGE_SIZE;
    let next = rows.last().filter(|_| full).map(|row| format!("{}{}", Place::Accounts.href(), query(&[("after", row.login.as_str())])));
    html! {
        (heading(Place::Accounts.name(lang)))
        form.zs-inline method="get" action=(Place::Accounts.href()) {
            (Input::new("login", lang.say("账号名", "Login name")).value(asked.login.as_str()).attribute("data-search-key", "").width(20))
            (ui::Button::submit(lang.say("查找", "Find")).secondary())
        }
        (SortableTable {
            caption: Place::Accounts.name(lang).into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: rows.iter().map(|row| cells(visitor, row)).collect(),
            empty: lang.say("没有找到账号。", "No account found.").into(),
        })
        @if let Some(next) = next { (Pagination::by_key(lang, None, Some(next))) }
    }
}

fn cells(visitor: &Visitor, row: &AccountView) -> Vec<Cell> {
    let lang = visitor.lang;
    let roles: Vec<&str> = row.roles.iter().map(|code| role_name(lang, code)).collect();
    vec![
        Cell::new(html! { a.govuk-link href={ "/workspace/accounts/" (row.id) } { (row.login) } }),
        Cell::new(kind_name(lang, row.kind)),
        Cell::new(html! { (state_tag(lang, row)) }),
        Cell::number(row.assurance.to_string()),
        Cell::new(roles.join(lang.say("、", ", "))),
    ]
}

/// The name of a role by its code.
pub(super) fn role_name(lang: i18n::Lang, code: &str) -> &str {
    match Role::parse(code) {
        Some(role) => {
            let (zh, en) = role.names();
            lang.say(zh, en)
        }
        None => code,
    }
}

/// Whose account it is.
pub(super) fn kind_name(lang: i18n::Lang, kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Person => lang.say("个人", "Person"),
        AccountKind::Staff => lang.say("工作人员", "Staff"),
        AccountKind::Admin => lang.say("管理员", "Administrator"),
    }
}

/// Whether it can be used.
pub(super) fn state_tag(lang: i18n::Lang, row: &AccountView) -> Tag {
    match row.state {
        AccountState::Open => Tag::new(TagColour::Green, lang.say("正常", "Open")),
        AccountState::Locked => Tag::new(TagColour::Red, lang.say("已锁定", "Locked")),
        AccountState::Closed => Tag::new(TagColour::Grey, lang.say("已注销", "Closed")),
    }
}
