//! Our components against the fixtures that govuk-frontend publishes: the same options give the same HTML.
use std::collections::BTreeSet;

use maud::Render;
use serde_json::Value;

use crate::dom::normal_form;
use crate::{choices, fields, options, simple, structures};

type Renderer = fn(&Value) -> String;

/// Every component of ours that has fixtures.
const COMPONENTS: &[(&str, Renderer)] = &[
    ("accordion", structures::accordion),
    ("back-link", simple::back_link),
    ("breadcrumbs", simple::breadcrumbs),
    ("button", simple::button),
    ("character-count", fields::character_count),
    ("checkboxes", choices::checkboxes),
    ("date-input", choices::date_input),
    ("details", simple::details),
    ("error-message", |o| options::error_message(o).render().0),
    ("error-summary", simple::error_summary),
    ("fieldset", |o| options::fieldset(o).render().0),
    ("file-upload", fields::file_upload),
    ("hint", |o| options::hint(o).render().0),
    ("input", fields::input),
    ("inset-text", simple::inset_text),
    ("label", |o| options::label(o).render().0),
    ("language-navigation", simple::language_navigation),
    ("notification-banner", simple::notification_banner),
    ("pagination", simple::pagination),
    ("panel", simple::panel),
    ("password-input", fields::password_input),
    ("phase-banner", simple::phase_banner),
    ("radios", choices::radios),
    ("select", fields::select),
    ("service-navigation", structures::service_navigation),
    ("skip-link", simple::skip_link),
    ("summary-list", structures::summary_list),
    ("table", structures::table),
    ("tabs", structures::tabs),
    ("tag", |o| simple::tag_of(o).render().0),
    ("task-list", structures::task_list),
    ("textarea", fields::textarea),
    ("warning-text", simple::warning_text),
];

/// Fixtures that our components do not follow, each with its reason: component, name, reason.
const EXCLUSIONS: &[(&str, &str, &str)] = &[
    ("accordion", "with falsy values", NO_FALSY_ITEMS),
    ("checkboxes", "with falsy values", NO_FALSY_ITEMS),
    ("radios", "with falsy items", NO_FALSY_ITEMS),
    ("task-list", "with empty values", NO_FALSY_ITEMS),
    ("panel", "interruption, no actions items", "a box for actions without an action is an empty element; ours is left out"),
];

const NO_FALSY_ITEMS: &str = "a Vec holds no null, false or empty items, so the ids of ours number the real items without gaps";

fn fixtures(component: &str) -> Vec<Value> {
    let path = format!("{}/tests/fixtures/{component}.json", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file["fixtures"].as_array().unwrap().clone()
}

fn reason(component: &str, name: &str) -> Option<&'static str> {
    EXCLUSIONS.iter().find(|(c, n, _)| *c == component && *n == name).map(|(_, _, reason)| *reason)
}

#[test]
fn the_same_options_give_the_same_html() {
    let (mut total, mut faults) = (0, Vec::new());
    for (component, render) in COMPONENTS {
        for fixture in fixtures(component) {
            total += 1;
            let name = fixture["name"].as_str().unwrap();
            let theirs = normal_form(fixture["html"].as_str().unwrap());
            let ours = normal_form(&render(&fixture["options"]));
            match (theirs == ours, reason(component, name)) {
                (true, None) | (false, Some(_)) => {}
                (true, Some(_)) => faults.push(format!("{component}: {name}: passes, so it must not be excluded")),
                (false, None) => faults.push(format!("{component}: {name}\n--- theirs\n{theirs}--- ours\n{ours}")),
            }
        }
    }
    assert!(total > 600, "expected more than 600 fixtures, but found {total}");
    assert!(EXCLUSIONS.len() * 20 <= total, "at most 5 % may be excluded");
    assert!(faults.is_empty(), "{} of {total} fixtures differ\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn exclusions_name_real_fixtures_once_and_give_a_reason() {
    let mut seen = BTreeSet::new();
    for (component, name, reason) in EXCLUSIONS {
        assert!(fixtures(component).iter().any(|fixture| fixture["name"] == *name), "{component}: {name}");
        assert!(seen.insert((component, name)) && !reason.is_empty(), "{component}: {name}");
    }
}
