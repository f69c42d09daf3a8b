use i18n::{Lang, Text};

use crate::components::{BackLink, Breadcrumbs, NavigationItem, NotificationBanner};
use crate::layout::Footer;

/// The look of a page: same addresses, same templates, other sizes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Skin {
    /// For everyone: 18 px, 48 px targets.
    #[default]
    Citizen,
    /// 长者版: 24 px, one column, telephone and proxy help under the header of every page.
    Elder,
    /// For staff: 15 px, 32 px controls.
    Staff,
}

impl Skin {
    /// All skins.
    pub const ALL: [Skin; 3] = [Skin::Citizen, Skin::Elder, Skin::Staff];

    /// The code kept in the preference cookie: `standard`, `elder`; staff pages do not ask it.
    pub fn code(self) -> &'static str {
        match self {
            Skin::Citizen => "standard",
            Skin::Elder => "elder",
            Skin::Staff => "staff",
        }
    }

    /// The skin of a citizen page for a preference; anything but `elder` is the standard one.
    pub fn from_preference(code: &str) -> Skin {
        if code == "elder" { Skin::Elder } else { Skin::Citizen }
    }

    pub(crate) fn body_class(self) -> &'static str {
        match self {
            Skin::Citizen => "govuk-template__body zs-citizen",
            Skin::Elder => "govuk-template__body zs-citizen zs-elder",
            Skin::Staff => "govuk-template__body zs-staff",
        }
    }
}

/// Help that the elder skin keeps in view and the footer repeats.
#[derive(Debug, Clone, Default)]
pub struct Help {
    /// The telephone number, as dialled: `12345`.
    pub phone: String,
    /// Who answers: 政务服务便民热线.
    pub phone_name: Text,
    /// The page that explains how a relative or the village proxy applies.
    pub proxy_href: String,
}

/// The site: what is the same on every page.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Name of the site: 云溪县政务服务网.
    pub name: Text,
    /// The government above the name: 云溪县人民政府.
    pub owner: Text,
    /// Address of the home page.
    pub home_href: String,
    /// Address of the sign-in page; the current path is appended as `?next=`.
    pub sign_in_href: String,
    /// Help.
    pub help: Help,
    /// The footer.
    pub footer: Footer,
}

/// Who looks at the page.
#[derive(Debug, Clone, Default)]
pub enum Visitor {
    /// Nobody has signed in.
    #[default]
    Guest,
    /// Somebody has.
    SignedIn {
        /// Their name, masked as the page likes.
        name: String,
        /// A line under the name for staff: organ and post. Empty for citizens.
        role: String,
        /// Where their cases or their account are.
        home_href: String,
        /// Where the sign-out form is sent.
        sign_out_action: String,
        /// Name and value of the hidden field against forged requests.
        csrf: (String, String),
    },
    /// The page does not offer sign-in: sign-in page, problem pages.
    Hidden,
}

/// Everything around the content of one page.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The site.
    pub site: &'a Site,
    /// Language of the page.
    pub lang: Lang,
    /// Look of the page.
    pub skin: Skin,
    /// Title, without the name of the site.
    pub title: String,
    /// Nonce of the content security policy; empty for none.
    pub nonce: String,
    /// Path and query of this page, to which a switch of language or skin returns.
    pub path: String,
    /// Who looks at it.
    pub visitor: Visitor,
    /// Main navigation.
    pub nav: Vec<NavigationItem>,
    /// Where the page stands.
    pub breadcrumbs: Option<Breadcrumbs>,
    /// The previous step, in place of breadcrumbs in form journeys.
    pub back: Option<BackLink>,
    /// What just happened, above the content.
    pub banner: Option<NotificationBanner>,
    /// Whether the form on the page has errors; the title then says so.
    pub has_errors: bool,
    /// Whether search engines may list the page.
    pub is_public: bool,
    /// Further scripts of the page, by asset path.
    pub scripts: Vec<&'static str>,
}

impl<'a> Page<'a> {
    /// A page with a title; everything else is plain.
    pub fn new(site: &'a Site, lang: Lang, title: impl Into<String>) -> Page<'a> {
        Page {
            site,
            lang,
            skin: Skin::default(),
            title: title.into(),
            nonce: String::new(),
            path: "/".to_owned(),
            visitor: Visitor::default(),
            nav: Vec::new(),
            breadcrumbs: None,
            back: None,
            banner: None,
            has_errors: false,
            is_public: false,
            scripts: Vec::new(),
        }
    }
}
