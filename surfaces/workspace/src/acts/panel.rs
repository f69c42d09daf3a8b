//! The panel of a case file in which an act is chosen and made.

use i18n::{Lang, Text};
use maud::{Markup, html};
use ui::{Button, Details, Fieldset, Input, InsetText, Legend, Select, SelectItem, Textarea};

use super::deed::ITEM_ROWS;
use super::{Act, Ask};
use crate::say::Say;
use crate::typed::Typed;

/// Rows of the correction form that are folded away.
const ITEM_ROWS_FOLDED: usize = 7;
/// Boxes for officers beyond those that the law demands.
const OFFICERS_MORE: u32 = 2;

/// What the panel needs beside the acts.
pub(crate) struct Offer<'a> {
    /// Address of the forms.
    pub action: String,
    /// Token against forged requests.
    pub csrf: &'a str,
    /// Under which a second click gets the first answer.
    pub key: String,
    /// The version of the case that is shown.
    pub seen: i64,
    /// What may be corrected: code and name of materials and fields.
    pub targets: Vec<(String, String)>,
    /// Where it may be assigned: code and name.
    pub organs: Vec<(String, String)>,
    /// Articles to choose from.
    pub citations: Vec<String>,
    /// The remedies that are told with a decision against somebody.
    pub remedies: Text,
}

impl Offer<'_> {
    /// The fields that every form of the panel carries.
    pub(crate) fn hidden(&self, act: &Act) -> Markup {
        html! {
            input type="hidden" name="_csrf" value=(self.csrf);
            input type="hidden" name="_key" value={ (self.key) "-" (act.code) };
            input type="hidden" name="act" value=(act.code);
            input type="hidden" name="seen" value=(self.seen);
        }
    }
}

/// The acts as cards, or the one chosen as a form.
pub(crate) fn panel(lang: Lang, offer: &Offer<'_>, acts: &[Act], typed: &Typed) -> Markup {
    let chosen = acts.iter().find(|act| act.code == typed.get("act"));
    html! {
        section #act aria-labelledby="act-title" {
            h2.govuk-heading-m #act-title { (lang.say("办理", "Act")) }
            @match chosen {
                Some(act) => {
                    (card(lang, act, form(lang, offer, act, typed)))
                    @if acts.len() > 1 { p.govuk-body { a.govuk-link href=(offer.action) { (lang.say("改用其他办理方式", "Choose another act")) } } }
                }
                None => { @for act in acts { (card(lang, act, entry(lang, offer, act))) } }
            }
        }
    }
}

fn card(lang: Lang, act: &Act, body: Markup) -> Markup {
    html! {
        div.zs-action data-act=(act.code) {
            h3.govuk-heading-s { (act.label.get(lang)) }
            p.zs-action__effect {
                strong { (lang.say("法律效果：", "Legal effect: ")) } (act.effect.get(lang))
                @if !act.basis.is_empty() { " " span.zs-action__basis { (lang.tell(format!("依据：{}", act.basis), format!("Basis: {}", act.basis))) } }
            }
            (body)
        }
    }
}

/// On a card: the button itself where nothing must be said, else the way to the form.
fn entry(lang: Lang, offer: &Offer<'_>, act: &Act) -> Markup {
    if act.asks.as_slice() == [Ask::Opinion] {
        return form(lang, offer, act, &Typed::default());
    }
    let href = format!("{}?act={}#act", offer.action, act.code);
    let label = lang.tell(format!("{}…", act.label.zh), format!("{}…", act.label.en));
    let button = Button::link(label, href);
    html! { @if act.is_unfavourable { (button.warning()) } @else { (button.secondary()) } }
}

fn form(lang: Lang, offer: &Offer<'_>, act: &Act, typed: &Typed) -> Markup {
    let button = Button::submit(act.label.get(lang));
    html! {
        form method="post" action=(offer.action) novalidate {
            (offer.hidden(act))
            @for ask in &act.asks { (field(lang, offer, act, *ask, typed)) }
            @if act.is_unfavourable {
                (InsetText::new(lang.tell(
                    format!("决定书将告知的救济权利：{}", offer.remedies.zh), format!("Remedies named in the decision: {}", offer.remedies.en),
                )))
                (Button::submit(lang.say("下一步：核对", "Next: check")).warning())
            } @else { (button) }
        }
    }
}

fn field(lang: Lang, offer: &Offer<'_>, act: &Act, ask: Ask, typed: &Typed) -> Markup {
    match ask {
        Ask::Opinion => folded_opinion(lang, act, typed),
        Ask::Reasons => text(
            lang,
            "opinion",
            lang.say("事实和理由", "Facts and reasons"),
            lang.say("写给申请人看的：查明的事实、为什么这样决定。", "For the applicant: the facts found and why."),
            typed,
        ),
        Ask::Reply => text(
            lang,
            "opinion",
            lang.say("答复内容", "Reply"),
            lang.say("送达诉求人：怎么办的、结果如何、还有什么办法。", "Sent to the person: what was done, the result, what else can be done."),
            typed,
        ),
        Ask::Findings => text(
            lang,
            "findings",
            lang.say("核查情况", "Findings"),
            lang.say("现场看到的情况，逐项写明。", "What was seen on the spot, point by point."),
            typed,
        ),
        Ask::Basis => basis(lang, offer, typed),
        Ask::Items => items(lang, offer, typed),
        Ask::Officers(least) => officers(lang, least, typed),
        Ask::Organ => organ(lang, offer, typed),
    }
}

fn text(lang: Lang, name: &str, label: &str, hint: &str, typed: &Typed) -> Markup {
    html! { (Textarea::new(name, label).hint(hint).value(typed.get(name)).error(typed.error(lang, name)).rows(5)) }
}

fn folded_opinion(lang: Lang, act: &Act, typed: &Typed) -> Markup {
    let id = format!("opinion-{}", act.code);
    let area = Textarea::new("opinion", lang.say("意见（可不填）", "Opinion (optional)")).id(id).value(typed.get("opinion")).rows(3);
    html! { (Details { is_open: !typed.get("opinion").is_empty(), ..Details::new(lang.say("附办理意见", "Add an opinion"), html! { (area) }) }) }
}

fn basis(lang: Lang, offer: &Offer<'_>, typed: &Typed) -> Markup {
    let input =
        Input::new("basis", lang.say("法律依据", "Legal basis"))
            .hint(lang.say(
                "写到条款，如《食品安全法》第三十三条第一款第一项；多条用分号隔开。",
                "Down to the article; several are separated by semicolons.",
            ))
            .value(typed.get("basis"))
            .error(typed.error(lang, "basis"))
            .attribute("list", "citations");
    html! {
        (input)
        datalist #citations { @for citation in &offer.citations { option value=(citation) {} } }
    }
}

fn organ(lang: Lang, offer: &Offer<'_>, typed: &Typed) -> Markup {
    let mut options = vec![SelectItem::new("", lang.say("请选择", "Choose"))];
    options.extend(offer.organs.iter().map(|(id, name)| SelectItem::new(id.as_str(), name.as_str())));
    html! {
        (Select::new("organ", lang.say("承办单位", "Organ"), options).value(typed.get("organ")).error(typed.error(lang, "organ")))
    }
}

fn officers(lang: Lang, least: u32, typed: &Typed) -> Markup {
    let named = typed.all("officer");
    let box_of = |number: u32| {
        let at = usize::try_from(number).unwrap_or(1).saturating_sub(1);
        let id = if number == 1 { "officer".to_owned() } else { format!("officer-{number}") };
        let label = lang.tell(format!("核查人员{number}"), format!("Officer {number}"));
        let error = (number == 1).then(|| typed.error(lang, "officer")).flatten();
        Input::new("officer", label).id(id).value(named.get(at).map(String::as_str).unwrap_or_default()).error(error).width(20)
    };
    let legend =
        Legend::new(lang.tell(format!("核查人员（至少{least}名，姓名或执法证号）"), format!("Officers (at least {least}, name or licence)")));
    html! { (Fieldset::new(legend, html! { div.zs-pair { @for number in 1..=least + OFFICERS_MORE { (box_of(number)) } } })) }
}

fn items(lang: Lang, offer: &Offer<'_>, typed: &Typed) -> Markup {
    let typed_rows = typed.all("says").len();
    let folded = (ITEM_ROWS + 1)..=(ITEM_ROWS + ITEM_ROWS_FOLDED);
    let is_open = typed.all("says").iter().skip(ITEM_ROWS).any(|says| !says.is_empty()) && typed_rows > ITEM_ROWS;
    html! {
        p.govuk-hint { (lang.say(
            "一次写全：逐项选择字段或材料，说明哪里不对、怎样才对。",
            "Everything at once: choose the field or material, say what is wrong and what would be right.",
        )) }
        @for row in 1..=ITEM_ROWS { (item_row(lang, offer, row, typed)) }
        (Details { is_open, ..Details::new(lang.say("更多补正项", "More items"), html! { @for row in folded { (item_row(lang, offer, row, typed)) } }) })
    }
}

fn item_row(lang: Lang, offer: &Offer<'_>, row: usize, typed: &Typed) -> Markup {
    let at = |name: &str| typed.all(name).get(row - 1).cloned().unwrap_or_default();
    let mut options = vec![SelectItem::new("", lang.say("整个申请", "The application as a whole"))];
    options.extend(offer.targets.iter().map(|(id, name)| SelectItem::new(id.as_str(), name.as_str())));
    let id = format!("says-{row}");
    html! {
        fieldset.govuk-fieldset.zs-item-row {
            legend.govuk-fieldset__legend.govuk-fieldset__legend--s { (lang.tell(format!("补正项{row}"), format!("Item {row}"))) }
            (Select::new("target", lang.say("字段或材料", "Field or material"), options).id(format!("target-{row}")).value(at("target")))
            (Textarea::new("says", lang.say("需要怎样补正", "What to correct")).id(id.as_str()).value(at("says")).error(typed.error(lang, &id)).rows(2))
        }
    }
}
