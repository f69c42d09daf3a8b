//! The national code lists an implementation list (实施清单) uses. Sources: GB/T 39046-2020 appendix A and the interface of the
//! national service platform. Code `9`-style "other" values are left out where an item must say what it means.

use i18n::Text;
use serde::{Serialize, Serializer};

/// A value of a closed code list.
pub trait Code: Copy + Eq + 'static {
    /// All values, in the order of the list.
    const ALL: &'static [Self];
    /// The code as written in `item.toml` and in exchanged data.
    fn code(self) -> &'static str;
    /// The name of the value.
    fn label(self) -> Text;
    /// Reads a code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
}

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident = $code:literal, $zh:literal, $en:literal;)+ })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = concat!("`", $code, "` ", $zh, ", ", $en)] $variant,)+ }

        impl Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }
            fn label(self) -> Text {
                let (zh, en) = match self { $(Self::$variant => ($zh, $en),)+ };
                Text { zh: zh.to_owned(), en: en.to_owned() }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    )+};
}

codes! {
    /// 事项类型, GB/T 39046-2020 A.1.
    ItemType {
        Permit = "01", "行政许可", "Administrative permit";
        Penalty = "02", "行政处罚", "Administrative penalty";
        Coercion = "03", "行政强制", "Administrative coercion";
        Levy = "04", "行政征收", "Administrative levy";
        Payment = "05", "行政给付", "Administrative payment";
        Inspection = "06", "行政检查", "Administrative inspection";
        Confirmation = "07", "行政确认", "Administrative confirmation";
        Reward = "08", "行政奖励", "Administrative reward";
        Adjudication = "09", "行政裁决", "Administrative adjudication";
        OtherPower = "10", "其他行政权力", "Other administrative power";
        PublicService = "20", "公共服务", "Public service";
        PublicServiceExtended = "21", "公共服务（扩展）", "Public service (extension)";
    }
    /// 行使层级, GB/T 39046-2020 A.2.
    Level {
        National = "1", "国家级", "National";
        Province = "2", "省级", "Province";
        City = "3", "市级", "City";
        County = "4", "县级", "County";
        Township = "5", "镇（乡、街道）级", "Township";
        Village = "6", "村（社区）级", "Village";
        Graded = "7", "分级管理", "Managed by grade";
    }
    /// 权力来源.
    PowerSource {
        Statutory = "1", "法定本级行使", "Exercised at this level by law";
        Lowered = "2", "上级下放", "Handed down by the higher level";
        AuthorisedAbove = "3", "上级授权", "Authorised by the higher level";
        AuthorisedPeer = "4", "同级授权", "Authorised at the same level";
        EntrustedAbove = "5", "上级委托", "Entrusted by the higher level";
        EntrustedPeer = "6", "同级委托", "Entrusted at the same level";
    }
    /// 服务对象, GB/T 39046-2020 A.4.
    Audience {
        Person = "1", "自然人", "Natural persons";
        Enterprise = "2", "企业法人", "Enterprises";
        Institution = "3", "事业法人", "Public institutions";
        SocialOrganisation = "4", "社会组织法人", "Social organisations";
        Organ = "5", "行政机关", "Administrative organs";
        OtherOrganisation = "6", "其他组织", "Other organisations";
    }
    /// 办件类型, GB/T 39046-2020 A.6.
    Handling {
        Instant = "instant", "即办件", "Handled at once";
        Promised = "promised", "承诺件", "Handled within a promised time";
    }
    /// 办理形式, GB/T 39046-2020 A.5.
    Channel {
        Window = "window", "窗口办理", "At a counter";
        Web = "web", "网上办理", "On the web";
        Mobile = "mobile", "移动端办理", "On a phone";
        Post = "post", "快递申请", "By post";
        Hotline = "hotline", "电话办理", "By telephone";
    }
    /// 网上办理深度.
    OnlineDepth {
        Information = "1", "Ⅰ级（信息发布）", "Ⅰ (information)";
        Prepared = "2", "Ⅱ级（网上预审）", "Ⅱ (checked online beforehand)";
        Accepted = "3", "Ⅲ级（网上受理）", "Ⅲ (accepted online)";
        Complete = "4", "Ⅳ级（全程网办）", "Ⅳ (entirely online)";
    }
    /// 通办范围.
    Reach {
        Nation = "1", "全国通办", "Anywhere in the country";
        Province = "2", "全省通办", "Anywhere in the province";
        City = "3", "全市通办", "Anywhere in the city";
        County = "4", "全县（区）通办", "Anywhere in the county";
        Township = "5", "全镇（乡、街道）通办", "Anywhere in the township";
        Village = "6", "跨村（社区）通办", "Across villages";
    }
    /// 时限单位.
    Unit {
        Workday = "workday", "个工作日", "working days";
        CalendarDay = "calendar-day", "个自然日", "calendar days";
        Hour = "hour", "小时", "hours";
    }
    /// The special procedures whose time is not counted, 行政许可法 第四十五条.
    SuspendReason {
        Hearing = "hearing", "听证", "Hearing";
        Bidding = "bidding", "招标", "Bidding";
        Auction = "auction", "拍卖", "Auction";
        Inspection = "inspection", "检验", "Inspection";
        Testing = "testing", "检测", "Testing";
        Quarantine = "quarantine", "检疫", "Quarantine";
        Appraisal = "appraisal", "鉴定", "Appraisal";
        ExpertReview = "expert-review", "专家评审", "Expert review";
    }
    /// 结果类型.
    ResultKind {
        Certificate = "certificate", "证照", "Certificate";
        Approval = "approval", "批文", "Approval document";
        Payment = "payment", "给付", "Payment";
        Reply = "reply", "答复", "Reply";
        Other = "other", "其他", "Other";
    }
    /// 送达方式.
    Delivery {
        Electronic = "electronic", "电子送达", "Electronic";
        Window = "window", "窗口领取", "At a counter";
        Post = "post", "邮寄送达", "By post";
    }
    /// 材料类型.
    MaterialKind {
        Certificate = "1", "证件证书证明", "Certificate or proof";
        Form = "2", "申请表格文书", "Application form";
        Other = "3", "其他", "Other";
    }
    /// 材料形式.
    MaterialForm {
        Paper = "1", "纸质", "Paper";
        Electronic = "2", "电子化", "Electronic";
        Either = "3", "纸质/电子化", "Paper or electronic";
    }
    /// 材料必要性.
    MaterialNeed {
        Required = "1", "必要", "Required";
        Optional = "2", "非必要", "Optional";
        Later = "3", "容缺后补", "May follow later";
    }
    /// 来源渠道.
    MaterialSource {
        Applicant = "10", "申请人自备", "Prepared by the applicant";
        Government = "20", "政府部门核发", "Issued by government";
        Other = "99", "其他", "Other";
    }
    /// When an applicant may withdraw.
    Withdraw {
        BeforeDecision = "before-decision", "作出决定前可以撤回", "Until the decision";
        Never = "never", "不可撤回", "Never";
    }
    /// The moment from which the limit runs.
    ClockStarts {
        Accepted = "accepted", "自受理之日起", "From acceptance";
        Submitted = "submitted", "自提交之日起", "From submission";
    }
    /// Who opens a case of this item.
    StartedBy {
        Applicant = "applicant", "申请人", "The applicant";
        System = "system", "系统", "The engine";
    }
    /// 面向自然人主题分类 (080 does not exist).
    ThemePerson {
        Birth = "005", "生育收养", "Birth and adoption";
        Household = "010", "户籍办理", "Household registration";
        Religion = "015", "民族宗教", "Ethnic and religious affairs";
        Education = "020", "教育科研", "Education and research";
        Enlistment = "025", "入伍服役", "Military service";
        Employment = "030", "就业创业", "Employment and start-ups";
        Establishment = "035", "设立变更", "Set-up and change";
        Operating = "040", "准营准办", "Permits to operate";
        Mortgage = "045", "抵押质押", "Mortgage and pledge";
        Qualification = "050", "职业资格", "Professional qualification";
        Dues = "055", "行政缴费", "Fees";
        Marriage = "060", "婚姻登记", "Marriage";
        Relief = "065", "优待抚恤", "Preferential treatment and pensions";
        Building = "070", "规划建设", "Planning and building";
        Housing = "075", "住房保障", "Housing";
        SocialSecurity = "085", "社会保障（社会保险、社会救助）", "Social security";
        Documents = "090", "证件办理", "Identity papers";
        Traffic = "095", "交通出行", "Traffic and travel";
        Tourism = "100", "旅游观光", "Tourism";
        Border = "105", "出境入境", "Exit and entry";
        Consumers = "110", "消费维权", "Consumer rights";
        Safety = "115", "公共安全", "Public safety";
        Justice = "120", "司法公证", "Justice and notaries";
        Intellectual = "125", "知识产权", "Intellectual property";
        Environment = "130", "环保绿化", "Environment";
        Culture = "135", "文化体育", "Culture and sport";
        Utilities = "140", "公用事业", "Utilities";
        Health = "145", "医疗卫生", "Health";
        Retirement = "150", "离职退休", "Retirement";
        Funeral = "155", "死亡殡葬", "Death and funeral";
        Local = "998", "地方特色", "Local speciality";
        Other = "999", "其他", "Other";
    }
    /// 面向法人主题分类 (080 does not exist).
    ThemeLegal {
        Establishment = "005", "设立变更", "Set-up and change";
        Operating = "010", "准营准办", "Permits to operate";
        Accreditation = "015", "资质认证", "Accreditation";
        Annual = "020", "年检年审", "Annual inspection";
        Tax = "025", "税收财务", "Tax and finance";
        Staff = "030", "人力资源", "Human resources";
        SocialSecurity = "035", "社会保障", "Social security";
        Investment = "040", "投资审批", "Investment approval";
        Financing = "045", "融资信贷", "Financing and credit";
        Mortgage = "050", "抵押质押", "Mortgage and pledge";
        Commerce = "055", "商务贸易", "Commerce and trade";
        Bidding = "060", "招标拍卖", "Bidding and auction";
        Customs = "065", "海关口岸", "Customs and ports";
        Foreign = "070", "涉外服务", "Foreign affairs";
        Farming = "075", "农林牧渔", "Farming, forestry and fishing";
        Land = "085", "国土和规划建设", "Land, planning and building";
        Transport = "090", "交通运输", "Transport";
        Environment = "095", "环保绿化", "Environment";
        Climate = "100", "应对气候变化", "Climate change";
        Water = "105", "水务气象", "Water and weather";
        Health = "110", "医疗卫生", "Health";
        Technology = "115", "科技创新", "Technology";
        Culture = "120", "文体教育", "Culture, sport and education";
        Intellectual = "125", "知识产权", "Intellectual property";
        Religion = "130", "民族宗教", "Ethnic and religious affairs";
        Quality = "135", "质量技术", "Quality and technology";
        Testing = "140", "检验检疫", "Inspection and quarantine";
        WorkSafety = "145", "安全生产", "Work safety";
        Fire = "150", "公安消防", "Public security and fire";
        Justice = "155", "司法公证", "Justice and notaries";
        Utilities = "160", "公用事业", "Utilities";
        Closing = "165", "法人注销", "Closing down";
        Archives = "170", "档案文物", "Archives and relics";
        Local = "998", "地方特色", "Local speciality";
        Other = "999", "其他", "Other";
    }
    /// Life events of the portal: what happens to a person or a business.
    LifeEvent {
        HaveAChild = "have-a-child", "生儿育女", "Have a child";
        GoToSchool = "go-to-school", "上学", "Go to school";
        FindWork = "find-work", "找工作", "Find work";
        OpenAShop = "open-a-shop", "开店", "Open a shop";
        RunABusiness = "run-a-business", "经营企业", "Run a business";
        CloseABusiness = "close-a-business", "歇业注销", "Close a business";
        Marry = "marry", "结婚", "Marry";
        BuyAHome = "buy-a-home", "买房租房", "Find a home";
        Drive = "drive", "开车出行", "Drive and travel";
        SeeADoctor = "see-a-doctor", "看病就医", "See a doctor";
        Hardship = "hardship", "遇到困难", "Be in hardship";
        Disability = "disability", "残疾人服务", "Live with a disability";
        MoveHere = "move-here", "落户迁居", "Move here";
        GrowOld = "grow-old", "退休养老", "Grow old";
        LoseSomeone = "lose-someone", "身后事", "Lose someone";
        ComplainOrSuggest = "complain-or-suggest", "投诉建议", "Complain or suggest";
    }
}
