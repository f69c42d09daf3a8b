//! What to try, and under which name.

use i18n::Text;
use serde::Serialize;

use crate::accounts::DEMO_PASSWORD;

/// An account for the demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DemoAccount {
    /// Login name.
    pub login: &'static str,
    /// Password.
    pub password: &'static str,
    /// Who.
    pub name: &'static str,
    /// Whether it signs in to the portal, to the workspace or to administration.
    pub place: DemoPlace,
    /// In which capacity.
    pub role: Text,
    /// What to try.
    pub try_this: Text,
}

/// Where an account signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemoPlace {
    /// 办事大厅
    Portal,
    /// 工作台
    Workspace,
    /// 管理
    Administration,
}

/// What the server prints when it starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// What this is.
    pub title: Text,
    /// Accounts, all with the same password.
    pub accounts: Vec<DemoAccount>,
    /// Things to try that need no account.
    pub tries: Vec<Text>,
}

const fn row(
    login: &'static str,
    name: &'static str,
    place: DemoPlace,
    role: (&'static str, &'static str),
    try_this: (&'static str, &'static str),
) -> (&'static str, &'static str, DemoPlace, (&'static str, &'static str), (&'static str, &'static str)) {
    (login, name, place, role, try_this)
}

use DemoPlace::{Administration, Portal, Workspace};

type Row = (&'static str, &'static str, DemoPlace, (&'static str, &'static str), (&'static str, &'static str));

const ACCOUNTS: [Row; 21] = [
    row(
        "linxiaohe",
        "林晓禾",
        Portal,
        ("居民、店主", "Resident and shopkeeper"),
        (
            "查看营业执照，评价路灯诉求，切换为奶茶店补正食品许可材料，继续草稿",
            "See the licence, rate the street lamp, turn to the tea shop and answer the correction",
        ),
    ),
    row(
        "zhoumin",
        "周敏",
        Portal,
        ("女儿，可代父亲周德全办事", "Daughter, may act for her father 周德全"),
        ("切换为父亲，申请高龄津贴，提交即获批", "Turn to her father and apply for the old-age allowance: granted at once"),
    ),
    row(
        "shenlijuan",
        "沈丽娟",
        Portal,
        ("山泉食品有限公司会计", "Accountant of a food company"),
        ("代公司申请食品经营许可", "Apply for a food permit for the company"),
    ),
    row(
        "gaojianjun",
        "高建军",
        Portal,
        ("山泉食品有限公司法定代表人", "Legal representative of the food company"),
        ("查看和撤销给会计的授权", "See and revoke the accountant's authorisation"),
    ),
    row(
        "suwanqing",
        "苏婉清",
        Workspace,
        ("市场监管局受理窗口", "Counter of market supervision"),
        ("受理、一次性告知补正、不予受理", "Accept, ask for a correction, refuse"),
    ),
    row("hansonglin", "韩松林", Workspace, ("许可审查岗", "Document review"), ("审查食品许可资料", "Review the papers of a food permit")),
    row(
        "chenlixing",
        "陈立行",
        Workspace,
        ("现场核查岗（执法证号3399210101）", "Inspector with licence"),
        ("记录现场核查；进入或结束检验检测程序", "Record a site visit; pause the clock for testing"),
    ),
    row(
        "wuqingping",
        "吴清平",
        Workspace,
        ("现场核查岗（执法证号3399210102）", "Inspector with licence"),
        ("与陈立行共同核查", "The second officer"),
    ),
    row(
        "tangwenbo",
        "唐文博",
        Workspace,
        ("核准决定岗", "Decision maker"),
        ("准予或者不予许可，签发证照", "Approve or reject; the certificate is issued"),
    ),
    row(
        "fangyuanzhi",
        "方远志",
        Workspace,
        ("市场监管局负责人", "Head of market supervision"),
        ("查看超期和临期办件，批准延期", "Look at overdue cases; extend a limit"),
    ),
    row(
        "luohuimin",
        "罗惠敏",
        Workspace,
        ("市场监管局承办和差评整改岗", "Handler and rectification"),
        ("答复诉求，整改差评", "Reply to a request; rectify a bad rating"),
    ),
    row(
        "dengxiulan",
        "邓秀兰",
        Workspace,
        ("高龄津贴初审岗", "First review of the allowance"),
        ("处理转人工的津贴申请", "Handle applications that went to a person"),
    ),
    row("jiangminghua", "蒋明华", Workspace, ("高龄津贴审定岗", "Decision on the allowance"), ("审定津贴", "Decide")),
    row("zhongxiaolan", "钟晓岚", Workspace, ("12345派单员", "12345 dispatcher"), ("把新诉求派到承办单位", "Assign a new request")),
    row("gujianing", "顾佳宁", Workspace, ("12345回访员", "12345 call-back"), ("回访评价人", "Call back who rated badly")),
    row(
        "zhaotieshan",
        "赵铁山",
        Workspace,
        ("综合行政执法局承办岗", "Handler of urban management"),
        ("答复诉求，或者退回派单", "Reply, or send back"),
    ),
    row("shilei", "石磊", Workspace, ("消防会签岗", "Fire countersignature"), ("对大面积场所会签", "Countersign large premises")),
    row(
        "chengsiyuan",
        "程思远",
        Workspace,
        ("数据局，规程发布员", "Data bureau, publisher of packages"),
        ("查看和发布办事规程包", "Look at and publish procedure packages"),
    ),
    row("admin-system", "系统管理员", Administration, ("系统管理员", "System administrator"), ("后台作业、备份、工作日历", "Jobs, backup, calendar")),
    row("admin-security", "安全管理员", Administration, ("安全管理员", "Security administrator"), ("账号、角色、密钥", "Accounts, roles, keys")),
    row("admin-audit", "审计管理员", Administration, ("审计管理员", "Audit administrator"), ("审计记录、存证日志", "Audit records and the journal")),
];

/// Demo accounts and things to try.
#[must_use]
pub fn facts() -> Facts {
    let account = |(login, name, place, role, try_this): Row| DemoAccount {
        login,
        password: DEMO_PASSWORD,
        name,
        place,
        role: Text::new(role.0, role.1),
        try_this: Text::new(try_this.0, try_this.1),
    };
    Facts {
        title: Text::new("云溪县（虚构）演示环境", "The example town: Yunxi County (fictional)"),
        accounts: ACCOUNTS.into_iter().map(account).collect(),
        tries: vec![
            Text::new("搜索“奶茶店”“高龄”“路灯”，看办事指南和流程图", "Search for 奶茶店, 高龄 or 路灯 and read the guides"),
            Text::new("不登录，用办件编号和查询码查进度", "Without signing in, look a case up by number and query code"),
            Text::new("打开一份证照的二维码，或者上传PDF核验", "Verify a certificate by its QR code or by uploading the PDF"),
        ],
    }
}
