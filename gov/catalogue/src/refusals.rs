//! Why something is refused, with basis and next step.

use i18n::Text;
use runner::{FieldRefusal, Halt, Refusal};
use store::StoreError;

use crate::model::Status;
use crate::model::checks::Trouble;

const GUIDE: &str = "政务信息资源目录编制指南（试行）（发改高技〔2017〕1272号）";

/// Everything that is wrong with a description.
pub(crate) fn description_incomplete(troubles: Vec<Trouble>) -> Refusal {
    let count = troubles.len();
    let mut refusal = Refusal::new(
        "description-incomplete",
        format!("目录信息有 {count} 处需要改正。"),
        format!("{count} thing(s) in the description need correction."),
        "请按每一处的提示改正后重新提交。",
        "Correct each as its note says and submit again.",
    )
    .under(GUIDE);
    refusal.fields =
        troubles.into_iter().map(|trouble| FieldRefusal { field: trouble.field, zh: trouble.sentence.zh, en: trouble.sentence.en }).collect();
    refusal
}

pub(crate) fn step_impossible(status: Status) -> Refusal {
    let name = status.name();
    Refusal::new(
        "resource-status",
        format!("这条目录现在是“{}”，不能这样办理。", name.zh),
        format!("The resource is now \"{}\"; this step is not possible.", name.en),
        "请刷新页面，查看当前状态可以办理的步骤；审核中的目录可以先撤回。",
        "Reload to see which steps its state allows; what is under review can be recalled first.",
    )
}

pub(crate) fn name_taken() -> Refusal {
    Refusal::new(
        "resource-known",
        "本单位已有同名的信息资源。",
        "The organ has a resource of this name already.",
        "请修改名称，或者变更原有目录。",
        "Choose another name, or change the existing resource.",
    )
    .with_field("name", "本单位已有同名的信息资源。", "The organ has a resource of this name already.")
}

pub(crate) fn code_taken() -> Refusal {
    Refusal::new(
        "resource-code-taken",
        "这个信息资源代码已经使用。",
        "This resource code is in use.",
        "请核对代码；留空由系统生成。",
        "Check the code, or leave it out and it will be generated.",
    )
    .under(GUIDE)
}

pub(crate) fn reason_missing(field: &'static str) -> Refusal {
    Refusal::new("reason-missing", "请写明理由。", "Say why.", "填写理由后再提交。", "Give the reason and submit again.").with_field(
        field,
        "请写明理由。",
        "Say why.",
    )
}

pub(crate) fn negative_entry_missing() -> Refusal {
    Refusal::new(
        "negative-entry-missing",
        "不予共享的信息资源尚未列入负面清单。",
        "A resource that is not shared must be on the negative list first.",
        "请先提出负面清单条目，写明法律、行政法规或者国务院决定的依据，经数据主管部门同意后再发布。",
        "Propose an entry with the law it rests on; when the data authority has approved it, publish.",
    )
    .under("政务数据共享条例（国务院令第809号）")
}

pub(crate) fn negative_state() -> Refusal {
    Refusal::new(
        "negative-state",
        "这条负面清单已经办理。",
        "This entry has been decided already.",
        "请刷新页面查看当前情况。",
        "Reload to see how it stands.",
    )
}

pub(crate) fn negative_exists() -> Refusal {
    Refusal::new(
        "negative-exists",
        "这条目录已有待审核或者已列入的负面清单条目。",
        "There is an open or approved entry for this resource already.",
        "请查看原有条目。",
        "Look at the existing entry.",
    )
}

pub(crate) fn update_in_future() -> Refusal {
    Refusal::new(
        "update-in-future",
        "更新日期不能晚于今天。",
        "The day of the update lies in the future.",
        "请填写数据实际更新的日期。",
        "Give the day on which the data were updated.",
    )
    .with_field("updated_on", "不能晚于今天。", "Not later than today.")
}

pub(crate) fn item_unknown(key: &str) -> Refusal {
    Refusal::new(
        "item-unknown",
        format!("没有信息项“{key}”。"),
        format!("There is no item \"{key}\"."),
        "请刷新页面，按现有信息项定级。",
        "Reload and grade the items there are.",
    )
}

/// Formulas that cannot be evaluated.
pub(crate) fn formula_wrong(problems: Vec<(&'static str, Text)>) -> Refusal {
    let mut refusal = Refusal::new(
        "formula-wrong",
        "公式无法计算。",
        "The formula cannot be evaluated.",
        "请使用指标量的名称和四则运算，例如 mounted、to_mount。",
        "Use the names of measures and arithmetic, for example mounted, to_mount.",
    );
    for (field, sentence) in problems {
        refusal = refusal.with_field(field, sentence.zh, sentence.en);
    }
    refusal
}

pub(crate) fn measure_unknown() -> Refusal {
    Refusal::new("measure-unknown", "没有这个指标量。", "There is no such measure.", "请核对名称。", "Check its name.")
}

/// Turns violations of named constraints into refusals; everything else stays what it was.
pub(crate) fn on_constraints(halt: Halt) -> Halt {
    let Halt::Fault(fault) = &halt else { return halt };
    match fault.0.downcast_ref::<StoreError>() {
        Some(StoreError::Constraint { name }) if name == "uq_catalogue_resource__organ__name" => name_taken().into(),
        Some(StoreError::Constraint { name }) if name == "uq_catalogue_resource__code" => code_taken().into(),
        Some(_) | None => halt,
    }
}
