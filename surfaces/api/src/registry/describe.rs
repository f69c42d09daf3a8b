//! Words that many operations share.

/// What a parameter in a path is: pattern of its value, Chinese, English.
pub(super) fn path_parameter(name: &str) -> (&'static str, &'static str, &'static str) {
    match name {
        "slug" => ("12345-suqiu", "事项标识", "the item"),
        "draft" => ("draft_01ktw3f8m0a1b2c3d4e5f6g7h8", "草稿标识", "the draft"),
        "case" => ("case_01ktw3f8m0a1b2c3d4e5f6g7h8", "办件标识", "the case"),
        "task" => (
            "task_01ktw3f8m0a1b2c3d4e5f6g7h8",
            "任务标识，或者“办件标识:流程节点”（例如 case_…:assign）",
            "the task, or the case and the node of its flow (case_…:assign)",
        ),
        "file" => ("material_01ktw3f8m0a1b2c3d4e5f6g7h8", "材料文件标识", "the file of a material"),
        "document" => ("document_01ktw3f8m0a1b2c3d4e5f6g7h8", "文书标识", "the document"),
        "delegation" => ("delegation_01ktw3f8m0a1b2c3d4e5f6g7h8", "授权标识", "the authorisation"),
        "organ" => ("organ_01ktw3f8m0a1b2c3d4e5f6g7h8", "机构标识", "the organ"),
        "account" => ("account_01ktw3f8m0a1b2c3d4e5f6g7h8", "账号标识", "the account"),
        "job" => ("job_01ktw3f8m0a1b2c3d4e5f6g7h8", "作业标识", "the job"),
        "resource" => ("resource_01ktw3f8m0a1b2c3d4e5f6g7h8", "信息资源标识", "the resource of the catalogue"),
        "register" => ("population", "基础信息库标识", "the register"),
        "grant" => ("grant_01ktw3f8m0a1b2c3d4e5f6g7h8", "共享授权标识", "the grant"),
        "code" => ("7K3M-Q2WX-9RTA", "文书上的核验码", "the verification code on the paper"),
        "kind" => ("case-submitted", "事件类型", "the kind of event"),
        "year" => ("2026", "年份", "the year"),
        "index" => ("0", "日志条目序号，从 0 起", "position in the journal, from 0"),
        _ => ("", "", ""),
    }
}

/// What an error status says: Chinese, English.
pub(super) const fn problem(status: u16) -> (&'static str, &'static str) {
    match status {
        400 => ("请求无法读取。", "The request cannot be read."),
        401 => ("没有登录，或者令牌失效。", "Nobody has signed in, or the token has ended."),
        403 => ("没有权限。", "Not permitted."),
        404 => ("没有，或者对您不可见。", "There is none, or it is hidden from you."),
        409 => ("与当前状态冲突：已经办过，或者别人先改动了。", "In conflict with the present state: done already, or changed by somebody else."),
        412 => ("If-Match 所给的版本不是最新。", "The version of If-Match is not the latest."),
        413 => ("请求内容太长。", "The body is too large."),
        415 => ("不支持这种内容类型。", "This type of content is not accepted."),
        422 => ("内容不符合要求；fields 指出每一处。", "The content does not fit; \"fields\" points at each place."),
        429 => ("请求过于频繁；Retry-After 给出秒数。", "Too many requests; Retry-After says how many seconds to wait."),
        _ => ("系统故障；instance 给出请求编号。", "A fault of ours; \"instance\" gives the number of the request."),
    }
}
