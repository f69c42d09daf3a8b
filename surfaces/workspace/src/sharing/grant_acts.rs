//! What may be done with a grant: every button says its legal effect.

use gate::{App, PageError, Visitor};
use maud::{Markup, html};
use runner::Resource;
use sharing::GrantState;
use sharing::commands::{ExtendGrant, GiveUpGrant, ResumeGrant, SuspendGrant, WithdrawGrant};
use ui::{Button, Input, Textarea};

use super::grant::Seen;
use crate::frame::hidden;
use crate::say::Say;
use crate::typed::{Typed, day};

/// The control that a refusal is about.
pub(super) fn control(code: &str) -> &'static str {
    match code {
        "reason-missing" | "text-too-long" => "reason",
        "period-unfit" => "valid_until",
        _ => "",
    }
}

/// Runs the act of the form; `false` when something is missing, which is then said.
pub(super) async fn carry_out(app: &App, visitor: &Visitor, id: &str, typed: &mut Typed, key: Option<String>) -> Result<bool, PageError> {
    let (grant, reason, seen) = (id.to_owned(), typed.get("reason").to_owned(), typed.get("seen").parse().ok());
    match typed.get("act") {
        "extend" => {
            let Some(valid_until) = day(typed, visitor.lang, "valid_until", visitor.lang.say("新的最后一日", "New last day")) else {
                return Ok(false);
            };
            app.execute(visitor, key, ExtendGrant { grant, valid_until, reason, seen }).await?;
        }
        "suspend" => drop(app.execute(visitor, key, SuspendGrant { grant, reason, seen }).await?),
        "resume" => drop(app.execute(visitor, key, ResumeGrant { grant, reason, seen }).await?),
        "withdraw" => drop(app.execute(visitor, key, WithdrawGrant { grant, reason, seen }).await?),
        "give-up" => drop(app.execute(visitor, key, GiveUpGrant { grant, reason, seen }).await?),
        _ => return Err(PageError::NotFound),
    }
    Ok(true)
}

struct Act {
    code: &'static str,
    words: (&'static str, &'static str),
    effect: (&'static str, &'static str),
}

const EXTEND: Act = Act {
    code: "extend",
    words: ("延期", "Extend"),
    effect: ("签发新的授权文本，授权延至新的最后一日。", "A new text is signed; the grant lasts until the new last day."),
};
const SUSPEND: Act = Act {
    code: "suspend",
    words: ("停用", "Suspend"),
    effect: (
        "立即生效，此后的调用一律拒绝；理由告知使用部门。由停用的一方恢复。",
        "At once: every call is refused; the user is told why. Whoever suspends it resumes it.",
    ),
};
const RESUME: Act =
    Act {
        code: "resume", words: ("恢复", "Resume"), effect: ("恢复使用，字段、范围和时限不变。", "It is in use again, within the same limits.")
    };
const WITHDRAW: Act = Act {
    code: "withdraw",
    words: ("撤销", "Withdraw"),
    effect: ("授权终止，不能恢复；使用部门可以申请争议协调。", "The grant ends for good; the user may have the dispute coordinated."),
};
const GIVE_UP: Act = Act {
    code: "give-up",
    words: ("停止使用", "Give up"),
    effect: ("用途结束，授权终止，不能恢复。", "The purpose has ended, and the grant with it."),
};

/// The forms of what the visitor may do.
pub(super) fn acts(app: &App, visitor: &Visitor, seen: &Seen, typed: &Typed) -> Markup {
    let state = seen.grant.state_on(app.today());
    let may = |action: &str| app.may(visitor, action, &seen.resource);
    let resumer = Resource { organ: seen.grant.stopped_by.clone().or(seen.resource.organ.clone()), ..seen.resource.clone() };
    let offered = [
        (&EXTEND, state.is_open() && may("sharing.extend")),
        (&SUSPEND, state == GrantState::Granted && may("sharing.suspend")),
        (&RESUME, state == GrantState::Suspended && app.may(visitor, "sharing.resume", &resumer)),
        (&WITHDRAW, state.is_open() && may("sharing.withdraw")),
        (&GIVE_UP, state.is_open() && may("sharing.give-up")),
    ];
    let offered: Vec<&Act> = offered.into_iter().filter(|(_, offered)| *offered).map(|(act, _)| act).collect();
    html! { @for act in offered { (form(visitor, seen, typed, act)) } }
}

fn form(visitor: &Visitor, seen: &Seen, typed: &Typed, act: &Act) -> Markup {
    let lang = visitor.lang;
    let is_typed = typed.get("act") == act.code;
    let value = |name: &str| if is_typed { typed.get(name).to_owned() } else { String::new() };
    let error = |name: &str| if is_typed { typed.error(lang, name) } else { None };
    let id = |name: &str| if is_typed { name.to_owned() } else { format!("{}-{name}", act.code) };
    let mut reason =
        Textarea::new("reason", lang.say("理由和依据（告知对方）", "Reasons and basis (told to the other side)")).value(value("reason")).rows(2);
    reason.field.id = id("reason");
    reason.field.error = error("reason");
    let mut until = Input {
        kind: "date".to_owned(),
        ..Input::new("valid_until", lang.say("新的最后一日", "New last day")).value(value("valid_until")).width(10)
    };
    until.field.id = id("valid_until");
    until.field.error = error("valid_until");
    html! {
        h2.govuk-heading-m { (lang.say(act.words.0, act.words.1)) }
        form method="post" novalidate {
            (hidden(visitor, act.code))
            input type="hidden" name="act" value=(act.code);
            input type="hidden" name="seen" value=(seen.version);
            p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) } (lang.say(act.effect.0, act.effect.1)) }
            @if act.code == EXTEND.code { (until) }
            (reason)
            (Button::submit(lang.say(act.words.0, act.words.1)).secondary())
        }
    }
}
