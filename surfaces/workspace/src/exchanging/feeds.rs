//! `/workspace/exchange/feeds`: the feeds of the own organ, or of all for the system administrator: where each one is, and what can be done.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use exchange::{Code, Feed, FeedState, ReplayFeed, ResumeFeed, StopFeed};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Button, Input, SummaryList, SummaryRow, Tag, TagColour};

use super::directory::Directory;
use super::{FEEDS, ended, feed_start, has_deliveries, is_about_reason, keeps_feeds, replays, ways};
use crate::frame::{Desk, Place, headed, heading, hidden};
use crate::pages::shown;
use crate::say::{Say, moment};
use crate::typed::Typed;

/// What the page speaks of.
struct Shown {
    feeds: Vec<Feed>,
    directory: Directory,
}

impl Shown {
    fn organ(&self, feed: &Feed) -> Option<&str> {
        self.directory.member(&feed.client)?.organ.as_deref()
    }

    /// Changes that have not arrived yet; every change of a register has the next place.
    fn waiting(&self, feed: &Feed) -> i64 {
        let last = self.directory.registers.iter().find(|register| register.declaration.slug == feed.register).map(|register| register.position);
        last.unwrap_or(0).saturating_sub(feed.position).max(0)
    }
}

/// `GET /workspace/exchange/feeds`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    let shown = load(&app, &visitor).await?;
    Ok(page(&app, &visitor, &shown, &Typed::default()).into_response())
}

/// `POST /workspace/exchange/feeds`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let before = load(&app, &visitor).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let (feed, reason) = (typed.get("feed").to_owned(), typed.get("reason").to_owned());
    let done = match typed.get("act") {
        "start" => match feed_start::command(&mut typed, visitor.lang) {
            Some(command) => app.execute(&visitor, form.key(), command).await.map(drop),
            None => return Ok(gate::unprocessable(page(&app, &visitor, &before, &typed))),
        },
        "stop" => app.execute(&visitor, form.key(), StopFeed { feed, reason }).await.map(drop),
        "resume" => app.execute(&visitor, form.key(), ResumeFeed { feed }).await.map(drop),
        "replay" => app.execute(&visitor, form.key(), ReplayFeed { feed }).await.map(drop),
        _ => return Err(PageError::NotFound),
    };
    match done {
        Ok(()) => Ok(see_other_with(&app, FEEDS, &Flash::success("已办理。", "Done."))),
        Err(error) => {
            let refusal = shown(error)?;
            let reason = format!("reason-{}", typed.get("feed"));
            let missing = is_about_reason(&refusal);
            let mut typed = if missing { typed } else { typed.refuse(visitor.lang, &refusal, feed_start::control) };
            if missing {
                typed.blame(reason, refusal.sentence.get(visitor.lang));
            }
            Ok((gate::status_of(&refusal), page(&app, &visitor, &before, &typed)).into_response())
        }
    }
}

async fn load(app: &App, visitor: &Visitor) -> Result<Shown, PageError> {
    if !Place::Exchange.is_for(app, visitor) || !has_deliveries(app, visitor) {
        return Err(PageError::NotFound);
    }
    let mut shown = app.read(|tx| Ok(Shown { feeds: exchange::feeds(tx)?, directory: Directory::load(tx)? })).await?;
    let feeds = std::mem::take(&mut shown.feeds);
    shown.feeds = feeds.into_iter().filter(|feed| replays(app, visitor, shown.organ(feed))).collect();
    Ok(shown)
}

fn page(app: &App, visitor: &Visitor, shown: &Shown, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.say("变更订阅", "Feeds of changes");
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        (ways(app, visitor, FEEDS))
        p.govuk-body { (lang.say(
            "登记每有变更，就按顺序送到接收方，至少一次；没有送到的留着，不丢失。变更只写明哪条记录的哪些数据项变了，不含内容和个人信息。",
            "Every change of a register is delivered in order, at least once; what has not arrived waits and is not lost. A change says which \
             fields of which record changed, and holds no value and no person.",
        )) }
        @if shown.feeds.is_empty() { p.govuk-body { (lang.say("没有订阅。", "There is no feed.")) } }
        @for feed in &shown.feeds { (one(app, visitor, shown, feed, typed)) }
        @if !headed(&visitor.actor).is_empty() { (feed_start::form(visitor, &shown.directory, typed)) }
    };
    Desk::new(app, visitor, Place::Exchange, title).below().wrong(typed.has_errors()).show(body)
}

fn one(app: &App, visitor: &Visitor, shown: &Shown, feed: &Feed, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let receiver = shown.directory.member_name(lang, feed.service.subsystem());
    let rows = vec![
        SummaryRow::new(lang.say("发送方", "Sender"), html! { code.zs-break { (feed.client) } }),
        SummaryRow::new(lang.say("接收服务", "Receiving service"), html! { code.zs-break { (feed.service) } }),
        SummaryRow::new(
            lang.say("已送达到", "Delivered up to"),
            lang.tell(format!("第{}项变更", feed.position), format!("change {}", feed.position)),
        ),
        SummaryRow::new(lang.say("待送达", "Waiting"), waiting(lang, shown.waiting(feed))),
        SummaryRow::new(lang.say("在途批次", "Batch under way"), under_way(lang, feed)),
        SummaryRow::new(lang.say("最近一次", "Last try"), last_try(lang, feed)),
    ];
    html! {
        div.zs-action {
            h2.govuk-heading-s { (shown.directory.register(lang, &feed.register)) " → " (receiver) " " (state(lang, feed.state)) }
            @if let Some(why) = why(lang, feed) { p.zs-action__effect { (why) } }
            (SummaryList::new(rows))
            (acts(app, visitor, shown.organ(feed), feed, typed))
        }
    }
}

fn state(lang: Lang, state: FeedState) -> Tag {
    match state {
        FeedState::Active => Tag::new(TagColour::Green, lang.say("投递中", "Delivering")),
        FeedState::Stopped => Tag::new(TagColour::Purple, lang.say("已停止", "Stopped")),
        FeedState::Dead => Tag::new(TagColour::Red, lang.say("已搁置", "Set aside")),
    }
}

/// Why nothing is delivered.
fn why(lang: Lang, feed: &Feed) -> Option<String> {
    match feed.state {
        FeedState::Active => None,
        FeedState::Stopped => Some(lang.tell(format!("停止的原因：{}", feed.reason), format!("Stopped because: {}", feed.reason))),
        FeedState::Dead => {
            let (tries, said) = (feed.tries, last_code(feed).map_or_else(String::new, |code| code.sentence().get(lang).to_owned()));
            Some(lang.tell(format!("连续{tries}次没有送到，已搁置：{said}"), format!("Set aside after {tries} tries: {said}")))
        }
    }
}

fn waiting(lang: Lang, count: i64) -> String {
    match count {
        0 => lang.say("没有", "Nothing").to_owned(),
        _ => lang.tell(format!("{}项变更", i18n::number(count)), i18n::count(Lang::En, count, "", "change", "changes")),
    }
}

fn under_way(lang: Lang, feed: &Feed) -> String {
    match &feed.pending_batch {
        None => "—".to_owned(),
        Some(batch) => lang.tell(format!("{batch}，已试{}次", feed.tries), format!("{batch}, tried {} times", feed.tries)),
    }
}

fn last_try(lang: Lang, feed: &Feed) -> Markup {
    html! {
        @match feed.tried_ms {
            None => (lang.say("还没有投递过", "Not yet")),
            Some(at_ms) => { (moment(lang, at_ms)) " " @if let Some(code) = last_code(feed) { (ended(lang, code)) } }
        }
    }
}

fn last_code(feed: &Feed) -> Option<Code> {
    feed.last_code.as_deref().and_then(Code::parse)
}

fn acts(app: &App, visitor: &Visitor, organ: Option<&str>, feed: &Feed, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let keeps = keeps_feeds(app, visitor, organ);
    let end: String = feed.id.chars().skip(18).collect();
    let act = |act: &str, effect: &str, button: Button| {
        html! {
            form method="post" action=(FEEDS) {
                (hidden(visitor, &format!("{act}-{end}")))
                input type="hidden" name="act" value=(act);
                input type="hidden" name="feed" value=(feed.id);
                p.zs-action__effect { (effect) }
                (button)
            }
        }
    };
    match feed.state {
        FeedState::Active if keeps => stop(visitor, feed, &end, typed),
        FeedState::Stopped if keeps => {
            let effect =
                lang.say("从停下的地方继续，停止期间的变更都会送到。", "It goes on where it was stopped; what changed meanwhile is delivered.");
            act("resume", effect, Button::submit(lang.say("恢复", "Resume")))
        }
        FeedState::Dead => {
            let effect = lang.say("以原批号再次投递没有送到的批次。", "The batch that did not arrive is delivered again under its number.");
            act("replay", effect, Button::submit(lang.say("重放", "Replay")))
        }
        FeedState::Active | FeedState::Stopped => html! {},
    }
}

fn stop(visitor: &Visitor, feed: &Feed, end: &str, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let reason = format!("reason-{}", feed.id);
    let given = if typed.get("feed") == feed.id { typed.get("reason") } else { "" };
    html! {
        form method="post" action=(FEEDS) novalidate {
            (hidden(visitor, &format!("stop-{end}")))
            input type="hidden" name="act" value="stop";
            input type="hidden" name="feed" value=(feed.id);
            (Input::new("reason", lang.say("停止的原因", "Reason to stop it")).id(reason.as_str()).value(given).error(typed.error(lang, &reason)))
            p.zs-action__effect { (lang.say("停止后变更不再送出，也不丢失，恢复后补送。", "Changes are kept and delivered once it is resumed.")) }
            (Button::submit(lang.say("停止", "Stop")).warning())
        }
    }
}
