//! Every component with samples, in every skin and language: what tests render and what people look at.
mod content;
mod forms;
mod own;
mod staff;

use i18n::{Lang, Text};
use maud::{Markup, html};

use crate::components::{BackLink, Breadcrumbs, Crumb, NavigationItem, NotificationBanner};
use crate::html::Content;
use crate::layout::{self, Footer, Help, Page, Site, Skin, StaffNav, Visitor};
use crate::staff::{IdentityBar, SideItem, SideSection};
use crate::{Badge, BadgeColour, Light, TrafficLight};

/// One of two words, by language.
fn t(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::ZhHans => zh,
        Lang::En => en,
    }
}

/// A complete site of a county that does not exist, for the gallery and for tests of pages.
pub fn sample_site() -> Site {
    Site {
        name: Text::new("云溪县政务服务网", "Yunxi County Services"),
        owner: Text::new("云溪县人民政府", "People's Government of Yunxi County"),
        home_href: "/".to_owned(),
        sign_in_href: "/sign-in".to_owned(),
        help: Help {
            phone: "12345".to_owned(),
            phone_name: Text::new("政务服务便民热线", "government service line"),
            proxy_href: "/help/proxy".to_owned(),
        },
        footer: Footer {
            sponsor: Text::new("云溪县人民政府办公室", "Office of the People's Government of Yunxi County"),
            operator: Text::new("云溪县数据局", "Yunxi County Data Bureau"),
            contact: Text::new("云溪县溪口路 1 号，电话 12345", "1 Xikou Road, Yunxi County, telephone 12345"),
            site_code: "3399210001".to_owned(),
            icp: "示例ICP备00000000号".to_owned(),
            police: "示例公网安备 00000000000000号".to_owned(),
            report_error_href: "/report-error".to_owned(),
            site_map_href: "/site-map".to_owned(),
            links: vec![
                (Text::new("无障碍声明", "Accessibility"), "/accessibility".to_owned()),
                (Text::new("隐私政策", "Privacy"), "/privacy".to_owned()),
            ],
        },
    }
}

fn page<'a>(site: &'a Site, lang: Lang, skin: Skin, title: &str) -> Page<'a> {
    let item = |zh, en, href: &str| NavigationItem::new(t(lang, zh, en), href);
    Page {
        skin,
        path: "/dev/gallery".to_owned(),
        nonce: "gallery".to_owned(),
        nav: vec![
            item("首页", "Home", "/").active(true),
            item("个人办事", "For people", "/person"),
            item("法人办事", "For companies", "/legal"),
            item("我的办件", "My cases", "/cases"),
            item("互动交流", "Have your say", "/talk"),
        ],
        visitor: match skin {
            Skin::Citizen | Skin::Elder => Visitor::Guest,
            Skin::Staff => Visitor::SignedIn {
                name: t(lang, "陈晓岚", "Chen Xiaolan").to_owned(),
                role: t(lang, "市场监督管理局 · 综合受理岗", "Market Supervision · reception").to_owned(),
                home_href: "/me".to_owned(),
                sign_out_action: "/sign-out".to_owned(),
                csrf: ("csrf".to_owned(), "sample".to_owned()),
            },
        },
        ..Page::new(site, lang, title)
    }
}

/// The page with every component.
pub fn gallery(lang: Lang, skin: Skin) -> Markup {
    let site = sample_site();
    let title = t(lang, "组件样例", "Component gallery");
    let mut page = page(&site, lang, skin, title);
    page.breadcrumbs = Some(Breadcrumbs::new(
        lang,
        vec![Crumb::link(t(lang, "首页", "Home"), "/"), Crumb::link(t(lang, "开发", "Development"), "/dev"), Crumb::here(title)],
    ));
    page.banner = Some(NotificationBanner::notice(
        lang,
        t(lang, "本页展示全部组件，数据均为虚构。", "This page shows every component; all data are fictional."),
    ));
    let body = html! {
        h1.govuk-heading-xl { (title) }
        (content::sections(lang))
        (forms::sections(lang))
        (own::sections(lang))
        @if skin == Skin::Staff { (staff::sections(lang)) }
    };
    finish(&page, lang, body)
}

/// A form page as citizens see it after an attempt with errors.
pub fn sample_form(lang: Lang, skin: Skin) -> Markup {
    let site = sample_site();
    let mut page = page(&site, lang, skin, t(lang, "经营者信息", "About the owner"));
    page.back = Some(BackLink::new(lang, "/apply/guide"));
    page.has_errors = true;
    finish(&page, lang, forms::sample_form(lang))
}

/// A home page in outline: hero, search, entrances.
pub fn sample_home(lang: Lang, skin: Skin) -> Markup {
    let site = sample_site();
    let page = page(&site, lang, skin, t(lang, "首页", "Home"));
    finish(&page, lang, own::sample_home(lang))
}

fn finish(page: &Page<'_>, lang: Lang, body: Markup) -> Markup {
    match page.skin {
        Skin::Citizen | Skin::Elder => layout::citizen(page, body),
        Skin::Staff => layout::staff(page, &staff_nav(lang), body),
    }
}

fn staff_nav(lang: Lang) -> StaffNav {
    let item = |zh, en, href: &str| SideItem::new(t(lang, zh, en), href);
    StaffNav {
        sections: vec![
            SideSection::new(
                t(lang, "办件", "Cases"),
                vec![
                    item("待办任务", "Inbox", "/inbox").active(true).count(12),
                    item("临期与超期", "Due and overdue", "/due").count(3),
                    item("全部办件", "All cases", "/all"),
                ],
            ),
            SideSection::new(
                t(lang, "管理", "Administration"),
                vec![item("事项与规程", "Services", "/items"), item("人员与岗位", "Staff and posts", "/staff")],
            ),
        ],
        identity: Content::Html(maud::Render::render(&IdentityBar {
            title: t(lang, "溪岸奶茶店 · 个体工商户设立登记", "Xi'an Tea Shop · registration of an individual business").into(),
            facts: vec![
                Content::Html(html! { (Badge::new(BadgeColour::Red, t(lang, "加急", "Urgent"))) }),
                Content::Html(html! { (TrafficLight::new(lang, Light::Yellow)) }),
            ],
            actions: Content::Empty,
        })),
    }
}
