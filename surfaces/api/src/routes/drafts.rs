//! Applications being filled in.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cases::Draft;
use cases::commands::{DiscardDraft, SaveDraft, StartDraft};
use cases::queries::{Checked, Held, check_answers, draft_of, drafts_of, facts_variables, held_about, materials_of_draft};
use gate::App;
use i18n::Text;
use procedure::codes::MaterialNeed;
use runner::{Halt, Refusal};
use serde_json::Value;

use super::answers;
use super::items::needed;
use crate::body::{Once, Seen, Sent};
use crate::caller::Member;
use crate::dto::{AnswerProblem, At, DraftDetail, DraftPatch, DraftSummary, Drafts, GivenAnswer, MaterialFileOf, NewDraft, SavedDraft, SourceRecord};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(Operation::get("/drafts", "listDrafts").is(Tag::Drafts, "case.save-draft", "我的草稿", "Drafts of the account").answers::<Drafts>(), list)
        .on(
            Operation::post("/drafts", "startDraft")
                .is(Tag::Drafts, "case.start-draft", "新建申请草稿", "Start an application")
                .note(
                    "政府已有的内容自动填好，来源见草稿的 given；请求里写明的答案优先。",
                    "What government holds is filled in, with its source in the draft's `given`; answers of the request come first.",
                )
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
    caller.ask_about_own(&app, Some(&new.slug)).await?;
    let command = StartDraft { slug: new.slug, situation: new.situation, answers: new.answers, prefill: true };
    let done = app.run(caller.actor, key, command).await?;
    let version = done.recorded.last().map_or(1, |entry| entry.version);
    let location = format!("/api/v1/drafts/{}", done.outcome);
    Ok(answers::created(&location, version, &SavedDraft { id: done.outcome, version }))
}

async fn one(State(app): State<App>, Member(caller): Member, Path(draft): Path<String>) -> Result<Response, ApiError> {
    let (keys, library, actor, today) = (Arc::clone(&app.keys), Arc::clone(&app.library), caller.actor, app.today());
    let found = app.query(move |tx| {
        let draft = draft_of(tx, &keys, &draft, &actor.account)?.ok_or_else(Refusal::not_found)?;
        let files = materials_of_draft(tx, &draft.id)?;
        let trace = tracker::in_process("a draft is filled in by its owner");
        let applicant = cases::queries::applicant_of(tx, &keys, &draft.party, &trace)?.unwrap_or_default();
        let package = library.current(&draft.slug, today);
        // What is held about a party is for whoever acts for it now, and no longer for whoever once began an application.
        let held = match package.as_ref().filter(|_| actor.acting_party() == Some(&draft.party)) {
            Some(package) => held_about(tx, &keys, &actor, package, &applicant, today)?,
            None => Held::default(),
        };
        Ok::<_, Halt>((draft, files, applicant, package, held))
    });
    let (draft, files, applicant, package, held) = found.await?;
    let (mut problems, mut wanted, mut given) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(package) = package {
        let Checked { answers, problems: mut found } = check_answers(&package, &draft.situation, &draft.answers, &applicant, today);
        found.extend(held.problems(&package.form, &answers));
        let problem = |one: forms::FieldProblem| AnswerProblem { field: one.field, code: one.code, message: Text::new(one.zh, one.en) };
        problems = found.into_iter().map(problem).collect();
        let mut variables = facts_variables(&draft.situation, &applicant, today);
        variables.insert("answers".to_owned(), Value::Object(answers));
        wanted = needed(&package, &variables);
        for material in &mut wanted {
            let Some(found) = package.item.material(&material.id) else { continue };
            // A certificate stands in for a material while it is there and valid, not because the package says that one may.
            material.waived = held.is_waived(found);
            material.must_upload = material.certain && found.need == MaterialNeed::Required && !material.waived;
            material.source = held.record_for(found).map(SourceRecord::of);
        }
        given = held.given(&package.form).into_iter().map(|one| GivenAnswer::of(one, &draft.answers)).collect();
    }
    let detail = DraftDetail {
        summary: summary(&app, &draft),
        situation: draft.situation,
        answers: draft.answers,
        given,
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
