//! Fixture options → our small components.
use i18n::Lang;
use maud::Render;
use serde_json::Value;
use ui::{
    BackLink, BannerKind, Breadcrumbs, Button, Crumb, Details, ErrorItem, ErrorSummary, InsetText, LanguageItem, LanguageNavigation,
    NotificationBanner, PageItem, PageLink, Pagination, Panel, PanelAction, PhaseBanner, SkipLink, Tag, WarningText,
};

use crate::options::*;

pub fn back_link(o: &Value) -> String {
    BackLink { lang: Lang::En, href: string(o, "href"), content: content(o), classes: string(o, "classes"), attributes: attributes(o) }.render().0
}

pub fn breadcrumbs(o: &Value) -> String {
    let crumb = |item: &Value| Crumb { content: content(item), href: string(item, "href"), attributes: attributes(item) };
    Breadcrumbs {
        lang: Lang::En,
        items: items(o, "items").into_iter().map(crumb).collect(),
        collapses_on_mobile: is_true(o, "collapseOnMobile"),
        label: string(o, "labelText"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn button(o: &Value) -> String {
    Button {
        content: content(o),
        href: string(o, "href"),
        kind: string(o, "type"),
        name: string(o, "name"),
        value: string(o, "value"),
        disabled: is_true(o, "disabled"),
        is_start: is_true(o, "isStartButton"),
        prevents_double_click: boolean(o, "preventDoubleClick"),
        id: string(o, "id"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn details(o: &Value) -> String {
    Details {
        summary: content_of(o, "summaryHtml", "summaryText"),
        body: content(o),
        is_open: is_true(o, "open"),
        id: string(o, "id"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn error_summary(o: &Value) -> String {
    let error = |item: &Value| ErrorItem { content: content(item), href: string(item, "href"), attributes: attributes(item) };
    ErrorSummary {
        title: content_of(o, "titleHtml", "titleText"),
        description: content_of(o, "descriptionHtml", "descriptionText"),
        errors: items(o, "errorList").into_iter().map(error).collect(),
        disable_auto_focus: boolean(o, "disableAutoFocus"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn inset_text(o: &Value) -> String {
    InsetText { content: content(o), id: string(o, "id"), classes: string(o, "classes"), attributes: attributes(o) }.render().0
}

pub fn language_navigation(o: &Value) -> String {
    let item = |item: &Value| LanguageItem {
        content: content(item),
        href: string(item, "href"),
        is_current: is_true(item, "current"),
        code: string(item, "lang"),
        href_code: string(item, "hrefLang"),
        direction: string(item, "dir"),
        description: string(item, "languageDescriptionText"),
        classes: string(item, "classes"),
        attributes: attributes(item),
    };
    LanguageNavigation {
        lang: Lang::En,
        items: items(o, "items").into_iter().map(item).collect(),
        label: string(o, "ariaLabel"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn notification_banner(o: &Value) -> String {
    NotificationBanner {
        lang: Lang::En,
        kind: if string(o, "type") == "success" { BannerKind::Success } else { BannerKind::Notice },
        title: content_of(o, "titleHtml", "titleText"),
        body: content(o),
        heading_level: number(o, "titleHeadingLevel").unwrap_or(0),
        title_id: string(o, "titleId"),
        role: string(o, "role"),
        disable_auto_focus: boolean(o, "disableAutoFocus"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn pagination(o: &Value) -> String {
    let link = |key: &str| {
        some(o, key).map(|link| PageLink {
            href: string(link, "href"),
            content: content(link),
            label: string(link, "labelText"),
            attributes: attributes(link),
        })
    };
    let item = |item: &Value| PageItem {
        number: string(item, "number"),
        href: string(item, "href"),
        is_current: is_true(item, "current"),
        is_ellipsis: is_true(item, "ellipsis"),
        label: string(item, "visuallyHiddenText"),
        attributes: attributes(item),
    };
    Pagination {
        lang: Lang::En,
        previous: link("previous"),
        next: link("next"),
        items: o["items"].is_array().then(|| items(o, "items").into_iter().map(item).collect()),
        label: string(o, "landmarkLabel"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn panel(o: &Value) -> String {
    let action = |item: &Value| PanelAction {
        text: string(item, "text"),
        href: string(item, "href"),
        kind: string(item, "type"),
        classes: string(item, "classes"),
        attributes: attributes(item),
    };
    let classes = string(o, "classes");
    Panel {
        title: content_of(o, "titleHtml", "titleText"),
        body: content(o),
        heading_level: number(o, "headingLevel").unwrap_or(0),
        is_interruption: classes.contains("govuk-panel--interruption"),
        actions: items(&o["actions"], "items").into_iter().map(action).collect(),
        actions_classes: string(&o["actions"], "classes"),
        actions_attributes: attributes(&o["actions"]),
        classes,
        attributes: attributes(o),
    }
    .render()
    .0
}

pub fn tag_of(o: &Value) -> Tag {
    Tag { content: content(o), classes: string(o, "classes"), attributes: attributes(o) }
}

pub fn phase_banner(o: &Value) -> String {
    PhaseBanner { tag: tag_of(&o["tag"]), content: content(o), classes: string(o, "classes"), attributes: attributes(o) }.render().0
}

pub fn skip_link(o: &Value) -> String {
    SkipLink { content: content(o), href: string(o, "href"), classes: string(o, "classes"), attributes: attributes(o) }.render().0
}

pub fn warning_text(o: &Value) -> String {
    WarningText {
        lang: Lang::En,
        content: content(o),
        icon_text: string(o, "iconFallbackText"),
        classes: string(o, "classes"),
        attributes: attributes(o),
    }
    .render()
    .0
}
