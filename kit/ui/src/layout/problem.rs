use i18n::{Lang, Text};
use maud::{Markup, html};

use crate::components::Button;
use crate::layout::{Page, citizen};
use crate::words;

/// Why a request could not be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// 400: the request cannot be understood.
    BadRequest,
    /// 403: the person may not see or do this.
    Forbidden,
    /// 404: there is nothing here, or nothing for this person.
    NotFound,
    /// 409: somebody else was faster.
    Conflict,
    /// 413: too large.
    TooLarge,
    /// 422: the form has errors that belong to no field.
    Unprocessable,
    /// 429: too often.
    TooManyRequests,
    /// 500: a fault of ours.
    Internal,
    /// 503: closed for the moment.
    Unavailable,
}

impl ProblemKind {
    /// All kinds.
    pub const ALL: [ProblemKind; 9] = [
        ProblemKind::BadRequest,
        ProblemKind::Forbidden,
        ProblemKind::NotFound,
        ProblemKind::Conflict,
        ProblemKind::TooLarge,
        ProblemKind::Unprocessable,
        ProblemKind::TooManyRequests,
        ProblemKind::Internal,
        ProblemKind::Unavailable,
    ];

    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            ProblemKind::BadRequest => 400,
            ProblemKind::Forbidden => 403,
            ProblemKind::NotFound => 404,
            ProblemKind::Conflict => 409,
            ProblemKind::TooLarge => 413,
            ProblemKind::Unprocessable => 422,
            ProblemKind::TooManyRequests => 429,
            ProblemKind::Internal => 500,
            ProblemKind::Unavailable => 503,
        }
    }

    /// The kind nearest to an HTTP status.
    pub fn from_status(status: u16) -> ProblemKind {
        let exact = ProblemKind::ALL.into_iter().find(|kind| kind.status() == status);
        exact.unwrap_or(match status {
            401 => ProblemKind::Forbidden,
            410 => ProblemKind::NotFound,
            502 | 504 => ProblemKind::Unavailable,
            400..=499 => ProblemKind::BadRequest,
            _ => ProblemKind::Internal,
        })
    }

    /// What happened.
    pub fn title(self) -> Text {
        match self {
            ProblemKind::BadRequest => Text::new("无法识别这个请求", "This request cannot be understood"),
            ProblemKind::Forbidden => Text::new("您没有权限查看或办理", "You may not see or do this"),
            ProblemKind::NotFound => Text::new("没有找到这个页面", "Page not found"),
            ProblemKind::Conflict => Text::new("内容已被更新", "This has been changed meanwhile"),
            ProblemKind::TooLarge => Text::new("提交的内容过大", "What you sent is too large"),
            ProblemKind::Unprocessable => Text::new("提交的内容有误", "What you sent has errors"),
            ProblemKind::TooManyRequests => Text::new("操作过于频繁", "Too many requests"),
            ProblemKind::Internal => Text::new("系统出现故障", "Something went wrong on our side"),
            ProblemKind::Unavailable => Text::new("服务暂时无法使用", "The service is unavailable for the moment"),
        }
    }

    /// What to do next.
    pub fn next_steps(self) -> Text {
        match self {
            ProblemKind::BadRequest => Text::new("请返回上一页重新操作，或从首页重新进入。", "Go back and try again, or start from the home page."),
            ProblemKind::Forbidden => Text::new(
                "请确认登录的账号是否正确；代他人办理的，请先办理授权。工作人员请联系本单位管理员确认岗位权限。",
                "Check which account you are signed in with. To act for someone else you need their authorisation first. \
                 Staff: ask your administrator about your post.",
            ),
            ProblemKind::NotFound => Text::new(
                "请检查网址是否完整；也可以搜索事项，或用办件编号和查询码查询进度。",
                "Check the address, search for the service, or look up your case by number and query code.",
            ),
            ProblemKind::Conflict => Text::new(
                "在您操作期间，他人已更新了内容。请刷新页面核对后再提交，您填写的内容不会自动覆盖。",
                "Somebody changed this while you were working. Reload, compare and send again; nothing has been overwritten.",
            ),
            ProblemKind::TooLarge => {
                Text::new("请压缩文件或分次上传，再重新提交。", "Make the files smaller or send them one by one, then try again.")
            }
            ProblemKind::Unprocessable => Text::new("请返回上一页，按提示改正后再提交。", "Go back, correct what is marked and send again."),
            ProblemKind::TooManyRequests => {
                Text::new("请等一分钟后再试。已提交的内容不受影响。", "Wait a minute and try again. What you sent before is safe.")
            }
            ProblemKind::Internal => Text::new(
                "请稍后再试。已提交成功的办件不受影响；如多次出现，请拨打服务热线并告知问题编号。",
                "Try again later. Cases already submitted are safe. If it happens again, call the help line and give the reference.",
            ),
            ProblemKind::Unavailable => Text::new(
                "系统正在维护或繁忙，请稍后再试；急事可到窗口办理。",
                "We are busy or under maintenance. Try again later, or come to the counter.",
            ),
        }
    }
}

/// The page for a problem: what happened and what to do next in the language of the page, then shortly in the other one.
/// `reference` is the number of the request in the log; empty for none.
pub fn problem(page: &Page<'_>, kind: ProblemKind, reference: &str) -> Markup {
    let (lang, other) = (page.lang, page.lang.other());
    let page = Page { title: kind.title().get(lang).to_owned(), is_public: false, ..page.clone() };
    let body = html! {
        div.zs-problem {
            p.zs-problem__status { (kind.status()) }
            h1.govuk-heading-l { (kind.title().get(lang)) }
            p.govuk-body { (kind.next_steps().get(lang)) }
            (help_line(&page, lang))
            @if !reference.is_empty() {
                p.govuk-body { (words::PROBLEM_REFERENCE.get(lang)) " " code { (reference) } }
            }
            (Button::link(words::HOME.get(lang), page.site.home_href.as_str()).secondary())
            div.zs-problem__other lang=(other.code()) {
                p.govuk-body-s { strong { (kind.title().get(other)) } }
                p.govuk-body-s { (kind.next_steps().get(other)) }
            }
        }
    };
    citizen(&page, body)
}

/// The page that the service worker shows while the network is gone; served at `/offline`.
pub fn offline(page: &Page<'_>) -> Markup {
    let (lang, other) = (page.lang, page.lang.other());
    let page = Page { title: words::OFFLINE_TITLE.get(lang).to_owned(), is_public: false, ..page.clone() };
    let body = html! {
        div.zs-problem {
            h1.govuk-heading-l { (words::OFFLINE_TITLE.get(lang)) }
            p.govuk-body { (words::OFFLINE_BODY.get(lang)) }
            (help_line(&page, lang))
            div.zs-problem__other lang=(other.code()) {
                p.govuk-body-s { strong { (words::OFFLINE_TITLE.get(other)) } }
                p.govuk-body-s { (words::OFFLINE_BODY.get(other)) }
            }
        }
    };
    citizen(&page, body)
}

fn help_line(page: &Page<'_>, lang: Lang) -> Markup {
    let help = &page.site.help;
    html! {
        @if !help.phone.is_empty() {
            p.govuk-body { (words::HELP_TITLE.get(lang)) " " a.govuk-link href={ "tel:" (help.phone) } { (help.phone) } " " (help.phone_name.get(lang)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_says_what_to_do_next_in_both_languages() {
        for kind in ProblemKind::ALL {
            assert!(!kind.title().is_incomplete() && !kind.next_steps().is_incomplete());
            assert_eq!(ProblemKind::from_status(kind.status()), kind);
        }
        assert_eq!(ProblemKind::from_status(418), ProblemKind::BadRequest);
        assert_eq!(ProblemKind::from_status(507), ProblemKind::Internal);
    }
}
