//! Organs: who they are, where, when open.

use axum::Json;
use axum::extract::{Path, State};
use gate::App;
use parties::{Organ, OrganId};

use crate::body::Asked;
use crate::dto::{OrganBrief, OrganQuery, Organs};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    let get = |path, id, zh, en| Operation::get(path, id).is(Tag::Parties, "organ.read", zh, en).public();
    api.on(get("/organs", "listOrgans", "机构名录", "Organs").query::<OrganQuery>().answers::<Organs>(), list)
        .on(get("/organs/{organ}", "getOrgan", "一个机构", "One organ").answers::<OrganBrief>(), one)
}

async fn list(State(app): State<App>, Asked(asked): Asked<OrganQuery>) -> Result<Json<Organs>, ApiError> {
    let fits = |organ: &Organ| {
        let of_division = asked.division.as_deref().is_none_or(|division| organ.division.as_str() == division);
        of_division && asked.duty.as_ref().is_none_or(|duty| organ.details.duties.contains(duty))
    };
    let organs = app.query(|tx| Ok(parties::organs(tx)?)).await?;
    Ok(Json(Organs { organs: organs.into_iter().filter(fits).map(OrganBrief::from).collect() }))
}

async fn one(State(app): State<App>, Path(organ): Path<String>) -> Result<Json<OrganBrief>, ApiError> {
    let id = OrganId::parse(&organ).map_err(|_| ApiError::not_found())?;
    let organ = app.query(move |tx| Ok(parties::organ(tx, &id)?)).await?;
    organ.map(|organ| Json(organ.into())).ok_or_else(ApiError::not_found)
}
