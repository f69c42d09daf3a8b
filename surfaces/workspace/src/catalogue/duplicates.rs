//! `/workspace/catalogue/duplicates`: the same items in several departments, and which is the source.

use ::catalogue::queries::{self, Duplicate, SettlementKind};
use ::catalogue::{ResourceId, SettleDuplicate};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use maud::{Markup, html};
use runner::Resource as Thing;
use ui::{Button, Choice, Legend, Radios, SummaryCard, SummaryList, SummaryRow, Textarea};

use super::{needs, words};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::Say;
use crate::typed::Typed;

const PAIRS_MAX: usize = 50;

/// `GET /workspace/catalogue/duplicates`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    show(&app, &visitor, StatusCode::OK, &Typed::default()).await
}

/// `POST /workspace/catalogue/duplicates`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let mut typed = Typed::from_pairs(&form.0);
    let id = |name: &str| ResourceId::parse(typed.get(name)).map_err(|_| PageError::NotFound);
    let (first, second) = (id("first")?, id("second")?);
    let choice = format!("source-{}", typed.get("pair"));
    let source = match typed.get(&choice) {
        "distinct" => None,
        chosen => match ResourceId::parse(chosen) {
            Ok(source) => Some(source),
            Err(_) => {
                typed.blame(choice, visitor.lang.say("请选择数据来源。", "Choose the source."));
                return show(&app, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &typed).await;
            }
        },
    };
    let reason = typed.get(&format!("reason-{}", typed.get("pair"))).to_owned();
    match app.execute(&visitor, form.key(), SettleDuplicate { first, second, source, reason }).await {
        Ok(_) => Ok(see_other_with(&app, Place::Duplicates.href(), &Flash::success("认定已记录。", "The decision is recorded."))),
        Err(error) => {
            let refusal = shown(error)?;
            let pair = typed.get("pair").to_owned();
            for field in &refusal.fields {
                typed.blame(format!("{}-{pair}", field.field), visitor.lang.tell(field.zh.clone(), field.en.clone()));
            }
            if refusal.fields.is_empty() {
                typed = typed.refuse(visitor.lang, &refusal, |_| "");
            }
            show(&app, &visitor, gate::status_of(&refusal), &typed).await
        }
    }
}

/// Pairs of which the visitor may see both sides.
async fn show(app: &App, visitor: &Visitor, status: StatusCode, typed: &Typed) -> Result<Response, PageError> {
    needs(app, visitor, Place::Duplicates)?;
    let viewer = queries::Viewer::of(&visitor.actor);
    let found = app.read(|tx| Ok(queries::duplicates(tx, false, PAIRS_MAX)?)).await?;
    let seen = |row: &queries::ResourceRow| {
        viewer.everything || row.published_version.is_some() || viewer.organs.iter().any(|organ| organ == row.organ.as_str())
    };
    let found: Vec<Duplicate> = found.into_iter().filter(|pair| seen(&pair.first) && seen(&pair.second)).collect();
    let may = app.may(visitor, "catalogue.settle-duplicate", &Thing { sensitivity: 1, ..Thing::of("catalogue-resource") });
    let lang = visitor.lang;
    let title = Place::Duplicates.name(lang);
    let open = found.iter().filter(|pair| pair.settlement.is_none()).count();
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { (lang.say(
            "不同部门编制的信息项相同，可能是重复收集。通过共享能够满足需要的，不得重复收集；由数据主管部门认定来源。",
            "Departments hold the same items: they may collect twice. What sharing can supply is not collected again; the data authority settles the source.",
        )) " " (lang.say("依据：政务数据共享条例", "Basis: Regulation on the Sharing of Government Data")) }
        p.govuk-body role="status" { (lang.tell(format!("{open} 组待认定，共 {} 组", found.len()), format!("{open} open of {}", found.len()))) }
        @for (nth, pair) in found.iter().enumerate() { (card(visitor, nth, pair, may, typed)) }
        @if found.is_empty() { p.govuk-body { (lang.say("没有发现重复的信息项。", "No duplicates were found.")) } }
    };
    let page = Desk::new(app, visitor, Place::Duplicates, title).wrong(typed.has_errors()).show(body);
    Ok((status, page).into_response())
}

fn card(visitor: &Visitor, nth: usize, pair: &Duplicate, may: bool, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let side = |row: &queries::ResourceRow| html! { (words::link(row)) " · " (row.organ_name) " · " code.zs-break { (row.code) } };
    let source = if pair.source == pair.first.id.as_str() { &pair.first } else { &pair.second };
    let mut rows = vec![
        SummaryRow::new(lang.say("资源一", "One"), side(&pair.first)),
        SummaryRow::new(lang.say("资源二", "The other"), side(&pair.second)),
        SummaryRow::new(lang.say("相同信息项", "Items in common"), pair.pair.shared.join("、")),
        SummaryRow::new(lang.say("建议来源", "Suggested source"), html! { (source.organ_name) "：" (pair.why.get(lang)) }),
    ];
    if let Some(settled) = &pair.settlement {
        let word = match settled.kind {
            SettlementKind::OneSource => {
                let chosen = if settled.source.as_deref() == Some(pair.first.id.as_str()) { &pair.first } else { &pair.second };
                lang.tell(
                    format!("以{}的“{}”为来源", chosen.organ_name, chosen.name),
                    format!("The source is {} of {}", chosen.name, chosen.organ_name),
                )
            }
            SettlementKind::Distinct => lang.say("内容不同，不属于重复", "Different things").to_owned(),
        };
        rows.push(SummaryRow::new(lang.say("认定", "Settled"), html! { (word) "：" (settled.reason) }));
    }
    let title = lang.tell(
        format!("第 {} 组，相似度 {}%", nth + 1, pair.pair.likeness_percent),
        format!("Pair {}, {} % alike", nth + 1, pair.pair.likeness_percent),
    );
    html! {
        (SummaryList::new(rows).card(SummaryCard::new(title.as_str())))
        @if may && pair.settlement.is_none() {
            (ui::Details {
                is_open: typed.get("pair") == nth.to_string(),
                ..ui::Details::new(
                    lang.tell(format!("认定第 {} 组", nth + 1), format!("Settle pair {}", nth + 1)),
                    settle(visitor, nth, pair, typed),
                )
            })
        }
    }
}

fn settle(visitor: &Visitor, nth: usize, pair: &Duplicate, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let name = |row: &queries::ResourceRow| {
        lang.tell(format!("以{}的“{}”为来源", row.organ_name, row.name), format!("The source is {} of {}", row.name, row.organ_name))
    };
    let choices = vec![
        Choice::new(pair.first.id.as_str(), name(&pair.first)),
        Choice::new(pair.second.id.as_str(), name(&pair.second)),
        Choice::new("distinct", lang.say("内容不同，不属于重复", "They are different things")),
    ];
    let (source, reason) = (format!("source-{nth}"), format!("reason-{nth}"));
    let chosen = if typed.get(&source).is_empty() { pair.source.as_str() } else { typed.get(&source) };
    let legend = Legend { classes: "govuk-fieldset__legend--s".into(), ..Legend::new(lang.say("数据来源", "Source")) };
    let mut radios = Radios::new(source.as_str(), legend, choices).value(chosen);
    radios.group.error = typed.error(lang, &source);
    html! {
        form method="post" action=(Place::Duplicates.href()) novalidate {
            (hidden(visitor, &format!("settle-{nth}")))
            input type="hidden" name="pair" value=(nth);
            input type="hidden" name="first" value=(pair.first.id);
            input type="hidden" name="second" value=(pair.second.id);
            (radios)
            (Textarea::new(reason.as_str(), lang.say("理由", "Reason")).value(typed.get(&reason)).rows(2).error(typed.error(lang, &reason)))
            (Button::submit(lang.say("记录认定", "Record")))
        }
    }
}
