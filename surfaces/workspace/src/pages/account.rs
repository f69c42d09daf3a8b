//! `/workspace/accounts/{account}`: lock, unlock, new password, roles. The three administrations stay apart (GB/T 22239-2019 8.1.5).

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use runner::{Refusal, Resource};
use seal::OsEntropy;
use trust::queries::{AccountView, SessionView};
use trust::{AccountId, AccountState, GrantRole, LockAccount, Password, ResetPassword, Role, UnlockAccount, WithdrawRole};
use ui::{Button, Cell, Input, PasswordInput, SummaryList, SummaryRow, Table};

use super::accounts::{kind_name, role_name, state_tag};
use super::shown;
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::{Say, moment};
use crate::typed::Typed;

/// What the page shows.
struct Page {
    account: AccountView,
    sessions: Vec<SessionView>,
}

/// `GET /workspace/accounts/{account}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let page = load(&app, &visitor, &id).await?;
    Ok(show(&app, &visitor, &page, &Typed::default()).into_response())
}

/// `POST /workspace/accounts/{account}`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let page = load(&app, &visitor, &id).await?;
    let typed = Typed::from_pairs(&form.0);
    match act(&app, &visitor, &page.account.id, &form, &typed).await {
        Ok(()) => Ok(see_other_with(&app, &format!("{}/{id}", Place::Accounts.href()), &Flash::success("已办理。", "Done."))),
        Err(error) => {
            let refusal = shown(error)?;
            let typed = typed.refuse(visitor.lang, &refusal, control);
            Ok((gate::status_of(&refusal), show(&app, &visitor, &page, &typed)).into_response())
        }
    }
}

fn control(code: &str) -> &'static str {
    match code {
        "password-unfit" | "password" => "password",
        "roles-exclude-each-other" | "role-unfit" | "role-unchanged" => "roles-title",
        "account-reason-missing" => "reason",
        _ => "",
    }
}

async fn act(app: &App, visitor: &Visitor, id: &AccountId, form: &Form, typed: &Typed) -> Result<(), PageError> {
    let (account, reason, key) = (id.clone(), typed.get("reason").to_owned(), form.key());
    let role = Role::parse(typed.get("role"));
    match (typed.get("act"), role) {
        ("lock" | "unlock", _) if reason.is_empty() => Err(reason_missing().into()),
        ("lock", _) => app.execute(visitor, key, LockAccount { account, reason }).await.map(drop),
        ("unlock", _) => app.execute(visitor, key, UnlockAccount { account, reason }).await.map(drop),
        ("grant", Some(role)) => app.execute(visitor, key, GrantRole { account, role }).await.map(drop),
        ("withdraw", Some(role)) => app.execute(visitor, key, WithdrawRole { account, role }).await.map(drop),
        ("reset", _) => {
            let (store, password) = (std::sync::Arc::clone(&app.store), Password::new(form.get("password").unwrap_or_default()));
            let prepared = app.blocking(move || ResetPassword::prepare(&store, &account, &password, &mut OsEntropy)).await??;
            // Without key: a record of the answer would be one of a password.
            app.execute(visitor, None, prepared).await.map(drop)
        }
        _ => Err(PageError::NotFound),
    }
}

fn reason_missing() -> Refusal {
    Refusal::new(
        "account-reason-missing",
        "没有写明原因。",
        "The reason is missing.",
        "请写明原因，存入审计记录。",
        "Write the reason; it goes into the audit record.",
    )
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Page, PageError> {
    if !Place::Accounts.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let id = AccountId::parse(id).map_err(|_| PageError::NotFound)?;
    let now_ms = app.now_ms();
    app.read(move |tx| {
        let account = trust::queries::account(tx, &id)?.ok_or_else(Refusal::not_found)?;
        Ok(Page { account, sessions: trust::queries::sessions(tx, &id, now_ms)? })
    })
    .await
}

fn show(app: &App, visitor: &Visitor, page: &Page, typed: &Typed) -> Markup {
    let (lang, account) = (visitor.lang, &page.account);
    let resource = Resource { id: account.id.to_string(), ..Resource::of("account") };
    let manages = app.may(visitor, "account.manage", &resource);
    let grants = app.may(visitor, "role.grant", &resource);
    let body = html! {
        (typed.summary(lang))
        (heading(account.login.as_str()))
        (facts(visitor, account))
        @if manages { (state_forms(visitor, account, typed)) (password_form(visitor, account, typed)) }
        @if grants { (roles(visitor, account)) }
        @if !manages && !grants { p.govuk-body { (lang.say(
            "您只能查看这个账号；本人账号由另一名安全管理员管理。",
            "You may only look; one's own account is kept by another administrator.",
        )) } }
        (sessions(visitor, page))
    };
    Desk::new(app, visitor, Place::Accounts, account.login.as_str()).below().wrong(typed.has_errors()).show(body)
}

fn facts(visitor: &Visitor, account: &AccountView) -> Markup {
    let lang = visitor.lang;
    let mut rows = vec![
        SummaryRow::new(lang.say("类别", "Kind"), kind_name(lang, account.kind)),
        SummaryRow::new(lang.say("状态", "State"), html! { (state_tag(lang, account)) }),
        SummaryRow::new(lang.say("身份保证等级", "Assurance"), account.assurance.to_string()),
    ];
    if let Some(until) = account.locked_until_ms {
        rows.push(SummaryRow::new(lang.say("登录失败锁定至", "Locked after failures until"), moment(lang, until)));
    }
    html! { (SummaryList::new(rows)) }
}

fn form_of(visitor: &Visitor, account: &AccountView, act: &str, role: &str, body: Markup) -> Markup {
    html! {
        form method="post" action={ (Place::Accounts.href()) "/" (account.id) } novalidate {
            (hidden(visitor, &format!("{act}-{role}")))
            input type="hidden" name="act" value=(act);
            @if !role.is_empty() { input type="hidden" name="role" value=(role); }
            (body)
        }
    }
}

fn state_forms(visitor: &Visitor, account: &AccountView, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let failed = account.locked_until_ms.is_some();
    let (act, title, button) = match account.state {
        AccountState::Open if failed => {
            ("unlock", lang.say("解除登录失败锁定", "End the lock after failed sign-ins"), Button::submit(lang.say("解锁", "Unlock")))
        }
        AccountState::Open => ("lock", lang.say("锁定账号", "Lock the account"), Button::submit(lang.say("锁定", "Lock")).warning()),
        AccountState::Locked => ("unlock", lang.say("解锁账号", "Unlock the account"), Button::submit(lang.say("解锁", "Unlock"))),
        AccountState::Closed => return Markup::default(),
    };
    html! {
        h2.govuk-heading-m { (title) }
        (form_of(visitor, account, act, "", html! {
            (Input::new("reason", lang.say("原因", "Reason")).value(typed.get("reason")).error(typed.error(lang, "reason")))
            (button)
            span.govuk-hint { (lang.say("锁定后所有会话立即结束。", "All its sessions end at once.")) }
        }))
    }
}

fn password_form(visitor: &Visitor, account: &AccountView, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let mut input = PasswordInput::new(lang, "password", lang.say("初始密码", "First password"));
    input.field.error = typed.error(lang, "password");
    html! {
        h2.govuk-heading-m { (lang.say("重置密码", "Reset the password")) }
        p.govuk-body { (lang.say("核实本人身份后当面告知初始密码；下次登录必须修改。", "Tell it in person after checking the identity; it must be changed at the next sign-in.")) }
        (form_of(visitor, account, "reset", "", html! { (input) (Button::submit(lang.say("重置", "Reset")).secondary()) }))
    }
}

fn roles(visitor: &Visitor, account: &AccountView) -> Markup {
    let lang = visitor.lang;
    let head = [lang.say("角色", "Role"), lang.say("现状", "Now"), lang.say("操作", "Action")];
    let offered = Role::ALL.into_iter().filter(|role| role.fits(account.kind));
    let rows: Vec<Vec<Cell>> = offered
        .map(|role| {
            let held = account.roles.iter().any(|code| code == role.code());
            let (act, word) = if held { ("withdraw", lang.say("收回", "Withdraw")) } else { ("grant", lang.say("授予", "Grant")) };
            let name = role_name(lang, role.code());
            let button =
                Button { attributes: ui::Attributes::none().with("aria-label", format!("{word}：{name}")), ..Button::submit(word) }.secondary();
            vec![
                Cell::new(name),
                Cell::new(if held { lang.say("已授予", "Granted") } else { "—" }),
                Cell::new(form_of(visitor, account, act, role.code(), html! { (button) })),
            ]
        })
        .collect();
    html! {
        h2.govuk-heading-m #roles-title { (lang.say("角色", "Roles")) }
        p.govuk-body { (lang.say("系统、安全、审计三类管理员不得由同一账号兼任。", "The system, security and audit administrations never meet in one account.")) }
        @if rows.is_empty() { p.govuk-body { (lang.say("个人账号没有角色。", "Personal accounts have no roles.")) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), rows).scrolling(lang.say("角色", "Roles"))) }
    }
}

fn sessions(visitor: &Visitor, page: &Page) -> Markup {
    let lang = visitor.lang;
    let head = [
        lang.say("登录时间", "Signed in"),
        lang.say("最近使用", "Last used"),
        lang.say("地址", "Address"),
        lang.say("浏览器", "Browser"),
        lang.say("状态", "State"),
    ];
    let row = |session: &SessionView| {
        vec![
            Cell::new(moment(lang, session.opened_ms)),
            Cell::new(moment(lang, session.seen_ms)),
            Cell::new(session.address.as_str()),
            Cell::new(session.browser.as_str()),
            Cell::new(if session.live { lang.say("有效", "Live") } else { lang.say("已结束", "Over") }),
        ]
    };
    html! {
        h2.govuk-heading-m { (lang.say("登录记录", "Sessions")) }
        @if page.sessions.is_empty() { p.govuk-body { (lang.say("没有登录过。", "Never signed in.")) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), page.sessions.iter().map(row).collect()).scrolling(lang.say("登录记录", "Sessions"))) }
    }
}
