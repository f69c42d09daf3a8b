//! Service tasks: `verify`, `issue`, `notify`, `document`, `open-case`, `publish`.

use std::collections::BTreeMap;

use i18n::Text;
use runner::{Fault, Halt};
use serde_json::{Map, Value, json};

use super::{NewCase, Work, open_case, parties_link};
use crate::commands::read_case::case_ref;
use crate::events::Happened;
use crate::extension::{Extensions, ServiceCall};

impl Work<'_, '_> {
    /// Does the work of a service task; the answer becomes the variable of its node.
    pub fn call_service(&mut self, node: &str, action: &str, attributes: &BTreeMap<String, String>) -> Result<Map<String, Value>, Halt> {
        let result = match action {
            "verify" => self.verify(attributes)?,
            "issue" => self.issue(attributes)?,
            "notify" => self.notify_from_flow(attributes)?,
            "document" => {
                let kind = required(attributes, "kind")?.to_owned();
                self.make_document(&kind)?;
                json!({ "kind": kind })
            }
            "open-case" => self.open_following_case(attributes)?,
            "publish" => json!({ "published": true }),
            other => Value::Object(self.serve_by_extension(node, other, attributes)?),
        };
        let result_sm3 = self.mark_of(&result.to_string())?;
        self.record(&Happened::ServiceDone { node: node.to_owned(), action: action.to_owned(), result_sm3 })?;
        Ok(match result {
            Value::Object(fields) => fields,
            other => Map::from_iter([("value".to_owned(), other)]),
        })
    }

    /// A service task that another crate does.
    fn serve_by_extension(&mut self, node: &str, action: &str, attributes: &BTreeMap<String, String>) -> Result<Map<String, Value>, Halt> {
        self.refresh_variables();
        let extensions = self.cx.service::<Extensions>().ok();
        let extension = extensions.as_ref().and_then(|extensions| extensions.of_action(action));
        let extension = extension.ok_or_else(|| Fault::because(format!("service task {node} names the unknown action {action}")))?;
        let Self { cx, file, .. } = self;
        extension.serve(cx, &ServiceCall { action, attributes, file, variables: file.instance.variables() })
    }

    /// Compares what was stated with the register: `{ found, matches: { field: yes/no }, all_match, record }`.
    fn verify(&mut self, attributes: &BTreeMap<String, String>) -> Result<Value, Halt> {
        let register = required(attributes, "register")?.to_owned();
        let key = required(attributes, "key")?.to_owned();
        let fields: Vec<String> = required(attributes, "fields")?.split(',').map(|field| field.trim().to_owned()).collect();
        let wanted = self.feel(&key)?;
        let keys = std::sync::Arc::clone(&self.keys);
        let division = self.cx.service::<super::Settings>()?.division.clone();
        let record = match wanted.as_str() {
            Some(key) => {
                let trace = self.record_register_reading(&register, key, &fields)?;
                parties_link::register_entry(self.cx.tx(), &keys, &division, &register, key, &trace)?
            }
            None => None,
        };
        let Some(record) = record else {
            return Ok(json!({ "found": false, "matches": {}, "all_match": false, "record": {} }));
        };
        let applicant = super::variables::applicant_variable(&self.file.applicant, self.today());
        let mut matches = Map::new();
        let mut shown = Map::new();
        for field in &fields {
            let held = record.get(field).cloned().unwrap_or(Value::Null);
            let stated = self.file.answers.get(field).or_else(|| applicant.get(field)).cloned().unwrap_or(Value::Null);
            matches.insert(field.clone(), Value::Bool(held == stated && !held.is_null()));
            shown.insert(field.clone(), held);
        }
        let all_match = matches.values().all(|matched| *matched == Value::Bool(true));
        if let Some(birth) = record.get("birth_date").and_then(Value::as_str).and_then(|text| text.parse().ok()) {
            shown.insert("age".into(), json!(parties::age_on(birth, self.today())));
        }
        Ok(json!({ "found": true, "matches": matches, "all_match": all_match, "record": shown }))
    }

    /// The subject of a register sees that this case read her entry, whoever set it off.
    fn record_register_reading(&mut self, register: &str, key: &str, fields: &[String]) -> Result<tracker::Trace, Halt> {
        let title = match register {
            "population" => Text::new("人口库", "Population register"),
            "legal-persons" => Text::new("法人库", "Register of legal persons"),
            other => Text::same(other),
        };
        let basis = self.package.item.basis.first().map(|basis| format!("{} {}", basis.law, basis.article));
        let reading = tracker::Reading {
            subject: key,
            source: tracker::Source { kind: tracker::SourceKind::Register, name: register.to_owned(), title },
            fields: fields.to_vec(),
            manner: tracker::Manner::Full,
            organ: Some(self.file.organ.clone()),
            purpose: Text::new("自动核验申请信息", "To check the application"),
            basis: basis.unwrap_or_default(),
            case: Some(case_ref(&self.file)),
            grant: None,
            message: None,
            secret_until: None,
        };
        tracker::record(self.cx, &self.keys, reading)
    }

    fn notify_from_flow(&mut self, attributes: &BTreeMap<String, String>) -> Result<Value, Halt> {
        let zh = attributes.get("zh").cloned().unwrap_or_else(|| format!("您的“{}”有新的进展。", self.file.item_name.zh));
        let en = attributes.get("en").cloned().unwrap_or_else(|| format!("There is news about your case {}.", self.file.number));
        self.notify(Text::new(zh, en))?;
        Ok(json!({ "notified": true }))
    }

    /// Opens a case of another package for the same party, with this one as its parent.
    fn open_following_case(&mut self, attributes: &BTreeMap<String, String>) -> Result<Value, Halt> {
        let slug = required(attributes, "package")?.to_owned();
        let new = NewCase {
            slug,
            applicant: self.file.applicant.clone(),
            agent: None,
            channel: "system".into(),
            situation: Map::new(),
            answers: Map::from_iter([("parent".to_owned(), json!(self.file.number))]),
            materials: Vec::new(),
            draft: None,
            parent: Some(self.file.id.clone()),
            organ: None,
        };
        let opened = open_case(self.cx, new)?;
        Ok(json!({ "case": opened.id, "number": opened.number }))
    }

    /// Evaluates an expression of the package over the variables.
    pub fn feel(&mut self, expression: &str) -> Result<Value, Halt> {
        self.refresh_variables();
        let value = self.package.feel().evaluate(expression, self.file.instance.variables());
        value.map_err(|why| Fault::because(format!("{expression}: {why}")).into())
    }
}

pub(super) fn required<'a>(attributes: &'a BTreeMap<String, String>, name: &str) -> Result<&'a str, Halt> {
    attributes.get(name).map(String::as_str).ok_or_else(|| Fault::because(format!("a service task lacks zs:{name}")).into())
}
