//! Applications being filled in.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cases::Draft;
use cases::commands::{DiscardDraft, SaveDraft, StartDraft};
use cases::queries::{Checked, check_answers, draft_of, drafts_of, facts_variables, materials_of_draft};
use gate::App;
use i18n::Text;
use runner::{Halt, Refusal};
use serde_json::Value;

use super::answers;
use super::items::needed;
use crate::body::{Once, Seen, Sent};
use crate::caller::Member;
use crate::dto::{AnswerProblem, At, DraftDetail, DraftPatch, DraftSummary, Drafts, MaterialFileOf, NewDraft, SavedDraft};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(Operation::get("/drafts", "listDrafts").is(Tag::Drafts, "case.save-draft", "我的草稿", "Drafts of the account").answers::<Drafts>(), list)
        .on(
            Operation::post("/drafts", "startDraft")
                .is(Tag::Drafts, "case.start-draft", "新建申请草稿", "Start an application")
                .once()
                .body::<NewDraft>(r#"{"slug":"12345-suqiu","situation":{},"answers":{"title":"和平路12号门前路灯不亮"}}"#)
                .creates::<SavedDraft>(),
            start,
        )
        .on(
            Operation::get("/drafts/{draft}", "getDraft")
                .is(
                    Tag::Drafts,
                    "case.save-draft",
                    "草稿：填了什么、还有哪些问题、缺哪些材料",
                    "A draft: what it holds, what is wrong, what is missing",
                )
                .answers::<DraftDetail>(),
            one,
        )
        .on(
            Operation::patch("/drafts/{draft}", "saveDraft")
                .is(Tag::Drafts, "case.save-draft", "保存草稿", "Save a draft")
                .note(
                    "没有提到的内容不变；填错的也保存，提交时才检查。",
                    "What is not named stays; wrong answers are kept too and checked at submission.",
                )
                .conditional()
                .once()
                .body::<DraftPatch>(r#"{"answers":{"contact_mobile":"13900000000","keep_secret":null}}"#)
                .answers::<SavedDraft>(),
            save,
        )
        .on(
            Operation::delete("/drafts/{draft}", "discardDraft")
                .is(Tag::Drafts, "case.delete-draft", "删除草稿", "Throw a draft away")
                .once()
                .empty(),
            discard,
        )
}

async fn list(State(app): State<App>, Member(caller): Member) -> Result<Json<Drafts>, ApiError> {
    let (keys, account) = (Arc::clone(&app.keys), caller.actor.account);
    let drafts = app.query(move |tx| drafts_of(tx, &keys, &account)).await?;
    Ok(Json(Drafts { drafts: drafts.iter().map(|draft| summary(&app, draft)).collect() }))
}

fn summary(app: &App, draft: &Draft) -> DraftSummary {
    DraftSummary {
        id: draft.id.clone(),
        slug: draft.slug.clone(),
        item_name: app.library.current(&draft.slug, app.today()).map(|package| package.item.name.clone()),
        party: draft.party.clone(),
        page: draft.page.clone(),
        version: draft.version,
        updated_at: At(draft.updated_ms),
    }
}

async fn start(State(app): State<App>, Member(caller): Member, Once(key): Once, Sent(new): Sent<NewDraft>) -> Result<Response, ApiError> {
    let command = StartDraft { slug: new.slug, situation: new.situation, answers: new.answers, prefill: false };
    let done = app.run(caller.actor, key, command).await?;
    let version = done.recorded.last().map_or(1, |entry| entry.version);
    let location = format!("/api/v1/drafts/{}", done.outcome);
    Ok(answers::created(&location, version, &SavedDraft { id: done.outcome, version }))
}

async fn one(State(app): State<App>, Member(caller): Member, Path(draft): Path<String>) -> Result<Response, ApiError> {
    let (keys, account) = (Arc::clone(&app.keys), caller.actor.account);
    let found = app.query(move |tx| {
        let draft = draft_of(tx, &keys, &draft, &account)?.ok_or_else(Refusal::not_found)?;
        let files = materials_of_draft(tx, &draft.id)?;
        let trace = tracker::in_process("a draft is filled in by its owner");
        let applicant = cases::queries::applicant_of(tx, &keys, &draft.party, &trace)?.unwrap_or_default();
        Ok::<_, Halt>((draft, files, applicant))
    });
    let (draft, files, applicant) = found.await?;
    let (mut problems, mut wanted) = (Vec::new(), Vec::new());
    if let Some(package) = app.library.current(&draft.slug, app.today()) {
        let Checked { answers, problems: found } = check_answers(&package, &draft.situation, &draft.answers, &applicant, app.today());
        let problem = |one: forms::FieldProblem| AnswerProblem { field: one.field, code: one.code, message: Text::new(one.zh, one.en) };
        problems = found.into_iter().map(problem).collect();
        let mut variables = facts_variables(&draft.situation, &applicant, app.today());
        variables.insert("answers".to_owned(), Value::Object(answers));
        wanted = needed(&package, &variables);
    }
    let detail = DraftDetail {
        summary: summary(&app, &draft),
        situation: draft.situation,
        answers: draft.answers,
        problems,
        materials: files.into_iter().map(MaterialFileOf::from).collect(),
        needed: wanted,
    };
    Ok(answers::versioned(draft.version, &detail))
}

async fn save(
    State(app): State<App>,
    Member(caller): Member,
    Path(draft): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(patch): Sent<DraftPatch>,
) -> Result<Response, ApiError> {
    let DraftPatch { situation, answers, page, seen: seen_too } = patch;
    let command = SaveDraft { draft: draft.clone(), situation, answers, page, seen: seen.or(seen_too) };
    let version = app.run(caller.actor, key, command).await?.outcome;
    Ok(answers::versioned(version, &SavedDraft { id: draft, version }))
}

async fn discard(State(app): State<App>, Member(caller): Member, Path(draft): Path<String>, Once(key): Once) -> Result<StatusCode, ApiError> {
    app.run(caller.actor, key, DiscardDraft { draft }).await?;
    Ok(StatusCode::NO_CONTENT)
}
