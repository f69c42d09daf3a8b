//! `/data/developers`: the interfaces over public data.

use axum::extract::State;
use axum::response::Response;
use gate::{App, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Cell, Table};

use super::dataset::crumbs;
use super::say;
use crate::public::view::{View, send};

/// `GET /data/developers`
pub(super) async fn get(State(app): State<App>, visitor: Visitor) -> Response {
    let lang = visitor.lang;
    let title = say(lang, "接口说明", "Interfaces");
    send(&app, &visitor, View::new(title, body(lang, &app.settings.public_url)).below(lang, crumbs(lang), title))
}

fn body(lang: Lang, base: &str) -> Markup {
    let actions = [
        ("package_search", "检索数据集，支持分面", "Search datasets, with facets"),
        ("package_show", "查看一个数据集", "One dataset"),
        ("package_list", "全部数据集名称", "Names of all datasets"),
        ("resource_show", "查看一个文件", "One file"),
        ("datastore_search", "按条件查询行", "Rows by conditions"),
        ("datastore_search_sql", "用 SQL 查询（只读、限时）", "Rows by SQL (read only, bounded)"),
        ("datastore_info", "数据字典", "Data dictionary"),
        ("organization_list", "提供单位", "Publishers"),
        ("group_list", "主题", "Themes"),
        ("tag_list", "标签", "Tags"),
        ("license_list", "许可", "Licences"),
        ("status_show", "站点信息", "About the site"),
    ];
    let rows = actions.iter().map(|(name, zh, en)| vec![Cell::new(*name), Cell::new(say(lang, zh, en))]).collect();
    let caption = say(lang, "常用动作", "Actions in use");
    let head = vec![Cell::new(say(lang, "动作", "Action")), Cell::new(say(lang, "用途", "What for"))];
    let python = format!(
        "pip install ckanapi\n\nfrom ckanapi import RemoteCKAN\nsite = RemoteCKAN('{base}')\nprint(site.action.package_search(q='公交', rows=5)['count'])"
    );
    html! {
        h1.govuk-heading-l { (say(lang, "接口说明", "Interfaces")) }
        p.govuk-body { (say(
            lang,
            "本站提供与 CKAN Action API 第 3 版相同的接口，已有的 CKAN 客户端不用修改即可使用。读取数据不需要登录。",
            "This site answers CKAN's Action API, version 3: clients of CKAN work unchanged. Reading needs no sign-in.",
        )) }
        pre.zs-code tabindex="0" { code { (base) "/api/3/action/…" } }
        (Table::new(caption, head, rows).first_cell_is_header().scrolling(caption))
        h2.govuk-heading-m { "Python" }
        pre.zs-code tabindex="0" { code { (python) } }
        h2.govuk-heading-m { "DCAT-AP" }
        ul.govuk-list.govuk-list--bullet {
            li { a.govuk-link href="/catalog.ttl" { "catalog.ttl（Turtle）" } }
            li { a.govuk-link href="/catalog.rdf" { "catalog.rdf（RDF/XML）" } }
            li { a.govuk-link href="/catalog.jsonld" { "catalog.jsonld（JSON-LD）" } }
        }
        p.govuk-body { a.govuk-link href="/data/keys" { (say(lang, "申请和管理开发者密钥", "Get and keep developer keys")) } }
        h2.govuk-heading-m { (say(lang, "限制", "Bounds")) }
        ul.govuk-list.govuk-list--bullet {
            li { (say(lang, "一次最多 32,000 行，查询最长 3 秒。", "At most 32,000 rows at a time, and 3 seconds a question.")) }
            li { (say(
                lang,
                "数据表除 CSV 外都有 Parquet 文件，字段类型同数据字典，列在数据集的文件之后。",
                "Tables come as Parquet too, typed as the data dictionary says; they stand after the files of a dataset.",
            )) }
            li { (say(lang, "文件支持断点续传（Range）和条件请求（ETag）。", "Files answer ranges and conditional requests (ETag).")) }
        }
    }
}
