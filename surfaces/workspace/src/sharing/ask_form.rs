//! The form of a request, and its answers as the procedure package wants them.

use gate::App;
use i18n::Lang;
use maud::{Markup, html};
use serde_json::{Map, Value};
use sharing::{Method, ResourceFacts};
use tracker::Manner;
use ui::{Checkboxes, Choice, Input, Legend, Radios, Textarea};

use crate::say::Say;
use crate::typed::Typed;

/// The control that a refusal is about.
pub(super) fn control(code: &str) -> &'static str {
    match code {
        "field-unknown" | "fields-missing" => "fields",
        "method-not-offered" => "method",
        "manner-unknown" => "manner",
        "period-unfit" => "valid_until",
        "quota-unfit" => "calls_per_day",
        "purpose-missing" => "scene",
        "ground-missing" | "item-unknown" => "ground",
        _ => "",
    }
}

/// What was typed, as answers to the form of the package.
pub(super) fn answers(typed: &Typed) -> Map<String, Value> {
    let mut answers = Map::new();
    for name in ["resource", "division", "manner", "method", "scene", "basis", "ground", "valid_until", "contact"] {
        answers.insert(name.into(), Value::from(typed.get(name)));
    }
    answers.insert("fields".into(), Value::from(joined(typed, "fields")));
    match typed.get("ground") {
        ground @ ("duty" | "consent") => answers.insert(ground.into(), Value::from(typed.get(ground))),
        _ => answers.insert("items".into(), Value::from(joined(typed, "items"))),
    };
    if !typed.get("calls_per_day").is_empty() {
        // What is no number is said by the form of the package.
        let calls = typed.get("calls_per_day").parse::<u32>().map_or_else(|_| Value::from(typed.get("calls_per_day")), Value::from);
        answers.insert("calls_per_day".into(), calls);
    }
    answers.retain(|_, value| value.as_str() != Some(""));
    answers
}

fn joined(typed: &Typed, name: &str) -> String {
    typed.all(name).into_iter().filter(|value| !value.is_empty()).collect::<Vec<_>>().join(",")
}

/// All questions but the declaration.
pub(super) fn form(app: &App, lang: Lang, facts: &ResourceFacts, typed: &Typed) -> Markup {
    html! {
        (fields(lang, facts, typed))
        (Input::new("division", lang.say("只要某个区划的数据（区划代码，不填为全部）", "Only rows of a division (code; all when left empty)"))
            .value(typed.get("division")).width(10).error(typed.error(lang, "division")))
        (manner(lang, typed))
        (method(lang, facts, typed))
        (Textarea::new("scene", lang.say("使用场景：哪项工作、哪个环节、谁来用", "Purpose: which work, at which step, by whom"))
            .value(typed.get("scene")).rows(3).error(typed.error(lang, "scene")))
        (Input::new("basis", lang.say("使用依据：法律、法规条款或者职责规定", "Legal basis: article, or the rule that gives the duty"))
            .value(typed.get("basis")).error(typed.error(lang, "basis")))
        (ground(app, lang, typed))
        (Input { kind: "date".to_owned(), ..Input::new("valid_until", lang.say("使用时限：最后一日", "Last day")).value(typed.get("valid_until"))
            .width(10).error(typed.error(lang, "valid_until")) })
        (Input::new("calls_per_day", lang.say("每日调用次数（可不填）", "Calls a day (may be left empty)"))
            .value(typed.get("calls_per_day")).inputmode("numeric").width(10).error(typed.error(lang, "calls_per_day")))
        (Input::new("contact", lang.say("联系人和电话", "Contact"))
            .value(typed.get("contact")).error(typed.error(lang, "contact")))
    }
}

fn fields(lang: Lang, facts: &ResourceFacts, typed: &Typed) -> Markup {
    let choice = |field: &sharing::ResourceField| {
        let grade = lang.tell(format!("数据分级：{}级", field.grade), format!("Grade {}", field.grade));
        Choice::new(field.name.as_str(), field.title.get(lang).to_owned()).hint(grade)
    };
    let legend = Legend::new(lang.say("需要哪些字段？够用即可", "Which fields? No more than needed"));
    let boxes = Checkboxes::new("fields", legend, facts.fields.iter().map(choice).collect());
    let chosen = typed.all("fields").iter().flat_map(|value| value.split(',').map(str::to_owned).collect::<Vec<_>>()).collect();
    html! { (boxes.values(chosen).error(typed.error(lang, "fields"))) }
}

fn manner(lang: Lang, typed: &Typed) -> Markup {
    let choice = |manner: Manner| Choice::new(manner.as_str(), manner.label().get(lang).to_owned());
    let choices = [Manner::YesNo, Manner::Masked, Manner::Full, Manner::Aggregate].map(choice).to_vec();
    let legend = Legend::new(lang.say("数据形式", "In which manner"));
    html! { (Radios::new("manner", legend, choices).value(typed.get("manner")).error(typed.error(lang, "manner"))) }
}

fn method(lang: Lang, facts: &ResourceFacts, typed: &Typed) -> Markup {
    let choice = |method: &Method| Choice::new(method.code(), method.label().get(lang).to_owned());
    let legend = Legend::new(lang.say("共享方式", "Method"));
    html! { (Radios::new("method", legend, facts.methods.iter().map(choice).collect()).value(typed.get("method")).error(typed.error(lang, "method"))) }
}

fn ground(app: &App, lang: Lang, typed: &Typed) -> Markup {
    let packages = app.library.all_current(app.today());
    let public = packages.iter().filter(|package| package.item.for_the_public());
    let items = public.map(|package| Choice::new(package.slug.as_str(), package.item.name.get(lang).to_owned())).collect();
    let chosen = typed.all("items").iter().flat_map(|value| value.split(',').map(str::to_owned).collect::<Vec<_>>()).collect();
    let items = Checkboxes::new("items", Legend::new(lang.say("哪些事项使用？", "By which items?")), items);
    let items = html! { (items.values(chosen).error(typed.error(lang, "items"))) };
    let duty = html! {
        (Input::new("duty", lang.say("什么职责？", "Which duty?")).value(typed.get("duty")).error(typed.error(lang, "duty")))
    };
    let consent = html! {
        (Input::new("consent", lang.say("征求同意的事由是什么？", "Under which name are people asked?"))
            .hint(lang.say("征求本人同意时写同样的事由。", "Use the same name when you ask people for their consent."))
            .value(typed.get("consent")).error(typed.error(lang, "consent")))
    };
    let choices = vec![
        Choice::new("cases", lang.say("办理具体办件时使用", "For open cases")).reveals(items),
        Choice::new("duty", lang.say("常规职责，不因具体办件", "For a standing duty, without cases")).reveals(duty),
        Choice::new("consent", lang.say("本人同意", "With the consent of each person")).reveals(consent),
    ];
    let legend = Legend::new(lang.say("随什么使用？", "Used under what?"));
    html! { (Radios::new("ground", legend, choices).value(typed.get("ground")).error(typed.error(lang, "ground"))) }
}
