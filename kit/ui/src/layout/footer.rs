use std::fmt;

use i18n::{Lang, Text};
use maud::{Markup, html};

use crate::layout::{Page, Site};
use crate::words;

/// The footer that a government site must carry.
#[derive(Debug, Clone, Default)]
pub struct Footer {
    /// 主办单位.
    pub sponsor: Text,
    /// 承办单位.
    pub operator: Text,
    /// 联系方式: address, telephone.
    pub contact: Text,
    /// 网站标识码: ten digits, or `bm` and eight digits.
    pub site_code: String,
    /// ICP 备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// The form of 政府网站找错.
    pub report_error_href: String,
    /// 网站地图.
    pub site_map_href: String,
    /// Further links: words and address.
    pub links: Vec<(Text, String)>,
}

/// A field of the footer that is missing or malformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingFooterField {
    /// 主办单位.
    Sponsor,
    /// 承办单位.
    Operator,
    /// 联系方式.
    Contact,
    /// 网站标识码.
    SiteCode,
    /// ICP 备案号.
    Icp,
    /// 公安备案号.
    Police,
    /// 政府网站找错.
    ReportError,
    /// 网站地图.
    SiteMap,
}

impl fmt::Display for MissingFooterField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, form) = match self {
            MissingFooterField::Sponsor => ("sponsor (主办单位)", "a name in Chinese and English"),
            MissingFooterField::Operator => ("operator (承办单位)", "a name in Chinese and English"),
            MissingFooterField::Contact => ("contact (联系方式)", "an address or telephone number in Chinese and English"),
            MissingFooterField::SiteCode => ("site_code (网站标识码)", "ten digits, or bm and eight digits"),
            MissingFooterField::Icp => ("icp (ICP 备案号)", "the number, such as 浙ICP备00000000号"),
            MissingFooterField::Police => ("police (公安备案号)", "the number, such as 浙公网安备 00000000000000号"),
            MissingFooterField::ReportError => ("report_error_href (政府网站找错)", "an address"),
            MissingFooterField::SiteMap => ("site_map_href (网站地图)", "an address"),
        };
        write!(f, "expected the footer field {key} to hold {form}, but it is missing or malformed")
    }
}

impl std::error::Error for MissingFooterField {}

impl Footer {
    /// Everything that is missing. In production a site with a missing field does not start.
    pub fn check(&self) -> Result<(), Vec<MissingFooterField>> {
        let faults = [
            (self.sponsor.is_incomplete(), MissingFooterField::Sponsor),
            (self.operator.is_incomplete(), MissingFooterField::Operator),
            (self.contact.is_incomplete(), MissingFooterField::Contact),
            (!is_site_code(&self.site_code), MissingFooterField::SiteCode),
            (self.icp.trim().is_empty(), MissingFooterField::Icp),
            (self.police.trim().is_empty(), MissingFooterField::Police),
            (self.report_error_href.is_empty(), MissingFooterField::ReportError),
            (self.site_map_href.is_empty(), MissingFooterField::SiteMap),
        ];
        let missing: Vec<_> = faults.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, field)| field).collect();
        if missing.is_empty() { Ok(()) } else { Err(missing) }
    }
}

fn is_site_code(code: &str) -> bool {
    let digits = code.strip_prefix("bm").unwrap_or(code);
    let length = if code.starts_with("bm") { 8 } else { 10 };
    digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) fn footer(page: &Page<'_>) -> Markup {
    let (lang, footer) = (page.lang, &page.site.footer);
    html! {
        footer.zs-footer {
            div.govuk-width-container {
                nav.zs-footer__links aria-label=(words::ABOUT_SITE.get(lang)) {
                    ul {
                        @if !footer.site_map_href.is_empty() { (link(&footer.site_map_href, words::SITE_MAP.get(lang))) }
                        @for (text, href) in &footer.links { (link(href, text.get(lang))) }
                        @if !footer.report_error_href.is_empty() {
                            (link(&footer.report_error_href, words::REPORT_ERROR.get(lang)))
                        }
                    }
                }
                (facts(page.site, lang))
            }
        }
    }
}

fn link(href: &str, text: &str) -> Markup {
    html! { li { a href=(href) { (text) } } }
}

fn facts(site: &Site, lang: Lang) -> Markup {
    let footer = &site.footer;
    let colon = match lang {
        Lang::ZhHans => "：",
        Lang::En => ": ",
    };
    let rows = [
        (words::SPONSOR.get(lang), footer.sponsor.get(lang)),
        (words::OPERATOR.get(lang), footer.operator.get(lang)),
        (words::CONTACT.get(lang), footer.contact.get(lang)),
        (words::SITE_CODE.get(lang), footer.site_code.as_str()),
    ];
    html! {
        ul.zs-footer__facts {
            @for (label, value) in rows { @if !value.is_empty() { li { (label) (colon) (value) } } }
            @if !footer.icp.is_empty() { li { a href="https://beian.miit.gov.cn/" rel="noreferrer" { (footer.icp) } } }
            @if !footer.police.is_empty() { li { a href="https://beian.mps.gov.cn/" rel="noreferrer" { (footer.police) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn an_empty_footer_lists_all_eight_faults() {
        let faults = Footer::default().check().unwrap_err();
        assert_eq!(faults.len(), 8);
        assert!(faults.iter().all(|fault| fault.to_string().starts_with("expected the footer field")));
    }

    #[test]
    fn a_site_code_has_ten_digits_or_bm_and_eight() {
        for code in ["1200000052", "bm01000001"] {
            assert!(is_site_code(code), "{code}");
        }
        for code in ["", "120000005", "12000000520", "bm0100000", "1200000O52", "BM01000001"] {
            assert!(!is_site_code(code), "{code}");
        }
    }
}
