use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// What a banner tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BannerKind {
    /// Something to know before going on.
    #[default]
    Notice,
    /// Something just succeeded.
    Success,
}

/// A message above the content of a page.
#[derive(Debug, Clone, Default)]
pub struct NotificationBanner {
    /// Language of the default title.
    pub lang: Lang,
    /// What it tells.
    pub kind: BannerKind,
    /// Title; the word of the kind where empty.
    pub title: Content,
    /// The message; plain text is set as a heading.
    pub body: Content,
    /// Level of the title; 0 is 2.
    pub heading_level: u8,
    /// Id of the title; needed where a page has two banners.
    pub title_id: String,
    /// An explicit role.
    pub role: String,
    /// Whether the focus stays where it is.
    pub disable_auto_focus: Option<bool>,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl NotificationBanner {
    /// Something to know before going on.
    pub fn notice(lang: Lang, body: impl Into<Content>) -> NotificationBanner {
        NotificationBanner { lang, body: body.into(), ..NotificationBanner::default() }
    }

    /// Something just succeeded.
    pub fn success(lang: Lang, body: impl Into<Content>) -> NotificationBanner {
        NotificationBanner { lang, kind: BannerKind::Success, body: body.into(), ..NotificationBanner::default() }
    }
}

impl Render for NotificationBanner {
    fn render(&self) -> Markup {
        let (class, default_role, word) = match self.kind {
            BannerKind::Notice => ("", "region", words::IMPORTANT),
            BannerKind::Success => ("govuk-notification-banner--success", "alert", words::SUCCESS),
        };
        let title_id = if self.title_id.is_empty() { "govuk-notification-banner-title" } else { &self.title_id };
        Tag::new("div")
            .class(&["govuk-notification-banner", class, &self.classes])
            .attr("role", if self.role.is_empty() { default_role } else { &self.role })
            .attr("aria-labelledby", title_id)
            .attr("data-module", "govuk-notification-banner")
            .option("data-disable-auto-focus", self.disable_auto_focus.map(|on| if on { "true" } else { "false" }))
            .attrs(&self.attributes)
            .wrap(html! {
                div.govuk-notification-banner__header {
                    (Tag::heading(self.heading_level, 2).class(&["govuk-notification-banner__title"]).attr("id", title_id)
                        .wrap(self.title.or(word.get(self.lang))))
                }
                div.govuk-notification-banner__content {
                    @match &self.body {
                        Content::Empty => {},
                        Content::Text(text) => p.govuk-notification-banner__heading { (text) },
                        Content::Html(markup) => (markup),
                    }
                }
            })
    }
}
