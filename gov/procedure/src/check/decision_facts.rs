//! What the checks need to know of a decision file beside its rules: outputs, and which cells test which variable.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::check::expression::texts;

/// The decisions of one file.
#[derive(Default)]
pub(crate) struct DecisionFacts {
    /// Decision (by name and by id) → its result.
    pub results: BTreeMap<String, Outcome>,
    /// Cells: line, input expression, the texts of the test.
    pub cells: Vec<(u32, String, Vec<String>)>,
}

/// What a decision gives. An empty list of texts: any value.
#[derive(Clone)]
pub(crate) enum Outcome {
    /// One output: the value itself.
    Value(Vec<String>),
    /// Several outputs: a context of them.
    Context(BTreeMap<String, Vec<String>>),
}

impl DecisionFacts {
    pub(crate) fn of(xml: &str) -> Self {
        let mut facts = Self::default();
        let Ok(document) = Document::parse(xml) else { return facts };
        for decision in document.descendants().filter(|node| node.has_tag_name_local("decision")) {
            let Some(table) = decision.children().find(|node| node.has_tag_name_local("decisionTable")) else { continue };
            let result = result(table);
            for key in ["name", "id"].iter().filter_map(|key| decision.attribute(*key)) {
                facts.results.insert(key.to_owned(), result.clone());
            }
            let inputs: Vec<String> = children(table, "input").map(|input| text_in(children(input, "inputExpression").next())).collect();
            for rule in children(table, "rule") {
                for (input, entry) in inputs.iter().zip(children(rule, "inputEntry")) {
                    let line = document.text_pos_at(entry.range().start).row;
                    facts.cells.push((line, input.clone(), texts(&text_in(Some(entry)))));
                }
            }
        }
        facts
    }
}

fn result(table: Node<'_, '_>) -> Outcome {
    let columns: Vec<Node<'_, '_>> = children(table, "output").collect();
    let named = columns.iter().enumerate().map(|(index, column)| {
        let name = column.attribute("name").unwrap_or_default().to_owned();
        (name, column_texts(table, *column, index))
    });
    match columns.as_slice() {
        [column] => Outcome::Value(column_texts(table, *column, 0)),
        _ => Outcome::Context(named.collect()),
    }
}

/// The texts an output can have; empty when a cell is not a constant text.
fn column_texts(table: Node<'_, '_>, column: Node<'_, '_>, index: usize) -> Vec<String> {
    let mut values = texts(&text_in(children(column, "defaultOutputEntry").next()));
    for rule in children(table, "rule") {
        let entry = text_in(children(rule, "outputEntry").nth(index));
        match texts(&entry).as_slice() {
            [text] if entry.len() == text.len() + 2 => values.push(text.clone()),
            _ => return Vec::new(),
        }
    }
    values
}

fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name_local(name))
}

fn text_in(node: Option<Node<'_, '_>>) -> String {
    let text = node.and_then(|node| children(node, "text").next());
    text.and_then(|text| text.text()).unwrap_or_default().trim().to_owned()
}

trait LocalName {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl LocalName for Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}
