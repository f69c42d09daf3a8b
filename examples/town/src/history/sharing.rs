//! Data shared among the county's organs: requests in every state, and what became of their grants.

use clock::Timestamp;
use jiff::ToSpan;
use runner::{Actor, Halt, Request, Runner};
use serde_json::json;
use sharing::commands::{AnswerDemand, DeclareDemand, ExtendGrant, GiveUpGrant, SuspendGrant, WithdrawGrant};
use sharing::{DISPUTE_ITEM, REQUEST_ITEM, queries};
use trust::{AccountId, HEAD_POST};

use super::{Act, Application, Extra, Opening, Step, Story, done, done_with, fields, step};
use crate::basics::Basics;
use crate::dice::{dice, index};
use crate::pace::{Pause, awake_time, day_after};

const GRANTS_MAX: u32 = 20;
/// Days of use that the figures show.
const DAYS_OF_USE: i64 = 12;

/// How a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    AtOnce,
    Granted,
    Provided,
    ToBeProvided,
    Corrected,
    Refused,
    NotAccepted,
    Withdrawn,
    Overdue,
    InReview,
    InCheck,
}

/// One request.
struct Ask {
    days_ago: i64,
    by: &'static str,
    resource: &'static str,
    fields: &'static str,
    manner: &'static str,
    method: &'static str,
    scene: &'static str,
    basis: &'static str,
    /// Items, or a standing duty when there are none.
    items: &'static str,
    duty: &'static str,
    days_long: i64,
    course: Course,
}

const SHOPS: &str = "geti-shangpu-dengji";
const ALLOWANCE: &str = "gaoling-jintie";
const POPULATION: &str = "101001/000001";
const COMPANIES: &str = "102001/000001";

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
const fn ask(
    days_ago: i64,
    by: &'static str,
    resource: &'static str,
    fields: &'static str,
    manner: &'static str,
    scene: &'static str,
    basis: &'static str,
    course: Course,
) -> Ask {
    Ask { days_ago, by, resource, fields, manner, method: "interface", scene, basis, items: "", duty: scene, days_long: 900, course }
}

const fn for_item(ask: Ask, items: &'static str) -> Ask {
    Ask { items, ..ask }
}

const fn in_batches(ask: Ask) -> Ask {
    Ask { method: "batch", ..ask }
}

const fn for_days(ask: Ask, days_long: i64) -> Ask {
    Ask { days_long, ..ask }
}

use Course::{AtOnce, Corrected, Granted, InCheck, InReview, NotAccepted, Overdue, Provided, Refused, ToBeProvided, Withdrawn};

const ASKED: [Ask; 18] = [
    for_item(
        ask(
            320,
            "market-supervision",
            POPULATION,
            "address,name",
            "yes-no",
            "个体工商户设立登记受理环节核对经营者姓名和住所",
            "市场主体登记管理条例 第十九条",
            Granted,
        ),
        SHOPS,
    ),
    for_item(
        ask(300, "civil-affairs", POPULATION, "birth_date,division", "full", "高龄津贴核验年龄和户籍", "老年人权益保障法 第三十三条", Granted),
        ALLOWANCE,
    ),
    for_days(ask(280, "education", POPULATION, "birth_date,name", "yes-no", "义务教育入学登记核对适龄儿童", "义务教育法 第十一条", Granted), 180),
    ask(250, "civil-affairs", COMPANIES, "id_number,name,status", "full", "社会救助家庭经济状况核对", "社会救助暂行办法 第五十八条", AtOnce),
    ask(200, "health", COMPANIES, "id_number,name,status", "full", "医疗机构校验核对举办单位", "医疗机构管理条例 第二十二条", AtOnce),
    ask(150, "human-resources", COMPANIES, "id_number,name,status", "full", "劳动用工备案核对用人单位", "劳动合同法 第七十四条", AtOnce),
    ask(
        140,
        "housing-construction",
        "303011/000001",
        "husband_name,kind,wife_name",
        "yes-no",
        "公租房申请核验婚姻状况",
        "公共租赁住房管理办法 第八条",
        Granted,
    ),
    ask(
        120,
        "housing-construction",
        "103001/000001",
        "address,owner_number",
        "yes-no",
        "公租房申请核验有无住房",
        "公共租赁住房管理办法 第八条",
        Granted,
    ),
    in_batches(ask(
        100,
        "civil-affairs",
        "203003/000001",
        "id_number,months,status",
        "full",
        "按月核对高龄津贴对象参保状态",
        "老年人权益保障法 第三十三条",
        Provided,
    )),
    ask(90, "urban-management", POPULATION, "address,id_number,name", "full", "查处占道经营时核对当事人", "行政处罚法 第五十四条", Refused),
    ask(80, "agriculture", "203002/000001", "amount,id_number", "full", "统计农户收入并排名", "农业法 第四条", NotAccepted),
    ask(70, "transport", POPULATION, "name", "yes-no", "道路运输从业资格核对申请人", "道路运输条例 第九条", Corrected),
    ask(40, "justice", "303011/000001", "husband_name,kind,wife_name", "yes-no", "法律援助核验经济困难家庭成员", "法律援助法 第四十一条", Withdrawn),
    ask(60, "emergency-management", POPULATION, "address,division", "aggregate", "防汛转移人口测算", "突发事件应对法 第二十六条", Overdue),
    ask(20, "natural-resources", COMPANIES, "address,id_number,name", "full", "不动产登记核对企业名称", "不动产登记暂行条例 第十八条", AtOnce),
    in_batches(ask(
        12,
        "taxation",
        "203003/000001",
        "id_number,months,status",
        "full",
        "专项附加扣除核验参保缴费",
        "个人所得税法 第十五条",
        ToBeProvided,
    )),
    ask(5, "market-supervision", "203003/000001", "status", "yes-no", "企业年报抽查核对参保人数", "企业信息公示暂行条例 第十四条", InReview),
    ask(1, "health", POPULATION, "birth_date,name", "yes-no", "预防接种建证核对儿童", "疫苗管理法 第四十七条", InCheck),
];

/// All stories of shared data up to the present.
pub(crate) fn stories(seed: u64, basics: &Basics, accounts: &[AccountId], now: Timestamp) -> Vec<Story> {
    let told = ASKED.iter().enumerate().filter_map(|(place, asked)| story(seed, place, asked, basics, accounts, now));
    told.chain(dispute(seed, basics, accounts, now)).collect()
}

/// Somebody of an organ, acting for it.
fn clerk(basics: &Basics, accounts: &[AccountId], duty: &str) -> Option<Actor> {
    let organ = basics.organ(duty)?;
    let actor = member(basics, accounts, duty, "handler")?;
    Some(Actor { on_behalf: Some(organ.id.to_string()), ..actor })
}

fn member(basics: &Basics, accounts: &[AccountId], duty: &str, lane: &str) -> Option<Actor> {
    let organ = basics.organ(duty)?;
    let place = basics.staff.iter().position(|one| one.organ == organ.id && one.spec.lanes.contains(&lane))?;
    Some(basics.staff.get(place)?.actor(accounts.get(place)?.as_str()))
}

fn story(seed: u64, place: usize, asked: &Ask, basics: &Basics, accounts: &[AccountId], now: Timestamp) -> Option<Story> {
    let mut chances = dice(seed, &format!("sharing {place}"));
    let day = day_after(clock::local_date(now), -asked.days_ago);
    let at = awake_time(day, &mut chances).min(now);
    let until = day.saturating_add(asked.days_long.days());
    let mut answers = fields(json!({
        "resource": asked.resource, "fields": asked.fields, "manner": asked.manner, "method": asked.method, "scene": asked.scene,
        "basis": asked.basis, "valid_until": until.to_string(), "contact": "本单位办公室 0999-6000000",
    }));
    if asked.items.is_empty() {
        answers.extend(fields(json!({ "ground": "duty", "duty": asked.duty })));
    } else {
        answers.extend(fields(json!({ "ground": "cases", "items": asked.items })));
    }
    let application = Application { slug: REQUEST_ITEM, at, channel: "web", situation: serde_json::Map::new(), answers, materials: Vec::new() };
    Some(Story {
        name: format!("sharing {place} {:?}", asked.course),
        applicant: clerk(basics, accounts, asked.by)?,
        opening: Opening::Submit(Box::new(application)),
        steps: steps(asked).into(),
        dice: chances,
    })
}

fn steps(asked: &Ask) -> Vec<Step> {
    let accept = || done(1, "accept", "accepted", "内容齐全");
    let agree = || done(4, "review", "approved", "同意，按申请的用途使用");
    match asked.course {
        Course::AtOnce | Course::InCheck => Vec::new(),
        Course::Granted => vec![accept(), agree()],
        Course::Provided => vec![accept(), agree(), done(6, "provide", "done", "交换任务已建立，首批数据已送达")],
        Course::ToBeProvided => vec![accept(), agree()],
        Course::Corrected => vec![
            step(Pause::Office(1), Act::RequestCorrection { target: "scene", says: "请写明用于哪个事项的哪个环节".to_owned() }),
            step(Pause::Office(2), Act::AnswerCorrection(fields(json!({ "scene": format!("{}（受理环节）", asked.scene) })))),
            accept(),
            agree(),
        ],
        Course::Refused => vec![
            accept(),
            done_with(5, "review", "rejected", "核对当事人以核验方式即可，证件号码原值超出最小够用", Extra::Basis("个人信息保护法 第六条")),
        ],
        Course::NotAccepted => {
            vec![done_with(1, "accept", "refused", "统计排名不是履行法定职责所必需的使用", Extra::Basis("数据安全法 第三十八条"))]
        }
        Course::Withdrawn => vec![accept(), step(Pause::Days(2), Act::Withdraw)],
        Course::Overdue | Course::InReview => vec![accept()],
    }
}

/// The refused organ turns to the data authority; the county government decides.
fn dispute(seed: u64, basics: &Basics, accounts: &[AccountId], now: Timestamp) -> Option<Story> {
    let mut chances = dice(seed, "sharing dispute");
    let at = awake_time(day_after(clock::local_date(now), -75), &mut chances).min(now);
    let answers = fields(json!({
        "other_side": "云溪县公安局", "matter": "refused", "subject": POPULATION,
        "reasons": "执法现场需要核对当事人身份，仅核验是否一致不能满足制作文书的需要。", "claim": "同意以脱敏方式提供姓名和住址",
    }));
    let application = Application { slug: DISPUTE_ITEM, at, channel: "web", situation: serde_json::Map::new(), answers, materials: Vec::new() };
    let steps = vec![
        done(1, "accept", "accepted", "争议事项清楚"),
        done(6, "coordinate", "returned", "双方对使用依据理解不一致，报县人民政府决定"),
        done(5, "decide", "resolved", "以核验方式共享姓名和住址；公安局不得增设条件，综合行政执法局重新提交申请。"),
    ];
    Some(Story {
        name: "sharing dispute".to_owned(),
        applicant: clerk(basics, accounts, "urban-management")?,
        opening: Opening::Submit(Box::new(application)),
        steps: steps.into(),
        dice: chances,
    })
}

/// What organs did with their grants since, and how the grants are used.
pub(crate) fn afterwards(seed: u64, runner: &Runner, basics: &Basics, accounts: &[AccountId], now: Timestamp) -> Result<(), Halt> {
    let until = clock::local_date(now).saturating_add(900.days());
    let all = Afterwards { runner, basics, accounts };
    if let Some((grant, head)) = all.grant_and_head("market-supervision", POPULATION, "public-security")? {
        all.run(&head, ExtendGrant { grant, valid_until: until, reason: "事项长期办理，继续核验".into(), seen: None })?;
    }
    if let Some((grant, head)) = all.grant_and_head("housing-construction", "303011/000001", "data-resources")? {
        let reason = "抽查发现有3次核验没有对应的申请，依据数据安全法第三十八条停用，整改后恢复".to_owned();
        all.run(&head, SuspendGrant { grant, reason, seen: None })?;
    }
    if let Some((grant, head)) = all.grant_and_head("housing-construction", "103001/000001", "natural-resources")? {
        let reason = "公租房改由住房保障平台统一核验，依据本级目录调整".to_owned();
        all.run(&head, WithdrawGrant { grant, reason, seen: None })?;
    }
    if let Some((grant, head)) = all.grant_and_head("health", COMPANIES, "health")? {
        all.run(&head, GiveUpGrant { grant, reason: "校验改为联网自动核对，不再单独取数".into(), seen: None })?;
    }
    all.demands()?;
    all.calls(seed, now)
}

struct Afterwards<'a> {
    runner: &'a Runner,
    basics: &'a Basics,
    accounts: &'a [AccountId],
}

impl Afterwards<'_> {
    /// The newest grant of an organ for a resource, and the head of an organ.
    fn grant_and_head(&self, grantee: &str, resource: &str, acts: &str) -> Result<Option<(String, Actor)>, Halt> {
        let Some(organ) = self.basics.organ(grantee).map(|organ| organ.id.to_string()) else { return Ok(None) };
        let grants = self.runner.store().read(|tx| queries::grants_of_grantee(tx, &organ, GRANTS_MAX))?;
        let grant = grants.into_iter().find(|grant| grant.terms.resource == resource).map(|grant| grant.id);
        Ok(grant.zip(member(self.basics, self.accounts, acts, HEAD_POST)))
    }

    fn run<C: runner::Command>(&self, actor: &Actor, command: C) -> Result<C::Outcome, Halt> {
        Ok(self.runner.execute(Request::by(actor.clone()), command)?.outcome)
    }

    fn demands(&self) -> Result<(), Halt> {
        let wanted = [
            ("civil-affairs", "殡葬火化信息", "及时停发高龄津贴，老年人权益保障法 第三十三条"),
            ("transport", "机动车驾驶人记分信息", "道路运输从业资格审验，道路运输条例 第九条"),
        ];
        let mut declared = Vec::new();
        for (duty, title, purpose) in wanted {
            let (Some(organ), Some(clerk)) = (self.basics.organ(duty), member(self.basics, self.accounts, duty, "handler")) else { continue };
            let declare = DeclareDemand { organ: organ.id.to_string(), title: title.into(), purpose: purpose.into() };
            declared.push(self.run(&clerk, declare)?);
        }
        let authority = member(self.basics, self.accounts, "data-resources", "handler");
        if let (Some(demand), Some(authority)) = (declared.pop(), authority) {
            let answer = "记分信息由上级公安机关集中管理，已代为向市级平台提出需求。".to_owned();
            self.run(&authority, AnswerDemand { demand, resource: None, answer })?;
        }
        Ok(())
    }

    /// Calls of the last days, counted as the gateway counts them.
    fn calls(&self, seed: u64, now: Timestamp) -> Result<(), Halt> {
        let used: [(&str, &str, &[&str], Option<(&str, bool)>); 3] = [
            ("market-supervision", POPULATION, &["name"], Some((SHOPS, true))),
            ("civil-affairs", POPULATION, &["birth_date"], Some((ALLOWANCE, true))),
            ("human-resources", COMPANIES, &["status"], None),
        ];
        for (duty, resource, wanted, case) in used {
            let Some(organ) = self.basics.organ(duty).map(|organ| organ.id.to_string()) else { continue };
            let mut chances = dice(seed, &format!("calls {duty}"));
            let moments: Vec<Timestamp> = (0..DAYS_OF_USE)
                .flat_map(|day| {
                    let count = index(&mut chances, 9);
                    std::iter::repeat_n(now.checked_sub(jiff::SignedDuration::from_hours(24 * day)).unwrap_or(now), count)
                })
                .collect();
            let case = case.map(|(item, open)| (item.to_owned(), open));
            let wanted: Vec<String> = wanted.iter().map(|field| (*field).to_owned()).collect();
            let resource = resource.to_owned();
            self.runner.store().write(move |tx| {
                let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
                let case = case.as_ref().map(|(item, open)| (item.as_str(), *open));
                for moment in &moments {
                    sharing::use_grant(tx, &organ, &resource, &wanted, case, *moment)?;
                }
                Ok::<_, Halt>(())
            })?;
        }
        Ok(())
    }
}
