//! The part of the form by which an organ says which table it takes: its fields, a line each, and whom the rows are about.

use catalogue::detect::{Column, detect};
use exchange::{FIELDS_COUNT_MAX, FieldType, Service, ServiceField};
use i18n::{Lang, Text};
use maud::{Markup, html};
use ui::{Choice, Input, Legend, Radios, Textarea};

use crate::say::Say;
use crate::typed::Typed;

/// As the source of a service: a table of the organ's own making.
pub(super) const TABLE: &str = "table:";
const NAME_CHARS_MAX: usize = 60;
const TITLE_CHARS_MAX: usize = 100;
const NOBODY: &str = "nobody";
const SOMEBODY: &str = "somebody";
/// What the detector calls numbers that say whom a row is about.
const NUMBERS: [&str; 2] = ["identity-number", "unified-code"];

const TYPES: [(FieldType, &str, &str); 5] = [
    (FieldType::Text, "文本", "text"),
    (FieldType::Integer, "整数", "integer"),
    (FieldType::Number, "数值", "number"),
    (FieldType::Date, "日期", "date"),
    (FieldType::Boolean, "是否", "boolean"),
];

/// The controls as a service fills them in.
pub(super) fn typed_of(service: &Service) -> [(&'static str, String); 3] {
    let line = |field: &ServiceField| {
        let word = TYPES.iter().find(|(kind, _, _)| *kind == field.kind).map_or("", |(_, zh, _)| zh);
        format!("{}，{word}，{}，{}", field.name, field.title.zh, field.title.en)
    };
    let lines: Vec<String> = service.fields.iter().map(line).collect();
    let about = if service.subject.is_some() { SOMEBODY } else { NOBODY };
    [("table", lines.join("\n")), ("about", about.to_owned()), ("subject", service.subject.clone().unwrap_or_default())]
}

/// What was typed: fields, and the one that says whom a row is about. What is wrong is said at its control.
pub(super) fn read(typed: &mut Typed, lang: Lang) -> Option<(Vec<ServiceField>, Option<String>)> {
    let fields = match fields(typed.get("table")) {
        Ok(fields) => fields,
        Err((zh, en)) => {
            typed.blame("table", lang.tell(zh, en));
            Vec::new()
        }
    };
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let subject = typed.get("subject").to_owned();
    match typed.get("about") {
        NOBODY => {
            if let Some(field) = fields.iter().find(|field| is_number(field)) {
                let zh = format!("“{}”看来是身份号码或统一社会信用代码：数据是关于个人或单位的。", field.title.zh);
                typed.blame(
                    "about",
                    lang.tell(zh, format!("“{}” looks like a number of somebody: the rows are about people or bodies.", field.title.en)),
                );
            }
        }
        SOMEBODY if names.contains(&subject.as_str()) => return Some((fields, Some(subject))),
        SOMEBODY => typed.blame("subject", lang.say("请填写上面的一个数据项名。", "Enter the name of one of the fields above.")),
        _ => typed.blame("about", lang.say("请选择数据是否关于个人或单位。", "Say whether the rows are about people or bodies.")),
    }
    if typed.has_errors() { None } else { Some((fields, None)) }
}

fn is_number(field: &ServiceField) -> bool {
    let finding = detect(&Column { name: &field.name, title: &field.title.zh, samples: &[] });
    finding.likely.first().is_some_and(|first| NUMBERS.contains(&first.kind.as_str()))
}

fn fields(text: &str) -> Result<Vec<ServiceField>, (String, String)> {
    let mut fields: Vec<ServiceField> = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |zh: &str, en: &str| Err((format!("第{number}行：{zh}"), format!("Line {number}: {en}")));
        let parts: Vec<&str> = line.split([',', '，', '\t']).map(str::trim).collect();
        let [name, word, zh, en] = parts.as_slice() else {
            return wrong(
                "应为四项，用逗号分开：名称，类型，中文名，英文名。",
                "four things separated by commas: name, type, name in Chinese, name in English.",
            );
        };
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.chars().all(|char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '_')
            && name.len() <= NAME_CHARS_MAX;
        if !is_name {
            return wrong("名称用小写英文字母、数字和下划线，以字母开头。", "a name is of small letters, digits and underscores, a letter first.");
        }
        if fields.iter().any(|field| field.name == *name) {
            return wrong("这个名称上面已经有了。", "the name stands above already.");
        }
        let Some((kind, _, _)) = TYPES.iter().find(|(_, zh, en)| zh == word || en == word) else {
            return wrong("类型是文本、整数、数值、日期、是否之一。", "the type is one of text, integer, number, date, boolean.");
        };
        if [zh, en].iter().any(|title| title.is_empty() || title.chars().count() > TITLE_CHARS_MAX) {
            return wrong("请填写中英文名称，各不超过100字。", "give its name in both languages, at most 100 characters each.");
        }
        fields.push(ServiceField { name: (*name).to_owned(), title: Text::new(*zh, *en), kind: *kind });
    }
    match fields.len() {
        0 => Err(("请至少写一个数据项。".to_owned(), "Write one field at least.".to_owned())),
        count if count > FIELDS_COUNT_MAX => {
            Err((format!("数据项不超过{FIELDS_COUNT_MAX}个。"), format!("There are at most {FIELDS_COUNT_MAX} fields.")))
        }
        _ => Ok(fields),
    }
}

pub(super) fn controls(lang: Lang, typed: &Typed) -> Markup {
    let about = vec![
        Choice::new(NOBODY, lang.say("不关于任何个人或单位", "They are about nobody")),
        Choice::new(SOMEBODY, lang.say("每一行关于一个人或一个单位", "Each row is about a person or a body")).hint(lang.say(
            "领取时记入当事人的数据使用踪迹；没有号码或号码有误的行不入库。",
            "When a row is taken, whom it is about sees it; a row without a right number is set aside.",
        )),
    ];
    html! {
        (Textarea::new("table", lang.say("接收的数据项", "Fields that are taken")).value(typed.get("table")).rows(8)
            .hint(lang.say(
                "每行一项：名称，类型，中文名，英文名。类型是文本、整数、数值、日期、是否。例如：birth_date，日期，出生日期，Date of birth",
                "One a line: name, type, name in Chinese, name in English. Types: text, integer, number, date, boolean. For example: \
                 birth_date, date, 出生日期, Date of birth",
            ))
            .error(typed.error(lang, "table")))
        (Radios::new("about", Legend::new(lang.say("这些数据关于谁", "Whom the rows are about")), about).value(typed.get("about"))
            .error(typed.error(lang, "about")))
        (Input::new("subject", lang.say("当事人号码的数据项", "Field with the number")).value(typed.get("subject")).width(20)
            .hint(lang.say(
                "身份号码或统一社会信用代码所在数据项的名称，例如 id_number；不关于个人或单位的不填。",
                "Name of the field with the identity number or unified code: id_number. Leave it empty where rows are about nobody.",
            ))
            .error(typed.error(lang, "subject")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_form(table: &str, about: &str, subject: &str) -> (Option<(usize, Option<String>)>, bool) {
        let pairs = [("table", table), ("about", about), ("subject", subject)].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut typed = Typed::from_pairs(&pairs);
        let read = read(&mut typed, Lang::ZhHans);
        (read.map(|(fields, subject)| (fields.len(), subject)), typed.has_errors())
    }

    #[test]
    fn a_line_is_a_field_and_whom_it_is_about_is_said() {
        let births = "id_number，文本，母亲身份号码，Mother's number\r\n\r\nborn, date, 出生日期, Date of birth\nweight_g\tinteger\t体重（克）\tWeight in grams";
        assert_eq!(read_form(births, SOMEBODY, "id_number"), (Some((3, Some("id_number".to_owned()))), false));
        assert_eq!(read_form("code，文本，编号，Number", NOBODY, ""), (Some((1, None)), false));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for wrong in
            ["", "code，文本，编号", "Code，文本，编号，Number", "code，串，编号，Number", "code，文本，，Number", "a，文本，甲，A\na，文本，乙，B"]
        {
            assert_eq!(read_form(wrong, NOBODY, ""), (None, true), "{wrong}");
        }
        let table = "id_number，文本，身份号码，Identity number";
        assert_eq!(read_form(table, NOBODY, ""), (None, true), "a number of somebody");
        assert_eq!(read_form(table, SOMEBODY, "number"), (None, true), "no field");
        assert_eq!(read_form(table, "", ""), (None, true), "not said");
    }

    #[test]
    fn a_service_is_written_as_it_was_read() {
        let text = "id_number，文本，身份号码，Identity number\nborn，日期，出生日期，Date of birth";
        let fields = fields(text).unwrap();
        let service = Service {
            id: "CN-339921/GOV/11339921MB00000018/civil/births".parse().unwrap(),
            title: Text::same("births"),
            register: "inbox:births".into(),
            endpoints: Vec::new(),
            fields,
            subject: Some("id_number".into()),
            body_bytes_max: 1,
            kept_days: 1,
            standing: exchange::Standing::Active,
        };
        assert_eq!(typed_of(&service), [("table", text.to_owned()), ("about", SOMEBODY.to_owned()), ("subject", "id_number".to_owned())]);
    }
}
