//! The frame of pages.

use i18n::Text;
use maud::Markup;
use runner::ActorKind;
use ui::layout::{self, Page, Skin, StaffNav};

use crate::form::CSRF_FIELD;
use crate::{App, DeskItem, Visitor, nav};

/// A citizen page.
#[must_use]
pub fn page(app: &App, visitor: &Visitor, title: impl Into<String>, body: Markup) -> Markup {
    layout::citizen(&frame(app, visitor, title), body)
}

/// Everything around the content of a citizen page, to be adjusted (back link, breadcrumbs, scripts, errors) and given to
/// [`ui::layout::citizen`].
#[must_use]
pub fn frame<'a>(app: &'a App, visitor: &Visitor, title: impl Into<String>) -> Page<'a> {
    let home = if visitor.actor.kind == ActorKind::Person { "/cases" } else { "/workspace" };
    Page {
        skin: visitor.skin,
        nonce: visitor.nonce.clone(),
        path: visitor.back.clone(),
        visitor: signed_in(visitor, home, String::new()),
        nav: nav::citizen(visitor),
        banner: visitor.flash.as_ref().map(|flash| flash.banner(visitor.lang)),
        ..Page::new(&app.site, visitor.lang, title)
    }
}

/// A staff page; `active` is its place in the left navigation.
#[must_use]
pub fn desk(app: &App, visitor: &Visitor, title: impl Into<String>, active: Option<DeskItem>, body: Markup) -> Markup {
    let page = desk_frame(app, visitor, title);
    render_desk(app, visitor, &page, active, &StaffNav::default(), body)
}

/// Everything around the content of a staff page, to be adjusted and given to [`render_desk`].
#[must_use]
pub fn desk_frame<'a>(app: &'a App, visitor: &Visitor, title: impl Into<String>) -> Page<'a> {
    Page {
        skin: Skin::Staff,
        nonce: visitor.nonce.clone(),
        path: visitor.back.clone(),
        visitor: signed_in(visitor, "/workspace", role_line(visitor)),
        banner: visitor.flash.as_ref().map(|flash| flash.banner(visitor.lang)),
        ..Page::new(&app.desk_site, visitor.lang, title)
    }
}

/// A staff page with an identity bar over it (`around.identity`). The left navigation is by role; sections in `around` come after it.
#[must_use]
pub fn render_desk(app: &App, visitor: &Visitor, page: &Page<'_>, active: Option<DeskItem>, around: &StaffNav, body: Markup) -> Markup {
    let mut sections = nav::desk(app, visitor, active, None);
    sections.extend(around.sections.iter().cloned());
    layout::staff(page, &StaffNav { sections, identity: around.identity.clone() }, body)
}

fn signed_in(visitor: &Visitor, home: &str, role: String) -> layout::Visitor {
    let Some(who) = &visitor.signed_in else { return layout::Visitor::Guest };
    let acting = |name: &String| Text::new(format!("{}（代 {name}）", who.display_name), format!("{} (for {name})", who.display_name));
    layout::Visitor::SignedIn {
        name: who.acting_for.as_ref().map_or_else(|| who.display_name.clone(), |name| acting(name).get(visitor.lang).to_owned()),
        role,
        home_href: home.to_owned(),
        sign_out_action: "/sign-out".to_owned(),
        csrf: (CSRF_FIELD.to_owned(), visitor.csrf.clone()),
    }
}

/// Organ and posts, under the name.
fn role_line(visitor: &Visitor) -> String {
    let Some(who) = &visitor.signed_in else { return String::new() };
    let posts = who.posts.iter().map(|post| format!("{} {}", post.organ_name.get(visitor.lang), post.name.get(visitor.lang)));
    posts.collect::<Vec<_>>().join(" · ")
}
