//! 基础信息库: what registers there are, reading, searching, verifying, counting, correcting, following.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use gate::App;
use i18n::Text;
use registers::{Asked as Question, CorrectRecord, CountRecords, Overview, SearchRecords, VerifyRecord, look_up};
use runner::{Refusal, Request, Resource};
use tracker::{CaseRef, Manner};

use crate::body::{Asked, Once, Sent};
use crate::caller::Member;
use crate::dto::{
    ChangeQuery, NewCount, NewReading, NewRecordCorrection, NewRecordVerification, NewSearch, OwnRecords, ReadingManner, ReadingOf, ReadingReason,
    RecordCorrection, RecordVerification, RegisterChanges, RegisterFigures, RegisterOf, Registers, SearchPage,
};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const CHANGES_COUNT: u32 = 100;
const SEARCH_COUNT: u32 = 20;
const NOTE: (&str, &str) =
    ("当事人会看到这次读取。不接受幂等键：每次读取都留痕。", "The subject sees the reading. No idempotency key: every reading is recorded.");

pub(super) fn routes(api: Api) -> Api {
    let about = |api: Api| {
        api.on(
            Operation::get("/registers", "listRegisters").is(Tag::Registers, "register.list", "基础信息库目录", "Registers").answers::<Registers>(),
            list,
        )
        .on(
            Operation::get("/registers/{register}", "getRegister")
                .is(Tag::Registers, "register.list", "一个基础信息库", "A register")
                .answers::<RegisterOf>(),
            one,
        )
        .on(
            Operation::get("/registers/{register}/changes", "listRegisterChanges")
                .is(Tag::Registers, "register.follow", "登记变更", "Changes of a register")
                .query::<ChangeQuery>()
                .answers::<RegisterChanges>(),
            changes,
        )
        .on(
            Operation::get("/own-records", "listOwnRecords")
                .is(Tag::Registers, "register.read-own", "政府掌握的我的数据", "What government holds about me")
                .answers::<OwnRecords>(),
            own,
        )
    };
    acts(about(api))
}

fn acts(api: Api) -> Api {
    api.on(
        Operation::post("/registers/{register}/readings", "readRecord")
            .is(Tag::Registers, "register.read", "查询一条记录", "Read a record")
            .note(NOTE.0, NOTE.1)
            .body::<NewReading>(
                r#"{"key":"339921199005170241","fields":["name","address"],"manner":"masked",
"reason":{"purpose":"核对申请人住址","basis":"食品经营许可和备案管理办法 第十二条","case":"3399212026030200001"}}"#,
            )
            .answers::<ReadingOf>(),
        read,
    )
    .on(
        Operation::post("/registers/{register}/searches", "searchRegister")
            .is(Tag::Registers, "register.search", "检索记录", "Search a register")
            .note(NOTE.0, NOTE.1)
            .body::<NewSearch>(
                r#"{"filters":[{"field":"division","is":"within","division":"339921"}],"fields":["name"],
"reason":{"purpose":"核对在册人口","basis":"中华人民共和国户口登记条例 第三条"}}"#,
            )
            .answers::<SearchPage>(),
        search,
    )
    .on(
        Operation::post("/registers/{register}/verifications", "verifyRecord")
            .is(Tag::Registers, "register.verify", "核验", "Verify what is stated")
            .note(NOTE.0, NOTE.1)
            .body::<NewRecordVerification>(
                r#"{"key":"339921199005170241","stated":{"name":"林晓禾"},"reason":{"purpose":"核对姓名","basis":"行政许可法 第三十四条"}}"#,
            )
            .answers::<RecordVerification>(),
        verify,
    )
    .on(
        Operation::post("/registers/{register}/counts", "countRecords")
            .is(Tag::Registers, "register.count", "统计记录", "Count records by a field")
            .body::<NewCount>(r#"{"field":"division","reason":{"purpose":"按乡镇统计","basis":"中华人民共和国统计法 第二十六条"}}"#)
            .answers::<RegisterFigures>(),
        count,
    )
    .on(
        Operation::post("/registers/{register}/corrections", "correctRecord")
            .is(Tag::Registers, "register.correct", "更正记录", "Correct a record")
            .once()
            .body::<NewRecordCorrection>(
                r#"{"key":"339921199005170241","values":{"address":"云溪县城关镇和平路12号"},"reason":"门牌号录入错误","basis":"户口簿"}"#,
            )
            .answers::<RecordCorrection>(),
        correct,
    )
}

async fn list(State(app): State<App>, Member(caller): Member) -> Result<Json<Registers>, ApiError> {
    caller.must(&app, "register.list", &Resource::of("register"))?;
    let now_ms = app.now_ms();
    let all = app.query(|tx| Ok(registers::overviews(tx)?)).await?;
    Ok(Json(Registers { registers: all.iter().map(|one| RegisterOf::of(one, now_ms)).collect() }))
}

async fn overview(app: &App, slug: String) -> Result<Overview, ApiError> {
    Ok(app.query(move |tx| Ok(registers::overview(tx, &slug)?.ok_or_else(Refusal::not_found)?)).await?)
}

async fn one(State(app): State<App>, Member(caller): Member, Path(slug): Path<String>) -> Result<Json<RegisterOf>, ApiError> {
    caller.must(&app, "register.list", &Resource::of("register"))?;
    Ok(Json(RegisterOf::of(&overview(&app, slug).await?, app.now_ms())))
}

async fn changes(
    State(app): State<App>,
    Member(caller): Member,
    Path(slug): Path<String>,
    Asked(query): Asked<ChangeQuery>,
) -> Result<Json<RegisterChanges>, ApiError> {
    let register = overview(&app, slug.clone()).await?;
    caller.must(&app, "register.follow", &register.resource())?;
    let (after, count) = (query.after.unwrap_or(0), query.count.unwrap_or(CHANGES_COUNT));
    let found = app.query(move |tx| registers::changes_after(tx, &slug, after, count)).await?;
    Ok(Json(RegisterChanges { changes: found.into_iter().map(Into::into).collect() }))
}

async fn own(State(app): State<App>, Member(caller): Member) -> Result<Json<OwnRecords>, ApiError> {
    let party = caller.actor.acting_party().map(str::to_owned);
    caller.must(&app, "register.read-own", &Resource { party, ..Resource::of("register") })?;
    let (keys, actor, today) = (Arc::clone(&app.keys), caller.actor.clone(), app.today());
    let found = app.query(move |tx| {
        let mut registers = std::collections::BTreeMap::new();
        for declaration in registers::declarations(tx)? {
            let records = registers::read_own(tx, &keys, &actor, &declaration.slug, today)?;
            if !records.is_empty() {
                registers.insert(declaration.slug.clone(), records.into_iter().map(Into::into).collect());
            }
        }
        Ok(OwnRecords { registers })
    });
    Ok(Json(found.await?))
}

fn question(register: &str, fields: &[String], manner: ReadingManner, reason: ReadingReason) -> Question {
    let manner = match manner {
        ReadingManner::Full => Manner::Full,
        ReadingManner::Masked => Manner::Masked,
    };
    let case = reason.case.map(|case| CaseRef { id: case.clone(), number: case, title: Text::default() });
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    Question { case, ..Question::new(register, &fields, manner, Text::same(reason.purpose), &reason.basis) }
}

async fn read(
    State(app): State<App>,
    Member(caller): Member,
    Path(slug): Path<String>,
    Sent(sent): Sent<NewReading>,
) -> Result<Json<ReadingOf>, ApiError> {
    let asked = Question { as_of: sent.as_of, ..question(&slug, &sent.fields, sent.manner, sent.reason) };
    let (runner, request) = (Arc::clone(&app.runner), Request::by(caller.actor.clone()));
    let found = app.blocking(move || look_up(&runner, &request, &asked, &sent.key)).await??;
    Ok(Json(ReadingOf { record: found.map(Into::into) }))
}

async fn search(
    State(app): State<App>,
    Member(caller): Member,
    Path(slug): Path<String>,
    Sent(sent): Sent<NewSearch>,
) -> Result<Json<SearchPage>, ApiError> {
    let asked = question(&slug, &sent.fields, sent.manner, sent.reason);
    let command = SearchRecords { asked, filters: sent.filters, after: sent.after, count_max: sent.count.unwrap_or(SEARCH_COUNT) };
    let page = app.run(caller.actor.clone(), None, command).await?.outcome;
    Ok(Json(SearchPage { records: page.records.into_iter().map(Into::into).collect(), next: page.next }))
}

async fn verify(
    State(app): State<App>,
    Member(caller): Member,
    Path(slug): Path<String>,
    Sent(sent): Sent<NewRecordVerification>,
) -> Result<Json<RecordVerification>, ApiError> {
    let asked = question(&slug, &[], ReadingManner::Masked, sent.reason);
    let command = VerifyRecord { asked, key: sent.key, stated: sent.stated };
    Ok(Json(app.run(caller.actor.clone(), None, command).await?.outcome.into()))
}

async fn count(
    State(app): State<App>,
    Member(caller): Member,
    Path(slug): Path<String>,
    Sent(sent): Sent<NewCount>,
) -> Result<Json<RegisterFigures>, ApiError> {
    let asked = question(&slug, &[], ReadingManner::Masked, sent.reason);
    Ok(Json(app.run(caller.actor.clone(), None, CountRecords { asked, field: sent.field }).await?.outcome.into()))
}

async fn correct(
    State(app): State<App>,
    Member(caller): Member,
    Path(slug): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<NewRecordCorrection>,
) -> Result<Json<RecordCorrection>, ApiError> {
    let command = CorrectRecord {
        register: slug,
        key: sent.key,
        on: sent.on,
        seen_position: sent.seen_position,
        values: sent.values,
        reason: sent.reason,
        basis: sent.basis,
    };
    Ok(Json(app.run(caller.actor.clone(), key, command).await?.outcome.into()))
}
