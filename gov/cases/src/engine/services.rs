//! Service tasks: `verify`, `issue`, `notify`, `document`, `open-case`, `publish`.

use std::collections::BTreeMap;

use i18n::Text;
use runner::{Fault, Halt};
use serde_json::{Map, Value, json};

use super::{NewCase, VERIFY, Work, open_case};
use crate::commands::read_case::case_ref;
use crate::events::Happened;
use crate::extension::{Extensions, ServiceCall};
use crate::model::{Fact, FactUse};
use crate::register_desk::{DeskAnswer, ForCase, RegisterDesk};

/// A record, and where it is of this node its version.
type Held = (Map<String, Value>, Option<registers::Record>);

impl Work<'_, '_> {
    /// Does the work of a service task; the answer becomes the variable of its node.
    pub fn call_service(&mut self, node: &str, action: &str, attributes: &BTreeMap<String, String>) -> Result<Map<String, Value>, Halt> {
        let result = match action {
            VERIFY => self.verify(node, attributes)?,
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
        self.done(node, action, result)
    }

    /// Records that a service task was done; gives the variable of its node.
    pub fn done(&mut self, node: &str, action: &str, result: Value) -> Result<Map<String, Value>, Halt> {
        let result_sm3 = self.mark_of(&result.to_string())?;
        let facts = std::mem::take(&mut self.facts);
        self.record(&Happened::ServiceDone { node: node.to_owned(), action: action.to_owned(), result_sm3, facts })?;
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

    fn verify(&mut self, node: &str, attributes: &BTreeMap<String, String>) -> Result<Value, Halt> {
        let register = required(attributes, "register")?.to_owned();
        let (key, fields) = self.key_and_fields(attributes)?;
        let record = match key {
            Some(key) => self.read_register(&register, &key, &fields)?,
            None => None,
        };
        self.compared(node, attributes, record)
    }

    /// The key of a step that verifies, `None` when what was stated is no text, and its fields.
    pub fn key_and_fields(&mut self, attributes: &BTreeMap<String, String>) -> Result<(Option<String>, Vec<String>), Halt> {
        let fields = required(attributes, "fields")?.split(',').map(|field| field.trim().to_owned()).collect();
        let key = self.feel(required(attributes, "key")?)?;
        Ok((key.as_str().map(str::to_owned), fields))
    }

    /// Compares what was stated with the record: `{ found, matches: { field: yes/no }, all_match, record }`. Where the record is of this node, it
    /// is noted which version.
    pub fn compared(&mut self, node: &str, attributes: &BTreeMap<String, String>, found: Option<Held>) -> Result<Value, Halt> {
        let register = required(attributes, "register")?.to_owned();
        let (_, fields) = self.key_and_fields(attributes)?;
        let Some((record, version)) = found else {
            return Ok(not_found());
        };
        let applicant = super::variables::applicant_variable(&self.file.applicant, self.today());
        let mut matches = Map::new();
        let mut shown = Map::new();
        for field in &fields {
            let held = record.get(field).cloned().unwrap_or(Value::Null);
            let stated = self.file.answers.get(field).or_else(|| applicant.get(field)).cloned().unwrap_or(Value::Null);
            let agrees = held == stated && !held.is_null();
            if let Some(version) = &version {
                self.took(node, &register, field, version, agrees);
            }
            matches.insert(field.clone(), Value::Bool(agrees));
            shown.insert(field.clone(), held);
        }
        let all_match = matches.values().all(|matched| *matched == Value::Bool(true));
        if let Some(birth) = record.get("birth_date").and_then(Value::as_str).and_then(|text| text.parse().ok()) {
            shown.insert("age".into(), json!(parties::age_on(birth, self.today())));
        }
        Ok(json!({ "found": true, "matches": matches, "all_match": all_match, "record": shown }))
    }

    /// Notes which version of which record a value was taken from.
    fn took(&mut self, node: &str, register: &str, field: &str, record: &registers::Record, agrees: bool) {
        self.facts.push(Fact {
            place: node.to_owned(),
            used: FactUse::Verified,
            register: register.to_owned(),
            field: field.to_owned(),
            position: record.position,
            version: record.version,
            sm3: record.sm3.clone(),
            recorded_ms: record.recorded_at_ms,
            taken_ms: self.cx.now_ms(),
            day: self.today(),
            agrees,
        });
    }

    /// A record of a base register with its version, for this case and no more than its fields; its subject sees that it was read. A register of another organ
    /// is asked through the exchange. Where the node keeps no such register nothing is found, and a person looks.
    fn read_register(&mut self, register: &str, key: &str, fields: &[String]) -> Result<Option<Held>, Halt> {
        let Some(declaration) = registers::declaration(self.cx.tx(), register)? else { return Ok(None) };
        let asked = self.asked(&declaration, fields);
        if let Ok(desk) = self.cx.service::<RegisterDesk>()
            && let DeskAnswer::Found(found) = desk.ask(self.cx, &ForCase { asked: &asked, key, item: &self.file.slug })?
        {
            // What the other organ's answer was made from stands in the register of this node.
            let today = self.today();
            let held = registers::version_held(self.cx, register, key, today)?;
            return Ok(found.map(|values| (values, held)));
        }
        match registers::read_by_key(self.cx, &asked, key) {
            Ok(found) => Ok(found.map(|record| (record.values.clone(), Some(record)))),
            // A key that cannot be one of this register is nobody's.
            Err(Halt::Refused(refusal)) if refusal.code == "key-unfit" => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The question of a step: declared fields, for this case, under the law of its item.
    pub fn asked(&self, declaration: &registers::Declaration, fields: &[String]) -> registers::Asked {
        let basis = self.package.item.basis.first().map(|basis| format!("{} {}", basis.law, basis.article)).unwrap_or_default();
        let known: Vec<&str> = fields.iter().map(String::as_str).filter(|field| declaration.field(field).is_some()).collect();
        let purpose = Text::new("自动核验申请信息", "To check the application");
        let asked = registers::Asked::new(&declaration.slug, &known, tracker::Manner::Full, purpose, &basis);
        registers::Asked { organ: Some(self.file.organ.clone()), case: Some(case_ref(&self.file)), ..asked }
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
            channel: "system".into(),
            answers: Map::from_iter([("parent".to_owned(), json!(self.file.number))]),
            parent: Some(self.file.id.clone()),
            ..NewCase::default()
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

/// What a step that verifies says when there is no record: a person looks.
pub(crate) fn not_found() -> Value {
    json!({ "found": false, "matches": {}, "all_match": false, "record": {} })
}

pub(super) fn required<'a>(attributes: &'a BTreeMap<String, String>, name: &str) -> Result<&'a str, Halt> {
    attributes.get(name).map(String::as_str).ok_or_else(|| Fault::because(format!("a service task lacks zs:{name}")).into())
}
