//! Every act the platform knows. What is not listed here is nobody's to do.

/// What an act works on; it groups the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    /// Applications and their handling.
    Cases,
    /// Documents and certificates.
    Documents,
    /// Procedure packages and calendars.
    Procedures,
    /// Persons, organs, posts, delegations.
    Parties,
    /// Base registers and their records.
    Registers,
    /// The catalogue of information resources.
    Catalogue,
    /// Sharing of data among organs.
    Sharing,
    /// Accounts and sessions.
    Accounts,
    /// Public data.
    OpenData,
    /// Members, services, calls and deliveries between departments and nodes.
    Exchange,
    /// What the installation does by itself, at a time or on an event.
    Automatic,
    /// Operation and audit.
    Operation,
}

/// An act with its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// Code, as commands name it.
    pub code: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// What it works on.
    pub area: Area,
}

impl Action {
    /// The act with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<&'static Self> {
        ACTIONS.iter().find(|action| action.code == code)
    }
}

const fn act(area: Area, code: &'static str, zh: &'static str, en: &'static str) -> Action {
    Action { code, zh, en, area }
}

use Area::*;

/// The registry, in the order of the matrix.
pub const ACTIONS: &[Action] = &[
    act(Cases, "case.start-draft", "新建申请草稿", "Start a draft application"),
    act(Cases, "case.save-draft", "保存申请草稿", "Save a draft application"),
    act(Cases, "case.delete-draft", "删除申请草稿", "Delete a draft application"),
    act(Cases, "case.upload-material", "上传材料", "Upload a material"),
    act(Cases, "case.remove-material", "移除材料", "Remove a material"),
    act(Cases, "case.submit", "提交申请", "Submit an application"),
    act(Cases, "case.read", "查看办件", "Read a case"),
    act(Cases, "case.read-materials", "查看申请材料", "Read the materials of a case"),
    act(Cases, "case.read-receipt", "查看受理回执", "Read the receipt of a case"),
    act(Cases, "case.propose-change", "提出办事减负建议", "Propose that an item asks for less"),
    act(Cases, "case.list", "查看办件列表", "List cases"),
    act(Cases, "case.query-progress", "查询办件进度", "Query the progress of a case"),
    act(Cases, "case.answer-correction", "补正材料", "Answer a correction notice"),
    act(Cases, "case.withdraw", "撤回申请", "Withdraw an application"),
    act(Cases, "case.rate", "评价办件", "Rate a case"),
    act(Cases, "case.reopen", "申请重办", "Reopen a case"),
    act(Cases, "case.deliver-message", "反馈办理所需情况", "Report what the case waits for"),
    act(Cases, "case.claim", "认领任务", "Claim a task"),
    act(Cases, "case.release", "退领任务", "Release a claimed task"),
    act(Cases, "case.accept", "受理", "Accept an application"),
    act(Cases, "case.request-correction", "一次性告知补正", "Request corrections, once and complete"),
    act(Cases, "case.refuse-acceptance", "不予受理", "Refuse to accept an application"),
    act(Cases, "case.complete-task", "办结任务", "Complete a task"),
    act(Cases, "case.return-task", "退回任务", "Return a task"),
    act(Cases, "case.countersign", "会签", "Countersign"),
    act(Cases, "case.suspend", "中止计时", "Suspend the clock"),
    act(Cases, "case.resume", "恢复计时", "Resume the clock"),
    act(Cases, "case.extend", "延长期限", "Extend the limit"),
    act(Cases, "case.order-secrecy", "决定依法保密", "Order lawful secrecy"),
    act(Cases, "case.assign", "指派任务", "Assign a task"),
    act(Cases, "case.add-note", "添加办理记录", "Add a note to a case"),
    act(Cases, "case.list-overdue", "查看超期和临期办件", "List overdue and nearly due cases"),
    act(Cases, "case.read-statistics", "查看办件统计", "Read case figures"),
    act(Documents, "document.read", "查看文书", "Read a document"),
    act(Documents, "document.verify", "核验文书和证照", "Verify a document or certificate"),
    act(Documents, "certificate.read", "查看证照", "Read a certificate"),
    act(Documents, "certificate.list", "查看证照列表", "List certificates"),
    act(Documents, "certificate.issue", "制发证照", "Issue a certificate"),
    act(Documents, "certificate.supersede", "换发证照", "Supersede a certificate"),
    act(Documents, "certificate.revoke", "撤销证照", "Revoke a certificate"),
    act(Procedures, "package.read", "查看办事指南", "Read a procedure package"),
    act(Procedures, "package.check", "检查办事规程包", "Check a procedure package"),
    act(Procedures, "package.publish", "发布办事规程包", "Publish a procedure package"),
    act(Procedures, "package.retire", "停用办事规程包", "Retire a procedure package"),
    act(Procedures, "calendar.read", "查看工作日历", "Read the working-day calendar"),
    act(Procedures, "calendar.import", "导入工作日历", "Import a working-day calendar"),
    act(Parties, "organ.read", "查看机构信息", "Read about an organ"),
    act(Parties, "parties.read", "查看主体信息", "Read about persons and legal persons"),
    act(Parties, "parties.manage", "维护主体信息", "Keep persons, organs and posts"),
    act(Parties, "post.substitute", "安排代岗", "Arrange a substitute"),
    act(Parties, "delegation.grant", "授权他人办事", "Authorise somebody to act"),
    act(Parties, "delegation.revoke", "撤销授权", "Revoke an authorisation"),
    act(Parties, "delegation.list", "查看授权", "List authorisations"),
    act(Registers, "register.list", "查看基础信息库目录", "Look through the registers"),
    act(Registers, "register.declare", "登记基础信息库", "Declare a register"),
    act(Registers, "register.load", "导入登记数据", "Load records into a register"),
    act(Registers, "register.correct", "更正登记数据", "Correct a record of a register"),
    act(Registers, "register.read", "查询登记数据", "Read a record of a register"),
    act(Registers, "register.search", "检索登记数据", "Search a register"),
    act(Registers, "register.verify", "核验登记数据", "Verify against a register"),
    act(Registers, "register.count", "统计登记数据", "Count the records of a register"),
    act(Registers, "register.follow", "订阅登记变更", "Follow the changes of a register"),
    act(Registers, "register.read-own", "查看政府掌握的本人数据", "Read what registers hold about oneself"),
    act(Registers, "consent.ask", "征求个人同意", "Ask somebody for a consent"),
    act(Registers, "consent.answer", "答复是否同意", "Answer whether one consents"),
    act(Registers, "consent.revoke", "撤回同意", "Take a consent back"),
    act(Registers, "tracker.choose-digest", "选择每日摘要", "Choose the daily digest of readings"),
    act(Automatic, "register.forget-answers", "清除过期的本人查询结果", "Forget what was answered on earlier days"),
    act(Automatic, "tracker.write-digests", "生成每日摘要", "Write the daily digests of readings"),
    act(Registers, "quality.read", "查看数据质量", "Read the scores of data quality"),
    act(Registers, "quality.read-findings", "查看质量问题记录", "Read which records have problems"),
    act(Registers, "quality.declare", "登记质量规则", "Declare rules of data quality"),
    act(Registers, "quality.run", "检查数据质量", "Have a register examined"),
    act(Automatic, "quality.record-run", "记录质量检查结果", "Record what an examination found"),
    act(Registers, "quality.compare", "交叉比对", "Compare two sources"),
    act(Registers, "quality.open-correction", "交办数据质量整改", "Have differences corrected"),
    act(Catalogue, "catalogue.read", "查看信息资源目录", "Read the catalogue"),
    act(Catalogue, "catalogue.compile", "编制信息资源目录", "Catalogue a resource"),
    act(Catalogue, "catalogue.import", "导入信息资源目录", "Import a catalogue"),
    act(Automatic, "catalogue.adopt", "迁移已有信息资源目录", "Take over an existing catalogue"),
    act(Catalogue, "catalogue.grade", "数据分类分级", "Classify and grade data"),
    act(Catalogue, "catalogue.review", "审核信息资源目录", "Review a resource"),
    act(Catalogue, "catalogue.withdraw", "取消发布信息资源", "Withdraw a resource"),
    act(Catalogue, "catalogue.propose-negative", "提出负面清单", "Propose an entry of the negative list"),
    act(Catalogue, "catalogue.decide-negative", "审核负面清单", "Decide about the negative list"),
    act(Catalogue, "catalogue.settle-duplicate", "认定一数一源", "Settle the source of duplicates"),
    act(Catalogue, "catalogue.read-figures", "查看数据管理指标", "Read the figures of data management"),
    act(Catalogue, "catalogue.set-formula", "设置指标公式", "Set the formula of an indicator"),
    act(Catalogue, "catalogue.record-measure", "记录指标数据", "Record a measure"),
    act(Sharing, "sharing.list", "查看共享授权和清单", "List grants, requests and the three lists"),
    act(Sharing, "sharing.read", "查看共享授权", "Read a grant"),
    act(Sharing, "sharing.grant", "授予共享权限", "Grant access to data"),
    act(Sharing, "sharing.extend", "延长共享授权", "Extend a grant"),
    act(Sharing, "sharing.suspend", "停用共享授权", "Suspend a grant"),
    act(Sharing, "sharing.resume", "恢复共享授权", "Resume a grant"),
    act(Sharing, "sharing.withdraw", "撤销共享授权", "Withdraw a grant"),
    act(Sharing, "sharing.give-up", "停止使用共享数据", "Give up a grant"),
    act(Sharing, "sharing.declare-demand", "登记数据需求", "Declare a demand for data"),
    act(Sharing, "sharing.answer-demand", "答复数据需求", "Answer a demand for data"),
    act(Accounts, "account.register", "注册账号", "Register an account"),
    act(Accounts, "account.read-own", "查看本人账号", "Read one's own account"),
    act(Accounts, "account.change-password", "修改密码", "Change one's password"),
    act(Accounts, "account.read", "查看账号", "Read accounts"),
    act(Accounts, "account.manage", "管理账号", "Manage accounts"),
    act(Accounts, "role.grant", "授予和收回角色", "Grant and withdraw roles"),
    act(Accounts, "session.open", "登录", "Sign in"),
    act(Accounts, "session.close", "退出登录", "Sign out"),
    act(Accounts, "session.list", "查看登录记录", "List sessions"),
    act(Accounts, "session.revoke", "注销会话", "Revoke a session"),
    act(Accounts, "session.act-for", "切换代办身份", "Act for another party"),
    act(OpenData, "opendata.read", "查看开放数据", "Read public data"),
    act(OpenData, "opendata.list", "查看数据集列表", "List datasets"),
    act(OpenData, "opendata.read-draft", "查看未发布的数据集", "Read a dataset that is not published"),
    act(OpenData, "opendata.prepare", "编制数据集", "Prepare a dataset"),
    act(OpenData, "opendata.approve-as-owner", "本单位审核数据集", "Approve a dataset for its organ"),
    act(OpenData, "opendata.approve-as-officer", "数据主管部门审核数据集", "Approve a dataset for the data authority"),
    act(OpenData, "opendata.return", "退回数据集", "Send a dataset back"),
    act(OpenData, "opendata.publish", "发布数据集", "Publish a dataset"),
    act(OpenData, "opendata.withdraw", "下架数据集", "Take a dataset down"),
    act(OpenData, "opendata.raise-voice", "提出数据需求和意见", "Say what data are wanted, or what is wrong"),
    act(OpenData, "opendata.answer-voice", "答复数据需求和意见", "Answer what people say of public data"),
    act(OpenData, "opendata.subscribe", "订阅数据集", "Follow a dataset"),
    act(OpenData, "opendata.keep-key", "管理本人的开发者密钥", "Keep one's developer keys"),
    act(OpenData, "opendata.harvest", "安排数据采集", "Arrange the harvest of another portal"),
    act(Automatic, "opendata.record-harvest", "记录数据采集", "Record the harvest of another portal"),
    act(Automatic, "opendata.record-scan", "记录数据集检查结果", "Record the scan of a dataset"),
    act(Exchange, "exchange.manage-members", "管理交换成员和密钥", "Manage members of the exchange and their keys"),
    act(Exchange, "exchange.offer-service", "发布交换服务", "Offer a service to the exchange"),
    act(Exchange, "exchange.record-duty", "登记和终止常设共享", "Record and end standing duties"),
    act(Exchange, "exchange.call", "调用交换服务", "Call a service of the exchange"),
    act(Exchange, "exchange.read-traffic", "查看交换流量", "Read the traffic of the exchange"),
    act(Exchange, "exchange.read-log", "查看交换日志", "Read the message log of the exchange"),
    act(Exchange, "exchange.export-evidence", "导出交换证据", "Export evidence of an exchange"),
    act(Exchange, "exchange.keep-feeds", "开始、停止和恢复变更订阅", "Start, stop and resume feeds of changes"),
    act(Exchange, "exchange.replay-delivery", "重放失败的投递", "Replay failed deliveries"),
    act(Automatic, "case.fire-timer", "流程定时触发", "Fire a timer of a flow"),
    act(Automatic, "case.answer-step", "收下其他节点的答复", "Take the answer of another node for a step"),
    act(Automatic, "case.accept-by-default", "逾期未告知视为受理", "Accept by default after the correction period"),
    act(Automatic, "case.lapse-correction", "逾期未补正终止", "End a case whose correction period lapsed"),
    act(Automatic, "case.review-correction", "登记更正后立件复核", "Open reviews after a corrected record"),
    act(Automatic, "sharing.expire", "共享授权到期", "Close a grant after its last day"),
    act(Automatic, "document.file", "文书归档", "File the finished document"),
    act(Automatic, "exchange.maintain", "登记签名和清除到期报文", "Keep signatures and erase expired messages"),
    act(Automatic, "exchange.deliver", "投递批次和变更", "Deliver batches and changes"),
    act(Operation, "job.read", "查看后台作业", "Read background jobs"),
    act(Operation, "job.replay", "重放后台作业", "Replay a background job"),
    act(Operation, "operations.read", "查看运行状况", "Read the state of operation"),
    act(Operation, "backup.run", "执行备份", "Run a backup"),
    act(Operation, "key.rotate", "轮换密钥", "Rotate a key"),
    act(Operation, "audit.read", "查看审计记录", "Read audit records"),
    act(Operation, "journal.read", "查看存证日志", "Read the journal"),
    act(Operation, "journal.read-checkpoint", "查看日志检查点", "Read checkpoints of the journal"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_complete() {
        let mut seen = HashSet::new();
        for action in ACTIONS {
            assert!(seen.insert(action.code), "{} twice", action.code);
            assert!(seen.insert(action.zh), "{} twice", action.zh);
            assert!(seen.insert(action.en), "{} twice", action.en);
            assert!(action.code.split_once('.').is_some_and(|(thing, verb)| !thing.is_empty() && !verb.is_empty()));
        }
        assert!(Action::find("case.accept").is_some_and(|action| action.zh == "受理"));
        assert!(Action::find("case.forget").is_none());
    }
}
