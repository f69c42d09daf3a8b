use i18n::Lang;
use maud::{Markup, html};

use super::t;
use crate::components::{Button, Cell, Checkboxes, Choice, Legend};
use crate::own::{Light, TrafficLight};
use crate::staff::{
    Badge, BadgeColour, ButtonMenu, Filter, FilterCategory, FilterTag, SideItem, SortColumn, SortDirection, SortableTable, SubNavigation,
};

pub(super) fn sections(lang: Lang) -> Markup {
    html! {
        section {
            h2.govuk-heading-l { (t(lang, "工作台组件", "Workspace components")) }
            (SubNavigation::new(t(lang, "办件内容", "Parts of the case"), vec![
                SideItem::new(t(lang, "申请内容", "Application"), "#a").active(true), SideItem::new(t(lang, "材料", "Materials"), "#b").count(3),
                SideItem::new(t(lang, "办理记录", "History"), "#c"),
            ]))
            p.govuk-body { (Badge::new(BadgeColour::Red, t(lang, "加急", "Urgent"))) " " (Badge::new(BadgeColour::Green, t(lang, "绿色通道", "Fast lane"))) }
            (ButtonMenu::new(t(lang, "更多操作", "More actions"), vec![
                Button::submit(t(lang, "转办", "Pass on")).named("act", "pass"), Button::submit(t(lang, "暂停计时", "Suspend the clock")).named("act", "suspend"),
            ]))
            div.zs-with-filter { form method="get" { (filter(lang)) } (inbox(lang)) }
        }
    }
}

fn filter(lang: Lang) -> Markup {
    html! {
        (Filter {
            lang,
            selected: vec![FilterCategory {
                heading: t(lang, "灯色", "Light").to_owned(),
                tags: vec![FilterTag { text: t(lang, "临近期限", "Near the limit").to_owned(), href: "?".to_owned() }],
            }],
            clear_href: "?".to_owned(),
            options: html! {
                (Checkboxes::new("state", Legend::new(t(lang, "状态", "State")), vec![
                    Choice::new("new", t(lang, "待受理", "To accept")), Choice::new("review", t(lang, "审查中", "In review")),
                ]))
            },
        })
    }
}

fn inbox(lang: Lang) -> Markup {
    let row = |number: &'static str, name: &'static str, light: Light, days: &'static str| {
        vec![
            Cell::new(html! { a.govuk-link href="/case" { (number) } }),
            Cell::new(name),
            Cell::new(html! { (TrafficLight::new(lang, light)) }),
            Cell::number(days),
        ]
    };
    html! {
        (SortableTable {
            caption: t(lang, "待办任务", "Inbox").to_owned(),
            columns: vec![
                SortColumn::fixed(t(lang, "办件编号", "Case")),
                SortColumn::new(t(lang, "事项", "Service"), "?sort=item", None),
                SortColumn::fixed(t(lang, "灯色", "Light")),
                SortColumn::new(t(lang, "剩余工作日", "Days left"), "?sort=-due", Some(SortDirection::Ascending)).numeric(),
            ],
            rows: vec![
                row("2026-000123", t(lang, "个体工商户设立登记", "Individual business"), Light::Yellow, "1"),
                row("2026-000118", t(lang, "食品经营许可", "Food permit"), Light::Green, "12"),
                row("2026-000097", t(lang, "食品经营许可", "Food permit"), Light::Red, "-2"),
                row("2026-000101", t(lang, "高龄津贴", "Old-age allowance"), Light::Paused, "8"),
            ],
            empty: t(lang, "没有待办任务。", "Nothing to do.").into(),
        })
    }
}
