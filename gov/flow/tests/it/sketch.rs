//! Flows written in a few lines: `sketch` turns them into BPMN.
//!
//! ```text
//! start s
//! user review kind=review lane=window
//! on_timer late of=review after=P5D workday aside
//! sub inspect {
//!   …
//! }
//! s -> review -> g
//! g -> done if review.outcome = "passed"
//! g -> back default
//! process other { … }
//! ```
//! A user task has the kind `review` and the lane `window`, an end the outcome `done`, unless the line says otherwise (`-`: none).

use std::collections::BTreeMap;
use std::fmt::Write;

pub const HEAD: &str = concat!(
    "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:zs=\"urn:zhengshu:flow:1\" ",
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n"
);

#[derive(Default)]
struct Body {
    nodes: String,
    flows: String,
    lanes: BTreeMap<String, Vec<String>>,
    defaults: BTreeMap<String, String>,
    inline: Vec<Body>,
    parent: Option<(String, String)>,
}

/// BPMN from a sketch.
pub fn sketch(text: &str) -> String {
    let mut sketcher = Sketcher { arrows: 0, messages: Vec::new(), errors: Vec::new() };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).peekable();
    let mut rest = Vec::new();
    let mut processes = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(id) = line.strip_prefix("process ") {
            let id = id.trim_end_matches('{').trim().to_owned();
            let inner: Vec<&str> = lines.by_ref().take_while(|line| *line != "end_process").collect();
            processes.push((id, inner));
        } else {
            rest.push(line);
        }
    }
    processes.insert(0, ("main".to_owned(), rest));
    let bodies: Vec<String> = processes.iter().map(|(id, lines)| sketcher.process(id, lines)).collect();
    let mut xml = HEAD.to_owned();
    for message in &sketcher.messages {
        writeln!(xml, "<message id=\"m_{message}\" name=\"{message}\"/>").unwrap();
    }
    for error in &sketcher.errors {
        writeln!(xml, "<error id=\"e_{error}\" errorCode=\"{error}\"/>").unwrap();
    }
    xml + &bodies.concat() + "</definitions>\n"
}

struct Sketcher {
    arrows: u32,
    messages: Vec<String>,
    errors: Vec<String>,
}

impl Sketcher {
    fn process(&mut self, id: &str, lines: &[&str]) -> String {
        let body = self.body(&mut lines.iter().copied());
        let mut lanes = BTreeMap::new();
        collect_lanes(&body, &mut lanes);
        let mut xml = format!("<process id=\"{id}\" isExecutable=\"true\">\n<laneSet id=\"{id}_lanes\">\n");
        for (lane, nodes) in &lanes {
            let nodes: String = nodes.iter().map(|node| format!("<flowNodeRef>{node}</flowNodeRef>")).collect();
            let id = if id == "main" { lane.clone() } else { format!("{id}_{lane}") };
            writeln!(xml, "<lane id=\"{id}\" name=\"{lane}\">{nodes}</lane>").unwrap();
        }
        xml + "</laneSet>\n" + &render(&body) + "</process>\n"
    }

    fn body(&mut self, lines: &mut dyn Iterator<Item = &str>) -> Body {
        let mut body = Body::default();
        while let Some(line) = lines.next() {
            if line == "}" {
                break;
            } else if line.contains(" -> ") {
                self.arrow(&mut body, line);
            } else if let Some(id) = line.strip_prefix("sub ") {
                let mut inner = self.body(lines);
                inner.parent = Some((id.trim_end_matches('{').trim().to_owned(), String::new()));
                write!(body.nodes, "@{}@", body.inline.len()).unwrap();
                body.inline.push(inner);
            } else {
                self.node(&mut body, line);
            }
        }
        body
    }

    fn arrow(&mut self, body: &mut Body, line: &str) {
        let (path, condition) = line.split_once(" if ").map_or((line, None), |(path, feel)| (path, Some(feel)));
        let (path, default) = path.strip_suffix(" default").map_or((path, false), |path| (path, true));
        let nodes: Vec<&str> = path.split(" -> ").map(str::trim).collect();
        for pair in nodes.windows(2) {
            self.arrows += 1;
            let id = format!("f{}", self.arrows);
            if default {
                body.defaults.insert(pair[0].to_owned(), id.clone());
            }
            let inner = condition
                .map_or(String::new(), |feel| format!("<conditionExpression xsi:type=\"tFormalExpression\">{}</conditionExpression>", escape(feel)));
            writeln!(body.flows, "<sequenceFlow id=\"{id}\" sourceRef=\"{}\" targetRef=\"{}\">{inner}</sequenceFlow>", pair[0], pair[1]).unwrap();
        }
    }

    fn node(&mut self, body: &mut Body, line: &str) {
        let mut words = split(line).into_iter();
        let (word, id) = (words.next().unwrap(), words.next().unwrap_or_else(|| panic!("no id in: {line}")));
        let options: BTreeMap<String, String> =
            words.map(|word| word.split_once('=').map_or((word.clone(), String::new()), |(key, value)| (key.to_owned(), value.to_owned()))).collect();
        let option = |key: &str, default: &str| options.get(key).map_or(default, String::as_str).to_owned();
        let own = |key: &str, default: &str| {
            let value = option(key, default);
            if value == "-" || value.is_empty() { String::new() } else { format!(" zs:{key}=\"{}\"", escape(&value)) }
        };
        let name = options.get("name").map_or(String::new(), |name| format!(" name=\"{}\"", escape(name)));
        let lane = option("lane", if word == "user" { "window" } else { "-" });
        if lane != "-" {
            body.lanes.entry(lane).or_default().push(id.clone());
        }
        let limit = own("limit-workdays", "");
        let (tag, attributes, inner) = match word.as_str() {
            "start" => ("startEvent", String::new(), String::new()),
            "end" => ("endEvent", own("outcome", "done"), String::new()),
            "terminate" => ("endEvent", own("outcome", "done"), "<terminateEventDefinition/>".to_owned()),
            "fail" => ("endEvent", String::new(), self.error(&option("code", ""))),
            "user" => ("userTask", own("kind", "review") + &own("officers", "") + &limit, String::new()),
            "service" => ("serviceTask", own("action", "notify") + &own("template", ""), String::new()),
            "rule" => ("businessRuleTask", own("table", "rules/x.dmn") + &own("decision", "x"), String::new()),
            "receive" => ("receiveTask", format!(" messageRef=\"{}\"{limit}", self.message(&option("message", ""))), String::new()),
            "script" => ("scriptTask", own("set", ""), String::new()),
            "xor" => ("exclusiveGateway", String::new(), String::new()),
            "and" => ("parallelGateway", String::new(), String::new()),
            "or" => ("inclusiveGateway", String::new(), String::new()),
            "events" => ("eventBasedGateway", String::new(), String::new()),
            "milestone" => ("intermediateThrowEvent", String::new(), String::new()),
            "timer" => ("intermediateCatchEvent", calendar(&options), timer(&option("after", ""))),
            "message" => ("intermediateCatchEvent", String::new(), self.caught(&option("message", ""))),
            "on_timer" => ("boundaryEvent", host(&options) + &calendar(&options), timer(&option("after", ""))),
            "on_message" => ("boundaryEvent", host(&options), self.caught(&option("message", ""))),
            "on_error" => ("boundaryEvent", host(&options), self.error(&option("code", ""))),
            "call" => ("callActivity", format!(" calledElement=\"{}\"", option("process", "")), String::new()),
            other => panic!("no such word: {other}"),
        };
        writeln!(body.nodes, "<{tag} id=\"{id}\"{name}{attributes}~{id}~>{inner}</{tag}>").unwrap();
    }

    fn message(&mut self, name: &str) -> String {
        if !self.messages.iter().any(|known| known == name) {
            self.messages.push(name.to_owned());
        }
        format!("m_{name}")
    }

    fn caught(&mut self, name: &str) -> String {
        format!("<messageEventDefinition messageRef=\"{}\"/>", self.message(name))
    }

    fn error(&mut self, code: &str) -> String {
        if code.is_empty() {
            return "<errorEventDefinition/>".to_owned();
        }
        if !self.errors.iter().any(|known| known == code) {
            self.errors.push(code.to_owned());
        }
        format!("<errorEventDefinition errorRef=\"e_{code}\"/>")
    }
}

fn collect_lanes(body: &Body, lanes: &mut BTreeMap<String, Vec<String>>) {
    for (lane, nodes) in &body.lanes {
        lanes.entry(lane.clone()).or_default().extend(nodes.iter().cloned());
    }
    for inner in &body.inline {
        collect_lanes(inner, lanes);
    }
}

fn render(body: &Body) -> String {
    let mut nodes = body.nodes.clone();
    for (number, inner) in body.inline.iter().enumerate() {
        let (id, _) = inner.parent.clone().unwrap();
        nodes = nodes.replace(&format!("@{number}@"), &format!("<subProcess id=\"{id}\"~{id}~>\n{}</subProcess>\n", render(inner)));
    }
    for (node, flow) in &body.defaults {
        nodes = nodes.replace(&format!("~{node}~"), &format!(" default=\"{flow}\""));
    }
    while let Some(start) = nodes.find('~') {
        let end = start + 1 + nodes[start + 1..].find('~').unwrap();
        nodes.replace_range(start..=end, "");
    }
    nodes + &body.flows
}

fn calendar(options: &BTreeMap<String, String>) -> String {
    if options.contains_key("workday") { " zs:calendar=\"workday\"".to_owned() } else { String::new() }
}

fn host(options: &BTreeMap<String, String>) -> String {
    let aside = if options.contains_key("aside") { " cancelActivity=\"false\"" } else { "" };
    format!(" attachedToRef=\"{}\"{aside}", options["of"])
}

fn timer(duration: &str) -> String {
    format!("<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>", escape(duration))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Words; `'…'` keeps spaces.
fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
