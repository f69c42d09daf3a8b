use maud::{Escaper, Markup, PreEscaped, Render};
use std::fmt::Write;

/// What a component shows: nothing, text that is escaped, or markup made by another component.
#[derive(Debug, Clone, Default)]
pub enum Content {
    /// Nothing; the element around it is left out where the component says so.
    #[default]
    Empty,
    /// Text, escaped on output.
    Text(String),
    /// Markup, put out as it is. Only `html!` and components make it, so it cannot come from data.
    Html(Markup),
}

impl Content {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Content::Empty => true,
            Content::Text(text) => text.is_empty(),
            Content::Html(markup) => markup.0.is_empty(),
        }
    }

    /// This content, or the given text where it is empty.
    pub(crate) fn or(&self, text: &str) -> Content {
        if self.is_empty() { Content::from(text) } else { self.clone() }
    }
}

impl Render for Content {
    fn render_to(&self, out: &mut String) {
        match self {
            Content::Empty => {}
            Content::Text(text) => text.render_to(out),
            Content::Html(markup) => out.push_str(&markup.0),
        }
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Content::Text(text.to_owned())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Content::Text(text)
    }
}

impl From<&String> for Content {
    fn from(text: &String) -> Self {
        Content::Text(text.clone())
    }
}

impl From<Markup> for Content {
    fn from(markup: Markup) -> Self {
        Content::Html(markup)
    }
}

/// Extra HTML attributes of a component. Names are literals of the program; values are escaped.
#[derive(Debug, Clone, Default)]
pub struct Attributes(Vec<(&'static str, Option<String>)>);

impl Attributes {
    /// No attributes.
    pub fn none() -> Attributes {
        Attributes::default()
    }

    /// Adds `name="value"`.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Attributes {
        self.0.push((name, Some(value.into())));
        self
    }

    /// Adds a boolean attribute, a name without a value.
    pub fn flag(mut self, name: &'static str) -> Attributes {
        self.0.push((name, None));
        self
    }

    /// Adds the attributes of another list.
    pub fn join(mut self, other: &Attributes) -> Attributes {
        self.0.extend(other.0.iter().cloned());
        self
    }
}

/// Writes one element whose attributes are known only at run time, which the `html!` macro cannot express.
pub(crate) struct Tag {
    name: &'static str,
    out: String,
}

impl Tag {
    pub(crate) fn new(name: &'static str) -> Tag {
        Tag { name, out: format!("<{name}") }
    }

    /// A heading of level 1 to 6; any other number gives the default.
    pub(crate) fn heading(level: u8, default: u8) -> Tag {
        Tag::new(heading_name(level).or_else(|| heading_name(default)).unwrap_or("h2"))
    }

    /// The class attribute from its parts; empty parts are skipped.
    pub(crate) fn class(self, parts: &[&str]) -> Tag {
        let joined = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        self.some("class", &joined)
    }

    pub(crate) fn attr(mut self, name: &'static str, value: &str) -> Tag {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape_into(&mut self.out, value);
        self.out.push('"');
        self
    }

    /// The attribute, unless its value is empty.
    pub(crate) fn some(self, name: &'static str, value: &str) -> Tag {
        if value.is_empty() { self } else { self.attr(name, value) }
    }

    pub(crate) fn option(self, name: &'static str, value: Option<&str>) -> Tag {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    pub(crate) fn flag(mut self, name: &'static str, on: bool) -> Tag {
        if on {
            self.out.push(' ');
            self.out.push_str(name);
        }
        self
    }

    pub(crate) fn attrs(mut self, attributes: &Attributes) -> Tag {
        for (name, value) in &attributes.0 {
            self = match value {
                Some(value) => self.attr(name, value),
                None => self.flag(name, true),
            };
        }
        self
    }

    /// The element around a body.
    pub(crate) fn wrap(mut self, body: impl Render) -> Markup {
        self.out.push('>');
        body.render_to(&mut self.out);
        self.out.push_str("</");
        self.out.push_str(self.name);
        self.out.push('>');
        PreEscaped(self.out)
    }

    /// A void element such as `input`.
    pub(crate) fn void(mut self) -> Markup {
        self.out.push('>');
        PreEscaped(self.out)
    }
}

fn heading_name(level: u8) -> Option<&'static str> {
    match level {
        1 => Some("h1"),
        2 => Some("h2"),
        3 => Some("h3"),
        4 => Some("h4"),
        5 => Some("h5"),
        6 => Some("h6"),
        _ => None,
    }
}

fn escape_into(out: &mut String, text: &str) {
    // Writing into a String cannot fail.
    let _ = Escaper::new(out).write_str(text);
}

/// Id lists such as `aria-describedby`, joined by spaces.
pub(crate) fn ids(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use maud::html;

    #[test]
    fn text_and_attribute_values_are_escaped_and_markup_is_not() {
        let tag = Tag::new("p").attr("title", "a\"<b>&").wrap(Content::from("<script>"));
        assert_eq!(tag.0, "<p title=\"a&quot;&lt;b&gt;&amp;\">&lt;script&gt;</p>");
        assert_eq!(Tag::new("p").wrap(Content::from(html! { b { "x" } })).0, "<p><b>x</b></p>");
    }

    #[test]
    fn empty_classes_leave_no_attribute() {
        assert_eq!(Tag::new("br").class(&["", ""]).flag("hidden", true).void().0, "<br hidden>");
        assert_eq!(Tag::new("a").class(&["x", "", "y z"]).wrap("").0, "<a class=\"x y z\"></a>");
    }

    #[test]
    fn an_impossible_heading_level_becomes_the_default() {
        assert_eq!(Tag::heading(9, 3).wrap("").0, "<h3></h3>");
        assert_eq!(Tag::heading(0, 0).wrap("").0, "<h2></h2>");
    }
}
