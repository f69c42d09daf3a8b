//! Sharing of data among organs: asking for data, requests and grants seen from both sides, and the three lists.

mod ask;
mod ask_form;
mod disputes;
mod grant;
mod grant_acts;
mod grants;
mod lists;
mod names;
mod request;
mod requests;
mod terms;

use axum::Router;
use axum::routing::get;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use runner::{Actor, Halt, Refusal};
use sharing::{GrantState, ResourceFacts, ResourceService};
use store::Tx;
use ui::{SideItem, SubNavigation, Tag, TagColour};

use crate::frame::Place;
use crate::say::Say;

/// Rows of a list.
const ROWS_MAX: u32 = 100;

/// All pages of the room.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/workspace/sharing", get(requests::get))
        .route("/workspace/sharing/ask", get(ask::get).post(ask::post))
        .route("/workspace/sharing/requests/{case}", get(request::get).post(request::post))
        .route("/workspace/sharing/grants", get(grants::get))
        .route("/workspace/sharing/grants/{grant}", get(grant::get).post(grant::post))
        .route("/workspace/sharing/disputes", get(disputes::get).post(disputes::post))
        .route("/workspace/sharing/disputes/{case}", get(disputes::one))
        .route("/workspace/sharing/lists", get(lists::get).post(lists::post))
}

/// The tabs of the room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Requests,
    Ask,
    Grants,
    Disputes,
    Lists,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Requests, Self::Ask, Self::Grants, Self::Disputes, Self::Lists];

    const fn href(self) -> &'static str {
        match self {
            Self::Requests => "/workspace/sharing",
            Self::Ask => "/workspace/sharing/ask",
            Self::Grants => "/workspace/sharing/grants",
            Self::Disputes => "/workspace/sharing/disputes",
            Self::Lists => "/workspace/sharing/lists",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Requests => lang.say("共享申请", "Requests"),
            Self::Ask => lang.say("申请数据", "Ask for data"),
            Self::Grants => lang.say("共享授权", "Grants"),
            Self::Disputes => lang.say("共享争议", "Disputes"),
            Self::Lists => lang.say("三张清单", "Three lists"),
        }
    }
}

fn tabs(lang: Lang, active: Tab) -> SubNavigation {
    let items = Tab::ALL.into_iter().map(|tab| SideItem::new(tab.name(lang), tab.href()).active(tab == active));
    SubNavigation::new(lang.say("数据共享", "Sharing of data"), items.collect())
}

/// The organ for which the visitor works; pages of the room exist for staff of an organ alone.
fn organ_of(app: &App, visitor: &Visitor) -> Result<String, PageError> {
    let organ = visitor.actor.posts.first().map(|held| held.organ.clone());
    organ.filter(|_| Place::Sharing.is_for(app, visitor)).ok_or(PageError::NotFound)
}

/// The visitor, acting for her organ.
fn acting(visitor: &Visitor, organ: &str) -> Actor {
    Actor { on_behalf: Some(organ.to_owned()), ..visitor.actor.clone() }
}

fn resources(app: &App) -> Result<ResourceService, PageError> {
    app.runner.service::<ResourceService>().map(|service| (*service).clone()).ok_or(PageError::NotFound)
}

/// All resources of the catalogue.
fn all_resources(service: &ResourceService, tx: &mut Tx<'_>) -> Result<Vec<ResourceFacts>, Halt> {
    service.0.all(tx)
}

/// Refuses what the visitor may not read: it does not exist for her.
fn readable(app: &App, visitor: &Visitor, resource: &runner::Resource) -> Result<(), PageError> {
    if app.may(visitor, "sharing.read", resource) { Ok(()) } else { Err(Refusal::not_found().into()) }
}

fn state_tag(lang: Lang, state: GrantState) -> Tag {
    let colour = match state {
        GrantState::Granted => TagColour::Green,
        GrantState::Suspended => TagColour::Purple,
        GrantState::Expired => TagColour::Grey,
        GrantState::Withdrawn => TagColour::Red,
    };
    Tag::new(colour, state.label().get(lang).to_owned())
}
