//! Every refusal of this crate, with its basis and the next step.

use runner::Refusal;

macro_rules! refusals {
    ($($(#[$meta:meta])* $name:ident = $code:literal, $zh:literal, $en:literal, $basis:literal, $next_zh:literal, $next_en:literal;)+) => {$(
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
    /// Answers do not fit the form; the fields are added by the caller.
    answers_invalid = "answers-invalid", "有些内容没有填对。", "Some answers are not right.", "",
        "请按每一项下面的提示改正；已经填写的内容都保留着。", "Correct what is said at each field; everything typed is kept.";
    /// A required material is not there; the materials are added by the caller.
    material_missing = "material-missing", "还缺少申请材料。", "A material is missing.", "行政许可法 第三十一条",
        "请补齐所列材料后再提交。", "Add the materials named, then submit again.";
    /// The guide says that this situation ends here.
    situation_stops = "situation-stops", "按您选择的情形，不需要或不能办理本事项。", "In your situation this item does not apply.", "",
        "请查看办事指南中的说明。", "Read what the guide says to do instead.";
    /// The sign-in is not strong enough for the item.
    assurance_too_low = "assurance-too-low", "办理本事项需要更高等级的实名认证。", "This item needs a sign-in of higher assurance.", "",
        "请先提升账户的实名等级，再回来提交；草稿已经保存。", "Raise the assurance of your account, then come back; the draft is kept.";
    /// The item cannot be applied for now.
    item_unavailable = "item-unavailable", "本事项目前不能申请。", "This item cannot be applied for at present.", "",
        "请查看办事指南或拨打咨询电话。", "See the guide or call the organ.";
    /// The task was done, cancelled or never opened.
    task_not_open = "task-not-open", "这个任务已经办完或者不在办理中。", "This task is done already, or not open.", "",
        "请刷新收件箱，查看最新情况。", "Reload the inbox to see the present state.";
    /// Somebody else has claimed the task.
    task_claimed = "task-claimed", "这个任务已经由同岗位的其他人签收。", "Somebody else of the post has claimed this task.", "",
        "请联系签收人，或请其释放任务。", "Ask whoever claimed it to release it.";
    /// The outcome does not exist for this kind of task.
    outcome_unknown = "outcome-unknown", "这个任务没有这种办理结果。", "This task cannot end like that.", "",
        "请从页面列出的结果中选择。", "Choose one of the outcomes offered.";
    /// A rejection, refusal, return or objection needs reasons.
    reasons_missing = "reasons-missing", "没有说明理由。", "The reasons are missing.", "行政许可法 第三十八条",
        "请写明事实、理由和法律依据。", "State the facts, the reasons and the article of law.";
    /// A rejection needs its basis in law.
    basis_missing = "basis-missing", "没有写明法律依据。", "The legal basis is missing.", "行政许可法 第三十八条",
        "请写明所依据的法律、法规条款。", "Name the article it rests on.";
    /// A site visit needs two officers.
    officers_missing = "officers-missing", "现场核查需要两名以上工作人员。", "A site visit needs at least two officers.", "行政许可法 第三十四条",
        "请填写至少两名核查人员的姓名或执法证号。", "Name at least two officers.";
    /// A visit needs findings.
    findings_missing = "findings-missing", "没有写明核查情况。", "The findings are missing.", "行政许可法 第三十四条",
        "请写明现场核查看到的情况。", "Write down what was found.";
    /// Resolving needs a reply.
    reply_missing = "reply-missing", "没有写答复内容。", "The reply is missing.", "",
        "请写明办理情况和答复意见，答复会送达诉求人。", "Write the reply; it goes to the person.";
    /// Sending back is possible once.
    sent_back_already = "sent-back-already", "本工单已经退回过一次，不能再次退回。", "This request was sent back once already.", "",
        "请按首接负责的要求办理；确有困难的，报12345协调。", "Handle it, or ask the hotline to coordinate.";
    /// The organ to assign to does not exist.
    organ_unknown = "organ-unknown", "没有找到要派往的单位。", "The organ to assign to is not known.", "",
        "请从单位列表中选择。", "Choose an organ from the list.";
    /// Corrections are told once, all at once.
    correction_already_requested = "correction-already-requested", "补正要求应当一次告知，本件已经告知过。",
        "Corrections are told once and all at once; it was done already.", "行政许可法 第三十二条",
        "请在现有材料基础上决定是否受理。", "Decide on what there is.";
    /// A correction without items.
    correction_empty = "correction-empty", "没有写明需要补正的内容。", "It is not said what is to be corrected.", "行政许可法 第三十二条",
        "请一次写明需要补正的全部内容。", "Say everything that is to be corrected.";
    /// Nothing to correct now.
    not_correcting = "not-correcting", "本件目前不需要补正。", "There is nothing to correct at present.", "",
        "请查看办件进度。", "See the progress of the case.";
    /// Too late to withdraw.
    not_withdrawable = "not-withdrawable", "本件现在不能撤回。", "This case can no longer be withdrawn.", "",
        "对决定不服的，可以依法申请行政复议或者提起行政诉讼。", "Against the decision you may apply for reconsideration or go to court.";
    /// The clock is paused.
    case_suspended = "case-suspended", "本件正在特别程序中，暂停办理。", "The case is paused for a special procedure.", "行政许可法 第四十五条",
        "请先结束特别程序。", "End the special procedure first.";
    /// The case is not in a state for this.
    not_in_progress = "not-in-progress", "本件不在办理中，不能进行这一步。", "The case is not in progress.", "",
        "请刷新页面，查看最新情况。", "Reload to see the present state.";
    /// The reason is not one the item allows.
    suspend_reason_not_allowed = "suspend-reason-not-allowed", "这个理由不能中止计时。", "The clock may not be paused for this reason.", "行政许可法 第四十五条",
        "只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审可以，且以本事项规程所列为限。", "Only the special procedures that the item lists.";
    /// Not suspended.
    not_suspended = "not-suspended", "本件没有在特别程序中。", "The case is not paused.", "",
        "请刷新页面。", "Reload the page.";
    /// One extension only.
    already_extended = "already-extended", "本件已经延长过一次，不能再次延长。", "The limit was extended once already.", "行政许可法 第四十二条",
        "请在延长后的期限内办结。", "Finish within the extended limit.";
    /// The item allows no extension, or not that long.
    extension_not_allowed = "extension-not-allowed", "本事项不能延长办理期限，或者延长天数超过规定。", "The limit may not be extended, or not that far.", "行政许可法 第四十二条",
        "请核对本事项允许延长的工作日数。", "Check how many working days the item allows.";
    /// Nothing to rate.
    not_rateable = "not-rateable", "本件目前不能评价。", "This case cannot be rated at present.", "国办发〔2019〕51号",
        "办结后可以评价一次。", "It can be rated once, after it is closed.";
    /// Rated already.
    already_rated = "already-rated", "本件已经评价过。", "This case was rated already.", "国办发〔2019〕51号",
        "一件事只评价一次；需要补充意见的，可以拨打12345。", "One rating per case; call 12345 to add something.";
    /// A tag does not fit the level.
    tag_unfit = "tag-unfit", "所选标签与评价等级不一致。", "A tag does not belong to the level chosen.", "国办发〔2019〕51号",
        "请重新选择标签。", "Choose the tags again.";
    /// Cannot be reopened.
    not_reopenable = "not-reopenable", "本件不能重新办理。", "This case cannot be reopened.", "",
        "只有已答复的诉求可以在答复后要求重新办理一次。", "Only an answered request can be reopened, once.";
    /// The flow does not wait for this.
    message_unexpected = "message-unexpected", "本件目前不在等待这项反馈。", "The case does not wait for this at present.", "",
        "请查看办件进度。", "See the progress of the case.";
    /// The file's type is not what the material asks for.
    material_type_wrong = "material-type-wrong", "文件格式不符合要求。", "The type of the file is not accepted.", "",
        "请按材料说明换成允许的格式再上传；您填写的其他内容都保留着。", "Use one of the types named; everything else is kept.";
    /// The file is too large.
    material_too_large = "material-too-large", "文件太大。", "The file is too large.", "",
        "请压缩或分拆后再上传；您填写的其他内容都保留着。", "Make it smaller or split it; everything else is kept.";
    /// No such material in the package.
    material_unknown = "material-unknown", "本事项没有这项材料。", "The item has no such material.", "",
        "请刷新页面后重新上传。", "Reload the page and upload again.";
    /// The declaration before submitting was not made.
    promise_missing = "promise-missing", "还没有作出提交前的承诺。", "The declaration was not made.", "",
        "请阅读承诺内容，确认后再提交；填写的内容都保留着。", "Read the declaration, confirm it and submit again; everything is kept.";
    /// The item is not for applicants of this kind.
    audience_unfit = "audience-unfit", "本事项不面向这一类申请人。", "This item is not for applicants of this kind.", "",
        "请查看办事指南中的服务对象，或者换成符合条件的申请人办理。", "See in the guide for whom it is.";
    /// The applicant has to act in person.
    agent_not_allowed = "agent-not-allowed", "本事项须由本人办理，不能代办。", "This item cannot be applied for by an agent.", "",
        "请申请人本人登录办理。", "The applicant has to sign in.";
    /// The account has too many drafts.
    too_many_drafts = "too-many-drafts", "草稿太多，不能再新建。", "There are too many drafts.", "",
        "请先提交或者删除不用的草稿。", "Submit or discard some of them first.";
    /// Too many files.
    too_many_files = "too-many-files", "文件数量太多，不能再上传。", "There are too many files.", "",
        "请把同一材料合并成一个文件，或者先移除不用的文件。", "Join the pages of a material into one file, or remove what is not needed.";
    /// The file is empty.
    file_empty = "file-empty", "文件是空的。", "The file is empty.", "",
        "请检查文件能否打开，再重新上传。", "Check that the file opens, then upload it again.";
    /// A text is too long; the field is added by the caller.
    text_too_long = "text-too-long", "文字太长。", "The text is too long.", "",
        "请缩短后再提交；较长的内容可以作为材料附上。", "Shorten it; longer texts can be attached as a file.";
    /// Acceptance by default cannot be taken back by a refusal.
    accepted_by_default = "accepted-by-default", "逾期没有告知补正，本件已经视为受理，不能再作不予受理决定。",
        "No notice went out in time, so the case counts as accepted and cannot be refused acceptance.", "行政许可法 第三十二条",
        "请依法审查后作出准予或者不予许可的决定。", "Examine it, then approve or reject it.";
    /// The limit ran out already.
    extension_too_late = "extension-too-late", "办理期限已经届满，不能再延长。", "The limit has run out and can no longer be extended.", "行政许可法 第四十二条",
        "请尽快办结，并向申请人说明超期原因。", "Finish as soon as possible and tell the applicant why it is late.";
    /// The item asks for nothing that registers hold, or the change cannot be written by itself.
    nothing_to_propose = "nothing-to-propose", "本事项没有可以减少的内容。", "There is nothing that this item need not ask.", "",
        "请刷新办事负担页面，查看最新的统计。", "Reload the burden meter to see the present figures.";
    /// One proposal at a time.
    proposal_open = "proposal-open", "本事项已有一件没有办结的减负建议。", "A proposal about this item is open already.", "",
        "请等主管单位答复后再提。", "Wait for the answer of the organ in charge.";
    /// The package of proposals is not published.
    proposals_not_in_force = "proposals-not-in-force", "办事减负建议事项没有发布。", "The item for proposals is not in force.", "",
        "请先发布规程包 banshi-jianfu。", "Publish the package banshi-jianfu first.";
    /// The applicant must be told how long it will take.
    days_missing = "days-missing", "没有写明特别程序需要的时间，或者时间不合理。", "It is not said how long the special procedure takes, or not plausibly.",
        "行政许可法 第四十五条", "请写明所需的工作日数（1至365），系统会书面告知申请人。", "State the working days it takes (1 to 365); the applicant is told in writing.";
}
