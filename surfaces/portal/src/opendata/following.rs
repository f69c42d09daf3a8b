//! `/data/{slug}/follow` and `/data/following`: datasets one follows, last renewed first.

use axum::extract::{Path, State};
use axum::response::Response;
use gate::{App, Flash, Form, PageError, Visitor, see_other_with};
use maud::html;
use opendata::{Subscribe, queries};

use super::dataset::crumbs;
use super::{kept, say, text};
use crate::public::view::{View, moment, send};

const SHOWN_MAX: u32 = 200;

/// `POST /data/{slug}/follow`
pub(super) async fn post(State(app): State<App>, visitor: Visitor, Path(slug): Path<String>, form: Form) -> Result<Response, PageError> {
    let release = kept::release(&app, &slug).await?;
    let back = format!("/data/{}", release.slug);
    if visitor.signed_in.is_none() {
        return Err(PageError::NeedsSignIn { staff: false, next: back });
    }
    let follow = form.text("follow") != "no";
    app.execute(&visitor, form.key(), Subscribe { dataset: release.dataset, follow }).await?;
    let flash = match follow {
        true => Flash::success("已订阅，更新后在“我订阅的数据集”里可以看到。", "You follow it now; renewals are listed under \"Datasets I follow\"."),
        false => Flash::notice("已取消订阅。", "You do not follow it any more."),
    };
    Ok(see_other_with(&app, &back, &flash))
}

/// `GET /data/following`
pub(super) async fn get(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    if visitor.signed_in.is_none() {
        return Err(PageError::NeedsSignIn { staff: false, next: "/data/following".to_owned() });
    }
    let account = visitor.actor.account.clone();
    let followed = app.read(move |tx| Ok(queries::followed(tx, &account, SHOWN_MAX)?)).await?;
    let lang = visitor.lang;
    let title = say(lang, "我订阅的数据集", "Datasets I follow");
    let body = html! {
        h1.govuk-heading-l { (title) }
        @if followed.is_empty() { p.govuk-body { (say(lang, "还没有订阅。打开数据集页面可以订阅。", "None yet. Follow one on its page.")) } }
        ul.zs-items {
            @for release in &followed {
                li.zs-item {
                    h2.zs-item__name { a.govuk-link href={ "/data/" (release.slug) } { (text(lang, &release.metadata.title)) } }
                    ul.zs-facts {
                        li { (say(lang, "版本", "version")) " " (release.number) }
                        li { (moment(lang, release.at_ms)) }
                        li { (text(lang, &release.changes)) }
                    }
                }
            }
        }
    };
    Ok(send(&app, &visitor, View::new(title, body).below(lang, crumbs(lang), title).private()))
}
