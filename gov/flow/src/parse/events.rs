//! Event definitions: timers, messages, errors.

use super::reader::{Element, Reader};
use super::{BPMN, ZS};
use crate::definition::{Calendar, EndKind, Timer, Trigger};
use crate::duration::Duration;

/// A boolean attribute.
pub(super) fn flag(element: Element<'_>, name: &str, default: bool) -> bool {
    match element.attribute(name) {
        Some(value) => matches!(value, "true" | "1"),
        None => default,
    }
}

impl<'a> Reader<'a> {
    /// The only trigger of a catching event.
    pub fn trigger(&mut self, event: Element<'a>) -> Option<Trigger> {
        let definitions = event_definitions(event);
        let [definition] = definitions.as_slice() else {
            self.problem(
                event,
                "trigger-count",
                format!("事件应恰有一个触发定义，实际有 {} 个。", definitions.len()),
                format!("Expected the event to have one event definition, but it has {}.", definitions.len()),
            );
            return None;
        };
        match definition.tag_name().name() {
            "timerEventDefinition" => Some(Trigger::Timer(self.timer(event, *definition))),
            "messageEventDefinition" => {
                self.check_attributes(*definition, &["id", "messageRef"], Some(&[]));
                Some(Trigger::Message(self.message_name(*definition)))
            }
            "errorEventDefinition" => Some(Trigger::Error(self.error_code(*definition))),
            // Refused where children are checked.
            _ => None,
        }
    }

    pub fn end_kind(&mut self, event: Element<'a>) -> EndKind {
        let definitions = event_definitions(event);
        if definitions.len() > 1 {
            self.problem(
                event,
                "trigger-count",
                "结束事件最多有一个事件定义。".to_owned(),
                format!("Expected the end event to have at most one event definition, but it has {}.", definitions.len()),
            );
        }
        let Some(definition) = definitions.first().copied() else { return EndKind::Plain };
        match definition.tag_name().name() {
            "terminateEventDefinition" => EndKind::Terminate,
            "errorEventDefinition" => {
                let code = self.error_code(definition);
                if code.is_none() {
                    self.problem(
                        definition,
                        "error-without-code",
                        "错误结束事件应以 errorRef 指明错误。".to_owned(),
                        "Expected an error end event to name its error by errorRef, but it does not.".to_owned(),
                    );
                }
                EndKind::Error(code.unwrap_or_default())
            }
            _ => EndKind::Plain,
        }
    }

    /// The name of the message that `messageRef` refers to.
    pub fn message_name(&mut self, element: Element<'_>) -> String {
        let id = element.attribute("messageRef").unwrap_or_default();
        match self.messages.get(id) {
            Some(name) => name.clone(),
            None => {
                self.problem(
                    element,
                    "message-unknown",
                    format!("messageRef“{id}”没有对应的 message 声明。"),
                    format!("Expected messageRef to name a declared message, but “{id}” is not declared."),
                );
                String::new()
            }
        }
    }

    fn error_code(&mut self, definition: Element<'_>) -> Option<String> {
        self.check_attributes(definition, &["id", "errorRef"], Some(&[]));
        let id = definition.attribute("errorRef")?;
        let code = self.errors.get(id).cloned();
        if code.is_none() {
            self.problem(
                definition,
                "error-unknown",
                format!("errorRef“{id}”没有对应的 error 声明。"),
                format!("Expected errorRef to name a declared error, but “{id}” is not declared."),
            );
        }
        code
    }

    fn timer(&mut self, event: Element<'a>, definition: Element<'a>) -> Timer {
        self.check_attributes(definition, &["id"], Some(&["calendar"]));
        let (mut duration, mut refused) = (None, false);
        for child in self.bpmn_children(definition) {
            match child.tag_name().name() {
                "timeDuration" => duration = Some(child),
                _ => {
                    refused = true;
                    self.unknown_element(child);
                }
            }
        }
        let calendar = self.calendar(event, definition);
        let text = duration.and_then(|element| element.text()).unwrap_or_default().trim().to_owned();
        if duration.is_some() || !refused {
            self.check_duration(duration.unwrap_or(definition), &text, calendar);
        }
        Timer { duration: text, calendar }
    }

    fn calendar(&mut self, event: Element<'_>, definition: Element<'_>) -> Calendar {
        match definition.attribute((ZS, "calendar")).or_else(|| event.attribute((ZS, "calendar"))) {
            Some("workday") => Calendar::Workday,
            None | Some("calendar") => Calendar::Calendar,
            Some(other) => {
                self.problem(
                    event,
                    "calendar-unknown",
                    format!("zs:calendar 应为 workday（工作日）或 calendar（自然日），“{other}”不是。"),
                    format!("Expected zs:calendar to be workday or calendar, but it is “{other}”."),
                );
                Calendar::Calendar
            }
        }
    }

    fn check_duration(&mut self, at: Element<'_>, text: &str, calendar: Calendar) {
        if text.strip_prefix('=').is_some_and(|feel| !feel.trim().is_empty()) {
            return;
        }
        if text.is_empty() {
            self.problem(
                at,
                "duration-missing",
                "定时器缺少 timeDuration。".to_owned(),
                "Expected the timer to have a timeDuration, but it has none.".to_owned(),
            );
        } else if let Err((zh, en)) = duration_problem(text, calendar) {
            self.problem(at, "duration-malformed", zh, en);
        }
    }
}

/// Whether a text is a duration that the calendar can count.
pub(crate) fn duration_problem(text: &str, calendar: Calendar) -> Result<(), (String, String)> {
    let Some(duration) = Duration::parse(text) else {
        return Err((
            format!("“{text}”不是 ISO 8601 时长，例如 P5D、PT30M。"),
            format!("Expected an ISO 8601 duration such as P5D or PT30M, but “{text}” is not one."),
        ));
    };
    if calendar == Calendar::Workday && duration.whole_days().is_none() {
        return Err((
            format!("工作日定时器只能以整日计，例如 P5D，“{text}”不是。"),
            format!("Expected a working-day timer to count whole days such as P5D, but “{text}” does not."),
        ));
    }
    Ok(())
}

fn event_definitions<'a>(event: Element<'a>) -> Vec<Element<'a>> {
    let is_definition = |child: &Element<'a>| child.tag_name().namespace() == Some(BPMN) && child.tag_name().name().ends_with("EventDefinition");
    event.children().filter(is_definition).collect()
}
