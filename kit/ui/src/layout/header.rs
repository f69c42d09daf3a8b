use i18n::Lang;
use maud::{Markup, html};

use crate::components::{LanguageNavigation, ServiceNavigation};
use crate::layout::{Page, Skin, Visitor};
use crate::words;

/// The address that keeps a preference (`lang` or `skin`) in a cookie and returns to a path of this site.
pub fn preference_href(name: &str, value: &str, back: &str) -> String {
    format!("/preferences?{name}={}&back={}", percent_encoded(value), percent_encoded(back))
}

/// Everything but unreserved characters (RFC 3986, 2.3) as `%XX`.
fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

pub(crate) fn header(page: &Page<'_>) -> Markup {
    html! {
        header.zs-header {
            div.zs-header__accent {}
            div.govuk-width-container.zs-header__row {
                (masthead(page))
                (tools(page))
            }
            @if !page.nav.is_empty() {
                (ServiceNavigation {
                    navigation_label: words::MAIN_NAVIGATION.get(page.lang).to_owned(),
                    ..ServiceNavigation::new(page.lang, page.nav.clone())
                })
            }
        }
    }
}

fn masthead(page: &Page<'_>) -> Markup {
    let site = page.site;
    html! {
        a.zs-header__home href=(site.home_href) {
            (mark())
            span.zs-header__names {
                @if !site.owner.is_empty() { span.zs-header__owner { (site.owner.get(page.lang)) } }
                span.zs-header__name { (site.name.get(page.lang)) }
            }
        }
    }
}

/// The product's sign: a pivot (枢) in a square.
fn mark() -> Markup {
    html! {
        svg.zs-header__mark viewBox="0 0 48 48" width="44" height="44" aria-hidden="true" focusable="false" {
            rect width="48" height="48" rx="6" fill="#b3262b" {}
            path fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round" d="M24 8v8M24 32v8M8 24h8M32 24h8" {}
            circle cx="24" cy="24" r="8" fill="none" stroke="#fff" stroke-width="3.2" {}
            circle cx="24" cy="24" r="2.6" fill="#fff" {}
        }
    }
}

pub(crate) fn tools(page: &Page<'_>) -> Markup {
    let lang = page.lang;
    html! {
        div.zs-tools {
            (LanguageNavigation::of_page(lang, |other: Lang| preference_href("lang", other.code(), &page.path)))
            @match page.skin {
                Skin::Citizen => { (skin_link(page, Skin::Elder, words::ELDER_ON.get(lang))) }
                Skin::Elder => { (skin_link(page, Skin::Citizen, words::ELDER_OFF.get(lang))) }
                Skin::Staff => {}
            }
            (visitor(page))
        }
    }
}

fn skin_link(page: &Page<'_>, skin: Skin, word: &str) -> Markup {
    html! { a.zs-tools__link href=(preference_href("skin", skin.code(), &page.path)) { (word) } }
}

fn visitor(page: &Page<'_>) -> Markup {
    let lang = page.lang;
    match &page.visitor {
        Visitor::Hidden => Markup::default(),
        Visitor::Guest => {
            let href = format!("{}?next={}", page.site.sign_in_href, percent_encoded(&page.path));
            html! { a.zs-tools__link.zs-tools__sign-in href=(href) { (words::SIGN_IN.get(lang)) } }
        }
        Visitor::SignedIn { name, role, home_href, sign_out_action, csrf } => html! {
            a.zs-tools__link.zs-tools__name href=(home_href) {
                (name)
                @if !role.is_empty() { span.zs-tools__role { (role) } }
            }
            form.zs-tools__sign-out method="post" action=(sign_out_action) {
                input type="hidden" name=(csrf.0) value=(csrf.1);
                button.zs-tools__link type="submit" { (words::SIGN_OUT.get(lang)) }
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preference_keeps_the_whole_way_back() {
        assert_eq!(preference_href("lang", "en", "/search?q=奶茶&page=2"), "/preferences?lang=en&back=/search%3Fq%3D%E5%A5%B6%E8%8C%B6%26page%3D2");
    }
}
