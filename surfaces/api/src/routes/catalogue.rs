//! The catalogue of information resources: read, write, review, figures.

use ::catalogue::queries::{self, Filter, Viewer};
use ::catalogue::{
    CompileResource, Content, EditResource, OpenType, Personal, ReportUpdate, Resource, ResourceId, ReviewResource, ShareType, Status,
    SubmitResource, Tier, WithdrawResource, changes,
};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use gate::App;
use parties::OrganId;
use runner::{Actor, Refusal, Resource as Thing};

use super::answers::{created, versioned};
use crate::body::{Asked, Maybe, Once, Seen, Sent};
use crate::caller::{Caller, Member};
use crate::dto::{
    CatalogueChange, CatalogueFacet, CatalogueMonitor, CataloguePage, CatalogueQuery, CatalogueResource, CatalogueReview, CatalogueRow,
    CatalogueStatus, CatalogueVersion, CatalogueVersions, CatalogueWithdrawal, CataloguedResource, DataBoard, DataUpdate, DataUpdateDue, Empty,
    NegativeList, NewCatalogueResource, ResourceContent, VersionsQuery,
};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const EXAMPLE_CONTENT: &str = r#"{"class":"303013","name":"食品经营许可信息","summary":"食品经营许可的核发、变更和注销情况。","secrecy":"not-secret",
"level":"department","format":"database","format_type":"mysql","items":[{"name":"jyzmc","title":"经营者名称","data_type":"text","length_max":200}],
"sharing":{"share_type":"unconditional","condition":"无条件","methods":["interface"]},"opening":{"open_type":"closed","condition":""},"period":"daily",
"domain":"市场监管","storage":{"system":"食品经营许可系统","place":"县政务云","size_mib":12,"records":6540,"records_shared":null,"records_opened":null,
"system_items":9},"relations":{"source_code":null,"register":null,"procedures":["shipin-jingying-xuke"],"basis":[]}}"#;

const EXAMPLE_NEW: &str = r#"{"organ":"organ_01ktw3f8m0a1b2c3d4e5f6g7h8","content":{"class":"303013","name":"食品经营许可信息","summary":"","secrecy":"not-secret",
"level":"department","format":"database","format_type":"mysql","items":[],"sharing":{"share_type":"unconditional","condition":"无条件","methods":[]},
"opening":{"open_type":"closed","condition":""},"period":"daily","domain":"","storage":{"system":"","place":"","size_mib":null,"records":null,
"records_shared":null,"records_opened":null,"system_items":null},"relations":{"source_code":null,"register":null,"procedures":[],"basis":[]}}}"#;

pub(super) fn routes(api: Api) -> Api {
    let get = |path, id, action, zh, en| Operation::get(path, id).is(Tag::Catalogue, action, zh, en);
    let api = api
        .on(
            get("/catalogue", "listCatalogue", "catalogue.read", "检索信息资源目录", "Search the catalogue")
                .query::<CatalogueQuery>()
                .answers::<CataloguePage>(),
            list,
        )
        .on(
            get("/catalogue/monitor", "monitorCatalogue", "catalogue.read", "更新监测", "What has to be brought up to date")
                .answers::<CatalogueMonitor>(),
            monitor,
        )
        .on(
            get("/catalogue/negative-list", "getNegativeList", "catalogue.read", "负面清单", "The negative list").answers::<NegativeList>(),
            negative_list,
        )
        .on(
            get("/catalogue/figures", "getCatalogueFigures", "catalogue.read-figures", "数据管理指标和部门排名", "Figures and ranking of organs")
                .answers::<DataBoard>(),
            figures,
        )
        .on(get("/catalogue/{resource}", "getResource", "catalogue.read", "一条信息资源", "One resource").answers::<CatalogueResource>(), one)
        .on(
            get("/catalogue/{resource}/versions", "listResourceVersions", "catalogue.read", "版本和差异", "Versions and their differences")
                .query::<VersionsQuery>()
                .answers::<CatalogueVersions>(),
            versions,
        );
    writing(api)
}

fn writing(api: Api) -> Api {
    let post = |path, id, action, zh, en| Operation::post(path, id).is(Tag::Catalogue, action, zh, en).once();
    api.on(
        post("/catalogue", "compileResource", "catalogue.compile", "编制信息资源目录", "Catalogue a resource")
            .note("成为草稿；注册、发布须经数据主管部门审核。", "It becomes a draft; registration and publication are reviewed.")
            .body::<NewCatalogueResource>(EXAMPLE_NEW)
            .creates::<CataloguedResource>(),
        compile,
    )
    .on(
        Operation::put("/catalogue/{resource}", "editResource")
            .is(Tag::Catalogue, "catalogue.compile", "变更信息资源目录", "Change a description")
            .once()
            .conditional()
            .body::<ResourceContent>(EXAMPLE_CONTENT)
            .empty(),
        edit,
    )
    .on(
        post("/catalogue/{resource}/submission", "submitResource", "catalogue.compile", "申请注册或者发布", "Submit for registration or publication")
            .conditional()
            .body::<Empty>("{}")
            .optional()
            .answers::<CatalogueStatus>(),
        submit,
    )
    .on(
        post("/catalogue/{resource}/review", "reviewResource", "catalogue.review", "审核", "Decide about a submission")
            .conditional()
            .body::<CatalogueReview>(r#"{"verdict":"return","remark":"请补充共享范围。"}"#)
            .answers::<CatalogueStatus>(),
        review,
    )
    .on(
        post("/catalogue/{resource}/withdrawal", "withdrawResource", "catalogue.withdraw", "取消发布", "End the publication")
            .conditional()
            .body::<CatalogueWithdrawal>(r#"{"reason":"系统停用。"}"#)
            .empty(),
        withdraw,
    )
    .on(
        post("/catalogue/{resource}/update", "reportResourceUpdate", "catalogue.compile", "报告数据更新", "Report an update of the data")
            .body::<DataUpdate>(r#"{"updated_on":"2026-03-02","mounted":true}"#)
            .answers::<DataUpdateDue>(),
        update,
    )
}

async fn list(State(app): State<App>, Member(caller): Member, Asked(asked): Asked<CatalogueQuery>) -> Result<Json<CataloguePage>, ApiError> {
    staff(&app, &caller)?;
    let viewer = Viewer::of(&caller.actor);
    let filter = Filter {
        text: asked.q,
        tier: asked.tier.as_deref().and_then(Tier::parse),
        branch: asked.branch,
        organ: asked.organ.as_deref().and_then(|id| OrganId::parse(id).ok()),
        share_type: asked.share_type.as_deref().and_then(ShareType::parse),
        open_type: asked.open_type.as_deref().and_then(OpenType::parse),
        status: asked.status.as_deref().and_then(Status::parse),
        personal: asked.personal.as_deref().and_then(Personal::parse),
        register: asked.register,
        after: asked.after,
        page_size: asked.page_size,
    };
    let found = app.query(move |tx| {
        let page = queries::page(tx, &viewer, &filter)?;
        Ok((page, queries::count(tx, &viewer, &filter)?, queries::facets(tx, &viewer, &filter)?))
    });
    let (page, total, facets) = found.await?;
    Ok(Json(CataloguePage {
        resources: page.rows.into_iter().map(CatalogueRow::from).collect(),
        total,
        facets: facets.into_iter().map(CatalogueFacet::of).collect(),
        next: page.next,
    }))
}

/// The catalogue is for staff until parts of it are open to the public.
fn staff(app: &App, caller: &Caller) -> Result<(), ApiError> {
    caller.must(app, "catalogue.read", &Thing::of("catalogue-resource"))
}

/// A resource that the caller may read, with what she may see of it.
async fn readable(app: &App, caller: &Caller, id: &str) -> Result<(Resource, Content, bool), ApiError> {
    let id = ResourceId::parse(id).map_err(|_| ApiError::not_found())?;
    let found = app.query(move |tx| {
        let Some(resource) = queries::resource(tx, &id)? else { return Ok(None) };
        let published = match resource.published_version {
            Some(version) => queries::content_of(tx, &resource.id, version)?,
            None => None,
        };
        Ok(Some((resource, published)))
    });
    let (resource, published) = found.await?.ok_or_else(ApiError::not_found)?;
    if !caller.may(app, "catalogue.read", &resource.to_thing()) {
        return Err(ApiError::not_found());
    }
    let working = sees_working(&caller.actor, &resource);
    let shown = published.filter(|_| !working).unwrap_or_else(|| resource.content.clone());
    Ok((resource, shown, working))
}

fn sees_working(actor: &Actor, resource: &Resource) -> bool {
    let viewer = Viewer::of(actor);
    viewer.everything || viewer.organs.iter().any(|organ| organ == resource.organ.as_str())
}

async fn one(State(app): State<App>, Member(caller): Member, Path(id): Path<String>) -> Result<Response, ApiError> {
    let (resource, shown, working) = readable(&app, &caller, &id).await?;
    Ok(versioned(resource.version, &CatalogueResource::of(resource, &shown, working)))
}

async fn versions(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Asked(asked): Asked<VersionsQuery>,
) -> Result<Json<CatalogueVersions>, ApiError> {
    let (resource, _, working) = readable(&app, &caller, &id).await?;
    let published = resource.published_version;
    let found = app.query(move |tx| {
        let mut versions = queries::versions(tx, &resource.id)?;
        versions.retain(|version| working || published == Some(version.number));
        let known = |number: &i64| versions.iter().any(|version| version.number == *number);
        let between = asked.from.filter(known).zip(asked.to.filter(known));
        let found = match between {
            Some((from, to)) => match (queries::content_of(tx, &resource.id, from)?, queries::content_of(tx, &resource.id, to)?) {
                (Some(before), Some(after)) => changes(&before, &after),
                (Some(_) | None, Some(_) | None) => Vec::new(),
            },
            None => Vec::new(),
        };
        Ok((versions, found))
    });
    let (versions, changes) = found.await?;
    Ok(Json(CatalogueVersions {
        versions: versions.into_iter().map(CatalogueVersion::from).collect(),
        changes: changes.into_iter().map(CatalogueChange::from).collect(),
    }))
}

async fn monitor(State(app): State<App>, Member(caller): Member) -> Result<Json<CatalogueMonitor>, ApiError> {
    staff(&app, &caller)?;
    let (today, calendar) = (app.today(), app.calendar.clone());
    let found = app.query(move |tx| Ok(queries::monitor(tx, None, today, &calendar, 200)?)).await?;
    Ok(Json(CatalogueMonitor { resources: found.into_iter().map(Into::into).collect() }))
}

async fn negative_list(State(app): State<App>, Member(caller): Member) -> Result<Json<NegativeList>, ApiError> {
    staff(&app, &caller)?;
    let found = app.query(|tx| Ok(queries::negative_list(tx, Some(::catalogue::NegativeState::Approved), "", 500)?)).await?;
    Ok(Json(NegativeList { entries: found.into_iter().map(Into::into).collect() }))
}

async fn figures(State(app): State<App>, Member(caller): Member) -> Result<Json<DataBoard>, ApiError> {
    caller.must(&app, "catalogue.read-figures", &Thing::of("indicator"))?;
    let (today, now_ms) = (app.today(), app.now_ms());
    let board = app.query(move |tx| Ok(queries::board(tx, today, now_ms)?)).await?;
    Ok(Json(board.into()))
}

fn id_of(text: &str) -> Result<ResourceId, ApiError> {
    ResourceId::parse(text).map_err(|_| ApiError::not_found())
}

fn content_of(sent: &ResourceContent) -> Result<Content, ApiError> {
    sent.read().map_err(|problem| {
        let refusal = Refusal::new(
            "content-invalid",
            format!("目录信息中有无法识别的值：{problem}"),
            format!("The description holds a value that is not known: {problem}"),
            "请按接口说明填写。",
            "Look the values up in the description of the interface.",
        );
        refusal.into()
    })
}

async fn compile(
    State(app): State<App>,
    Member(caller): Member,
    Once(key): Once,
    Sent(new): Sent<NewCatalogueResource>,
) -> Result<Response, ApiError> {
    let organ = OrganId::parse(&new.organ).map_err(|_| ApiError::not_found())?;
    let content = content_of(&new.content)?;
    let id = app.run(caller.actor, key, CompileResource { organ, content, code: None }).await?.outcome.to_string();
    Ok(created(&format!("/api/v1/catalogue/{id}"), 1, &CataloguedResource { id }))
}

async fn edit(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(sent): Sent<ResourceContent>,
) -> Result<axum::http::StatusCode, ApiError> {
    let content = content_of(&sent)?;
    app.run(caller.actor, key, EditResource { resource: id_of(&id)?, content, seen }).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

async fn submit(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    _: Maybe<Empty>,
) -> Result<Json<CatalogueStatus>, ApiError> {
    let status = app.run(caller.actor, key, SubmitResource { resource: id_of(&id)?, seen }).await?.outcome;
    Ok(Json(CatalogueStatus { status }))
}

async fn review(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(sent): Sent<CatalogueReview>,
) -> Result<Json<CatalogueStatus>, ApiError> {
    let command = ReviewResource { resource: id_of(&id)?, verdict: sent.verdict, remark: sent.remark, seen };
    let status = app.run(caller.actor, key, command).await?.outcome;
    Ok(Json(CatalogueStatus { status }))
}

async fn withdraw(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Seen(seen): Seen,
    Once(key): Once,
    Sent(sent): Sent<CatalogueWithdrawal>,
) -> Result<axum::http::StatusCode, ApiError> {
    app.run(caller.actor, key, WithdrawResource { resource: id_of(&id)?, reason: sent.reason, seen }).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

async fn update(
    State(app): State<App>,
    Member(caller): Member,
    Path(id): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<DataUpdate>,
) -> Result<Json<DataUpdateDue>, ApiError> {
    let command = ReportUpdate { resource: id_of(&id)?, updated_on: sent.updated_on, mounted: sent.mounted };
    let update_due_on = app.run(caller.actor, key, command).await?.outcome;
    Ok(Json(DataUpdateDue { update_due_on }))
}
