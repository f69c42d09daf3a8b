use i18n::Lang;
use maud::{Markup, html};

use super::t;
use crate::components::{
    Button, CharacterCount, Checkboxes, Choice, DateInput, DatePart, ErrorMessage, ErrorSummary, Fieldset, FileUpload, Input, Label, Legend,
    PasswordInput, Radios, Select, SelectItem, Textarea,
};
use crate::own::Rating;

pub(super) fn sections(lang: Lang) -> Markup {
    html! {
        section {
            h2.govuk-heading-l { (t(lang, "表单", "Forms")) }
            form method="post" action="/dev/gallery" novalidate {
                (inputs(lang))
                (choices(lang))
                (texts_and_files(lang))
                (buttons(lang))
            }
        }
    }
}

fn inputs(lang: Lang) -> Markup {
    let year = t(lang, "经营年限", "Years in business");
    html! {
        (Input::new("g-name", t(lang, "字号名称", "Trade name")).hint(t(lang, "2 至 60 个字", "2 to 60 characters")).value(t(lang, "溪岸奶茶店", "Xi'an Tea Shop")))
        (Input::new("g-phone", t(lang, "手机号码", "Mobile number")).inputmode("tel").autocomplete("tel").width(20))
        (Input::new("g-capital", t(lang, "资金数额（万元）", "Capital (10,000 yuan)")).inputmode("decimal").suffix(t(lang, "万元", "×10,000 yuan")).width(10))
        (Input::new("g-price", t(lang, "价格（元）", "Price (yuan)")).prefix("¥").inputmode("decimal").width(10)
            .error(Some(ErrorMessage::new(lang, t(lang, "请输入数字，例如 12.50", "Enter a number, such as 12.50")))))
        (PasswordInput::new(lang, "g-password", t(lang, "密码", "Password")))
        (DateInput::new(lang, "g-born", Legend::new(t(lang, "出生日期", "Date of birth")))
            .hint(t(lang, "例如 1985 年 3 月 27 日", "For example 1985 3 27")).values("1985", "13", "27").wrong_parts(&[DatePart::Month])
            .error(Some(ErrorMessage::new(lang, t(lang, "月份应在 1 至 12 之间", "The month must be between 1 and 12")))))
        (Select::new("g-years", year, vec![
            SelectItem::new("", t(lang, "请选择", "Choose")),
            SelectItem::new("1", t(lang, "不满一年", "Less than a year")),
            SelectItem::new("2", t(lang, "一年以上", "A year or more")),
        ]).value("2"))
    }
}

fn choices(lang: Lang) -> Markup {
    let reveal = html! { (Input::new("g-lease", t(lang, "租赁合同编号", "Number of the lease")).width(20)) };
    html! {
        (Radios::new("g-place", Legend::new(t(lang, "经营场所", "Premises")), vec![
            Choice::new("own", t(lang, "自有", "Own")).hint(t(lang, "有不动产权证书", "With a certificate of ownership")),
            Choice::new("rented", t(lang, "租赁", "Rented")).reveals(reveal),
            Choice::divider(t(lang, "或者", "or")),
            Choice::new("none", t(lang, "没有固定场所", "No fixed premises")),
        ]).value("rented"))
        (Radios::new("g-yes", Legend::new(t(lang, "是否雇工", "Do you employ anyone?")), vec![
            Choice::new("yes", t(lang, "是", "Yes")), Choice::new("no", t(lang, "否", "No")),
        ]).inline())
        (Checkboxes::new("g-scope", Legend::new(t(lang, "经营范围", "Scope of business")), vec![
            Choice::new("drinks", t(lang, "饮品制售", "Drinks")),
            Choice::new("snacks", t(lang, "小吃", "Snacks")),
            Choice::new("retail", t(lang, "预包装食品销售", "Packaged food")),
        ]).values(vec!["drinks".to_owned()]).hint(t(lang, "可多选", "Choose all that apply")))
        (Rating::new(lang, "g-stars", Legend::new(t(lang, "您对本次服务满意吗", "How satisfied are you?"))))
    }
}

fn texts_and_files(lang: Lang) -> Markup {
    html! {
        (Textarea::new("g-address", t(lang, "地址", "Address")).rows(3))
        (CharacterCount::new(lang, "g-reason", t(lang, "情况说明", "Explanation"), 200).rows(4))
        (FileUpload::new(lang, "g-file", t(lang, "经营场所使用证明", "Proof of the right to use the premises"))
            .hint(t(lang, "PDF、JPG 或 PNG，不超过 10 MB", "PDF, JPG or PNG, at most 10 MB"))
            .limits(lang, &["pdf".to_owned(), "jpg".to_owned(), "png".to_owned()], 10 * 1024 * 1024))
        (Fieldset::new(Legend::new(t(lang, "联系人", "Contact")), html! {
            (Input::new("g-contact", t(lang, "姓名", "Name")).autocomplete("name").width(20))
        }))
    }
}

fn buttons(lang: Lang) -> Markup {
    html! {
        div.govuk-button-group {
            (Button::submit(t(lang, "保存并继续", "Save and continue")))
            (Button::submit(t(lang, "存为草稿", "Save as draft")).secondary().named("draft", "1"))
            (Button::submit(t(lang, "撤回申请", "Withdraw")).warning().named("withdraw", "1"))
            a.govuk-link href="/help" { (t(lang, "需要帮助", "Get help")) }
        }
        (Button::start(t(lang, "在线办理", "Apply online"), "/apply"))
    }
}

pub(super) fn sample_form(lang: Lang) -> Markup {
    let name_error = t(lang, "请输入字号名称，2 至 60 个字", "Enter the trade name, 2 to 60 characters");
    let place_error = t(lang, "请选择经营场所的来源", "Choose how you hold the premises");
    html! {
        (ErrorSummary::new(lang).error("trade_name", name_error).error("place", place_error))
        span.govuk-caption-l { (t(lang, "个体工商户设立登记 · 第 2 步，共 4 步", "Registration of an individual business · step 2 of 4")) }
        h1.govuk-heading-l { (t(lang, "店铺信息", "Your shop")) }
        form method="post" action="/dev/gallery" novalidate {
            (Input { ..Input::new("trade_name", "") }
                .label(Label::new(t(lang, "字号名称", "Trade name")))
                .hint(t(lang, "店铺招牌上的名称，例如“溪岸奶茶店”", "The name on the sign of your shop, such as “Xi'an Tea Shop”"))
                .error(Some(ErrorMessage::new(lang, name_error))))
            (Radios::new("place", Legend::new(t(lang, "经营场所的来源", "How do you hold the premises?")), vec![
                Choice::new("own", t(lang, "自有房屋", "I own them")),
                Choice::new("rented", t(lang, "租赁房屋", "I rent them")),
                Choice::new("free", t(lang, "无偿使用", "I use them free of charge")),
            ]).error(Some(ErrorMessage::new(lang, place_error))))
            (DateInput::new(lang, "opening", Legend::new(t(lang, "计划开业日期", "Planned opening date")))
                .hint(t(lang, "例如 2026 年 3 月 27 日", "For example 2026 3 27")).values("2026", "3", "27"))
            div.govuk-button-group {
                (Button::submit(t(lang, "保存并继续", "Save and continue")))
                (Button::submit(t(lang, "存为草稿", "Save as draft")).secondary().named("draft", "1"))
            }
        }
    }
}
