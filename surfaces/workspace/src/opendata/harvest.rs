//! `/workspace/data/harvest`: other portals whose datasets are shown here too.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with, status_of};
use i18n::Lang;
use maud::{Markup, html};
use opendata::{ArrangeHarvest, HarvestId, HarvestRecord, HarvestSource, Protocol, queries};
use parties::OrganId;
use ui::{Button, Cell, Input, Select, SelectItem, Table};

use super::parts::{is_authority, own_organs};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::{Say, moment};
use crate::typed::Typed;

const PATH: &str = "/workspace/data/harvest";
const ERRORS_SHOWN: u32 = 100;

/// `GET /workspace/data/harvest`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    Ok(page(&app, &visitor, &Typed::default()).await?.into_response())
}

/// `POST /workspace/data/harvest`: a new source, another round, or a rest.
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let typed = Typed::from_pairs(&form.0);
    let command = ArrangeHarvest {
        source: HarvestId::parse(typed.get("source")).ok(),
        url: typed.get("url").to_owned(),
        protocol: Protocol::parse(typed.get("protocol")).unwrap_or_default(),
        title: typed.get("title").to_owned(),
        organ: OrganId::parse(typed.get("organ")).map_err(|_| PageError::NotFound)?,
        paused: typed.get("act") == "pause",
    };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, PATH, &Flash::success("已安排。", "Arranged."))),
        Err(error) => {
            let refusal = crate::pages::shown(error)?;
            let typed = typed.refuse(visitor.lang, &refusal, |field| if field == "title.zh" { "title" } else { "" });
            Ok((status_of(&refusal), page(&app, &visitor, &typed).await?).into_response())
        }
    }
}

async fn page(app: &App, visitor: &Visitor, typed: &Typed) -> Result<Markup, PageError> {
    let organs = own_organs(app, visitor).await?;
    if !is_authority(&organs, visitor) {
        return Err(PageError::NotFound);
    }
    let found = app.read(|tx| {
        let mut found = Vec::new();
        for source in queries::harvest_sources(tx)? {
            let errors = queries::harvest_records(tx, source.id.as_str(), true, ERRORS_SHOWN)?;
            found.push((source, errors));
        }
        Ok::<_, runner::Halt>((found, parties::organs(tx)?))
    });
    let (sources, all) = found.await?;
    let lang = visitor.lang;
    let title = lang.say("数据采集", "Harvest");
    let items = all.iter().map(|organ| SelectItem::new(organ.id.as_str(), organ.name.get(lang))).collect();
    let protocols = Protocol::ALL.into_iter().map(|protocol| SelectItem::new(protocol.as_str(), named(lang, protocol))).collect();
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        @if sources.is_empty() { p.govuk-body { (lang.say("没有采集来源。", "No portal is harvested.")) } }
        @for (source, errors) in &sources { (one(visitor, source, errors)) }
        h2.govuk-heading-m { (lang.say("新增来源", "Another portal")) }
        form method="post" action=(PATH) novalidate {
            (hidden(visitor, "source"))
            (Select::new("protocol", lang.say("接口", "Interface"), protocols).value(typed.get("protocol")))
            (Input::new("url", lang.say("网址", "Address")).value(typed.get("url"))
                .hint(lang.say(
                    "CKAN 填门户首页网址；DCAT 填目录文件的网址，例如 https://…/catalog.ttl",
                    "CKAN: the portal's home page; DCAT: its catalogue, for example https://…/catalog.ttl",
                ))
                .error(typed.error(lang, "url")).attribute("autocomplete", "off"))
            (Input::new("title", lang.say("名称", "Name")).value(typed.get("title")).error(typed.error(lang, "title")).attribute("autocomplete", "off"))
            (Select::new("organ", lang.say("负责单位", "Organ"), items).value(typed.get("organ")))
            (Button::submit(lang.say("开始采集", "Start")))
        }
    };
    Ok(Desk::new(app, visitor, Place::Data, title).below().wrong(typed.has_errors()).show(body))
}

fn named(lang: Lang, protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Ckan => "CKAN",
        Protocol::Dcat => lang.say("DCAT（Turtle、RDF/XML、JSON-LD）", "DCAT (Turtle, RDF/XML, JSON-LD)"),
    }
}

fn one(visitor: &Visitor, source: &HarvestSource, errors: &[HarvestRecord]) -> Markup {
    let (lang, round) = (visitor.lang, &source.round);
    let state = match (source.paused, round.ended_ms) {
        (true, _) => lang.say("已暂停", "at rest").to_owned(),
        (false, None) => lang.say("采集中", "going on").to_owned(),
        (false, Some(at_ms)) => moment(lang, at_ms),
    };
    let head = [lang.say("来源编号", "Identifier there"), lang.say("错误", "Error")];
    let rows = errors.iter().map(|record| vec![Cell::new(record.there.as_str()), Cell::new(record.error.as_str())]).collect();
    let kept: [(&str, &str); 5] = [
        ("source", source.id.as_str()),
        ("url", &source.url),
        ("protocol", source.protocol.as_str()),
        ("title", &source.title),
        ("organ", source.organ.as_str()),
    ];
    let caption = lang.say("没有采集成功的数据集", "Datasets that could not be taken over");
    html! {
        section {
            h2.govuk-heading-m { (source.title) }
            p.govuk-body { (source.url) " · " (named(lang, source.protocol)) " · " (state) }
            p.govuk-body {
                (lang.say("已看", "seen")) " " (round.seen) " · " (lang.say("更新", "changed")) " " (round.changed) " · "
                (lang.say("失败", "failed")) " " (round.failed) " · " (lang.say("下架", "gone")) " " (round.gone)
            }
            @if !round.error.is_empty() { p.govuk-body { (lang.say("门户没有正常应答：", "The portal did not answer: ")) (round.error) } }
            @if !errors.is_empty() { (Table::new(caption, head.map(Cell::new).to_vec(), rows).scrolling(caption)) }
            form method="post" action=(PATH) {
                (hidden(visitor, source.id.as_str()))
                @for (name, value) in kept {
                    input type="hidden" name=(name) value=(value);
                }
                (Button::submit(lang.say("再采集一次", "Another round")).named("act", "start"))
                (Button::submit(lang.say("暂停", "Rest")).secondary().named("act", "pause"))
            }
        }
    }
}
