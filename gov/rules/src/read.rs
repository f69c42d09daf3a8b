//! Reads DMN. Elements that would change the meaning and are not supported are problems, never ignored.

use std::sync::Arc;

use roxmltree::{Document, Node, ParsingOptions};

use crate::expression::Expression;
use crate::problem::{Place, Problem};
use crate::table::{Decision, Hit, Input, Logic, Output, Rule, Rules, Table};

const SIZE_MAX_BYTES: usize = 1024 * 1024;
const RULES_MAX: usize = 2_000;
const COLUMNS_MAX: usize = 40;
const DMN: &str = "https://www.omg.org/spec/DMN/";
const KNOWN: [&str; 10] = [
    "inputData",
    "decision",
    "itemDefinition",
    "textAnnotation",
    "association",
    "knowledgeSource",
    "group",
    "extensionElements",
    "description",
    "DMNDI",
];

struct Reader<'a> {
    document: &'a Document<'a>,
    problems: Vec<Problem>,
}

pub(crate) fn table(xml: &str) -> Result<Table, Vec<Problem>> {
    if xml.len() > SIZE_MAX_BYTES {
        return Err(vec![Place::default().error("too_large", "决策表文件不得超过 1 MB", "Expected a decision file of at most 1 MB")]);
    }
    let options = ParsingOptions { nodes_limit: 200_000, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(|error| {
        let at = error.pos();
        let place = Place { line: at.row, column: at.col };
        vec![place.error("not_xml", format!("不是有效的 XML：{error}"), format!("Not well-formed XML: {error}"))]
    })?;
    let mut reader = Reader { document: &document, problems: Vec::new() };
    let decisions = reader.definitions(document.root_element());
    if reader.problems.is_empty() { Ok(Table { decisions: Arc::new(decisions) }) } else { Err(reader.problems) }
}

/// A decision with the ids it requires, before they are put in order.
struct Unordered {
    decision: Decision,
    requires: Vec<String>,
}

impl<'a> Reader<'a> {
    fn place(&self, node: Node<'_, '_>) -> Place {
        let at = self.document.text_pos_at(node.range().start);
        Place { line: at.row, column: at.col }
    }

    fn problem(&mut self, node: Node<'_, '_>, code: &str, zh: impl Into<String>, en: impl Into<String>) {
        let problem = self.place(node).error(code, zh, en);
        self.problems.push(problem);
    }

    fn definitions(&mut self, root: Node<'a, 'a>) -> Vec<Decision> {
        if root.tag_name().name() != "definitions" || !root.tag_name().namespace().unwrap_or_default().starts_with(DMN) {
            self.problem(root, "not_dmn", "根元素应为 DMN 1.3 至 1.5 的 definitions", "Expected definitions of DMN 1.3 to 1.5 as the root element");
            return Vec::new();
        }
        for child in elements(root) {
            let name = child.tag_name().name();
            if !KNOWN.contains(&name) {
                self.problem(child, "unsupported", format!("不支持元素 {name}"), format!("The element {name} is not supported"));
            }
        }
        let mut found = Vec::new();
        for node in children(root, "decision") {
            if let Some(decision) = self.decision(node) {
                found.push(decision);
            }
        }
        if found.is_empty() && self.problems.is_empty() {
            self.problem(root, "no_decision", "文件中没有决策", "The file has no decision");
        }
        self.unique_names(&found);
        self.ordered(found)
    }

    fn unique_names(&mut self, found: &[Unordered]) {
        for (index, one) in found.iter().enumerate() {
            let name = &one.decision.name;
            if found.iter().take(index).any(|other| other.decision.name == *name || other.decision.id == one.decision.id) {
                let (zh, en) = (format!("决策“{name}”的名称或标识重复"), format!("The name or id of the decision {name} is used twice"));
                self.problems.push(one.decision.place.error("duplicate", zh, en));
            }
        }
    }

    fn decision(&mut self, node: Node<'a, 'a>) -> Option<Unordered> {
        let (id, name) = (text_of(node, "id"), text_of(node, "name"));
        let name = if name.is_empty() { id.clone() } else { name };
        self.check_name(node, &name);
        let variable = children(node, "variable").next().map(|v| text_of(v, "name")).filter(|v| !v.is_empty()).unwrap_or_else(|| name.clone());
        self.check_name(node, &variable);
        let mut requires = Vec::new();
        for requirement in children(node, "informationRequirement").flat_map(|r| children(r, "requiredDecision")) {
            requires.push(text_of(requirement, "href").trim_start_matches('#').to_owned());
        }
        let mut logic = None;
        for child in elements(node) {
            match child.tag_name().name() {
                "decisionTable" => logic = self.rules(child).map(Logic::Rules),
                "literalExpression" => logic = self.expression(child, Expression::parse).map(Logic::Literal),
                "variable" | "informationRequirement" | "authorityRequirement" | "description" => {}
                "question" | "allowedAnswers" | "extensionElements" => {}
                other => {
                    self.problem(
                        child,
                        "unsupported",
                        format!("决策中不支持元素 {other}"),
                        format!("The element {other} is not supported in a decision"),
                    );
                }
            }
        }
        let Some(logic) = logic else {
            if self.problems.is_empty() {
                self.problem(node, "no_logic", format!("决策“{name}”没有决策表"), format!("The decision {name} has no decision table"));
            }
            return None;
        };
        let decision = Decision { id, name, variable, requires: Vec::new(), logic, place: self.place(node) };
        Some(Unordered { decision, requires })
    }

    fn check_name(&mut self, node: Node<'_, '_>, name: &str) {
        if !is_snake_case(name) {
            let (zh, en) = (format!("名称“{name}”应为小写字母、数字和下划线"), format!("Expected the name {name:?} in snake_case"));
            self.problem(node, "name", zh, en);
        }
    }

    /// Puts required decisions first. Kahn's algorithm; what remains is a cycle.
    fn ordered(&mut self, mut waiting: Vec<Unordered>) -> Vec<Decision> {
        let mut done: Vec<Decision> = Vec::new();
        let ids: Vec<String> = waiting.iter().map(|w| w.decision.id.clone()).collect();
        for one in &waiting {
            for missing in one.requires.iter().filter(|r| !ids.contains(r)) {
                let (zh, en) = (format!("所需的决策“{missing}”不存在"), format!("There is no required decision {missing:?}"));
                self.problems.push(one.decision.place.error("no_such_decision", zh, en));
            }
        }
        loop {
            let ready = waiting.iter().position(|w| w.requires.iter().all(|r| !ids.contains(r) || done.iter().any(|d| d.id == *r)));
            let Some(index) = ready else { break };
            let mut next = waiting.remove(index);
            next.decision.requires = next.requires.iter().filter_map(|r| done.iter().position(|d| d.id == *r)).collect();
            done.push(next.decision);
        }
        for one in waiting {
            let name = &one.decision.name;
            let (zh, en) = (format!("决策“{name}”直接或间接依赖自身"), format!("The decision {name} requires itself, directly or not"));
            self.problems.push(one.decision.place.error("cycle", zh, en));
        }
        done
    }

    fn rules(&mut self, node: Node<'a, 'a>) -> Option<Rules> {
        let before = self.problems.len();
        let hit = self.hit(node);
        let mut inputs = Vec::new();
        for clause in children(node, "input") {
            inputs.extend(self.input(clause));
        }
        let mut outputs = Vec::new();
        let several = children(node, "output").count() > 1;
        for clause in children(node, "output") {
            outputs.extend(self.output(clause, several));
        }
        let (input_count, output_count) = (children(node, "input").count(), children(node, "output").count());
        if output_count == 0 {
            self.problem(node, "no_output", "决策表没有输出列", "The table has no output column");
        }
        if input_count > COLUMNS_MAX || output_count > COLUMNS_MAX || children(node, "rule").count() > RULES_MAX {
            let zh = format!("决策表最多 {COLUMNS_MAX} 列、{RULES_MAX} 条规则");
            self.problem(node, "too_large", zh, format!("A table has at most {COLUMNS_MAX} columns and {RULES_MAX} rules"));
            return None;
        }
        let mut rules = Vec::new();
        for rule in children(node, "rule") {
            rules.extend(self.rule(rule, input_count, output_count));
        }
        if rules.is_empty() && self.problems.len() == before {
            self.problem(node, "no_rule", "决策表没有规则", "The table has no rule");
        }
        (self.problems.len() == before).then_some(Rules { hit: hit?, inputs, outputs, rules })
    }

    fn hit(&mut self, node: Node<'_, '_>) -> Option<Hit> {
        let policy = node.attribute("hitPolicy").unwrap_or("UNIQUE");
        match (policy, node.attribute("aggregation")) {
            ("UNIQUE", None) => Some(Hit::Unique),
            ("FIRST", None) => Some(Hit::First),
            ("COLLECT", None) => Some(Hit::Collect),
            (other, _) => {
                let zh = format!("不支持命中策略 {other}；可用 UNIQUE、FIRST，或不带聚合的 COLLECT");
                self.problem(
                    node,
                    "hit_policy",
                    zh,
                    format!("The hit policy {other} is not supported; use UNIQUE, FIRST, or COLLECT without aggregation"),
                );
                None
            }
        }
    }

    fn input(&mut self, clause: Node<'a, 'a>) -> Option<Input> {
        let Some(node) = children(clause, "inputExpression").next() else {
            self.problem(clause, "no_input_expression", "输入列没有表达式", "The input column has no expression");
            return None;
        };
        let expression = self.expression(node, Expression::parse)?;
        let allowed = match children(clause, "inputValues").next() {
            Some(values) => Some(self.expression(values, Expression::parse_tests)?),
            None => None,
        };
        Some(Input { expression, allowed, type_ref: text_of(node, "typeRef"), place: self.place(clause) })
    }

    fn output(&mut self, clause: Node<'a, 'a>, several: bool) -> Option<Output> {
        let name = text_of(clause, "name");
        if several || !name.is_empty() {
            self.check_name(clause, &name);
        }
        let allowed = match children(clause, "outputValues").next() {
            Some(values) => Some(self.expression(values, Expression::parse_tests)?),
            None => None,
        };
        let default = match children(clause, "defaultOutputEntry").next() {
            Some(entry) => Some(self.expression(entry, Expression::parse)?),
            None => None,
        };
        Some(Output { name, allowed, default })
    }

    fn rule(&mut self, node: Node<'a, 'a>, input_count: usize, output_count: usize) -> Option<Rule> {
        let before = self.problems.len();
        let (mut cells, mut outputs, mut annotations) = (Vec::new(), Vec::new(), Vec::new());
        for child in elements(node) {
            match child.tag_name().name() {
                "inputEntry" => cells.push(self.expression(child, Expression::parse_tests)),
                "outputEntry" => outputs.push(self.expression(child, Expression::parse)),
                "annotationEntry" => annotations.push(content(child).trim().to_owned()),
                _ => {}
            }
        }
        if cells.len() != input_count || outputs.len() != output_count {
            let zh = format!("规则应有 {input_count} 个输入和 {output_count} 个输出，实有 {} 和 {}", cells.len(), outputs.len());
            let en = format!("Expected {input_count} inputs and {output_count} outputs, but the rule has {} and {}", cells.len(), outputs.len());
            self.problem(node, "cell_count", zh, en);
        }
        if annotations.is_empty() {
            annotations.extend(children(node, "description").next().map(|d| d.text().unwrap_or_default().trim().to_owned()));
        }
        let (cells, outputs) = (cells.into_iter().flatten().collect(), outputs.into_iter().flatten().collect());
        (self.problems.len() == before).then(|| Rule { cells, outputs, annotations, place: self.place(node) })
    }

    fn expression(&mut self, node: Node<'a, 'a>, parse: fn(&str) -> Result<Expression, String>) -> Option<Expression> {
        let language = node.attribute("expressionLanguage").unwrap_or_default();
        if !(language.is_empty() || language.to_ascii_lowercase().contains("feel")) {
            self.problem(node, "language", format!("不支持表达式语言 {language}"), format!("The expression language {language} is not supported"));
            return None;
        }
        let text = content(node);
        match parse(&text) {
            Ok(expression) => Some(expression),
            Err(message) => {
                let shown = text.trim();
                self.problem(node, "feel", format!("表达式“{shown}”有误：{message}"), format!("The expression {shown:?} is wrong: {message}"));
                None
            }
        }
    }
}

/// The content of `<text>` in an element.
fn content(node: Node<'_, '_>) -> String {
    children(node, "text")
        .next()
        .map(|text| text.descendants().filter_map(|n| if n.is_text() { n.text() } else { None }).collect())
        .unwrap_or_default()
}

fn elements<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(Node::is_element)
}

fn children<'a, 'input>(node: Node<'a, 'input>, name: &'static str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn text_of(node: Node<'_, '_>, attribute: &str) -> String {
    node.attribute(attribute).unwrap_or_default().trim().to_owned()
}

pub(crate) fn is_snake_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
