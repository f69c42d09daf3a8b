//! Accounts: a person registers; the security administrator lists, locks and unlocks.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use gate::{App, Registration, register};
use runner::Resource;
use trust::{AccountId, LockAccount, LoginName, UnlockAccount};

use super::answers::created;
use crate::body::{Asked, Once, Sent};
use crate::caller::Member;
use crate::dto::{AccountOf, AccountPage, AccountQuery, NewRegistration, OpenedAccount, Reason};
use crate::error::ApiError;
use crate::guessing::Allowed;
use crate::registry::{Api, Operation, Tag};

const PAGE_SIZE: i64 = 50;

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::post("/accounts", "registerAccount")
            .is(Tag::Accounts, "account.register", "注册个人账号", "Register a personal account")
            .note(
                "姓名、公民身份号码、手机号码须与登记信息一致；登记信息中没有的，按本人申报登记，等级为 1。未满十四周岁的由监护人代为办理。",
                "Name, identity number and mobile number must agree with the register; who is not in it is added as declared, at assurance 1. \
                 For children under fourteen a guardian acts.",
            )
            .public()
            .body::<NewRegistration>(
                r#"{"name":"陈一鸣","identity_number":"339921199107150310","mobile":"13800000031",
"address":"云溪县城关镇和平路1号","login":"chenyiming","password":"Qingtan-2026"}"#,
            )
            .creates::<OpenedAccount>(),
        open,
    )
    .on(
        Operation::get("/accounts", "listAccounts")
            .is(Tag::Accounts, "account.read", "账号列表", "List accounts")
            .query::<AccountQuery>()
            .answers::<AccountPage>(),
        list,
    )
    .on(Operation::get("/accounts/{account}", "getAccount").is(Tag::Accounts, "account.read", "一个账号", "One account").answers::<AccountOf>(), get)
    .on(
        Operation::post("/accounts/{account}/lock", "lockAccount")
            .is(Tag::Accounts, "account.manage", "锁定账号", "Lock an account")
            .note("该账号的所有会话随之失效。", "All its sessions end.")
            .once()
            .body::<Reason>(r#"{"reason":"离职"}"#)
            .empty(),
        lock,
    )
    .on(
        Operation::post("/accounts/{account}/unlocking", "unlockAccount")
            .is(Tag::Accounts, "account.manage", "解锁账号", "Unlock an account")
            .once()
            .body::<Reason>(r#"{"reason":"核实身份后恢复"}"#)
            .empty(),
        unlock,
    )
}

async fn open(State(app): State<App>, _: Allowed, Sent(new): Sent<NewRegistration>) -> Result<Response, ApiError> {
    let NewRegistration { name, identity_number, mobile, address, login, password } = new;
    let trimmed = |text: String| text.trim().to_owned();
    let registration = Registration {
        name: trimmed(name),
        identity_number: trimmed(identity_number),
        mobile: trimmed(mobile),
        address: trimmed(address),
        login: trimmed(login),
        password_again: password.clone(),
        password,
    };
    let account = register(&app, &registration).await?.to_string();
    Ok(created("/api/v1/session", 0, &OpenedAccount { account }))
}

async fn list(State(app): State<App>, Member(caller): Member, Asked(asked): Asked<AccountQuery>) -> Result<Json<AccountPage>, ApiError> {
    caller.must(&app, "account.read", &Resource::of("account"))?;
    let wanted = asked.login.unwrap_or_default();
    let found = app.query(move |tx| match LoginName::parse(&wanted) {
        Some(login) => Ok(trust::queries::account_of_login(tx, &login)?.into_iter().collect()),
        None if wanted.trim().is_empty() => Ok(trust::queries::accounts(tx, asked.after.as_deref().unwrap_or_default(), PAGE_SIZE)?),
        None => Ok(Vec::new()),
    });
    let found = found.await?;
    let full = i64::try_from(found.len()).unwrap_or(0) == PAGE_SIZE;
    let next = found.last().filter(|_| full).map(|last| last.login.to_string());
    Ok(Json(AccountPage { accounts: found.into_iter().map(AccountOf::of).collect(), next }))
}

async fn get(State(app): State<App>, Member(caller): Member, Path(id): Path<String>) -> Result<Json<AccountOf>, ApiError> {
    caller.must(&app, "account.read", &Resource::of("account"))?;
    let id = id_of(&id)?;
    let found = app.query(move |tx| Ok(trust::queries::account(tx, &id)?)).await?;
    found.map(|found| Json(AccountOf::of(found))).ok_or_else(ApiError::not_found)
}

async fn lock(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<Reason>,
) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, LockAccount { account: id_of(&id)?, reason: sent.given()? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn unlock(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<Reason>,
) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, UnlockAccount { account: id_of(&id)?, reason: sent.given()? }).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn id_of(text: &str) -> Result<AccountId, ApiError> {
    AccountId::parse(text).map_err(|_| ApiError::not_found())
}
