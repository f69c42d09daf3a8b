//! Why things are refused.

use runner::Refusal;

use super::problems::RuleProblem;

pub fn no_rules() -> Refusal {
    Refusal::new(
        "rules-missing",
        "这个登记还没有质量规则。",
        "This register has no rules of quality yet.",
        "请先由主管单位或数据主管部门登记质量规则。",
        "Have its owner or the data authority declare rules first.",
    )
}

pub fn kept_elsewhere() -> Refusal {
    Refusal::new(
        "register-kept-elsewhere",
        "该登记含个人信息、保存在其他单位，或者在其他节点，只能逐条查询并留痕，不能整库检查。",
        "This register is about persons and with another office, or on another node: single records are read, on record, and it is not examined as a whole.",
        "请由保存数据的单位检查，或者导出文件后交叉比对。",
        "Have the office that keeps them examine them, or compare a file of them.",
    )
    .under("个人信息保护法 第六条")
}

pub fn register_of_others() -> Refusal {
    Refusal::new(
        "comparison-foreign",
        "向其他系统实时查询的登记，只能由主管该登记的单位比对。",
        "A register that is asked of another system is compared by the organ that keeps it alone.",
        "请由主管单位比对，或者请其提供导出文件。",
        "Ask that organ to compare, or for a file of it.",
    )
    .under("政务数据共享条例")
}

pub fn rules_unreadable(fault: &str) -> Refusal {
    Refusal::new(
        "rules-unreadable",
        format!("规则文件不能读取：{fault}"),
        format!("The file of rules cannot be read: {fault}"),
        "请按规则文件的格式修改。",
        "Mend the file; its format is described in the guide of registers.",
    )
}

pub fn rules_unfit(problems: &[RuleProblem]) -> Refusal {
    let refusal = Refusal::new(
        "rules-unfit",
        "规则文件有错误。",
        "The file of rules has problems.",
        "请逐条修改后重新提交。",
        "Mend each of them and send it again.",
    );
    problems.iter().fold(refusal, |refusal, problem| {
        let (zh, en) = (format!("{}：{}", problem.place, problem.sentence.zh), format!("{}: {}", problem.place, problem.sentence.en));
        refusal.with_field("text", zh, en)
    })
}

pub fn register_personal() -> Refusal {
    Refusal::new(
        "comparison-personal",
        "含个人信息的登记不能与文件逐行比对。",
        "A register about persons is not compared with a file row by row.",
        "请在质量规则中登记一致性规则，由系统比对并只给出记录位置；个别记录请用核验。",
        "Declare a rule of consistency, which gives places of records alone; verify single records.",
    )
    .under("个人信息保护法 第六条")
}

pub fn nothing_different() -> Refusal {
    Refusal::new(
        "nothing-different",
        "比对没有差异，或者已经立件。",
        "The comparison found no difference, or a correction case is open already.",
        "不需要整改；已立件的请到办件中查看。",
        "Nothing has to be corrected; an open case is in the list of cases.",
    )
}

pub fn owner_missing() -> Refusal {
    Refusal::new(
        "owner-missing",
        "没有确定由哪个单位整改。",
        "It is not known which organ has to correct this.",
        "请选择整改单位；登记的主管单位未落实的，请先落实职责。",
        "Choose the organ; where nobody keeps the register, give an organ the duty first.",
    )
}

pub fn register_unknown(slug: &str) -> Refusal {
    Refusal::new(
        "register-unknown",
        format!("没有名为“{slug}”的登记。"),
        format!("There is no register {slug}."),
        "请从登记列表中选择。",
        "Choose one from the list of registers.",
    )
}

pub fn item_missing() -> Refusal {
    Refusal::new(
        "correction-item-missing",
        "“数据质量整改”规程没有发布，不能立件。",
        "The procedure of corrections is not published, so that no case can be opened.",
        "请先发布规程包 shuju-gengzheng。",
        "Publish the package shuju-gengzheng first.",
    )
}
