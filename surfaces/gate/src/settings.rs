//! What is particular to one site.

use i18n::Text;
use ui::layout::{Footer, Help, Site};
use web::AddressRange;

/// The settings of a site.
#[derive(Clone, Debug, Default)]
pub struct SiteSettings {
    /// Name of the site: 云溪县政务服务网.
    pub site_name: Text,
    /// The government above the name: 云溪县人民政府.
    pub owner: Text,
    /// Code of the division, six digits.
    pub division: String,
    /// Address under which people reach the site, without a slash at the end: `https://zwfw.yunxi.example`.
    pub public_url: String,
    /// The footer that a government site must carry.
    pub footer: Footer,
    /// Telephone and proxy help.
    pub help: Help,
    /// Origin of the journal, the node's name.
    pub origin: String,
    /// Whether this is a site for the public. Then the footer must be complete and the address https.
    pub production: bool,
    /// From where administrators may sign in; empty for everywhere.
    pub admin_addresses: Vec<AddressRange>,
}

impl SiteSettings {
    /// Whether people reach the site by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    pub(crate) fn citizen_site(&self) -> Site {
        Site {
            name: self.site_name.clone(),
            owner: self.owner.clone(),
            home_href: "/".to_owned(),
            sign_in_href: "/sign-in".to_owned(),
            help: self.help.clone(),
            footer: self.footer.clone(),
        }
    }

    pub(crate) fn desk_site(&self) -> Site {
        Site { home_href: "/workspace".to_owned(), sign_in_href: "/workspace/sign-in".to_owned(), ..self.citizen_site() }
    }
}
