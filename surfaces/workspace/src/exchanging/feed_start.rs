//! The form by which a feed is started: own subsystem, register, receiver.

use exchange::{INBOX, Member, Service, ServiceId, StartFeed, SubsystemId, change_fields};
use gate::Visitor;
use i18n::Lang;
use maud::{Markup, html};
use ui::{Button, Input, Select, SelectItem};

use super::FEEDS;
use super::directory::Directory;
use crate::frame::{headed, hidden};
use crate::say::Say;
use crate::typed::Typed;

/// The control that a refusal is about.
pub(super) fn control(code: &str) -> &'static str {
    match code {
        "service" | "feed-known" => "receiver",
        _ => "",
    }
}

/// The command of the form; `None` when something is missing, which is then said.
pub(super) fn command(typed: &mut Typed, lang: Lang) -> Option<StartFeed> {
    typed.require(&[
        ("client", lang.say("请选择发送的子系统。", "Choose the subsystem that sends.")),
        ("register", lang.say("请选择登记。", "Choose the register.")),
        ("receiver", lang.say("请选择接收方。", "Choose who receives.")),
    ]);
    let receiver = typed.get("receiver").to_owned();
    let service = match receiver.parse::<SubsystemId>() {
        // What another node's member offers is known by its code alone.
        Ok(member) => member.service(typed.get("code")).ok().or_else(|| {
            typed.blame(
                "code",
                lang.say(
                    "请填写接收服务的代码，不含冒号、分号、斜线和百分号。",
                    "Enter the code of the receiving service, without colons, semicolons, slashes and percent signs.",
                ),
            );
            None
        }),
        Err(_) => receiver.parse::<ServiceId>().ok(),
    };
    if typed.has_errors() {
        return None;
    }
    Some(StartFeed { client: typed.get("client").parse().ok()?, service: service?, register: typed.get("register").to_owned() })
}

/// The form, for the head of an organ that offers a register.
pub(super) fn form(visitor: &Visitor, directory: &Directory, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let heads = headed(&visitor.actor);
    let own: Vec<&Member> = directory.subsystems(&heads).collect();
    let is_own = |id: &SubsystemId| own.iter().any(|member| member.id == *id);
    let offered = directory.services.iter().filter(|service| is_own(service.id.subsystem()) && !service.register.starts_with(INBOX));
    let mut registers: Vec<&str> = offered.map(|service| service.register.as_str()).collect();
    registers.sort_unstable();
    registers.dedup();
    let select = |name: &str, label: &'static str, items: Vec<SelectItem>| {
        let none = SelectItem::new("", lang.say("请选择", "Choose"));
        Select::new(name, label, std::iter::once(none).chain(items).collect()).value(typed.get(name)).error(typed.error(lang, name))
    };
    let clients = own.iter().map(|member| SelectItem::new(member.id.to_string(), member.name.get(lang))).collect();
    let slugs = registers.iter().map(|slug| SelectItem::new(*slug, directory.register(lang, slug))).collect();
    html! {
        h2.govuk-heading-m { (lang.say("开始一项订阅", "Start a feed")) }
        @if registers.is_empty() {
            p.govuk-body { (lang.say("本机构没有发布为服务的登记，没有可送的变更。", "Your organ offers no register as a service, so it has no changes to send.")) }
        } @else {
            form method="post" action=(FEEDS) novalidate {
                (hidden(visitor, "start"))
                input type="hidden" name="act" value="start";
                (select("client", lang.say("发送的子系统", "Subsystem that sends"), clients))
                (select("register", lang.say("登记", "Register"), slugs))
                (select("receiver", lang.say("接收方", "Receiver"), receivers(lang, directory)))
                (Input::new("code", lang.say("接收服务的代码（接收方在其他节点时填写）", "Code of the receiving service, where it is on another node"))
                    .value(typed.get("code")).width(20).error(typed.error(lang, "code")))
                p.zs-action__effect { (lang.say(
                    "从第一项变更开始送起。接收方的常设共享须许可，否则每次都会被拒绝。",
                    "It begins with the first change. The receiver must have recorded a standing duty that permits it, or else every try is refused.",
                )) }
                (Button::submit(lang.say("开始", "Start")))
            }
        }
    }
}

/// A table with none of the fields of a change would set every one aside.
fn takes_changes(service: &Service) -> bool {
    service.register.starts_with(INBOX) && change_fields().iter().any(|field| service.field(&field.name).is_some())
}

/// Services of this node that take changes, then members of other nodes.
fn receivers(lang: Lang, directory: &Directory) -> Vec<SelectItem> {
    let here = directory.services.iter().filter(|service| takes_changes(service)).map(|service| {
        let member = directory.member_name(lang, service.id.subsystem());
        SelectItem::new(service.id.to_string(), format!("{member} · {}", service.title.get(lang)))
    });
    let there = directory.members.iter().filter(|member| member.organ.is_none()).map(|member| {
        let name = member.name.get(lang);
        SelectItem::new(member.id.to_string(), lang.tell(format!("其他节点：{name}"), format!("Another node: {name}")))
    });
    here.chain(there).collect()
}
