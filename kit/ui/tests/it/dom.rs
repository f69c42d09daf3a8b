//! A normal form of HTML: tags, sorted attributes, sorted classes, collapsed text.
use std::collections::BTreeMap;
use std::fmt::Write;

const VOID: [&str; 7] = ["input", "br", "hr", "meta", "link", "img", "path"];

/// The normal form, one line per tag or text, indented by depth.
pub fn normal_form(html: &str) -> String {
    let mut out = String::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, tail)| tail);
        } else if rest.len() >= 2 && rest.to_ascii_lowercase().starts_with("<!doctype") {
            rest = rest.split_once('>').unwrap().1;
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, tail) = after.split_once('>').expect("closing tag");
            let name = name.trim();
            // Void elements written with an end tag (svg path) are already closed.
            if !VOID.contains(&name) {
                assert_eq!(open.pop().as_deref(), Some(name), "closing tags must match in\n{html}");
            }
            rest = tail;
        } else if rest.starts_with('<') {
            rest = start_tag(rest, &mut open, &mut out);
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            line(&mut out, open.len(), &collapse(&decode(&rest[..end])));
            rest = &rest[end..];
        }
    }
    assert!(open.is_empty(), "open elements {open:?} in\n{html}");
    out
}

fn start_tag<'a>(text: &'a str, open: &mut Vec<String>, out: &mut String) -> &'a str {
    let name_end = text.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap();
    let name = text[1..name_end].to_owned();
    let mut attributes: BTreeMap<String, String> = BTreeMap::new();
    let mut rest = text[name_end..].trim_start();
    let mut is_self_closed = false;
    loop {
        if let Some(tail) = rest.strip_prefix('>') {
            rest = tail;
            break;
        }
        if let Some(tail) = rest.strip_prefix('/') {
            is_self_closed = true;
            rest = tail.trim_start();
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap();
        let key = rest[..end].to_owned();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(tail) = rest.strip_prefix("=\"") {
            let (inside, tail) = tail.split_once('"').unwrap();
            value = decode(inside);
            rest = tail.trim_start();
        }
        let previous = attributes.insert(key.clone(), value);
        assert!(previous.is_none(), "attribute {key} twice in {text:.200}");
    }
    let mut shown = format!("<{name}");
    for (key, value) in &attributes {
        let value = if key == "class" { sorted(value) } else { value.clone() };
        write!(shown, " {key}={value:?}").unwrap();
    }
    shown.push('>');
    line(out, open.len(), &shown);
    if name == "textarea" {
        let (inside, tail) = rest.split_once("</textarea>").unwrap();
        line(out, open.len() + 1, &format!("{:?}", decode(inside)));
        return tail;
    }
    if !is_self_closed && !VOID.contains(&name.as_str()) {
        open.push(name);
    }
    rest
}

fn line(out: &mut String, depth: usize, text: &str) {
    if !text.is_empty() {
        writeln!(out, "{}{text}", "  ".repeat(depth)).unwrap();
    }
}

fn sorted(classes: &str) -> String {
    let mut classes: Vec<&str> = classes.split_whitespace().collect();
    classes.sort_unstable();
    classes.dedup();
    classes.join(" ")
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = [("amp;", "&"), ("lt;", "<"), ("gt;", ">"), ("quot;", "\""), ("#39;", "'"), ("ctdot;", "⋯"), ("nbsp;", "\u{a0}")];
        match known.iter().find(|(name, _)| after.starts_with(name)) {
            Some((name, character)) => {
                out.push_str(character);
                rest = &after[name.len()..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out + rest
}

#[test]
fn order_of_attributes_and_classes_and_white_space_do_not_matter() {
    let left = normal_form("<p class=\"b a\" id=\"x\">\n  one\n  two <b>&lt;3</b></p>");
    assert_eq!(left, normal_form("<p id=\"x\" class=\"a b\">one two<b>&lt;3</b></p>"));
    assert_ne!(left, normal_form("<p id=\"x\" class=\"a b\">one two<i>&lt;3</i></p>"));
    assert_ne!(left, normal_form("<p id=\"x\" class=\"a c\">one two<b>&lt;3</b></p>"));
}
