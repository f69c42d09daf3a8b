//! Every refusal of this crate, with its basis and the next step.

use runner::Refusal;

const REGULATION: &str = "政务数据共享条例 第四章";

macro_rules! refusals {
    ($($(#[$meta:meta])* $name:ident = $code:literal, $zh:literal, $en:literal, $basis:expr, $next_zh:literal, $next_en:literal;)+) => {$(
        $(#[$meta])*
        #[must_use]
        pub fn $name() -> Refusal {
            Refusal::new($code, $zh, $en, $next_zh, $next_en).under($basis)
        }
    )+

        /// All of them, for tests and documentation.
        #[must_use]
        pub fn all() -> Vec<Refusal> {
            vec![$($name()),+]
        }
    };
}

refusals! {
    /// The organ has no grant for the data.
    no_grant = "no-grant", "本单位没有获得这项数据的共享授权。", "Your organ has no grant for these data.", REGULATION,
        "请先提出共享申请，写明依据、场景和字段。", "Ask for the data first, with law, purpose and fields.";
    /// Its last day is over.
    grant_expired = "grant-expired", "共享授权已经到期。", "The grant has expired.", REGULATION,
        "请在到期前申请延期；已经到期的重新申请。", "Ask for an extension in time; after the end, ask anew.";
    /// Its first day is to come.
    grant_not_begun = "grant-not-begun", "共享授权还没有到起始日期。", "The grant has not begun.", REGULATION,
        "请在授权起始日期之后使用。", "Use it from its first day on.";
    /// Misuse was found, or a check runs.
    grant_suspended = "grant-suspended", "共享授权已经停用。", "The grant is suspended.", REGULATION,
        "请查看停用理由，整改后请停用单位恢复。", "Read the reasons, put things right, and ask whoever suspended it to resume it.";
    /// The provider withdrew it, or the user gave it up.
    grant_withdrawn = "grant-withdrawn", "共享授权已经撤销。", "The grant was withdrawn.", REGULATION,
        "请查看撤销理由；仍有需要的重新申请，不服的可以申请争议协调。", "Read the reasons; ask anew, or have the dispute coordinated.";
    /// A field is not in the grant.
    field_not_granted = "field-not-granted", "所要的字段不在授权范围内。", "A field is outside the grant.", REGULATION,
        "请只取授权的字段；确需增加的，补充申请。", "Take granted fields only; ask for more if they are needed.";
    /// The case is not open.
    case_not_open = "case-not-open", "所依据的办件不在办理中，不能再取数。", "The case is not open: no data may be read for it.", REGULATION,
        "请核对办件编号；办结的办件不能再取数。", "Check the case; nothing is read for a closed one.";
    /// No case was named, or its item does not declare the field.
    case_not_declared = "case-not-declared", "没有写明所依据的办件，或者该事项没有申报使用所要的字段。",
        "No case was named, or its item does not declare the field.", REGULATION,
        "请写明办件；事项没有申报的字段，先修改办事规程并补充申请。", "Name the case; a field the item lacks is declared in its package and asked for first.";
    /// The calls of the day are used up.
    quota_used_up = "quota-used-up", "今天的调用次数已经用完。", "The calls of the day are used up.", REGULATION,
        "请明天再用；日常不够用的，申请提高每日次数。", "Wait until tomorrow, or ask for more calls a day.";
    /// Too many calls in a minute.
    rate_exceeded = "rate-exceeded", "调用过快，超过每分钟次数。", "Too many calls in a minute.", REGULATION,
        "请稍后再试。", "Try again in a minute.";
    /// The call is for something else than the grant.
    purpose_mismatch = "purpose-mismatch", "办件的事项不是这项授权的用途，共享数据只能用于申请时写明的用途。",
        "The item of the case is not what the grant is for.", REGULATION,
        "请按授权的事项使用；用于其他事项的，另行申请。", "Use it for the items granted; ask for other ones.";

    /// The catalogue has no such resource.
    resource_unknown = "resource-unknown", "目录里没有这项数据资源。", "The catalogue has no such resource.", "",
        "请从目录中选择；目录里没有的，登记到需求清单。", "Choose one of the catalogue; else put it on the list of demands.";
    /// On the negative list; its own basis is put in by the caller.
    negative_listed = "negative-listed", "这项数据在负面清单上，不予共享。", "These data are on the negative list and are not shared.", REGULATION,
        "请通过法律规定的其他途径办理；认为列入负面清单没有依据的，可以申请争议协调。", "Use the way the law provides; if the listing has no basis, have the dispute coordinated.";
    /// The resource lacks the field; the fields are added by the caller.
    field_unknown = "field-unknown", "数据资源没有这个字段。", "The resource has no such field.", "",
        "请从字段列表中选择。", "Choose from the list of fields.";
    /// No field at all.
    fields_missing = "fields-missing", "没有选择字段。", "No field was chosen.", REGULATION,
        "请按最小够用的原则选择字段。", "Choose the fields that are needed, and no more.";
    /// One's own data need no grant.
    own_resource = "own-resource", "这是本单位自己的数据，不需要申请共享。", "These are the data of your own organ.", "",
        "请直接在本单位系统中使用。", "Use them in your own system.";
    /// The method is not offered.
    method_not_offered = "method-not-offered", "这项数据资源不提供这种共享方式。", "The resource is not offered in this way.", REGULATION,
        "请从提供的共享方式中选择。", "Choose one of the ways offered.";
    /// No such manner.
    manner_unknown = "manner-unknown", "没有这种数据形式。", "There is no such manner.", "",
        "请从原值、脱敏值、核验、汇总统计中选择。", "Choose full, masked, yes-no or aggregate.";
    /// The days do not fit.
    period_unfit = "period-unfit", "使用时限不合规定。", "The period is not possible.", REGULATION,
        "起止日期应当先后相符、不早于今天，并且不超过规定的最长年限。", "From today on, the end after the beginning, within the longest period.";
    /// Quota or rate is out of bounds.
    quota_unfit = "quota-unfit", "调用次数不合规定。", "The number of calls is not possible.", "",
        "每日次数和每分钟次数至少为1，不超过规定的上限。", "At least 1, and not more than the maximum.";
    /// Purpose or basis is missing.
    purpose_missing = "purpose-missing", "没有写明使用场景或者使用依据。", "Purpose or legal basis is missing.", REGULATION,
        "请写明用于什么工作，以及所依据的法律、法规条款或者职责。", "Say what the data are for, and the article it rests on.";
    /// Neither items, nor a standing duty, nor a consent.
    ground_missing = "ground-missing", "没有写明哪些事项使用，也没有写明常规职责或者本人同意的事由。",
        "Neither items nor a standing duty nor a consent were named.", REGULATION,
        "请选择使用数据的事项；不因具体办件使用的，写明常规职责；凭本人同意使用的，写明征求同意的事由。",
        "Name the items that use the data, the standing duty, or the consent under which they are used.";
    /// The item is not published here.
    item_unknown = "item-unknown", "没有这个事项。", "There is no such item.", "",
        "请从已发布的事项中选择。", "Choose a published item.";
    /// A text is too long.
    text_too_long = "text-too-long", "文字太长。", "A text is too long.", "",
        "请缩短后再提交。", "Shorten it.";
    /// A reason is needed.
    reason_missing = "reason-missing", "没有写明理由和依据。", "The reasons or their basis are missing.", REGULATION,
        "请写明事实、理由和依据，对方会收到。", "State facts, reasons and basis; the other side is told.";
    /// Not possible in this state.
    grant_not_in_state = "grant-not-in-state", "授权目前的状态不能进行这一步。", "The grant is not in a state for this.", "",
        "请刷新页面，查看授权的最新情况。", "Reload to see how the grant stands.";
    /// The demand is answered already.
    demand_answered = "demand-answered", "这项需求已经答复过。", "This demand was answered already.", "",
        "请刷新页面，查看答复。", "Reload to see the answer.";
}
