//! The package: parsed once, immutable, shared.

use std::collections::BTreeMap;

use flow::Definition;
use rules::{Feel, Table};

use crate::files::{FileKind, Files};
use crate::finding::{Finding, Severity, tidy};
use crate::hash::PackageHash;
use crate::item::{self, Item};
use crate::reader::Lines;

/// One procedure package: item, form, flow, decision tables, templates and scenarios, pinned by its hash.
#[derive(Debug)]
pub struct Package {
    /// The item's slug.
    pub slug: String,
    /// What cases pin.
    pub hash: PackageHash,
    /// The implementation list.
    pub item: Item,
    /// The form.
    pub form: forms::Form,
    /// The flow.
    pub flow: Definition,
    /// Decision tables by path, for example `rules/size.dmn`.
    pub tables: BTreeMap<String, Table>,
    /// Document templates by path, for example `documents/licence.typ`.
    pub templates: BTreeMap<String, String>,
    /// Scenarios, sorted by path.
    pub scenarios: Vec<ScenarioText>,
    files: Files,
    lines: Lines,
    feel: Feel,
}

/// One scenario as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioText {
    /// Path, for example `tests/refused.toml`.
    pub path: String,
    /// TOML.
    pub text: String,
}

impl Package {
    /// Parses all files.
    ///
    /// # Errors
    /// Every finding that keeps the package from being read, of all files at once.
    pub fn parse(files: Files) -> Result<Self, Vec<Finding>> {
        let mut findings = files.problems();
        let text = |path: &str| files.text(path).unwrap_or_default();
        let (item, item_findings, lines) = item::parse(text("item.toml"));
        if files.contains("item.toml") {
            findings.extend(item_findings);
        }
        let form = read_form(&files, &mut findings);
        let flow = read_flow(&files, &mut findings);
        let tables = read_tables(&files, &mut findings);
        let of_kind = |kind: FileKind| files.iter().filter(move |(path, _)| FileKind::of(path) == Some(kind)).map(|(path, _)| path);
        let templates = of_kind(FileKind::Template).map(|path| (path.to_owned(), text(path).to_owned())).collect();
        let scenarios = of_kind(FileKind::Scenario).map(|path| ScenarioText { path: path.to_owned(), text: text(path).to_owned() }).collect();
        let findings = tidy(findings);
        match (item, form, flow) {
            (Some(item), Some(form), Some(flow)) if findings.iter().all(|finding| finding.severity != Severity::Error) => {
                let (slug, hash) = (item.slug.clone(), files.hash());
                Ok(Self { slug, hash, item, form, flow, tables, templates, scenarios, files, lines, feel: Feel::new() })
            }
            _ => Err(findings),
        }
    }

    /// The files it was made from.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The evaluator that keeps the package's expressions parsed.
    #[must_use]
    pub fn feel(&self) -> &Feel {
        &self.feel
    }

    /// The line of a key of `item.toml`, for example `material[2].when`; 0 when it is not written.
    #[must_use]
    pub fn line(&self, key: &str) -> u32 {
        self.lines.get(key).copied().unwrap_or(0)
    }

    pub(crate) fn lines(&self) -> &Lines {
        &self.lines
    }
}

fn read_form(files: &Files, findings: &mut Vec<Finding>) -> Option<forms::Form> {
    let text = files.text("form.json")?;
    match forms::Form::parse(text) {
        Ok(form) => Some(form.with_formats(formats())),
        Err(problems) => {
            let finding = |problem: forms::Problem| Finding::error("form.json", problem.line, kebab("form", &problem.code), problem.zh, problem.en);
            findings.extend(problems.into_iter().map(finding));
            None
        }
    }
}

/// Numbers with check digits are checked by the rules of `parties`, with its sentences.
fn formats() -> forms::Formats {
    forms::Formats::standard()
        .with("cn-id-number", |text| parties::IdentityNumber::parse(text).map(drop).map_err(|problem| Some(problem.sentence)))
        .with("cn-uscc", |text| parties::UnifiedCode::parse(text).map(drop).map_err(|problem| Some(problem.sentence)))
}

fn read_flow(files: &Files, findings: &mut Vec<Finding>) -> Option<Definition> {
    match flow::parse(files.text("flow.bpmn")?) {
        Ok(definition) => Some(definition),
        Err(problems) => {
            findings.extend(problems.into_iter().map(flow_finding));
            None
        }
    }
}

pub(crate) fn flow_finding(problem: flow::Problem) -> Finding {
    Finding::error("flow.bpmn", problem.line, problem.code, problem.zh, problem.en)
}

fn read_tables(files: &Files, findings: &mut Vec<Finding>) -> BTreeMap<String, Table> {
    let mut tables = BTreeMap::new();
    for (path, _) in files.iter().filter(|(path, _)| FileKind::of(path) == Some(FileKind::Table)) {
        let Some(text) = files.text(path) else { continue };
        match Table::parse(text) {
            Ok(table) => {
                tables.insert(path.to_owned(), table);
            }
            Err(problems) => findings.extend(problems.iter().map(|problem| table_finding(path, problem))),
        }
    }
    tables
}

pub(crate) fn table_finding(path: &str, problem: &rules::Problem) -> Finding {
    let (code, zh, en) = (kebab("table", &problem.code), problem.zh.clone(), problem.en.clone());
    match problem.severity {
        rules::Severity::Error => Finding::error(path, problem.line, code, zh, en),
        rules::Severity::Warning => Finding::warning(path, problem.line, code, zh, en),
    }
}

/// Forms and rules name their problems in snake_case; findings of a package have one style.
fn kebab(file: &str, code: &str) -> String {
    format!("{file}-{}", code.replace('_', "-"))
}
