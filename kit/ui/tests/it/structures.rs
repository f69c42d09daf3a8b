//! Fixture options → our larger components.
use i18n::Lang;
use maud::Render;
use serde_json::Value;
use ui::{
    Accordion, AccordionSection, AccordionTexts, Cell, Content, NavigationItem, NavigationSlots, ServiceNavigation, SummaryAction, SummaryActions,
    SummaryCard, SummaryList, SummaryRow, TabItem, Table, Tabs, TaskItem, TaskList, TaskStatus,
};

use crate::options::*;
use crate::simple::tag_of;

pub fn accordion(o: &Value) -> String {
    let section = |item: &Value| AccordionSection {
        heading: content(&item["heading"]),
        summary: content(&item["summary"]),
        body: content(&item["content"]),
        is_expanded: is_true(item, "expanded"),
    };
    Accordion {
        id: string(o, "id"),
        sections: items(o, "items").into_iter().map(section).collect(),
        heading_level: number(o, "headingLevel").unwrap_or(0),
        remembers_expanded: boolean(o, "rememberExpanded"),
        texts: AccordionTexts {
            hide_all: string(o, "hideAllSectionsText"),
            show_all: string(o, "showAllSectionsText"),
            hide: string(o, "hideSectionText"),
            hide_label: string(o, "hideSectionAriaLabelText"),
            show: string(o, "showSectionText"),
            show_label: string(o, "showSectionAriaLabelText"),
        },
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn service_navigation(o: &Value) -> String {
    let slots = &o["slots"];
    let slot = |value: &Value| match value {
        Value::String(markup) => Content::Html(maud::PreEscaped(markup.clone())),
        other => content(other),
    };
    let item = |item: &Value| NavigationItem {
        content: content(item),
        href: string(item, "href"),
        is_current: is_true(item, "current"),
        is_active: is_true(item, "active"),
        attributes: attributes(item),
    };
    ServiceNavigation {
        lang: Lang::En,
        service_name: string(o, "serviceName"),
        service_href: string(o, "serviceUrl"),
        items: items(o, "navigation").into_iter().map(item).collect(),
        collapses_on_mobile: boolean(o, "collapseNavigationOnMobile"),
        menu_text: string(o, "menuButtonText"),
        menu_label: string(o, "menuButtonLabel"),
        navigation_label: string(o, "navigationLabel"),
        navigation_classes: string(o, "navigationClasses"),
        navigation_id: string(o, "navigationId"),
        label: string(o, "ariaLabel"),
        slots: NavigationSlots {
            start: slot(&slots["start"]),
            end: slot(&slots["end"]),
            is_end_inline: string(&slots["end"], "align") == "inline",
            navigation_start: slot(&slots["navigationStart"]),
            navigation_end: slot(&slots["navigationEnd"]),
        },
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

fn actions(o: &Value) -> SummaryActions {
    let action = |item: &Value| SummaryAction {
        content: content(item),
        href: string(item, "href"),
        visually_hidden_text: string(item, "visuallyHiddenText"),
        classes: string(item, "classes"),
        attributes: attributes(item),
    };
    SummaryActions { items: items(o, "items").into_iter().map(action).collect(), classes: string(o, "classes") }
}

pub fn summary_list(o: &Value) -> String {
    let row = |row: &Value| SummaryRow {
        key: content(&row["key"]),
        key_classes: string(&row["key"], "classes"),
        value: content(&row["value"]),
        value_classes: string(&row["value"], "classes"),
        actions: row["actions"]["items"].is_array().then(|| actions(&row["actions"])),
        classes: string(row, "classes"),
    };
    let card = |card: &Value| SummaryCard {
        title: content(&card["title"]),
        title_classes: string(&card["title"], "classes"),
        heading_level: number(&card["title"], "headingLevel").unwrap_or(0),
        actions: actions(&card["actions"]),
        classes: string(card, "classes"),
        attributes: attributes(card),
    };
    SummaryList {
        rows: items(o, "rows").into_iter().map(row).collect(),
        card: some(o, "card").map(card),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

fn cell(o: &Value) -> Cell {
    Cell {
        content: content(o),
        format: string(o, "format"),
        colspan: number(o, "colspan").unwrap_or(0),
        rowspan: number(o, "rowspan").unwrap_or(0),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
}

pub fn table(o: &Value) -> String {
    let cells = |row: &Value| row.as_array().into_iter().flatten().map(cell).collect();
    Table {
        caption: string(o, "caption"),
        caption_classes: string(o, "captionClasses"),
        head: o["head"].is_array().then(|| cells(&o["head"])),
        rows: items(o, "rows").into_iter().map(cells).collect(),
        first_cell_is_header: is_true(o, "firstCellIsHeader"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn tabs(o: &Value) -> String {
    let item = |item: &Value| TabItem {
        label: string(item, "label"),
        id: string(item, "id"),
        panel: content(&item["panel"]),
        attributes: attributes(item),
        panel_attributes: attributes(&item["panel"]),
    };
    Tabs {
        lang: Lang::En,
        title: string(o, "title"),
        items: items(o, "items").into_iter().map(item).collect(),
        id: string(o, "id"),
        id_prefix: string(o, "idPrefix"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn task_list(o: &Value) -> String {
    let item = |item: &Value| TaskItem {
        title: content(&item["title"]),
        title_classes: string(&item["title"], "classes"),
        hint: some(item, "hint").map(content),
        href: string(item, "href"),
        status: TaskStatus {
            content: content(&item["status"]),
            tag: some(&item["status"], "tag").map(tag_of),
            classes: string(&item["status"], "classes"),
        },
        classes: string(item, "classes"),
    };
    TaskList {
        items: items(o, "items").into_iter().map(item).collect(),
        id_prefix: string(o, "idPrefix"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}
