//! Refusals of the interface itself: requests that are not what the document says they should be.

use axum::http::StatusCode;
use runner::Refusal;

use crate::error::ApiError;

macro_rules! refusals {
    ($($(#[$meta:meta])* $name:ident = $status:ident $code:literal, $zh:literal, $en:literal, $next_zh:literal, $next_en:literal;)+) => {
        $(
            $(#[$meta])*
            pub(crate) fn $name() -> ApiError {
                ApiError::new(StatusCode::$status, Refusal::new($code, $zh, $en, $next_zh, $next_en))
            }
        )+

        /// Code, status and sentences of each, for the documentation.
        pub(crate) fn all() -> Vec<ApiError> {
            vec![$($name()),+]
        }
    };
}

refusals! {
    /// Nobody has signed in.
    sign_in_needed = UNAUTHORIZED "sign-in-needed", "请先登录。", "Sign in first.",
        "用 POST /api/v1/session 换取令牌，放在 Authorization: Bearer 请求头中。", "Get a token from POST /api/v1/session and send it as Authorization: Bearer.";
    /// The token is not one of a live session.
    token_invalid = UNAUTHORIZED "session-over", "令牌无效或登录已失效。", "The token is not valid, or the session has ended.",
        "请重新登录，换取新的令牌。", "Sign in again and get a new token.";
    /// A first or aged password.
    password_change_needed = FORBIDDEN "password-change-needed", "须先修改密码，才能办理其他事项。", "The password must be changed before anything else.",
        "用 PUT /api/v1/session/password 修改密码。", "Change it with PUT /api/v1/session/password.";
    /// An administrator from elsewhere.
    address_not_allowed = FORBIDDEN "address-not-allowed", "管理员账号只能在指定的管理网络中使用。", "Accounts of administrators work in the network for administration alone.",
        "请在管理终端上登录；确需变更的，由系统管理员修改允许的地址。", "Sign in on a machine for administration, or have the allowed addresses changed.";
    /// A cookie alone does not permit changes.
    csrf_missing = FORBIDDEN "form-forged", "用 Cookie 登录的请求缺少有效的防伪令牌。", "A request with a cookie session lacks a valid anti-forgery token.",
        "请在 X-CSRF-Token 请求头中带上 GET /api/v1/session 给出的令牌，或者改用 Bearer 令牌。",
        "Send the token given by GET /api/v1/session in the header X-CSRF-Token, or use a bearer token.";
    /// The method is not one of the address.
    method_not_allowed = METHOD_NOT_ALLOWED "method-not-allowed", "这个网址不支持这种请求方法。", "This address does not know the method.",
        "请查阅 /docs/api 中的接口说明。", "See the list of operations at /docs/api.";
    /// The body is no JSON.
    json_broken = BAD_REQUEST "json-broken", "请求内容不是完整的 JSON。", "The body is not well-formed JSON.",
        "请检查括号、引号和逗号。", "Check brackets, quotes and commas.";
    /// The body is JSON of another shape.
    json_unfit = UNPROCESSABLE_ENTITY "json-unfit", "请求内容与接口说明不符。", "The body is not what the interface expects.",
        "请按所指位置改正；不认识的键会被拒收，以免误填。", "Correct what is pointed at; unknown keys are refused, so that nothing is mistyped unnoticed.";
    /// The parameters of the address are of another shape.
    query_unfit = UNPROCESSABLE_ENTITY "query-unfit", "网址中的参数与接口说明不符。", "The parameters of the address are not what the interface expects.",
        "请查阅 /docs/api 中的参数说明。", "See the parameters at /docs/api.";
    /// Another type of content.
    content_type_wrong = UNSUPPORTED_MEDIA_TYPE "content-type-wrong", "不支持这种内容类型。", "This type of content is not accepted.",
        "JSON 请求请使用 Content-Type: application/json。", "Send JSON as Content-Type: application/json.";
    /// Too long.
    body_too_large = PAYLOAD_TOO_LARGE "body-too-large", "请求内容太长。", "The body is too large.",
        "JSON 请求不超过 512 KiB，上传的文件不超过 20 MiB。", "JSON may have up to 512 KiB, a file up to 20 MiB.";
    /// The connection broke.
    body_broken = BAD_REQUEST "body-broken", "请求内容没有传完整。", "The body did not arrive as a whole.",
        "请重新发送。", "Send it again.";
    /// If-Match holds no version.
    if_match_unfit = BAD_REQUEST "if-match-unfit", "If-Match 请求头应为带引号的版本号。", "If-Match should hold a version in quotes.",
        "例如 If-Match: \"3\"，版本号见 ETag。", "For example If-Match: \"3\"; the version is in the ETag.";
    /// The idempotency key cannot be one.
    idempotency_key_unfit = BAD_REQUEST "idempotency-key-unfit", "幂等键应为 1 至 128 个可见字符。", "An idempotency key has 1 to 128 visible characters.",
        "例如 Idempotency-Key: 7f9c2ba4-e88f。", "For example Idempotency-Key: 7f9c2ba4-e88f.";
    /// No file came.
    file_missing = UNPROCESSABLE_ENTITY "file-missing", "没有收到文件。", "No file was sent.",
        "请以 multipart/form-data 上传，或者直接以文件为请求内容。", "Upload as multipart/form-data, or send the file as the body.";
    /// What the file is cannot be told.
    file_unknown = UNSUPPORTED_MEDIA_TYPE "material-type-wrong", "无法识别文件格式，或者文件已经损坏。", "The type of the file cannot be told, or the file is damaged.",
        "请上传 PDF、JPG、PNG、OFD、DOCX 或 XLSX 文件。", "Upload PDF, JPG, PNG, OFD, DOCX or XLSX.";
    /// Too many tries.
    too_many_requests = TOO_MANY_REQUESTS "too-many-requests", "请求过于频繁。", "There were too many requests.",
        "请按 Retry-After 所示的秒数稍后再试。", "Try again after the seconds of Retry-After.";
    /// The PDF is not made yet.
    document_not_ready = CONFLICT "document-not-ready", "文书已经登记，文件正在制作。", "The document is registered; its file is being made.",
        "请几秒钟后再取。", "Fetch it again in a few seconds.";
    /// Several tasks of the case are the actor's.
    task_ambiguous = CONFLICT "task-ambiguous", "本件有多个待办任务属于您的岗位。", "Several open tasks of the case belong to your posts.",
        "请改用 POST /api/v1/tasks/{task}/completion 指明任务。", "Name the task with POST /api/v1/tasks/{task}/completion.";
    /// No such person, or name and number do not agree.
    agent_unknown = UNPROCESSABLE_ENTITY "agent-unknown", "没有找到姓名和证件号码一致的实名用户。", "Nobody registered has this name and identity number.",
        "请核对姓名和证件号码，并请代理人先完成实名注册。", "Check name and number, and ask the agent to register first.";
    /// The journal is not that long.
    beyond_journal = UNPROCESSABLE_ENTITY "beyond-journal", "序号或规模超出了日志的范围。", "The index or size is beyond the journal.",
        "请先用 GET /api/v1/journal/checkpoint 取得当前规模。", "Read the present size from GET /api/v1/journal/checkpoint.";
}
