//! Every variable is bound: from the form, a guide question, the applicant, the case or an earlier node to conditions, decision
//! tables, certificates and templates; and every constant it is compared with can occur.

use std::collections::BTreeMap;

use flow::{Definition, Node, NodeKind, Trigger};
use rules::Feel;

use crate::check::decision_facts::DecisionFacts;
use crate::check::expression::comparisons;
use crate::check::form_facts::{FormFacts, line_of};
use crate::check::graph::Graph;
use crate::check::report::Report;
use crate::check::scope::Scope;
use crate::finding::Finding;
use crate::package::Package;

/// An expression and its place, named in both languages.
struct Place<'a> {
    file: &'a str,
    line: u32,
    zh: String,
    en: String,
}

pub(crate) struct Bindings<'p> {
    package: &'p Package,
    form: FormFacts,
    decisions: BTreeMap<String, DecisionFacts>,
    graph: Graph<'p>,
}

impl<'p> Bindings<'p> {
    pub(crate) fn of(package: &'p Package) -> Self {
        let form = FormFacts::of(&package.form);
        let facts = |path: &String| (path.clone(), DecisionFacts::of(package.files().text(path).unwrap_or_default()));
        let decisions = package.tables.keys().map(facts).collect();
        Self { package, form, decisions, graph: Graph::of(&package.flow) }
    }

    pub(crate) fn check(&self, report: &mut Report<'_>) {
        self.check_form(report);
        self.check_name(report);
        self.check_materials(report);
        self.check_flow(report);
        self.check_tables(report);
        self.check_certificates(report);
        self.check_templates(report);
    }

    fn flow(&self) -> &'p Definition {
        &self.package.flow
    }

    fn scope(&self, completed: &[&Node]) -> Scope {
        Scope::of_case(self.package, &self.form, &self.decisions, completed)
    }

    fn check_form(&self, report: &mut Report<'_>) {
        let json = self.package.files().text("form.json").unwrap_or_default();
        for condition in self.package.form.conditions() {
            let mut scope = Scope::of_form(&self.package.item, &self.form);
            scope.only_answers(&condition.known);
            let (zh, en) = (format!("表单条件 {}", condition.pointer), format!("The form's condition {}", condition.pointer));
            let place = Place { file: "form.json", line: line_of(json, condition.feel), zh, en };
            self.check_expression(condition.feel, &scope, &place, report);
        }
    }

    /// The field that names a case is one of the form's.
    fn check_name(&self, report: &mut Report<'_>) {
        let Some(field) = self.package.item.case.named_by.as_deref().filter(|field| self.form.get(field).is_none()) else { return };
        let (zh, en) = (format!("表单没有字段“{field}”。"), format!("The form has no field \"{field}\"."));
        report.item("case.named_by", "case-name-unbound", zh, en);
    }

    fn check_materials(&self, report: &mut Report<'_>) {
        let scope = Scope::of_form(&self.package.item, &self.form);
        for (index, material) in self.package.item.materials.iter().enumerate() {
            let Some(when) = &material.when else { continue };
            let place = Place {
                file: "item.toml",
                line: report.line(&format!("material[{index}].when")),
                zh: format!("材料“{}”的条件", material.name.zh),
                en: format!("The condition of the material \"{}\"", material.name.en),
            };
            self.check_expression(when, &scope, &place, report);
        }
    }

    fn check_flow(&self, report: &mut Report<'_>) {
        for flow in &self.flow().flows {
            let Some(condition) = &flow.condition else { continue };
            let source = &self.flow()[flow.source].id;
            let completed = self.graph.up_to(source);
            let place = self.at(flow.position.line, format!("流向“{}”的条件", flow.id), format!("The condition of the arrow \"{}\"", flow.id));
            self.check_expression(condition, &self.scope(&completed), &place, report);
            self.check_perhaps_missing(condition, source, &completed, &place, report);
        }
        for node in &self.flow().nodes {
            let mut scope = self.scope(&self.graph.before(&node.id));
            for (feel, zh, en) in expressions_of(self.flow(), node) {
                let place = self.at(node.position.line, format!("“{}”的{zh}", node.id), format!("The {en} of \"{}\"", node.id));
                self.check_expression(&feel, &scope, &place, report);
            }
            self.check_script(node, &mut scope, report);
        }
    }

    /// Assignments are made in order, so that a later one sees the earlier ones.
    fn check_script(&self, node: &Node, scope: &mut Scope, report: &mut Report<'_>) {
        let NodeKind::ScriptTask { sets } = &node.kind else { return };
        for set in sets {
            let (zh, en) = (format!("“{}”对“{}”的赋值", node.id, set.name), format!("The assignment of \"{}\" in \"{}\"", set.name, node.id));
            self.check_expression(&set.feel, scope, &self.at(node.position.line, zh, en), report);
            scope.open(&set.name);
        }
    }

    fn at(&self, line: u32, zh: String, en: String) -> Place<'static> {
        Place { file: "flow.bpmn", line, zh, en }
    }

    /// A result that a path goes past may only be compared with `=` and `!=`; anything else fails when the case comes along.
    fn check_perhaps_missing(&self, feel: &str, at: &'p str, completed: &[&'p Node], place: &Place<'_>, report: &mut Report<'_>) {
        let compared = comparisons(feel);
        for path in self.package.feel().variables(feel).unwrap_or_default() {
            let root = path.split('.').next().unwrap_or_default();
            let Some(node) = completed.iter().find(|node| node.id == root) else { continue };
            if compared.iter().any(|comparison| comparison.path == path) || !self.graph.can_skip(at, &node.id) {
                continue;
            }
            let zh = format!("{}使用“{path}”，但有的路径不经过“{root}”，届时没有值。", place.zh);
            let en = format!("{} uses \"{path}\", but some path goes past \"{root}\", and then there is no value.", place.en);
            report.push(Finding::warning(place.file, place.line, "variable-perhaps-missing", zh, en));
        }
    }

    fn check_tables(&self, report: &mut Report<'_>) {
        for node in &self.flow().nodes {
            let NodeKind::BusinessRuleTask { table: path, .. } = &node.kind else { continue };
            let (Some(table), Some(facts)) = (self.package.tables.get(path), self.decisions.get(path)) else { continue };
            let scope = self.scope(&self.graph.before(&node.id));
            for input in rules::inputs(table) {
                self.check_input(path, &input, &scope, facts, report);
            }
            for (line, input, texts) in &facts.cells {
                let place = Place { file: path, line: *line, zh: "决策表".to_owned(), en: "The decision table".to_owned() };
                for text in texts {
                    check_constant(input, text, &scope, &place, report);
                }
            }
        }
    }

    fn check_input(&self, path: &str, input: &str, scope: &Scope, facts: &DecisionFacts, report: &mut Report<'_>) {
        let line = facts.cells.iter().find(|(_, column, _)| column.contains(input)).map_or(1, |(line, ..)| *line);
        let place = Place { file: path, line, zh: "决策表的输入".to_owned(), en: "The input of the decision table".to_owned() };
        check_path(input, scope, &place, report);
        let field = input.strip_prefix("answers.").and_then(|name| self.form.get(name));
        if field.is_some_and(|field| field.perhaps_missing) {
            let zh = format!("决策表的输入“{input}”可能没有填写（非必填或者有显示条件），届时无法判断；请用 get value(answers, \"…\")。");
            let en = format!(
                "The input \"{input}\" may be missing (not required, or hidden), and then nothing is decided; use get value(answers, \"…\")."
            );
            report.push(Finding::warning(path, line, "table-input-perhaps-missing", zh, en));
        }
    }

    fn check_certificates(&self, report: &mut Report<'_>) {
        for (index, certificate) in self.package.item.certificates.iter().enumerate() {
            let issues = |node: &&Node| node.attributes.get("certificate") == Some(&certificate.id);
            let mut completed: Vec<&Node> = Vec::new();
            for issue in self.flow().nodes.iter().filter(issues) {
                completed.extend(self.graph.before(&issue.id));
            }
            let scope = self.scope(&completed).with_certificate();
            let at = format!("certificate[{index}]");
            let fixed = [("holder_name", &certificate.holder_name), ("holder_code", &certificate.holder_code)];
            let face = certificate.face.iter().enumerate().map(|(index, field)| (format!("face[{index}]"), &field.value));
            let values = fixed.into_iter().map(|(key, value)| (key.to_owned(), value)).chain(face);
            for (key, value) in values {
                let place = Place {
                    file: "item.toml",
                    line: report.line(&format!("{at}.{key}")),
                    zh: format!("证照“{}”的照面信息", certificate.name.zh),
                    en: format!("The face of the certificate \"{}\"", certificate.name.en),
                };
                self.check_expression(value, &scope, &place, report);
            }
        }
    }

    /// Templates reach their data as `data.answers.<field>` and so on; what is written so must exist.
    fn check_templates(&self, report: &mut Report<'_>) {
        let all: Vec<&Node> = self.flow().nodes.iter().collect();
        let mut scope = self.scope(&all).with_certificate();
        scope.open("document");
        scope.open("case");
        for (path, text) in &self.package.templates {
            for (index, line) in text.lines().enumerate() {
                let line_number = u32::try_from(index).unwrap_or(0).saturating_add(1);
                let place = Place { file: path, line: line_number, zh: "文书模板".to_owned(), en: "The template".to_owned() };
                for variable in template_paths(line) {
                    check_path(&variable, &scope, &place, report);
                }
            }
        }
    }

    fn check_expression(&self, feel: &str, scope: &Scope, place: &Place<'_>, report: &mut Report<'_>) {
        let engine: &Feel = self.package.feel();
        let paths = match engine.variables(feel) {
            Ok(paths) => paths,
            Err(problem) => {
                let (zh, en) = (
                    format!("{}“{feel}”不是正确的 FEEL 表达式：{problem}。", place.zh),
                    format!("{} \"{feel}\" is no correct FEEL: {problem}.", place.en),
                );
                report.push(Finding::error(place.file, place.line, "feel-wrong", zh, en));
                return;
            }
        };
        for path in paths {
            check_path(&path, scope, place, report);
        }
        for comparison in comparisons(feel) {
            check_constant(&comparison.path, &comparison.text, scope, place, report);
        }
    }
}

fn check_path(path: &str, scope: &Scope, place: &Place<'_>, report: &mut Report<'_>) {
    let Err(known) = scope.find(path) else { return };
    let known: Vec<String> = known.into_iter().collect();
    let zh = format!("{}使用变量“{path}”，但此处没有这个变量；此处有：{}。", place.zh, known.join("、"));
    let en = format!("{} uses the variable \"{path}\", which does not exist here; there are: {}.", place.en, known.join(", "));
    report.push(Finding::error(place.file, place.line, "variable-unbound", zh, en));
}

fn check_constant(path: &str, text: &str, scope: &Scope, place: &Place<'_>, report: &mut Report<'_>) {
    let values = scope.values(path);
    if values.is_empty() || values.iter().any(|value| value == text) {
        return;
    }
    let zh = format!("{}把“{path}”与“{text}”比较，但它只可能是：{}。", place.zh, values.join("、"));
    let en = format!("{} compares \"{path}\" with \"{text}\", but it can only be: {}.", place.en, values.join(", "));
    report.push(Finding::error(place.file, place.line, "value-impossible", zh, en));
}

/// The FEEL expressions of a node other than a script, with what each is for.
fn expressions_of(flow: &Definition, node: &Node) -> Vec<(String, &'static str, &'static str)> {
    let mut found = Vec::new();
    match &node.kind {
        NodeKind::Catch(Trigger::Timer(timer)) | NodeKind::Boundary { trigger: Trigger::Timer(timer), .. } => {
            found.extend(timer.duration.strip_prefix('=').map(|feel| (feel.to_owned(), "定时", "timer")));
        }
        NodeKind::ServiceTask { .. } => {
            let computed = node.attributes.values().filter_map(|value| value.strip_prefix('='));
            found.extend(computed.map(|feel| (feel.to_owned(), "参数", "parameter")));
        }
        NodeKind::UserTask { .. } => {
            let organ = flow.lane_of(node).and_then(|lane| lane.organ_expr.as_ref());
            found.extend(organ.map(|feel| (feel.trim_start_matches('=').to_owned(), "承办单位", "organ")));
        }
        _ => {}
    }
    found
}

/// The `a.b` of every `data.a.b` in a line of a template.
fn template_paths(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("data.") {
        let before = code.get(..at).and_then(|before| before.chars().next_back());
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.' || c == '/' || c == '-') {
            continue;
        }
        let rest = code.get(at + "data.".len()..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
        // A method call such as `.at("name")` ends the path.
        let path = rest.get(..end).unwrap_or_default().trim_end_matches('.');
        let called = rest.get(end..).is_some_and(|after| after.starts_with('('));
        let path = if called { path.rsplit_once('.').map_or("", |(before, _)| before) } else { path };
        if !path.is_empty() {
            found.push(path.to_owned());
        }
    }
    found
}
