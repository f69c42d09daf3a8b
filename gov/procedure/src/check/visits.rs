//! 到办事现场次数: what the quality control of the national platform asks (one step in one place must not contradict another).

use crate::check::report::Report;
use crate::codes::{Channel, OnlineDepth};
use crate::item::Item;

pub(crate) fn check(item: &Item, report: &mut Report<'_>) {
    let online = item.channels.contains(&Channel::Web) || item.channels.contains(&Channel::Mobile);
    let none = item.visit_reason.zh.trim() == "无";
    if item.visits_max == 0 && !online && !item.channels.contains(&Channel::Post) {
        let zh = "到现场次数为 0 且不能网办，办理形式必须包括快递申请（post）。";
        report.item("item.channels", "visits-no-channel", zh, "With no visit and no web, the channels must include post.");
    }
    if item.visits_max > 0 && none {
        let zh = format!("到现场 {} 次，必须写明现场办理的原因。", item.visits_max);
        report.item("item.visit_reason", "visit-reason-missing", zh, format!("{} visit(s) need a reason.", item.visits_max));
    }
    if item.visits_max == 0 && !none {
        let zh = "到现场次数为 0，必须现场办理原因应写“无”。";
        report.item("item.visit_reason", "visit-reason-needless", zh, "With no visit, the reason must be 无 (None).");
    }
    if item.online_depth == OnlineDepth::Complete && item.visits_max > 0 {
        let zh = format!("全程网办（Ⅳ级）的到现场次数应为 0，而不是 {}。", item.visits_max);
        report.item("item.visits_max", "online-with-visits", zh, format!("An item entirely online needs 0 visits, not {}.", item.visits_max));
    }
    if item.online_depth == OnlineDepth::Complete && !online {
        let zh = "全程网办（Ⅳ级）的办理形式必须包括网上（web）或者移动端（mobile）。";
        report.item("item.channels", "online-without-web", zh, "An item entirely online needs the channel web or mobile.");
    }
    if item.online_depth != OnlineDepth::Complete && item.visits_max == 0 && online && !item.channels.contains(&Channel::Post) {
        let zh = "不是全程网办，到现场次数却为 0，又不能邮寄，请核对。";
        report.item_warning("item.visits_max", "visits-doubtful", zh, "Not entirely online, yet no visit and no post: please check.");
    }
}
