//! A description as the fields of the editor, both ways. The names of controls are the names of fields in refusals, dots written as dashes.

use ::catalogue::{
    ClassCode, Content, DataType, FormatKind, InformationItem, LegalBasis, Level, OpenType, Opening, Relations, ResourceCode, Secrecy, ShareMethod,
    ShareType, Sharing, Storage, UpdatePeriod,
};
use i18n::Lang;

use crate::say::Say;
use crate::typed::Typed;

/// Rows of items in the form, at most; longer ones are imported.
pub(super) const ITEM_ROWS_MAX: usize = 200;
/// Empty rows behind the last item.
pub(super) const ITEM_ROWS_SPARE: usize = 5;

/// The control of a field of a refusal.
pub(super) fn control(field: &str) -> String {
    let control = field.replace('.', "-");
    match control.as_str() {
        "items" => "items-0-title".to_owned(),
        "storage" => "storage-records".to_owned(),
        _ => control,
    }
}

/// Fills a form.
pub(super) fn fill(content: &Content) -> Typed {
    let mut typed = Typed::default();
    let number = |figure: Option<i64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let basis: Vec<String> = content.relations.basis.iter().map(ToString::to_string).collect();
    let pairs: [(&str, String); 22] = [
        ("class", content.class.to_string()),
        ("name", content.name.clone()),
        ("summary", content.summary.clone()),
        ("secrecy", content.secrecy.as_str().into()),
        ("level", content.level.as_str().into()),
        ("format", content.format.as_str().into()),
        ("format_type", content.format_type.clone()),
        ("sharing-share_type", content.sharing.share_type.as_str().into()),
        ("sharing-condition", content.sharing.condition.clone()),
        ("opening-open_type", content.opening.open_type.as_str().into()),
        ("opening-condition", content.opening.condition.clone()),
        ("period", content.period.as_str().into()),
        ("domain", content.domain.clone()),
        ("storage-system", content.storage.system.clone()),
        ("storage-place", content.storage.place.clone()),
        ("storage-size_mib", number(content.storage.size_mib)),
        ("storage-records", number(content.storage.records)),
        ("storage-system_items", number(content.storage.system_items)),
        ("relations-source_code", content.relations.source_code.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("relations-register", content.relations.register.clone().unwrap_or_default()),
        ("relations-procedures", content.relations.procedures.join("、")),
        ("relations-basis", basis.join("\n")),
    ];
    pairs.into_iter().for_each(|(name, value)| typed.set(name, value));
    let mut all: Vec<(String, String)> = typed.pairs().to_vec();
    all.extend(content.sharing.methods.iter().map(|method| ("sharing-methods".to_owned(), method.as_str().to_owned())));
    for (nth, item) in content.items.iter().enumerate() {
        let mut add = |part: &str, value: String| all.push((format!("items-{nth}-{part}"), value));
        add("title", item.title.clone());
        add("name", item.name.clone());
        add("type", item.data_type.as_str().into());
        add("length", item.length_max.map(|length| length.to_string()).unwrap_or_default());
    }
    Typed::from_pairs(&all)
}

/// Reads a form. What was decided about items before stays with them; what cannot be read is blamed, all at once.
pub(super) fn read(typed: &mut Typed, lang: Lang, before: Option<&Content>) -> Option<Content> {
    let mut reader = Reader { typed, lang };
    let class = reader.parsed("class", ClassCode::parse, "请填写分类码，例如 303013。", "Give the classification code, for example 303013.");
    let secrecy = reader.chosen("secrecy", Secrecy::parse);
    let level = reader.chosen("level", Level::parse);
    let format = reader.chosen("format", FormatKind::parse);
    let share_type = reader.chosen("sharing-share_type", ShareType::parse);
    let open_type = reader.chosen("opening-open_type", OpenType::parse);
    let period = reader.chosen("period", UpdatePeriod::parse);
    let storage = reader.storage(before);
    let relations = reader.relations();
    let items = reader.items(before);
    if typed.has_errors() {
        return None;
    }
    let methods = typed.all("sharing-methods").iter().filter_map(|word| ShareMethod::parse(word)).collect();
    let text = |name: &str| typed.get(name).to_owned();
    Some(Content {
        class: class?,
        name: text("name"),
        summary: text("summary"),
        secrecy: secrecy?,
        level: level?,
        format: format?,
        format_type: text("format_type"),
        items,
        sharing: Sharing { share_type: share_type?, condition: text("sharing-condition"), methods },
        opening: Opening { open_type: open_type?, condition: text("opening-condition") },
        period: period?,
        domain: text("domain"),
        storage,
        relations,
    })
}

struct Reader<'a> {
    typed: &'a mut Typed,
    lang: Lang,
}

impl Reader<'_> {
    fn parsed<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>, zh: &'static str, en: &'static str) -> Option<T> {
        let found = parse(self.typed.get(name));
        if found.is_none() {
            self.typed.blame(name, self.lang.say(zh, en));
        }
        found
    }

    fn chosen<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.parsed(name, parse, "请选择一项。", "Choose one.")
    }

    /// A number that may be left out.
    fn number<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.typed.get(name).to_owned();
        if text.is_empty() {
            return None;
        }
        let found = text.parse().ok();
        if found.is_none() {
            self.typed.blame(name, self.lang.say("请填写整数。", "Enter a whole number."));
        }
        found
    }

    fn storage(&mut self, before: Option<&Content>) -> Storage {
        let (size_mib, records, system_items) =
            (self.number("storage-size_mib"), self.number("storage-records"), self.number("storage-system_items"));
        Storage {
            system: self.typed.get("storage-system").to_owned(),
            place: self.typed.get("storage-place").to_owned(),
            size_mib,
            records,
            system_items,
            records_shared: before.and_then(|content| content.storage.records_shared),
            records_opened: before.and_then(|content| content.storage.records_opened),
        }
    }

    fn relations(&mut self) -> Relations {
        let code = self.typed.get("relations-source_code").to_owned();
        let source_code = ResourceCode::parse(&code);
        if source_code.is_none() && !code.is_empty() {
            let (zh, en) =
                ("代码应为“分类码/顺序码”，例如 101001/000001。", "A code is classification code / serial number, for example 101001/000001.");
            self.typed.blame("relations-source_code", self.lang.say(zh, en));
        }
        let register = self.typed.get("relations-register");
        let procedures = self.typed.get("relations-procedures").split(['、', ',', '，', ' ']).map(str::trim).filter(|part| !part.is_empty());
        let basis = self.typed.get("relations-basis").lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
            let (law, article) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            LegalBasis { law: law.to_owned(), article: article.trim().to_owned() }
        });
        Relations {
            source_code,
            register: (!register.is_empty()).then(|| register.to_owned()),
            procedures: procedures.map(str::to_owned).collect(),
            basis: basis.collect(),
        }
    }

    fn items(&mut self, before: Option<&Content>) -> Vec<InformationItem> {
        let mut items = Vec::new();
        for nth in 0..ITEM_ROWS_MAX {
            let get = |part: &str| self.typed.get(&format!("items-{nth}-{part}")).to_owned();
            let (title, name) = (get("title"), get("name"));
            if title.is_empty() && name.is_empty() {
                continue;
            }
            let data_type = self.chosen(&format!("items-{nth}-type"), DataType::parse).unwrap_or(DataType::Text);
            let length = self.number(&format!("items-{nth}-length"));
            let mut item = InformationItem::plain(name, title, data_type, length);
            let known = before.and_then(|content| content.items.iter().find(|known| known.key() == item.key()));
            if let Some(known) = known {
                (item.personal, item.grade, item.mask) = (known.personal, known.grade, known.mask);
            }
            items.push(item);
        }
        items
    }
}

/// How many rows of items a form has.
pub(super) fn rows(typed: &Typed) -> usize {
    let filled = |nth: &usize| ["title", "name"].iter().any(|part| !typed.get(&format!("items-{nth}-{part}")).is_empty());
    let last = (0..ITEM_ROWS_MAX).rev().find(filled).map_or(0, |nth| nth + 1);
    (last + ITEM_ROWS_SPARE).min(ITEM_ROWS_MAX)
}
