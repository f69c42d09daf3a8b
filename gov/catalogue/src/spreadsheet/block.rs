//! One resource of a table: the rows that belong to it, read with the address of every problem.

use std::collections::BTreeMap;

use i18n::Text;

use super::columns::{COLUMNS, Meaning};
use super::grid::Grid;
use super::report::{CellProblem, Severity};
use super::words;
use crate::model::{
    ClassCode, DataType, FormatKind, InformationItem, LegalBasis, Level, OpenType, Opening, Relations, ResourceCode, Secrecy, ShareType, Sharing,
    Storage, Tier, UpdatePeriod,
};

/// Reads the rows of one resource.
pub(super) struct Block<'a> {
    pub grid: &'a Grid,
    pub columns: &'a BTreeMap<Meaning, u32>,
    pub rows: Vec<u32>,
    pub problems: Vec<CellProblem>,
}

impl Block<'_> {
    fn first_row(&self) -> u32 {
        self.rows.first().copied().unwrap_or(0)
    }

    /// The address of a meaning in the first row; of the name where the table lacks the column.
    pub fn address(&self, meaning: Meaning) -> String {
        let column = self.columns.get(&meaning).or_else(|| self.columns.get(&Meaning::Name)).copied().unwrap_or(0);
        self.grid.address(self.first_row(), column)
    }

    pub fn problem(&mut self, meaning: Meaning, severity: Severity, zh: impl Into<String>, en: impl Into<String>) {
        let cell = self.address(meaning);
        self.problem_at(cell, severity, zh, en);
    }

    fn problem_at(&mut self, cell: String, severity: Severity, zh: impl Into<String>, en: impl Into<String>) {
        self.problems.push(CellProblem { sheet: self.grid.name.clone(), cell, severity, sentence: Text::new(zh, en) });
    }

    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// What stands under a meaning in the first row of the resource. Other rows that say something else are reported.
    fn raw(&mut self, meaning: Meaning) -> String {
        let Some(column) = self.columns.get(&meaning).copied() else { return String::new() };
        let mut value = String::new();
        let mut others = Vec::new();
        for row in &self.rows {
            let here = self.grid.get(*row, column).trim();
            if value.is_empty() {
                here.clone_into(&mut value);
            } else if !here.is_empty() && here != value {
                others.push(*row);
            }
        }
        for row in others {
            let cell = self.grid.address(row, column);
            let zh = "同一信息资源的这一列前后不一致，按第一个值导入。";
            self.problem_at(cell, Severity::Warning, zh, "This column says different things of one resource; the first value is taken.");
        }
        value
    }

    /// A code or a word: narrowed. Full-width letters and digits are reported.
    pub fn word(&mut self, meaning: Meaning) -> String {
        let raw = self.raw(meaning);
        let (cleaned, changed) = words::clean(&raw);
        if changed {
            self.problem(meaning, Severity::Warning, "全角字母、数字已转为半角。", "Full-width letters and digits were narrowed.");
        }
        cleaned
    }

    /// A sentence.
    pub fn sentence(&mut self, meaning: Meaning) -> String {
        let raw = self.raw(meaning);
        words::clean_sentence(&raw)
    }

    fn missing(&mut self, meaning: Meaning) {
        let name = written(meaning);
        self.problem(meaning, Severity::Error, format!("缺少“{name}”。"), format!("\"{name}\" is missing."));
    }

    fn unknown(&mut self, meaning: Meaning, value: &str) {
        let name = written(meaning);
        self.problem(
            meaning,
            Severity::Error,
            format!("“{name}”的值“{value}”无法识别。"),
            format!("The value \"{value}\" of \"{name}\" is not known."),
        );
    }

    /// A value that must be there and must be one of a domain.
    fn required<T>(&mut self, meaning: Meaning, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.word(meaning);
        if value.is_empty() {
            self.missing(meaning);
            return None;
        }
        let found = read(&value);
        if found.is_none() {
            self.unknown(meaning, &value);
        }
        found
    }

    /// The code of the resource and its classification.
    pub fn codes(&mut self) -> (Option<ClassCode>, Option<ResourceCode>) {
        let code_text = self.word(Meaning::Code);
        let code = ResourceCode::parse(&code_text);
        if !code_text.is_empty() && code.is_none() {
            self.problem(
                Meaning::Code,
                Severity::Error,
                format!("信息资源代码“{code_text}”不合规则，应为“分类码/顺序码”，例如 303013/000012。"),
                format!("The resource code \"{code_text}\" is wrong: classification code / serial number, for example 303013/000012."),
            );
        }
        if code_text.is_empty() && self.columns.contains_key(&Meaning::Code) {
            self.problem(Meaning::Code, Severity::Warning, "信息资源代码为空，由系统生成。", "The resource code is empty; it is generated.");
        }
        let class = self.class(code.as_ref());
        if let (Some(class), Some(code)) = (&class, &code) {
            if class != code.class() {
                let zh = "信息资源代码与信息资源分类码不一致。";
                self.problem(Meaning::Code, Severity::Error, zh, "The resource code does not fit the classification code.");
            }
        }
        (class, code)
    }

    fn class(&mut self, code: Option<&ResourceCode>) -> Option<ClassCode> {
        let text = self.word(Meaning::Class);
        if !text.is_empty() {
            let class = ClassCode::parse(&text).or_else(|| ResourceCode::parse(&text).map(|code| code.class().clone()));
            if class.is_none() {
                self.unknown(Meaning::Class, &text);
            }
            return class;
        }
        if let Some(code) = code {
            return Some(code.class().clone());
        }
        let (tier, branch, heading) = (self.word(Meaning::Tier), self.word(Meaning::Branch), self.word(Meaning::Heading));
        let found = words::class_from_names(&tier, &branch, &heading);
        match &found {
            Some(class) => {
                let (zh, en) =
                    (format!("分类码为空，按“类”“项”确定为 {class}。"), format!("The classification code is empty; by its names it is {class}."));
                self.problem(Meaning::Class, Severity::Warning, zh, en);
            }
            None => self.missing(Meaning::Class),
        }
        found
    }

    pub fn format(&mut self) -> Option<(FormatKind, String)> {
        let (kind, own_type) = self.required(Meaning::Format, words::format)?;
        let named = self.word(Meaning::FormatType).trim_start_matches('.').to_lowercase();
        Some((kind, if named.is_empty() { own_type.unwrap_or_default() } else { named }))
    }

    pub fn sharing(&mut self) -> Option<Sharing> {
        let share_type = self.required(Meaning::ShareType, words::share_type);
        let mut condition = self.sentence(Meaning::ShareCondition);
        if share_type == Some(ShareType::Unconditional) && condition.is_empty() {
            self.problem(
                Meaning::ShareCondition,
                Severity::Warning,
                "共享条件为空，按“无条件”填写。",
                "The condition is empty; \"无条件\" is filled in.",
            );
            condition = Sharing::WITHOUT_CONDITION.to_owned();
        }
        let methods = match words::share_methods(&self.word(Meaning::ShareMethods)) {
            Ok(methods) => methods,
            Err(part) => {
                self.unknown(Meaning::ShareMethods, &part);
                Vec::new()
            }
        };
        Some(Sharing { share_type: share_type?, condition, methods })
    }

    pub fn opening(&mut self) -> Opening {
        let value = self.word(Meaning::Open);
        let condition = self.sentence(Meaning::OpenCondition);
        let open_type = match words::open_type(&value) {
            Some(OpenType::Open) if !condition.is_empty() && condition != Sharing::WITHOUT_CONDITION => OpenType::Conditional,
            Some(open_type) => open_type,
            None if value.is_empty() => {
                self.problem(
                    Meaning::Open,
                    Severity::Warning,
                    "未填是否向社会开放，按不予开放导入。",
                    "Nothing says whether it is open; it is taken as not open.",
                );
                OpenType::Closed
            }
            None => {
                self.unknown(Meaning::Open, &value);
                OpenType::Closed
            }
        };
        Opening { open_type, condition }
    }

    pub fn period(&mut self) -> Option<UpdatePeriod> {
        self.required(Meaning::Period, words::period)
    }

    pub fn secrecy(&mut self) -> Secrecy {
        let value = self.word(Meaning::Secrecy);
        if value.is_empty() {
            return Secrecy::Open;
        }
        words::secrecy(&value).unwrap_or_else(|| {
            self.unknown(Meaning::Secrecy, &value);
            Secrecy::Secret
        })
    }

    pub fn level(tier: Tier) -> Level {
        match tier {
            Tier::Base | Tier::Theme => Level::Local,
            Tier::Department => Level::Department,
        }
    }

    pub fn storage(&mut self) -> Storage {
        Storage {
            system: self.sentence(Meaning::System),
            place: self.sentence(Meaning::Place),
            size_mib: self.quantity(Meaning::Size),
            records: self.quantity(Meaning::Records),
            records_shared: None,
            records_opened: None,
            system_items: self.quantity(Meaning::SystemItems),
        }
    }

    fn quantity(&mut self, meaning: Meaning) -> Option<i64> {
        let value = self.word(meaning);
        let found = words::quantity(&value);
        if found.is_none() && !value.is_empty() {
            let (zh, en) = (format!("“{value}”不是数量，这一项未导入。"), format!("\"{value}\" is no quantity; it is left out."));
            self.problem(meaning, Severity::Warning, zh, en);
        }
        found
    }

    pub fn relations(&mut self) -> Relations {
        let code = self.word(Meaning::SourceCode);
        let source_code = ResourceCode::parse(&code);
        if source_code.is_none() && !code.is_empty() && !matches!(code.as_str(), "无" | "/" | "-") {
            self.unknown(Meaning::SourceCode, &code);
        }
        let basis = self.sentence(Meaning::Basis);
        let basis = basis.split(['；', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(legal_basis).collect();
        Relations { source_code, register: None, procedures: Vec::new(), basis }
    }

    /// The items: one a row, or several in one cell.
    pub fn items(&mut self) -> Vec<InformationItem> {
        let mut items = Vec::new();
        for row in self.rows.clone() {
            let title = words::clean_sentence(self.at(row, Meaning::ItemTitle));
            let name = words::clean(self.at(row, Meaning::ItemName)).0;
            if title.is_empty() && name.is_empty() {
                continue;
            }
            let parts: Vec<String> =
                title.split(['、', '；', ';', '\n']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
            if parts.len() > 1 && name.is_empty() {
                let count = parts.len();
                let cell = self.cell(row, Meaning::ItemTitle);
                let zh = format!("一个单元格内有 {count} 个信息项，已拆分，暂按字符型，请补充数据类型和长度。");
                self.problem_at(
                    cell,
                    Severity::Warning,
                    zh,
                    format!("One cell holds {count} items; they were separated and taken as text. Complete types and lengths."),
                );
                items.extend(parts.into_iter().map(|part| InformationItem::plain("", part, DataType::Text, None)));
                continue;
            }
            let (data_type, length_max) = self.item_type(row);
            items.push(InformationItem::plain(name, title, data_type, length_max));
        }
        items
    }

    fn item_type(&mut self, row: u32) -> (DataType, Option<u32>) {
        let (text, _) = words::clean(self.at(row, Meaning::DataType));
        let (length_text, narrowed) = words::clean(self.at(row, Meaning::Length));
        let cell = self.cell(row, Meaning::Length);
        if narrowed {
            self.problem_at(cell.clone(), Severity::Warning, "全角数字已转为半角。", "Full-width digits were narrowed.");
        }
        let length = words::length(&length_text);
        if length.is_none() && !length_text.is_empty() && !matches!(length_text.as_str(), "-" | "/" | "无") {
            let (zh, en) = (format!("数据长度“{length_text}”不是数字。"), format!("The length \"{length_text}\" is no number."));
            self.problem_at(cell, Severity::Error, zh, en);
        }
        let cell = self.cell(row, Meaning::DataType);
        match words::data_type(&text) {
            Some((data_type, own_length)) => (data_type, length.or(own_length)),
            None if text.is_empty() => {
                self.problem_at(cell, Severity::Warning, "未填数据类型，暂按字符型。", "The data type is missing; it is taken as text.");
                (DataType::Text, length)
            }
            None => {
                self.problem_at(cell, Severity::Error, format!("数据类型“{text}”无法识别。"), format!("The data type \"{text}\" is not known."));
                (DataType::Text, length)
            }
        }
    }

    fn at(&self, row: u32, meaning: Meaning) -> &str {
        self.columns.get(&meaning).map_or("", |column| self.grid.get(row, *column))
    }

    fn cell(&self, row: u32, meaning: Meaning) -> String {
        let column = self.columns.get(&meaning).or_else(|| self.columns.get(&Meaning::Name)).copied().unwrap_or(0);
        self.grid.address(row, column)
    }
}

/// The heading under which a meaning is written.
pub(super) fn written(meaning: Meaning) -> &'static str {
    COLUMNS.iter().find(|(known, _, _)| *known == meaning).map_or("", |(_, name, _)| name)
}

/// `统计法 第二十八条`, `《统计法》第二十八条`.
fn legal_basis(text: &str) -> LegalBasis {
    let plain = text.replace(['《', '》'], "");
    match plain.find("第").filter(|at| *at > 0) {
        Some(at) => {
            let (law, article) = plain.split_at(at);
            LegalBasis { law: law.trim().to_owned(), article: article.trim().to_owned() }
        }
        None => LegalBasis { law: plain.trim().to_owned(), article: String::new() },
    }
}
