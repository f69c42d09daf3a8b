//! Signing in for a token, who one is, for whom one acts, the password, signing out.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::{Extension, Json};
use gate::App;
use parties::OrganId;
use runner::Actor;
use seal::OsEntropy;
use trust::{AccountKind, ActFor, ChangePassword, Password, PasswordState, SignInAnswer, SignOut};
use web::ClientAddress;

use super::answers;
use crate::body::Sent;
use crate::caller::{Known, Member, admin_address_fits, cookie_token, form_key};
use crate::dto::{ActingFor, At, Credentials, HeldPost, OpenedSession, PasswordChange, Session};
use crate::error::ApiError;
use crate::guessing::Allowed;
use crate::refusals;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::post("/session", "openSession")
            .is(Tag::Sessions, "session.open", "登录，换取令牌", "Sign in for a token")
            .note(
                "连续 5 次失败锁定 30 分钟；令牌 30 分钟不用或满 12 小时即失效。",
                "Five failures in a row lock the account for 30 minutes; a token ends after 30 minutes without use, or 12 hours.",
            )
            .public()
            .body::<Credentials>(r#"{"login":"linxiaohe","password":"Qingtan-2026"}"#)
            .creates::<OpenedSession>(),
        open,
    )
    .on(
        Operation::get("/session", "getSession").is(Tag::Sessions, "account.read-own", "当前登录的是谁", "Who has signed in").answers::<Session>(),
        who,
    )
    .on(Operation::delete("/session", "closeSession").is(Tag::Sessions, "session.close", "退出登录", "Sign out").empty(), close)
    .on(
        Operation::put("/session/acting-for", "actFor")
            .is(Tag::Sessions, "session.act-for", "切换代办身份", "Act for another party, or for oneself again")
            .body::<ActingFor>(r#"{"party":null}"#)
            .empty(),
        act_for,
    )
    .on(
        Operation::put("/session/password", "changePassword")
            .is(Tag::Sessions, "account.change-password", "修改密码", "Change the password")
            .note("其他会话随之失效。", "All other sessions of the account end.")
            .body::<PasswordChange>(r#"{"present":"Qingtan-2026","new":"Meiwan-2027!"}"#)
            .empty(),
        change_password,
    )
}

type Client = Option<Extension<ClientAddress>>;

async fn open(State(app): State<App>, _: Allowed, client: Client, headers: HeaderMap, Sent(given): Sent<Credentials>) -> Result<Response, ApiError> {
    let client = client.map(|Extension(client)| client);
    let address = client.map(|client| client.0.to_string()).unwrap_or_default();
    let browser = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let runner = Arc::clone(&app.runner);
    let tried = app.blocking(move || trust::sign_in(&runner, &given.login, &Password::new(given.password), &address, &browser));
    let opened = match tried.await?? {
        SignInAnswer::Refused(refusal) => return Err((*refusal).into()),
        SignInAnswer::Opened(opened) => opened,
    };
    if opened.kind == AccountKind::Admin && !admin_address_fits(&app, client) {
        let owner = Actor::bare(opened.account.as_str(), opened.kind.actor_kind());
        app.run(owner, None, SignOut { session: opened.session }).await?;
        return Err(refusals::address_not_allowed());
    }
    let body = OpenedSession {
        token: opened.token.as_str().to_owned(),
        ends_at: At(opened.ends_ms),
        account: opened.account.to_string(),
        kind: opened.kind,
        must_change_password: opened.password != PasswordState::Valid,
    };
    Ok(answers::created("/api/v1/session", 0, &body))
}

async fn who(State(app): State<App>, known: Known, headers: HeaderMap) -> Result<Json<Session>, ApiError> {
    let Known { actor, signed_in } = known;
    let organs: Vec<OrganId> = actor.posts.iter().filter_map(|held| OrganId::parse(&held.organ).ok()).collect();
    let names = app.query(move |tx| {
        let mut names = Vec::new();
        for id in &organs {
            names.extend(parties::organ(tx, id)?.map(|organ| (organ.id.to_string(), organ.name)));
        }
        Ok(names)
    });
    let names = names.await?;
    let posts = actor.posts.into_iter().map(|held| HeldPost {
        organ_name: names.iter().find(|(id, _)| *id == held.organ).map(|(_, name)| name.clone()),
        post: held.post,
        organ: held.organ,
        division: held.division,
    });
    let csrf = match cookie_token(&headers) {
        Some(token) => Some(form_key(&app)?.token(token, &mut OsEntropy)),
        None => None,
    };
    Ok(Json(Session {
        session: signed_in.session.id.to_string(),
        account: signed_in.account.id.to_string(),
        login: signed_in.account.login.to_string(),
        kind: signed_in.account.kind,
        assurance: actor.assurance,
        party: actor.party,
        acting_for: actor.on_behalf,
        posts: posts.collect(),
        roles: signed_in.roles,
        ends_at: At(signed_in.session.ends_ms()),
        must_change_password: signed_in.password != PasswordState::Valid,
        csrf,
    }))
}

async fn close(State(app): State<App>, known: Known) -> Result<StatusCode, ApiError> {
    app.run(known.actor, None, SignOut { session: known.signed_in.session.id }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn act_for(State(app): State<App>, Member(caller): Member, Sent(wanted): Sent<ActingFor>) -> Result<StatusCode, ApiError> {
    let session = caller.signed_in.ok_or_else(refusals::sign_in_needed)?.session.id;
    app.run(caller.actor, None, ActFor { session, party: wanted.party }).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn change_password(State(app): State<App>, known: Known, Sent(change): Sent<PasswordChange>) -> Result<StatusCode, ApiError> {
    let Known { actor, signed_in } = known;
    let (store, account, session) = (Arc::clone(&app.store), signed_in.account.id, signed_in.session.id);
    let prepared = app.blocking(move || {
        let (present, new) = (Password::new(change.present), Password::new(change.new));
        ChangePassword::prepare(&store, &account, &session, &present, &new, &mut OsEntropy)
    });
    let command = prepared.await??;
    app.run(actor, None, command).await?;
    Ok(StatusCode::NO_CONTENT)
}
