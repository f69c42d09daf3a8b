//! Certificates: the wallet of a party, and those of a case.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use documents::queries::{certificates_of_case, certificates_of_party};
use gate::App;
use runner::{Refusal, Resource};

use super::answers::permitted_case;
use crate::caller::Member;
use crate::dto::{CertificateOf, Certificates};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    api.on(
        Operation::get("/certificates", "listCertificates")
            .is(Tag::Documents, "certificate.list", "我的证照", "The caller's certificates")
            .note("包括所有版本和状态；文件从所列文书下载。", "All versions in all states; the file is that of the document named.")
            .answers::<Certificates>(),
        wallet,
    )
    .on(
        Operation::get("/cases/{case}/certificates", "listCertificatesOfCase")
            .is(Tag::Documents, "document.read", "办件制发的证照", "Certificates issued in a case")
            .answers::<Certificates>(),
        of_case,
    )
}

async fn wallet(State(app): State<App>, Member(caller): Member) -> Result<Json<Certificates>, ApiError> {
    let party = caller.actor.acting_party().map(str::to_owned).ok_or_else(Refusal::not_permitted)?;
    caller.must(&app, "certificate.list", &Resource { party: Some(party.clone()), ..Resource::of("certificate") })?;
    let (authority, actor) = (Arc::clone(app.runner.authority()), caller.actor);
    let found = app.query(move |tx| Ok(certificates_of_party(tx, &party)?)).await?;
    // Somebody who acts under an authorisation for some items only sees what came of these; the certificate itself knows no item.
    let resource = |party: &str| Resource { party: Some(party.to_owned()), ..Resource::of("certificate") };
    let shown = found.into_iter().filter(|record| authority.rule(&actor, "certificate.read", &resource(&record.holder_party)).permitted);
    let today = app.today();
    Ok(Json(Certificates { certificates: shown.map(|record| CertificateOf::of(record, today)).collect() }))
}

async fn of_case(State(app): State<App>, Member(caller): Member, Path(case): Path<String>) -> Result<Json<Certificates>, ApiError> {
    let authority = Arc::clone(app.runner.authority());
    let found = app.query(move |tx| {
        permitted_case(tx, &*authority, &caller.actor, &case, "document.read")?;
        Ok(certificates_of_case(tx, &case)?)
    });
    let today = app.today();
    Ok(Json(Certificates { certificates: found.await?.into_iter().map(|record| CertificateOf::of(record, today)).collect() }))
}
