//! Procedure packages as staff see them: versions, and what the check says.

use axum::Json;
use axum::extract::{Path, State};
use gate::App;
use runner::Resource;

use crate::body::Asked;
use crate::caller::Member;
use crate::dto::{CheckedPackage, FindingOf, PackageQuery, PackageRow, PackagesOf, VersionOf};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

pub(super) fn routes(api: Api) -> Api {
    let get = |path, id, zh, en| Operation::get(path, id).is(Tag::Operation, "package.check", zh, en);
    api.on(get("/packages", "listPackages", "生效的办事规程包", "Procedure packages in force").answers::<PackagesOf>(), list).on(
        get("/packages/{slug}", "checkPackage", "规程包的各个版本和检查结果", "Versions of a package, and what the check says")
            .query::<PackageQuery>()
            .answers::<CheckedPackage>(),
        check,
    )
}

async fn list(State(app): State<App>, Member(caller): Member) -> Result<Json<PackagesOf>, ApiError> {
    caller.must(&app, "package.check", &Resource::of("package"))?;
    let today = app.today();
    let row = |package: std::sync::Arc<procedure::Package>| {
        let version = app.library.current_version(&package.slug, today)?;
        Some(PackageRow { name: package.item.name.clone(), basic_code: package.item.basic_code.to_string(), version: VersionOf::of(version) })
    };
    Ok(Json(PackagesOf { packages: app.library.all_current(today).into_iter().filter_map(row).collect() }))
}

async fn check(
    State(app): State<App>,
    Member(caller): Member,
    Path(slug): Path<String>,
    Asked(asked): Asked<PackageQuery>,
) -> Result<Json<CheckedPackage>, ApiError> {
    caller.must(&app, "package.check", &Resource { id: slug.clone(), ..Resource::of("package") })?;
    let versions = app.library.versions_of(&slug);
    let wanted = asked.version.or_else(|| app.library.current_version(&slug, app.today()).map(|version| version.version));
    let shown = versions.iter().find(|version| Some(version.version) == wanted).ok_or_else(ApiError::not_found)?;
    let (checked, package) = (shown.version, app.library.by_hash(&shown.hash).ok_or_else(ApiError::not_found)?);
    let found = app.blocking(move || procedure::check(&package)).await?;
    let findings = found.into_iter().map(FindingOf::of).collect();
    Ok(Json(CheckedPackage { versions: versions.into_iter().map(VersionOf::of).collect(), checked, findings }))
}
