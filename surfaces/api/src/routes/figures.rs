//! Figures, computed from the cases.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::{Extension, Json};
use cases::queries::{item_figures, organ_figures, rating_counts};
use gate::App;
use runner::Resource;

use crate::caller::Member;
use crate::dto::{At, Figures, ItemFiguresOf, LevelCount, OrganFiguresOf};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

/// Counting goes through all cases, so the public gets the count of this minute.
const KEPT_MS: i64 = 60_000;

/// The figures counted last.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(Arc<Mutex<Option<(i64, Figures)>>>);

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/figures", "getFigures")
            .is(Tag::Public, "package.read", "公开的办件和评价数据", "Public figures of cases and ratings")
            .public()
            .answers::<Figures>(),
        public,
    )
    .on(
        Operation::get("/figures/organs/{organ}", "getOrganFigures")
            .is(Tag::Tasks, "case.read-statistics", "一个机构的在办、超期和办结数", "Open, overdue and closed cases of an organ")
            .answers::<OrganFiguresOf>(),
        of_organ,
    )
}

async fn public(State(app): State<App>, Extension(kept): Extension<Kept>) -> Result<Json<Figures>, ApiError> {
    let now_ms = app.now_ms();
    let fresh = kept.0.lock().unwrap_or_else(PoisonError::into_inner).clone().filter(|(at, _)| (0..KEPT_MS).contains(&(now_ms - at)));
    if let Some((_, figures)) = fresh {
        return Ok(Json(figures));
    }
    let mut packages = app.library.all_current(app.today());
    packages.retain(|package| package.item.for_the_public());
    let counted = app.query(move |tx| {
        let mut items = Vec::new();
        for package in &packages {
            let figures = item_figures(tx, Some(&package.slug))?.into();
            items.push(ItemFiguresOf { slug: package.slug.clone(), name: package.item.name.clone(), figures });
        }
        let level = |(level, count): (cases::RatingLevel, i64)| LevelCount { level: level.code().to_owned(), stars: level.stars(), count };
        let mut ratings: Vec<LevelCount> = rating_counts(tx, None)?.into_iter().map(level).collect();
        ratings.sort_by_key(|counted| std::cmp::Reverse(counted.stars));
        Ok(Figures { at: At(now_ms), total: item_figures(tx, None)?.into(), ratings, items })
    });
    let figures = counted.await?;
    *kept.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now_ms, figures.clone()));
    Ok(Json(figures))
}

async fn of_organ(State(app): State<App>, Member(caller): Member, Path(organ): Path<String>) -> Result<Json<OrganFiguresOf>, ApiError> {
    caller.must(&app, "case.read-statistics", &Resource { organ: Some(organ.clone()), ..Resource::of("case") })?;
    let today = app.today();
    let figures = app.query(move |tx| Ok(organ_figures(tx, &organ, today)?)).await?;
    Ok(Json(figures.into()))
}
