//! `/items/{slug}`: the guide to one item (办事指南), in the usual order of the implementation list.

mod basic;
mod contact;
mod materials;
mod procedure_section;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use cases::queries::ItemFigures;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use parties::Organ;
use procedure::codes::{Code, OnlineDepth};
use procedure::item::Fee;
use procedure::{Item, Package, PackageVersion};
use ui::layout::Help;
use ui::{Button, Cell, Crumb, Details, InsetText, SummaryList, SummaryRow, Table};

use super::card;
use super::catalogue::{Side, Theme};
use super::figures::{FiguresCache, Levels, percent};
use super::ratings::bars;
use super::texts::{joined, t};
use super::view::{View, send};

/// What the guide shows.
#[derive(Debug, Clone)]
pub(crate) struct ItemPage {
    pub(crate) package: Arc<Package>,
    /// The version in force.
    pub(crate) version: Option<PackageVersion>,
    /// The organ that has the duty here.
    pub(crate) organ: Option<Organ>,
    pub(crate) figures: ItemFigures,
    pub(crate) levels: Levels,
    /// Telephone and name of the hotline.
    pub(crate) hotline: (String, String),
}

/// `GET /items/{slug}`
pub(crate) async fn get(
    State(app): State<App>,
    Extension(cache): Extension<FiguresCache>,
    visitor: Visitor,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    let package = app.library.current(&slug, app.today()).ok_or(PageError::NotFound)?;
    let version = app.library.current_version(&slug, app.today());
    let (duty, division) = (package.item.duty.clone(), super::division(&app));
    let find = move |tx: &mut store::Tx<'_>| match &division {
        Some(division) => Ok(parties::organ_for_duty(tx, &duty, division)?),
        None => Ok(None),
    };
    let organ = app.read(find).await?;
    let known = cache.get(&app).await?;
    let (figures, levels) = (known.of(&slug), known.levels_of(&slug));
    let page = ItemPage { package, version, organ, figures, levels, hotline: hotline(visitor.lang, &app.settings.help) };
    Ok(send(&app, &visitor, view(visitor.lang, &page)))
}

fn hotline(lang: Lang, help: &Help) -> (String, String) {
    (help.phone.clone(), help.phone_name.get(lang).to_owned())
}

impl ItemPage {
    pub(crate) fn item(&self) -> &Item {
        &self.package.item
    }

    /// Whether people apply on this site: it must start with an application and be taken online.
    pub(crate) fn takes_applications(&self) -> bool {
        self.item().on_application() && self.item().for_the_public() && self.item().online_depth >= OnlineDepth::Accepted
    }

    /// 实施编码, known once the organ is.
    pub(crate) fn implementation_code(&self) -> Option<String> {
        self.organ.as_ref().map(|organ| self.item().implementation_code(&organ.code.to_string()))
    }
}

pub(crate) fn view(lang: Lang, page: &ItemPage) -> View {
    let name = page.item().name.get(lang);
    let side = if Side::Person.serves(page.item()) { Side::Person } else { Side::Legal };
    let theme = Theme::of_side(side).into_iter().find(|theme| theme.holds(page.item()));
    let between = theme.map(|theme| Crumb::link(theme.label().get(lang), theme.href())).into_iter().collect();
    View::new(format!("{name} · {}", t(lang, "p.item.guide")), body(lang, page)).below(lang, between, name)
}

/// A part of the guide: id, key of its heading, content.
struct Part {
    id: &'static str,
    heading: &'static str,
    content: Markup,
}

fn parts(lang: Lang, page: &ItemPage) -> Vec<Part> {
    let item = page.item();
    let part = |id, heading, content| Part { id, heading, content };
    let mut parts = vec![
        part("basic", "p.item.basic", basic::section(lang, page)),
        part("conditions", "p.item.conditions", conditions(lang, item)),
        part("materials", "p.item.materials", materials::section(lang, &page.package)),
        part("procedure", "p.item.procedure", procedure_section::section(lang, &page.package)),
        part("fees", "p.item.fees", fees(lang, &item.fees)),
        part("basis", "p.item.basis", basis(lang, item)),
        part("result", "p.item.result", result(lang, item)),
        part("places", "p.item.places", contact::places(lang, page)),
    ];
    if !item.faqs.is_empty() {
        parts.push(part("questions", "p.item.questions", questions(lang, item)));
    }
    parts.push(part("contact", "p.item.contact", contact::section(lang, page)));
    parts
}

fn body(lang: Lang, page: &ItemPage) -> Markup {
    let parts = parts(lang, page);
    html! {
        span.govuk-caption-l { (t(lang, "p.item.guide")) }
        h1.govuk-heading-l { (page.item().name.get(lang)) }
        p.govuk-body-l { (page.item().summary.get(lang)) }
        ul.zs-facts.zs-facts--strong { @for fact in card::facts(lang, page.item()) { li { (fact) } } }
        @if page.takes_applications() { (Button::start(t(lang, "p.item.apply"), format!("/items/{}/apply", page.package.slug))) }
        @else { (InsetText::new(t(lang, "p.item.no-application"))) }
        div.zs-guide {
            div.zs-guide__side {
                nav.zs-guide__contents aria-labelledby="contents" {
                    h2.govuk-heading-s #contents { (t(lang, "p.item.contents")) }
                    ol { @for part in &parts { li { a.govuk-link href={ "#" (part.id) } { (t(lang, part.heading)) } } } }
                }
                (rating(lang, page))
            }
            div.zs-guide__parts {
                @for part in &parts {
                    section.zs-guide__part id=(part.id) aria-labelledby={ (part.id) "-heading" } {
                        h2.govuk-heading-m id={ (part.id) "-heading" } { (t(lang, part.heading)) }
                        (part.content)
                    }
                }
            }
        }
    }
}

/// The figures of this item: cases, and what people think of it.
fn rating(lang: Lang, page: &ItemPage) -> Markup {
    let figures = page.figures;
    let rate = percent(figures.good, figures.rated).unwrap_or_else(|| t(lang, "p.ratings.none").to_owned());
    html! {
        section.zs-guide__rating aria-labelledby="rating" {
            h2.govuk-heading-s #rating { (t(lang, "p.item.rating")) }
            dl.zs-pairs {
                div { dt { (t(lang, "p.item.closed")) } dd { (i18n::number(figures.closed)) } }
                div { dt { (t(lang, "p.ratings.good-rate")) } dd { (rate) } }
            }
            @if figures.rated > 0 { (bars(lang, &page.levels)) }
        }
    }
}

fn conditions(lang: Lang, item: &Item) -> Markup {
    let list = |texts: &[i18n::Text]| html! { ul.govuk-list.govuk-list--bullet { @for text in texts { li { (text.get(lang)) } } } };
    html! {
        (list(&item.conditions))
        @if !item.not_accepted.is_empty() {
            h3.govuk-heading-s { (t(lang, "p.item.not-accepted")) }
            (list(&item.not_accepted))
        }
    }
}

fn fees(lang: Lang, fees: &[Fee]) -> Markup {
    let heads = ["p.item.fee-name", "p.item.fee-amount", "p.item.fee-basis"];
    let row = |fee: &Fee| {
        let amount = i18n::money(lang, fee.amount_fen);
        vec![Cell::new(fee.name.get(lang)), Cell::number(amount), Cell::new(fee.basis.as_str())]
    };
    html! {
        @if fees.is_empty() { p.govuk-body { (t(lang, "p.item.free")) } } @else {
            (Table::new("", heads.map(|key| Cell::new(t(lang, key))).to_vec(), fees.iter().map(row).collect())
                .first_cell_is_header().scrolling(t(lang, "p.item.fee-table")))
        }
    }
}

fn basis(lang: Lang, item: &Item) -> Markup {
    html! {
        p.zs-note { (t(lang, "p.item.basis-note")) }
        ol.zs-basis lang="zh-CN" {
            @for basis in &item.basis {
                li {
                    p.zs-basis__citation {
                        @if basis.url.is_empty() { (basis.citation()) } @else { a.govuk-link href=(basis.url) rel="noreferrer" { (basis.citation()) } }
                    }
                    p.zs-basis__text { (basis.text) }
                }
            }
        }
    }
}

fn result(lang: Lang, item: &Item) -> Markup {
    let delivery = joined(lang, item.result.delivery.iter().map(|way| way.label().get(lang).to_owned()));
    let within = super::texts::fill(lang, "p.item.delivery-within", &[("n", &item.limits.delivery_workdays.to_string())]);
    let mut rows = vec![
        SummaryRow::new(t(lang, "p.item.result-name"), item.result.name.get(lang)),
        SummaryRow::new(t(lang, "p.item.result-kind"), item.result.kind.label().get(lang)),
        SummaryRow::new(t(lang, "p.item.delivery"), delivery),
        SummaryRow::new(t(lang, "p.item.delivery-limit"), within),
    ];
    if !item.certificates.is_empty() {
        let check = html! { (t(lang, "p.item.check-certificate")) " " a.govuk-link href="/verify" { (t(lang, "p.verify.title")) } };
        rows.push(SummaryRow::new(t(lang, "p.item.authentic"), check));
    }
    html! { (SummaryList::new(rows)) }
}

fn questions(lang: Lang, item: &Item) -> Markup {
    html! { @for faq in &item.faqs { (Details::new(faq.question.get(lang), html! { p { (faq.answer.get(lang)) } })) } }
}
