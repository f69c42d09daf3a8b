//! Every refusal of this crate: code, sentence, basis, next step.

use runner::Refusal;

use crate::model::{PasswordProblem, Role};

const LEVEL_PROTECTION: &str = "GB/T 22239-2019 8.1.4.1";
const ADMINISTRATION: &str = "GB/T 22239-2019 8.1.5";

/// Name, password or both are wrong, or too many tries; which of them is not told.
pub(crate) fn sign_in_failed() -> Refusal {
    Refusal::new(
        "sign-in-failed",
        "账号或密码不正确，或账号已暂时锁定。",
        "The account or the password is not right, or the account is locked for a while.",
        "请核对后重试；连续 5 次错误将锁定 30 分钟。忘记密码请走找回流程，或到政务服务窗口办理。",
        "Check and try again; five failures in a row lock the account for 30 minutes. If you forgot the password, recover it or come to a service window.",
    )
    .under(LEVEL_PROTECTION)
}

/// The password is right, but the account is locked for a while.
pub(crate) fn locked_for_a_while(minutes: i64) -> Refusal {
    Refusal::new(
        "account-locked-for-a-while",
        format!("因连续输错密码，账号还要锁定 {minutes} 分钟。"),
        format!("After too many failures the account stays locked for another {minutes} minutes."),
        "请稍后再登录；如果不是您本人操作，请在登录后修改密码。",
        "Sign in later; if it was not you, change your password afterwards.",
    )
    .under(LEVEL_PROTECTION)
}

/// The security administrator locked it, or it was closed.
pub(crate) fn account_not_open() -> Refusal {
    Refusal::new(
        "account-not-open",
        "账号已停用。",
        "The account is not in use.",
        "请联系本单位安全管理员；群众账号请到政务服务窗口办理。",
        "Ask the security administrator of your organ; for a personal account come to a service window.",
    )
}

/// The new password breaks rules.
pub(crate) fn password_unfit(problems: &[PasswordProblem]) -> Refusal {
    let refusal = Refusal::new(
        "password-unfit",
        "新密码不符合要求。",
        "The new password does not meet the rules.",
        "请换一个密码：8 至 128 位，含大写字母、小写字母、数字、其他字符中的至少三类，不含账号名，且与最近 5 次不同。",
        "Choose another: 8 to 128 characters, three of capitals, small letters, digits and others, without the account name, unlike the last five.",
    )
    .under(LEVEL_PROTECTION);
    problems.iter().fold(refusal, |refusal, problem| {
        let (zh, en) = password_problem(*problem);
        refusal.with_field("password", zh, en)
    })
}

/// A problem of a password in both languages.
#[must_use]
pub const fn password_problem(problem: PasswordProblem) -> (&'static str, &'static str) {
    match problem {
        PasswordProblem::TooShort => ("密码至少 8 位", "The password must have at least 8 characters"),
        PasswordProblem::TooLong => ("密码最多 128 位", "The password must have at most 128 characters"),
        PasswordProblem::TooSimple => (
            "密码须含大写字母、小写字母、数字、其他字符中的至少三类",
            "The password must mix at least three of capitals, small letters, digits and other characters",
        ),
        PasswordProblem::ContainsLogin => ("密码不能包含账号名", "The password must not contain the account name"),
        PasswordProblem::UsedBefore => ("密码不能与当前密码和最近 5 次密码相同", "The password must differ from the present one and the last five"),
    }
}

/// The present password was mistyped while changing it.
pub(crate) fn present_password_wrong() -> Refusal {
    Refusal::new(
        "present-password-wrong",
        "当前密码不正确。",
        "The present password is not right.",
        "请重新输入当前密码。",
        "Type the present password again.",
    )
    .with_field("present", "当前密码不正确", "The present password is not right")
}

/// The name cannot be a login name.
pub(crate) fn login_unfit() -> Refusal {
    Refusal::new(
        "login-unfit",
        "账号名不符合要求。",
        "The account name does not meet the rules.",
        "请使用 3 至 64 位字母、数字、点、横线、下划线或 @，以字母或数字开头。",
        "Use 3 to 64 letters, digits, dots, hyphens, underscores or @, beginning with a letter or digit.",
    )
    .with_field("login", "账号名须为 3 至 64 位字母、数字、点、横线、下划线或 @", "3 to 64 letters, digits, dots, hyphens, underscores or @")
}

/// Somebody has the name.
pub(crate) fn login_taken() -> Refusal {
    Refusal::new("login-taken", "这个账号名已被使用。", "This account name is taken.", "请换一个账号名。", "Choose another name.").with_field(
        "login",
        "这个账号名已被使用",
        "This account name is taken",
    )
}

/// The party has an account of the kind already.
pub(crate) fn party_has_account() -> Refusal {
    Refusal::new(
        "party-has-account",
        "该人员已有同类账号。",
        "This person has an account of this kind already.",
        "请使用原账号登录；忘记密码请找回。",
        "Sign in with that account; recover the password if it is forgotten.",
    )
    .under(LEVEL_PROTECTION)
}

/// The account is in a state which does not allow the act.
pub(crate) fn state_conflict() -> Refusal {
    Refusal::new(
        "account-state-conflict",
        "账号当前状态不能这样处理。",
        "The account is in a state in which this cannot be done.",
        "请刷新后查看账号状态。",
        "Reload and look at the state of the account.",
    )
}

/// Two administrations in one hand.
pub(crate) fn roles_exclude(present: Role, wanted: Role) -> Refusal {
    let ((present_zh, present_en), (wanted_zh, wanted_en)) = (present.names(), wanted.names());
    Refusal::new(
        "roles-exclude-each-other",
        format!("{present_zh}与{wanted_zh}不能由同一人担任。"),
        format!("One account cannot be {present_en} and {wanted_en}."),
        "系统管理、安全管理、审计管理须由不同人员担任；请先收回原角色，或授予其他账号。",
        "System, security and audit are administered by different people: withdraw the present role first, or choose another account.",
    )
    .under(ADMINISTRATION)
}

/// A role which this kind of account does not have.
pub(crate) fn role_unfit(role: Role) -> Refusal {
    let (zh, en) = role.names();
    Refusal::new(
        "role-unfit",
        format!("这类账号不能授予{zh}角色。"),
        format!("Accounts of this kind cannot be {en}."),
        "管理角色授予管理账号，业务角色授予工作人员账号。",
        "Give roles of administration to administrators' accounts and roles of the profession to staff accounts.",
    )
    .under(ADMINISTRATION)
}

/// The role is given already, or was not given.
pub(crate) fn role_unchanged() -> Refusal {
    Refusal::new(
        "role-unchanged",
        "该账号的角色没有变化。",
        "The roles of the account are as you want them already.",
        "无需处理。",
        "Nothing needs to be done.",
    )
}

/// A session which has ended.
pub(crate) fn session_over() -> Refusal {
    Refusal::new(
        "session-over",
        "登录已失效。",
        "Your session has ended.",
        "请重新登录；已保存的填写内容不会丢失。",
        "Sign in again; what was saved is kept.",
    )
    .under(LEVEL_PROTECTION)
}

/// No authorisation in force.
pub(crate) fn not_authorised_to_act() -> Refusal {
    Refusal::new(
        "not-authorised-to-act",
        "您没有代理该当事人办事的有效授权。",
        "You have no authorisation in force to act for this party.",
        "请当事人先在“授权管理”中授权，并由您接受。",
        "Ask the party to authorise you first, and accept it.",
    )
    .under("民法典 第一百六十五条")
}
