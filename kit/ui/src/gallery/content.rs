use i18n::Lang;
use maud::{Markup, html};

use super::t;
use crate::components::{
    Accordion, AccordionSection, BannerKind, Cell, Details, InsetText, NotificationBanner, PageItem, PageLink, Pagination, Panel, PanelAction,
    PhaseBanner, SummaryAction, SummaryCard, SummaryList, SummaryRow, TabItem, Table, Tabs, Tag, TagColour, TaskItem, TaskList, TaskStatus,
    WarningText,
};

pub(super) fn sections(lang: Lang) -> Markup {
    html! {
        (PhaseBanner::new(t(lang, "试运行", "Trial"), t(lang, "本服务正在试运行，欢迎提出意见。", "This service is on trial; tell us what you think.")))
        section { h2.govuk-heading-l { (t(lang, "文字", "Text")) } (texts(lang)) }
        section { h2.govuk-heading-l { (t(lang, "消息", "Messages")) } (messages(lang)) }
        section { h2.govuk-heading-l { (t(lang, "数据", "Data")) } (data(lang)) }
        section { h2.govuk-heading-l { (t(lang, "导航", "Navigation")) } (navigation(lang)) }
    }
}

fn texts(lang: Lang) -> Markup {
    html! {
        p.govuk-body {
            (t(lang, "申请人提交的材料齐全、符合法定形式的，登记机关应当受理并出具受理通知书；材料不齐全的，应当一次告知需要补正的全部内容。",
                "Where the materials are complete and in the statutory form, the registration authority accepts the application \
                 and issues a notice; otherwise it states once everything that is to be corrected."))
        }
        ul.govuk-list.govuk-list--bullet { li { (t(lang, "营业执照副本", "Copy of the business licence")) } li { (t(lang, "身份证明", "Proof of identity")) } }
        (InsetText::new(t(lang, "《行政许可法》第三十二条：申请材料不齐全的，应当当场或者在五日内一次告知。",
            "Administrative Licensing Law, article 32: what is missing is stated at once or within five days, and once only.")))
        (Details::new(t(lang, "什么是统一社会信用代码？", "What is a unified social credit code?"),
            t(lang, "法人和其他组织唯一的十八位代码。", "The unique code of 18 characters of a legal person or organisation.")))
        (Accordion::new(lang, "g-faq", vec![
            AccordionSection {
                heading: t(lang, "需要本人到场吗？", "Do I have to come in person?").into(),
                body: t(lang, "不需要，可以全程网办。", "No, everything is done online.").into(),
                ..AccordionSection::default()
            },
            AccordionSection {
                heading: t(lang, "要收费吗？", "Is there a fee?").into(),
                summary: t(lang, "不收费", "Free of charge").into(),
                body: t(lang, "本事项不收取任何费用。", "This service is free of charge.").into(),
                is_expanded: true,
            },
        ]))
    }
}

fn messages(lang: Lang) -> Markup {
    html! {
        (NotificationBanner { kind: BannerKind::Success, title_id: "g-success".to_owned(), role: "region".to_owned(),
            ..NotificationBanner::success(lang, t(lang, "草稿已保存，30 天内可继续填写。", "Draft saved; you can go on within 30 days.")) })
        (WarningText::new(lang, t(lang, "提供虚假材料的，登记将被撤销，并可能被列入严重违法失信名单。", "A registration obtained by false materials will be revoked.")))
        (Panel { heading_level: 2, ..Panel::new(t(lang, "申请已提交", "Application submitted"), html! {
            (t(lang, "办件编号", "Case number")) " " strong { "3399210001-2026-000123" } br; (t(lang, "承诺办结日期：2026 年 3 月 30 日", "Promised by 30 March 2026"))
        }) })
        (Panel { heading_level: 2, is_interruption: true, classes: "govuk-panel--interruption".to_owned(),
            actions: vec![
                PanelAction { text: t(lang, "是，继续", "Yes, go on").to_owned(), href: "/next".to_owned(), kind: "button".to_owned(), ..PanelAction::default() },
                PanelAction { text: t(lang, "返回修改", "Go back").to_owned(), href: "/back".to_owned(), ..PanelAction::default() },
            ],
            ..Panel::new(t(lang, "请确认年龄", "Is your age correct?"), t(lang, "您填写的年龄为 109 岁。", "You entered 109 years.")) })
    }
}

fn data(lang: Lang) -> Markup {
    let change = |on: &'static str| SummaryAction::new(t(lang, "修改", "Change"), "/change", on);
    let row = |key: &'static str, value: &'static str| SummaryRow::new(key, value).action(change(key));
    html! {
        (SummaryList::new(vec![
            row(t(lang, "字号名称", "Trade name"), t(lang, "溪岸奶茶店", "Xi'an Tea Shop")),
            row(t(lang, "经营者", "Owner"), t(lang, "林 *", "Lin *")),
            SummaryRow::new(t(lang, "登记机关", "Authority"), t(lang, "云溪县市场监督管理局", "Market Supervision Bureau of Yunxi County")),
        ]).card(SummaryCard::new(t(lang, "店铺信息", "Your shop"))))
        p.govuk-body {
            @for (colour, word) in [
                (TagColour::Blue, t(lang, "办理中", "In progress")), (TagColour::Grey, t(lang, "未开始", "Not started")),
                (TagColour::Green, t(lang, "已办结", "Done")), (TagColour::Yellow, t(lang, "待补正", "To correct")),
                (TagColour::Orange, t(lang, "临期", "Nearly due")), (TagColour::Red, t(lang, "不予受理", "Refused")),
                (TagColour::Purple, t(lang, "已暂停", "Paused")), (TagColour::Turquoise, t(lang, "新建", "New")),
            ] { (Tag::new(colour, word)) " " }
        }
        (Table::new(t(lang, "办理材料", "Materials"),
            vec![Cell::new(t(lang, "材料", "Material")), Cell::new(t(lang, "来源", "Source")), Cell::number(t(lang, "份数", "Copies"))],
            vec![
                vec![Cell::new(t(lang, "身份证明", "Proof of identity")), Cell::new(t(lang, "数据共享，免提交", "Shared data, not asked for")), Cell::number("0")],
                vec![Cell::new(t(lang, "经营场所证明", "Proof of premises")), Cell::new(t(lang, "申请人自备", "From the applicant")), Cell::number("1")],
            ]).first_cell_is_header().scrolling(t(lang, "办理材料表", "Table of materials")))
        (TaskList::new(vec![
            TaskItem::new(t(lang, "填写申请表", "Fill in the form"), "/form", TaskStatus::words(t(lang, "已完成", "Completed"))),
            TaskItem { hint: Some(t(lang, "共 2 份", "2 files").into()),
                ..TaskItem::new(t(lang, "上传材料", "Upload materials"), "/files", TaskStatus::tag(Tag::new(TagColour::Blue, t(lang, "待上传", "To do")))) },
            TaskItem::new(t(lang, "确认并提交", "Check and submit"), "", TaskStatus::words(t(lang, "尚不能开始", "Cannot start yet"))),
        ]))
        (Tabs::new(lang, vec![
            TabItem::new("g-person", t(lang, "个人", "People"), html! {
                h3.govuk-heading-m { (t(lang, "个人事项", "For people")) } p.govuk-body { (t(lang, "共 128 项。", "128 services.")) }
            }),
            TabItem::new("g-legal", t(lang, "法人", "Companies"), html! {
                h3.govuk-heading-m { (t(lang, "法人事项", "For companies")) } p.govuk-body { (t(lang, "共 96 项。", "96 services.")) }
            }),
        ]))
    }
}

fn navigation(lang: Lang) -> Markup {
    let item = |number: &str, is_current| PageItem { number: number.to_owned(), href: format!("?page={number}"), is_current, ..PageItem::default() };
    html! {
        (Pagination { previous: Some(PageLink::new("?page=1")), next: Some(PageLink::new("?page=3")),
            items: Some(vec![item("1", false), item("2", true), item("3", false), PageItem { is_ellipsis: true, ..PageItem::default() }, item("9", false)]),
            lang, ..Pagination::default() })
        (Pagination { label: t(lang, "上下篇", "Neighbours").to_owned(), ..Pagination { lang,
            previous: Some(PageLink { label: t(lang, "申请条件", "Conditions").to_owned(), ..PageLink::new("/a") }),
            next: Some(PageLink { label: t(lang, "办理流程", "Procedure").to_owned(), ..PageLink::new("/b") }), ..Pagination::default() } })
    }
}
