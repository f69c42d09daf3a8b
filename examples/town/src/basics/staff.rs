//! The sixty-one members of staff and the lanes they work in.

/// Name of a post that works in a lane, in both languages; the lane's code is the post's code.
#[must_use]
pub fn lane_name(lane: &str) -> (&'static str, &'static str) {
    match lane {
        "head" => ("负责人", "Head of the organ"),
        "handler" => ("承办岗", "Handler of requests"),
        "organ" => ("差评整改岗", "Rectification of bad ratings"),
        "window" => ("受理窗口", "Service window"),
        "reviewer" => ("许可审查岗", "Document review"),
        "inspector" => ("现场核查岗", "Site inspection"),
        "approver" => ("核准决定岗", "Decision maker"),
        "town" => ("乡镇（街道）初审岗", "Township reviewer"),
        "county" => ("县民政局审定岗", "County civil affairs"),
        "dispatcher" => ("12345派单员", "12345 dispatcher"),
        "callback" => ("12345回访员", "12345 call-back"),
        "data-officer" => ("数据管理员", "Data officer"),
        "data-authority" => ("数据目录审核岗", "Reviewer of the catalogue"),
        "fire" => ("消防会签岗", "Fire countersignature"),
        "sharing" => ("数据共享审查岗", "Sharing desk"),
        _ => ("工作岗", "Post"),
    }
}

/// The lane that only officers with a law-enforcement licence may work in.
pub const LICENSED_LANE: &str = "inspector";

/// A member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffSpec {
    /// Login name.
    pub login: &'static str,
    /// Name.
    pub name: &'static str,
    /// The organ: its first duty, for governments of towns with the division after a slash.
    pub organ: &'static str,
    /// Lanes.
    pub lanes: &'static [&'static str],
    /// 行政执法证号
    pub licence: Option<&'static str>,
}

const fn one(login: &'static str, name: &'static str, organ: &'static str, lanes: &'static [&'static str]) -> StaffSpec {
    StaffSpec { login, name, organ, lanes, licence: None }
}

const fn officer(login: &'static str, name: &'static str, licence: &'static str) -> StaffSpec {
    StaffSpec { login, name, organ: "market-supervision", lanes: &["inspector"], licence: Some(licence) }
}

const HEAD: &[&str] = &["head"];
const HANDS: &[&str] = &["handler", "organ", "data-officer"];
const ALL: &[&str] = &["head", "handler", "organ", "data-officer"];

/// Everybody.
pub const STAFF: [StaffSpec; 61] = [
    one("fangyuanzhi", "方远志", "market-supervision", HEAD),
    one("suwanqing", "苏婉清", "market-supervision", &["window"]),
    one("duxiaochuan", "杜小川", "market-supervision", &["window"]),
    one("hansonglin", "韩松林", "market-supervision", &["reviewer"]),
    officer("chenlixing", "陈立行", "3399210101"),
    officer("wuqingping", "吴清平", "3399210102"),
    one("tangwenbo", "唐文博", "market-supervision", &["approver"]),
    one("luohuimin", "罗惠敏", "market-supervision", HANDS),
    one("xuguodong", "许国栋", "civil-affairs", HEAD),
    one("dengxiulan", "邓秀兰", "civil-affairs", &["town"]),
    one("hechunyan", "贺春燕", "civil-affairs", &["town"]),
    one("jiangminghua", "蒋明华", "civil-affairs", &["county"]),
    one("yaozhiqiang", "姚志强", "civil-affairs", HANDS),
    one("lujianping", "陆建平", "hotline-12345", HEAD),
    one("zhongxiaolan", "钟晓岚", "hotline-12345", &["dispatcher"]),
    one("baixuemei", "白雪梅", "hotline-12345", &["dispatcher", "handler", "organ", "data-officer"]),
    one("gujianing", "顾佳宁", "hotline-12345", &["callback"]),
    one("leizhenyu", "雷震宇", "fire-rescue", ALL),
    one("shilei", "石磊", "fire-rescue", &["fire"]),
    one("fangruixue", "方瑞雪", "government-services", HEAD),
    one("wenxiaoting", "温小婷", "government-services", &["window"]),
    one("dingyiming", "丁一鸣", "government-services", &["window", "handler", "organ", "data-officer"]),
    one("panguohua", "潘国华", "urban-management", HEAD),
    one("zhaotieshan", "赵铁山", "urban-management", HANDS),
    one("yuhaitao", "余海涛", "urban-management", HANDS),
    one("linzhengping", "林正平", "county-government", HEAD),
    one("caoyun", "曹芸", "county-government", HANDS),
    one("shenruohan", "沈若涵", "health", HEAD),
    one("qiuminjie", "邱敏杰", "health", HANDS),
    one("weizhigang", "魏志刚", "public-security", HEAD),
    one("duanxiaofeng", "段晓峰", "public-security", HANDS),
    one("fuliping", "傅丽萍", "human-resources", HEAD),
    one("mawenjun", "马文俊", "human-resources", HANDS),
    one("tongjianguo", "童建国", "natural-resources", HEAD),
    one("shaojing", "邵静", "natural-resources", HANDS),
    one("xiongbin", "熊斌", "housing-construction", HEAD),
    one("zhanyuting", "詹雨婷", "housing-construction", HANDS),
    one("haojunfeng", "郝俊峰", "transport", HEAD),
    one("mengxiangyu", "孟祥宇", "transport", HANDS),
    one("tianguangming", "田光明", "agriculture", HEAD),
    one("liangqiuyue", "梁秋月", "agriculture", HANDS),
    one("jinhailing", "金海凌", "ecology-environment", HEAD),
    one("xiaboya", "夏博雅", "ecology-environment", HANDS),
    one("luoyongan", "骆永安", "emergency-management", HEAD),
    one("fenglei", "冯雷", "emergency-management", HANDS),
    one("chengsiyuan", "程思远", "data-resources", &["head", "handler", "organ", "sharing", "data-officer", "data-authority"]),
    one("kejiayi", "柯嘉怡", "data-resources", &["data-officer", "data-authority"]),
    one("kongfanmei", "孔凡梅", "education", HEAD),
    one("zouyihan", "邹一涵", "education", HANDS),
    one("renkaixuan", "任凯旋", "taxation", ALL),
    one("jizhonghua", "纪中华", "justice", HEAD),
    one("ouyanglan", "欧阳兰", "justice", HANDS),
    one("daimoxuan", "戴墨轩", "archives", ALL),
    one("yexinyi", "叶心怡", "township/339921001", ALL),
    one("baoguoqiang", "鲍国强", "township/339921002", ALL),
    one("jiayulin", "贾玉林", "township/339921100", ALL),
    one("shihongxia", "史红霞", "township/339921101", ALL),
    one("tanweiming", "谭伟明", "township/339921102", ALL),
    one("guoshuzhen", "郭淑珍", "township/339921103", ALL),
    one("xiangdahai", "向大海", "township/339921200", ALL),
    one("laizhuqing", "赖竹青", "township/339921201", ALL),
];
