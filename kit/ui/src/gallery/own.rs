use i18n::Lang;
use maud::{Markup, html};

use super::t;
use crate::own::{
    ClockFace, ClockState, LegalClock, Light, ProcessStep, ProcessTable, ProofBlock, ProofState, SearchBox, Step, StepIndicator, TrafficLight,
};
use crate::staff::{Timeline, TimelineItem};

pub(super) fn sections(lang: Lang) -> Markup {
    html! {
        section {
            h2.govuk-heading-l { (t(lang, "政务组件", "Government components")) }
            p.govuk-body { @for light in Light::ALL { (TrafficLight::new(lang, light)) "  " } }
            (StepIndicator::new(lang, t(lang, "办理进度", "Progress"), vec![
                Step::new(t(lang, "申请", "Apply")).note(t(lang, "3月24日", "24 March")), Step::new(t(lang, "受理", "Accept")).note(t(lang, "3月25日", "25 March")),
                Step::new(t(lang, "审查", "Review")), Step::new(t(lang, "决定", "Decide")), Step::new(t(lang, "送达", "Deliver")),
            ], 2))
            (clock(lang))
            (process(lang))
            (Timeline { heading_level: 3, ..timeline(lang) })
            (proof(lang))
            (SearchBox { id: "g-search".to_owned(), ..search(lang) })
        }
    }
}

fn search(lang: Lang) -> SearchBox {
    let example = t(lang, "例如：开奶茶店", "For example: tea shop");
    SearchBox { suggestions: searches(lang), ..SearchBox::new(lang, "/search", t(lang, "搜索事项", "Search services")).placeholder(example) }
}

fn searches(lang: Lang) -> Vec<(String, String)> {
    [t(lang, "营业执照", "business licence"), t(lang, "高龄津贴", "old-age allowance"), t(lang, "食品经营许可", "food permit")]
        .iter()
        .map(|text| ((*text).to_owned(), "/search".to_owned()))
        .collect()
}

fn clock(lang: Lang) -> Markup {
    let face = |label: &str, length: &str, due: &str, due_text: &str| ClockFace {
        label: label.to_owned(),
        length: length.to_owned(),
        due: due.to_owned(),
        due_text: due_text.to_owned(),
    };
    html! {
        (LegalClock {
            title: t(lang, "办理时限", "Time limits").to_owned(),
            light: Light::Yellow,
            remaining: t(lang, "还剩 1 个工作日", "1 working day left").to_owned(),
            state: ClockState::Running,
            faces: vec![
                face(t(lang, "承诺时限", "Promised"), t(lang, "3 个工作日", "3 working days"), "2026-03-30", t(lang, "2026年3月30日", "30 March 2026")),
                face(t(lang, "法定时限", "Statutory"), t(lang, "20 个工作日", "20 working days"), "2026-04-23", t(lang, "2026年4月23日", "23 April 2026")),
            ],
            explanation: t(lang, "自受理次日起算，不含节假日；检验期间 2 天不计入。",
                "Counted from the day after acceptance, without holidays; 2 days of inspection do not count.").into(),
        })
    }
}

fn process(lang: Lang) -> Markup {
    let step = |name: &str, post: &str, limit: &str| ProcessStep {
        name: name.to_owned(),
        facts: vec![(t(lang, "岗位", "Post").to_owned(), post.to_owned()), (t(lang, "时限", "Limit").to_owned(), limit.to_owned())],
    };
    html! {
        (ProcessTable { label: t(lang, "办理流程", "Procedure").to_owned(), steps: vec![
            step(t(lang, "受理", "Acceptance"), t(lang, "综合受理岗", "Reception"), t(lang, "即时", "at once")),
            step(t(lang, "审查", "Review"), t(lang, "注册登记岗", "Registration"), t(lang, "1 个工作日", "1 working day")),
            step(t(lang, "决定", "Decision"), t(lang, "负责人", "Head"), t(lang, "1 个工作日", "1 working day")),
        ] })
    }
}

fn timeline(lang: Lang) -> Timeline {
    let item = |zh: &'static str, en: &'static str, by: &'static str, at: &str, when: &str| TimelineItem {
        title: t(lang, zh, en).into(),
        byline: by.to_owned(),
        datetime: at.to_owned(),
        when: when.to_owned(),
        body: t(lang, "可在“我的办件”中查看详情。", "See the details under “My cases”.").into(),
    };
    Timeline::new(vec![
        item("受理", "Accepted", t(lang, "陈晓岚 · 综合受理岗", "Chen Xiaolan, reception"), "2026-03-25T09:12:00+08:00", "2026-03-25 09:12"),
        item("提交申请", "Submitted", t(lang, "申请人", "the applicant"), "2026-03-24T21:40:00+08:00", "2026-03-24 21:40"),
    ])
}

fn proof(lang: Lang) -> Markup {
    html! {
        (ProofBlock {
            lang,
            state: ProofState::Holds,
            facts: vec![
                (t(lang, "日志序号", "Entry").to_owned(), "18264".to_owned()),
                (t(lang, "检查点", "Checkpoint").to_owned(), "18301 · 2026-03-24T10:15:00+08:00".to_owned()),
                ("SM3".to_owned(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0".to_owned()),
            ],
            receipt: "{\"index\":18264,\"size\":18301}".to_owned(),
            download_href: "/receipt.json".to_owned(),
            verify_href: "/verify".to_owned(),
        })
    }
}

pub(super) fn sample_home(lang: Lang) -> Markup {
    let tile = |zh: &'static str, en: &'static str, note_zh: &'static str, note_en: &'static str| {
        html! { li.zs-tile { h3.zs-tile__title { a href="/theme" { (t(lang, zh, en)) } } p { (t(lang, note_zh, note_en)) } } }
    };
    html! {
        div.zs-hero {
            h1.govuk-heading-xl { (t(lang, "您想办什么事？", "What do you need to do?")) }
            (search(lang))
        }
        h2.govuk-heading-l { (t(lang, "人生大事", "Life events")) }
        ul.zs-tiles {
            (tile("我要开店", "Open a shop", "登记、许可、税务一次办", "Registration, permits and tax at once"))
            (tile("生育收养", "Have a child", "出生登记、医保、补贴", "Birth registration, insurance, allowances"))
            (tile("退休养老", "Retire", "养老金、高龄津贴", "Pension, old-age allowance"))
            (tile("买房安家", "Buy a home", "不动产登记、公积金", "Registration of property, housing fund"))
        }
        h2.govuk-heading-l { (t(lang, "主题分类", "Themes")) }
        ul.zs-tiles {
            (tile("设立变更", "Start and change a business", "32 项", "32 services"))
            (tile("准营准办", "Permits", "41 项", "41 services"))
            (tile("社会保障", "Social security", "26 项", "26 services"))
            (tile("医疗卫生", "Health", "18 项", "18 services"))
        }
    }
}
