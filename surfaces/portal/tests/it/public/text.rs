//! What a page says, without its markup.

/// The readable text of the main part of a page, one line for each block.
pub fn main_text(html: &str) -> String {
    let (_, rest) = html.split_once("<main").expect("a main part");
    let (main, _) = rest.split_once("</main>").expect("the end of the main part");
    let (_, main) = main.split_once('>').expect("the end of the tag");
    lines(main)
}

fn lines(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let (tag, tail) = after.split_once('>').expect("complete tags");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !["a", "span", "strong", "code", "mark", "b", "time", "abbr"].contains(&name) {
            out.push('\n');
        }
        rest = tail;
    }
    out.push_str(rest);
    let text = out.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The headings, labels and column heads of the main part of a page: what the portal says, without what packages say.
pub fn outline(html: &str) -> String {
    let (_, rest) = html.split_once("<main").expect("a main part");
    let (main, _) = rest.split_once("</main>").expect("the end of the main part");
    let mut out = Vec::new();
    for (at, _) in main.match_indices('<') {
        let tag = main.get(at + 1..).unwrap_or_default();
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        if ["h1", "h2", "h3", "dt", "th", "label", "button", "legend"].contains(&name) && !tag.starts_with("th scope=\"row\"") {
            let (element, _) = tag.split_once(&format!("</{name}>")).expect("the end of the element");
            let (_, inside) = element.split_once('>').expect("the end of the tag");
            out.push(format!("{name} {}", lines(inside).replace('\n', " ")));
        }
    }
    out.join("\n")
}

/// The values of an attribute, in order.
pub fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.match_indices(&start).filter_map(|(at, _)| html.get(at + start.len()..)?.split_once('"').map(|(value, _)| value)).collect()
}
