//! `/workspace/registers/{slug}/consents`: asking people for leave to read, where no law gives it; and what the organ asked for so far.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use clock::Date;
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::{Lang, Text};
use maud::{Markup, html};
use registers::{AskConsent, Overview};
use runner::Resource;
use sharing::Ground;
use tracker::{Consent, ConsentState};
use ui::{Button, Cell, Checkboxes, Choice, Input, Legend, Radios, Table, Tag, TagColour};

use super::{href, overview};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::{Say, moment};
use crate::typed::{Typed, day};

/// Grants that are looked through for names of consents.
const GRANTS_COUNT_MAX: u32 = 200;

struct Shown {
    register: Overview,
    /// Who would read: the organs of the visitor, and members of other nodes for which they ask.
    readers: BTreeMap<String, Reader>,
    asked: Vec<Consent>,
    /// Names under which grants and standing duties of the readers wait for consent.
    granted: BTreeSet<String>,
}

/// Who would read under a consent.
struct Reader {
    name: Text,
    /// The organ that asks.
    asks: String,
    is_member: bool,
}

/// `GET /workspace/registers/{slug}/consents`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(slug): Path<String>) -> Result<Response, PageError> {
    let shown = load(&app, &visitor, &slug).await?;
    Ok(page(&app, &visitor, &shown, &Typed::default()).into_response())
}

/// `POST /workspace/registers/{slug}/consents`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(slug): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let before = load(&app, &visitor, &slug).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let Some(command) = asked(&mut typed, &visitor, &before) else { return Ok(gate::unprocessable(page(&app, &visitor, &before, &typed))) };
    match app.execute(&visitor, form.key(), command).await {
        Ok(done) => {
            let flash = Flash::success(
                format!("已征求同意，编号{}。本人在“我的同意”中答复。", done.outcome),
                format!("Asked, number {}. The person answers under \"My consents\".", done.outcome),
            );
            Ok(see_other_with(&app, &format!("{}/consents", href(&slug)), &flash))
        }
        Err(error) => {
            let refusal = shown(error)?;
            let control = |code: &str| match code {
                "subject-unfit" => "subject",
                "consent-terms-unfit" => "until",
                _ => "name",
            };
            let typed = typed.refuse(visitor.lang, &refusal, control);
            Ok((gate::status_of(&refusal), page(&app, &visitor, &before, &typed)).into_response())
        }
    }
}

/// The register, for whoever may ask in the name of an organ; registers about nobody have nobody to ask.
async fn load(app: &App, visitor: &Visitor, slug: &str) -> Result<Shown, PageError> {
    let register = overview(app, visitor, slug).await?;
    let may_ask = |organ: &str| app.may(visitor, "consent.ask", &Resource { organ: Some(organ.to_owned()), ..Resource::of("consent") });
    let mut own: Vec<String> = visitor.actor.posts.iter().map(|held| held.organ.clone()).filter(|organ| may_ask(organ)).collect();
    own.sort();
    own.dedup();
    if own.is_empty() || register.declaration.subject.is_none() {
        return Err(PageError::NotFound);
    }
    let (slug, now_ms) = (slug.to_owned(), app.now_ms());
    app.read(move |tx| {
        let names = crate::catalogue::organ_names(tx)?;
        let (mut asked, mut granted, mut readers) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        for organ in &own {
            let name = names.get(organ).cloned().unwrap_or_else(|| Text::same(organ.clone()));
            readers.insert(organ.clone(), Reader { name, asks: organ.clone(), is_member: false });
            for grant in sharing::queries::grants_of_grantee(tx, organ, GRANTS_COUNT_MAX)? {
                match grant.terms.ground {
                    Ground::Consent(name) if grant.state.is_open() && grant.terms.register == slug => drop(granted.insert(name)),
                    Ground::Consent(_) | Ground::Cases(_) | Ground::StandingDuty(_) => {}
                }
            }
        }
        let keeper = register.owner.as_ref().map(|owner| owner.id.to_string()).filter(|owner| own.contains(owner));
        for (member, name) in exchange::consents_wanted(tx, &slug, now_ms)? {
            match (&member.organ, &keeper) {
                (Some(organ), _) if own.contains(organ) => drop(granted.insert(name)),
                // Who has no people here has the keeper of the register ask for it.
                (None, Some(keeper)) => {
                    granted.insert(name);
                    readers.insert(member.id.to_string(), Reader { name: member.name, asks: keeper.clone(), is_member: true });
                }
                (Some(_) | None, _) => {}
            }
        }
        for reader in readers.keys() {
            asked.extend(tracker::consents_of_organ(tx, reader, &slug)?);
        }
        Ok(Shown { register: register.clone(), readers, asked, granted })
    })
    .await
}

fn asked(typed: &mut Typed, visitor: &Visitor, shown: &Shown) -> Option<AskConsent> {
    let lang = visitor.lang;
    typed.require(&[
        ("subject", lang.say("请填写本人的证件号码。", "Enter the person's number.")),
        ("name", lang.say("请写明事由。", "Say what it is about.")),
        ("purpose", lang.say("请写明目的。", "Say what for.")),
    ]);
    let fields = typed.all("fields");
    if fields.is_empty() {
        typed.blame("fields", lang.say("请至少选择一个字段。", "Choose at least one field."));
    }
    let until: Option<Date> = day(typed, lang, "until", lang.say("截止日期", "Last day"));
    let reader = reader(typed, lang, shown);
    if typed.has_errors() {
        return None;
    }
    let (id, reader) = reader?;
    Some(AskConsent {
        register: shown.register.declaration.slug.clone(),
        organ: reader.asks.clone(),
        for_member: reader.is_member.then(|| id.clone()),
        name: typed.get("name").to_owned(),
        purpose: Text::same(typed.get("purpose")),
        fields,
        subject: typed.get("subject").to_owned(),
        until: until?,
    })
}

/// Who would read: the only one, or the chosen one of several.
fn reader<'s>(typed: &mut Typed, lang: Lang, shown: &'s Shown) -> Option<(&'s String, &'s Reader)> {
    let mut readers = shown.readers.iter();
    let found = match (readers.next(), readers.next()) {
        (only, None) => only,
        _ => shown.readers.iter().find(|(id, _)| *id == typed.get("organ")),
    };
    if found.is_none() {
        typed.blame("organ", lang.say("请选择以哪个单位的名义征求。", "Choose the organ in whose name you ask."));
    }
    found
}

fn page(app: &App, visitor: &Visitor, shown: &Shown, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let declaration = &shown.register.declaration;
    let title = lang.tell(format!("征求同意：{}", declaration.title.zh), format!("Ask for consent: {}", declaration.title.en));
    let choice = |field: &registers::Field| {
        let choice = Choice::new(field.name.as_str(), field.title.get(lang));
        if field.sensitive { choice.hint(lang.say("敏感个人信息，须单独同意", "Sensitive: takes a consent of its own")) } else { choice }
    };
    let body = html! {
        (typed.summary(lang))
        (heading(&title))
        p.govuk-body { (lang.say(
            "法律没有规定可以直接读取的，应先征得本人同意。本人可以不同意，也可以随时撤回；不得因此拒绝办理，除非没有这些信息办不了。依据个人信息保护法第十三条至第十六条。",
            "Where no law lets you read, ask the person first. She may decline, or take it back at any time, and must not be refused a service for \
             that unless it needs the data. Basis: 个人信息保护法, articles 13 to 16.",
        )) }
        form method="post" novalidate {
            (hidden(visitor, "consent"))
            @if shown.readers.len() > 1 { (readers(lang, shown, typed)) }
            (Input::new("subject", lang.say("本人的证件号码或统一社会信用代码", "Identity number or unified code"))
                .value(typed.get("subject")).error(typed.error(lang, "subject")))
            (Input::new("name", lang.say("事由（同一事由再次征求为新版本）", "What it is about; the same again is a new version"))
                .hint(names(lang, shown)).value(typed.get("name")).error(typed.error(lang, "name")))
            (Input::new("purpose", lang.say("目的", "What for")).value(typed.get("purpose")).error(typed.error(lang, "purpose")))
            (Checkboxes::new("fields", Legend::new(lang.say("需要的字段", "Fields that are needed")), declaration.fields.iter().map(choice).collect())
                .hint(lang.say("只选办理所必需的（最小必要）。", "Only what is needed."))
                .values(typed.all("fields"))
                .error(typed.error(lang, "fields")))
            (Input {
                kind: "date".to_owned(),
                ..Input::new("until", lang.say("截止日期（最长两年）", "Last day, two years at most"))
                    .value(typed.get("until")).error(typed.error(lang, "until")).width(10)
            })
            (Button::submit(lang.say("征求同意", "Ask")))
        }
        (table(lang, shown, app.now_ms()))
    };
    Desk::new(app, visitor, Place::Registers, title).below().wrong(typed.has_errors()).show(body)
}

fn readers(lang: Lang, shown: &Shown, typed: &Typed) -> Markup {
    let choice = |(id, reader): (&String, &Reader)| {
        let choice = Choice::new(id.as_str(), reader.name.get(lang));
        let hint = lang.say(
            "其他节点的成员，由本单位代为征求（个人信息保护法 第二十三条）",
            "A member of another node, for which your organ asks (个人信息保护法, article 23)",
        );
        if reader.is_member { choice.hint(hint) } else { choice }
    };
    let choices = shown.readers.iter().map(choice).collect();
    let legend = Legend::new(lang.say("以哪个单位的名义征求？", "In the name of which organ?"));
    html! { (Radios::new("organ", legend, choices).value(typed.get("organ")).error(typed.error(lang, "organ"))) }
}

/// Which names open something at the exchange.
fn names(lang: Lang, shown: &Shown) -> String {
    if shown.granted.is_empty() {
        return String::new();
    }
    let names = shown.granted.iter().map(String::as_str).collect::<Vec<_>>().join(lang.say("、", ", "));
    lang.tell(format!("凭同意的授权和常设共享写明的事由：{names}"), format!("Grants and standing duties that rest on consent name: {names}"))
}

/// What was asked for; of whom is not shown, for a list of people is a reading of its own.
fn table(lang: Lang, shown: &Shown, now_ms: i64) -> Markup {
    let head = [
        lang.say("编号", "Number"),
        lang.say("事由", "About"),
        lang.say("版本", "Version"),
        lang.say("征求时间", "Asked"),
        lang.say("状态", "State"),
    ];
    let row = |consent: &Consent| {
        vec![
            Cell::new(html! { code.zs-break { (consent.id) } }),
            Cell::new(consent.terms.name.as_str()),
            Cell::new(consent.version.to_string()),
            Cell::new(moment(lang, consent.asked_ms)),
            Cell::new(html! { (state(lang, consent, now_ms)) }),
        ]
    };
    let label = lang.say("本单位征求的同意", "Consents that your organ asked for");
    html! {
        h2.govuk-heading-m { (label) }
        @if shown.asked.is_empty() { p.govuk-body { (lang.say("还没有征求过。", "Nothing was asked for yet.")) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), shown.asked.iter().map(row).collect()).scrolling(label)) }
    }
}

fn state(lang: Lang, consent: &Consent, now_ms: i64) -> Tag {
    match consent.state {
        ConsentState::Asked => Tag::new(TagColour::Yellow, lang.say("等待答复", "Waiting")),
        ConsentState::Given if consent.in_force(now_ms) => Tag::new(TagColour::Green, lang.say("有效", "In force")),
        ConsentState::Given => Tag::new(TagColour::Grey, lang.say("已到期", "Over")),
        ConsentState::Declined => Tag::new(TagColour::Grey, lang.say("未同意", "Declined")),
        ConsentState::Revoked => Tag::new(TagColour::Grey, lang.say("已撤回", "Taken back")),
        ConsentState::Replaced => Tag::new(TagColour::Grey, lang.say("已被新版本取代", "Replaced")),
    }
}
