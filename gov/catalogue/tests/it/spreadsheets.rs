use crate::tables::{book, good, headings, merged, row, with, write};
use catalogue::spreadsheet::{FileProblem, Provider, Severity, Table, read, to_csv, to_xlsx};
use catalogue::{DataType, OpenType, ShareMethod, ShareType, UpdatePeriod};
use parties::OrganId;
use rust_xlsxwriter::Workbook;

fn provider(nth: u32, name: &str) -> Provider {
    let organ = OrganId::parse(&format!("organ_{nth:026}")).unwrap();
    let code = parties::UnifiedCode::from_serial('1', '1', &parties::DivisionCode::parse("339921").unwrap(), nth).unwrap();
    Provider { organ, names: vec![name.into()], code: code.to_string() }
}

fn market() -> Provider {
    provider(1, "云溪县市场监督管理局")
}

const NAME: &str = "云溪县市场监督管理局";

fn read_one(bytes: &[u8]) -> Table {
    read(bytes, &[market()]).unwrap()
}

/// Addresses and severities of what was found, as one text each.
fn problems(table: &Table) -> Vec<String> {
    let sign = |severity| if severity == Severity::Error { "!" } else { "?" };
    table.report.problems.iter().map(|problem| format!("{}{} {}", sign(problem.severity), problem.cell, problem.sentence.zh)).collect()
}

fn says(table: &Table, start: &str) -> bool {
    problems(table).iter().any(|problem| problem.starts_with(start))
}

#[test]
fn a_plain_table_is_read_whole() {
    let table = read_one(&book(&[good("食品经营许可信息", NAME), good("食品生产许可信息", NAME)]));
    assert_eq!((table.report.found, table.report.good, table.rows.len()), (2, 2, 2));
    let first = &table.rows[0];
    assert_eq!((first.sheet.as_str(), first.cell.as_str(), first.content.name.as_str()), ("目录", "B2", "食品经营许可信息"));
    assert_eq!(first.content.sharing.share_type, ShareType::Unconditional);
    assert_eq!(first.content.sharing.methods, [ShareMethod::Interface]);
    assert_eq!(first.content.period, UpdatePeriod::Daily);
    assert_eq!(first.content.opening.open_type, OpenType::Closed);
    assert_eq!((first.content.items[0].data_type, first.content.items[0].length_max), (DataType::Text, Some(200)));
    assert!(says(&table, "?C2 信息资源代码为空"), "{:#?}", problems(&table));
    assert_eq!(table.report.count(Severity::Error), 0);
}

#[test]
fn merged_cells_hold_the_items_of_one_resource_together() {
    let mut file = Workbook::new();
    let sheet = file.add_worksheet().set_name("合并").unwrap();
    merged(sheet, (0, 0), (0, 15), "云溪县市场监督管理局政务信息资源目录");
    write(sheet, 1, &[headings()]);
    write(sheet, 2, &[with(good("x", NAME), 1, ""), row(&[(9, "许可证编号"), (10, "varchar(32)")]), row(&[(9, "发证日期"), (10, "日期")])]);
    merged(sheet, (2, 1), (4, 1), "食品经营许可信息");
    merged(sheet, (2, 4), (5, 4), NAME);
    write(sheet, 5, &[with(good("抽检信息", ""), 4, "")]);
    let table = read_one(&file.save_to_buffer().unwrap());
    let found: Vec<_> = table.rows.iter().map(|row| (row.content.name.as_str(), row.content.items.len())).collect();
    assert_eq!(found, [("食品经营许可信息", 3), ("抽检信息", 1)], "{:#?}", problems(&table));
    assert_eq!(table.rows[0].content.items[1].length_max, Some(32), "the length stands in the type");
    assert_eq!(table.rows[1].organ, market().organ, "the merged provider reaches over two resources");
}

#[test]
fn full_width_digits_are_narrowed_and_said() {
    let table = read_one(&book(&[with(with(good("甲", NAME), 3, "３０３０１３"), 11, "５０")]));
    assert_eq!((table.rows[0].content.class.as_str(), table.rows[0].content.items[0].length_max), ("303013", Some(50)));
    assert!(says(&table, "?D2 全角字母、数字已转为半角"), "{:#?}", problems(&table));
    assert!(says(&table, "?L2 全角数字已转为半角"));
}

#[test]
fn every_sheet_is_read_or_named() {
    let mut file = Workbook::new();
    let sheet = file.add_worksheet().set_name("填表说明").unwrap();
    write(sheet, 0, &[vec!["请逐项填写。".into()]]);
    for name in ["基础类", "部门类"] {
        let sheet = file.add_worksheet().set_name(name).unwrap();
        write(sheet, 0, &[headings(), good(&format!("{name}信息"), NAME)]);
    }
    file.add_worksheet().set_name("空表").unwrap();
    let table = read_one(&file.save_to_buffer().unwrap());
    assert_eq!(table.report.sheets, ["基础类", "部门类"]);
    assert_eq!(table.rows.len(), 2);
    let first = &table.report.problems[0];
    assert_eq!((first.sheet.as_str(), first.cell.as_str(), first.severity), ("填表说明", "A1", Severity::Warning));
}

#[test]
fn wrong_values_are_listed_by_cell_and_the_good_rows_are_kept() {
    let rows = [
        good("好的", NAME),
        with(good("共享类型错", NAME), 12, "部分共享"),
        with(good("没有周期", NAME), 15, ""),
        with(good("没有分类", NAME), 3, ""),
        with(good("代码错", NAME), 2, "30301/1"),
        with(good("类型错", NAME), 10, "图形"),
        with(good("长度错", NAME), 11, "很长"),
        good("别人的", "云溪县卫生健康局"),
        with(good("方式错", NAME), 14, "接口、信鸽"),
    ];
    let table = read_one(&book(&rows));
    assert_eq!((table.report.found, table.report.good), (9, 1));
    assert_eq!(table.rows[0].content.name, "好的");
    for start in [
        "!M3 “共享类型”的值“部分共享”无法识别",
        "!P4 缺少“更新周期”",
        "!D5 缺少“信息资源分类码”",
        "!C6 信息资源代码“30301/1”不合规则",
        "!K7 数据类型“图形”无法识别",
        "!L8 数据长度“很长”不是数字",
        "!E9 提供方“云溪县卫生健康局 ”不是可以导入的单位",
        "!O10 “共享方式”的值“信鸽”无法识别",
    ] {
        assert!(says(&table, start), "{start}\n{:#?}", problems(&table));
    }
    let unread = problems(&table).iter().filter(|problem| problem.contains("这条信息资源有错误，未导入")).count();
    assert_eq!(unread, 8, "each refused resource is named once");
}

#[test]
fn duplicates_in_one_file_name_the_first() {
    let coded = |name: &str| with(good(name, NAME), 2, "303013/000007");
    let table = read_one(&book(&[good("甲", NAME), good("乙", NAME), good("甲", NAME), coded("丙"), coded("丁")]));
    assert_eq!(table.report.good, 3);
    assert!(says(&table, "!B4 与 目录!B2 的信息资源重复"), "{:#?}", problems(&table));
    assert!(says(&table, "!C6 信息资源代码与 目录!B5 重复"));
}

#[test]
fn what_lacks_for_registration_is_taken_as_a_draft_with_a_warning() {
    let table = read_one(&book(&[with(with(good("甲", NAME), 6, ""), 11, "")]));
    assert_eq!(table.report.good, 1);
    assert!(says(&table, "?G2 已作为草稿导入，注册前需要改正：请填写信息资源摘要"), "{:#?}", problems(&table));
    assert!(says(&table, "?L2 已作为草稿导入，注册前需要改正：信息项“经营者名称”是字符型"));
}

#[test]
fn nothing_is_left_out_in_silence() {
    let mut file = Workbook::new();
    let sheet = file.add_worksheet().set_name("目录").unwrap();
    let mut head = headings();
    head.extend(["领导批示".to_owned(), "备注".to_owned()]);
    let mut first = good("甲", NAME);
    first.extend(["同意".to_owned(), "请尽快".to_owned()]);
    write(sheet, 0, &[head, first, row(&[(4, "填表人：张三")]), with(good("姓名集", NAME), 9, "姓名、性别；民族")]);
    sheet.write_formula(1, 0, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    let table = read_one(&file.save_to_buffer().unwrap());
    assert!(says(&table, "?Q1 “领导批示”列无法识别或者重复，其中 1 个值未导入"), "{:#?}", problems(&table));
    assert!(says(&table, "?R1 “备注”列只供核对，未导入"));
    assert!(says(&table, "!E3 这一行没有信息资源名称，也不是信息项，未导入"));
    assert!(says(&table, "?J4 一个单元格内有 3 个信息项，已拆分"));
    assert_eq!(table.rows[1].content.items.len(), 3);
}

#[test]
fn a_conflict_between_rows_of_one_resource_is_said() {
    let second = row(&[(1, "甲"), (9, "许可证编号"), (10, "字符型"), (11, "32"), (12, "不予共享")]);
    let table = read_one(&book(&[good("甲", NAME), second]));
    assert_eq!((table.rows.len(), table.rows[0].content.items.len()), (1, 2));
    assert!(says(&table, "?M3 同一信息资源的这一列前后不一致"), "{:#?}", problems(&table));
}

#[test]
fn other_files_are_refused_with_what_to_do() {
    let refused = |bytes: &[u8]| read(bytes, &[market()]).unwrap_err();
    assert_eq!(refused(b"PK\x03\x04broken"), FileProblem::Damaged);
    assert_eq!(refused(b""), FileProblem::NotASpreadsheet);
    assert_eq!(refused(&[0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 0xFF]), FileProblem::NotASpreadsheet);
    assert_eq!(refused(&vec![b'a'; 20_000_001]), FileProblem::TooLarge);
    assert!(!FileProblem::Damaged.sentence().zh.is_empty());
}

#[test]
fn csv_of_office_programs_is_read_in_both_encodings() {
    let line = "信息资源名称,信息资源分类码,共享类型,信息资源格式,更新周期\n甲,303013,1,数据库,每日\n";
    assert_eq!(read_one(line.as_bytes()).rows.len(), 1);
    let (gbk, ..) = encoding_rs::GB18030.encode(line);
    let table = read_one(&gbk);
    assert_eq!(table.rows[0].content.name, "甲");
    assert!(says(&table, "?A2 未填提供方，按本单位导入"), "{:#?}", problems(&table));
}

#[test]
fn a_cell_in_the_last_corner_takes_no_room_and_is_named() {
    let mut file = Workbook::new();
    let sheet = file.add_worksheet().set_name("目录").unwrap();
    write(sheet, 0, &[headings(), good("甲", NAME)]);
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let table = read_one(&file.save_to_buffer().unwrap());
    assert_eq!(table.rows.len(), 1);
    assert!(says(&table, "!XFD1048576 超出可以读取的行数或者列数"), "{:#?}", problems(&table));
}

#[test]
fn what_is_written_is_read_back_without_a_change() {
    crate::world::exported(|resources, providers| {
        for bytes in [to_xlsx(resources).unwrap(), to_csv(resources).unwrap()] {
            let table = read(&bytes, providers).unwrap();
            assert_eq!(table.report.count(Severity::Error), 0, "{:#?}", table.report.problems);
            assert_eq!(table.rows.len(), resources.len());
            for (row, resource) in table.rows.iter().zip(resources) {
                assert_eq!((&row.organ, row.code.as_ref()), (&resource.organ, Some(&resource.code)));
                assert_eq!(row.content, resource.content);
            }
        }
    });
}
