//! What an installed site shows when the network is gone.

use axum::extract::State;
use maud::{Markup, html};
use ui::layout;

use crate::{App, Visitor, Words, frame};

/// `/offline`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor) -> Markup {
    let title = Words("网络已断开", "You are offline").get(visitor.lang);
    let page = layout::Page { visitor: layout::Visitor::Hidden, ..frame(&app, &visitor, title) };
    let advice = Words(
        "请检查网络连接后刷新页面。已经提交的内容不受影响；急事可拨打服务热线或到窗口办理。",
        "Check your connection and reload. What you have sent is safe; in urgent cases call the help line or come to the counter.",
    );
    layout::citizen(&page, html! { h1.govuk-heading-l { (title) } p.govuk-body { (advice.get(visitor.lang)) } })
}
