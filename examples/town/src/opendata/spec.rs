//! What each dataset is about.

use clock::Date;

use super::places::{PlacesSpec, places};
use super::series::{Measure, daily, decimal, measure, monthly, yearly};
use super::sheet::{Column, Sheet, column, count};

/// The eight towns, as they stand in tables.
const TOWN_NAMES: [&str; 8] = ["溪口街道", "云山街道", "城关镇", "白石镇", "清潭镇", "枫林镇", "石门乡", "竹溪乡"];

/// A dataset of the county.
#[derive(Clone, Copy, Debug)]
pub(super) struct DatasetSpec {
    /// Name in addresses.
    pub(super) slug: &'static str,
    /// First duty of the organ.
    pub(super) organ: &'static str,
    /// Title.
    pub(super) title: (&'static str, &'static str),
    /// Description.
    pub(super) notes: (&'static str, &'static str),
    /// Theme.
    pub(super) theme: &'static str,
    /// Tags.
    pub(super) tags: &'static [&'static str],
    /// How often it is renewed.
    pub(super) period: &'static str,
    /// What is in it.
    content: Content,
}

#[derive(Clone, Copy, Debug)]
enum Content {
    Places(PlacesSpec),
    Daily(i64, Column, &'static [&'static str], &'static [Measure]),
    Monthly(Column, &'static [&'static str], &'static [Measure]),
    Yearly(i16, Column, &'static [&'static str], &'static [Measure]),
}

impl DatasetSpec {
    /// The table, as of a day.
    pub(super) fn sheet(&self, seed: u64, today: Date) -> Sheet {
        match self.content {
            Content::Places(spec) => places(&spec, self.slug, seed),
            Content::Daily(days, place, names, measures) => daily(self.slug, seed, today, days, (place, names), measures),
            Content::Monthly(group, names, measures) => monthly(self.slug, seed, today, (group, names), measures),
            Content::Yearly(years, group, names, measures) => yearly(self.slug, seed, today, years, (group, names), measures),
        }
    }
}

/// All datasets.
pub(super) const DATASETS: [DatasetSpec; 27] = [
    DatasetSpec {
        slug: "bus-stops",
        organ: "transport",
        title: ("公交站点", "Bus stops"),
        notes: ("全县公交停靠站的名称、位置和停靠线路数。", "Name, position and number of lines of every bus stop."),
        theme: "tran",
        tags: &["公交", "站点", "出行"],
        period: "quarterly",
        content: Content::Places(PlacesSpec {
            count: 420,
            endings: &["站", "路口站", "村口站"],
            kind: (column("shelter", "候车亭", "Shelter", ""), &["有", "无"]),
            measure: (column("lines", "停靠线路", "Lines", "条"), 1, 9),
        }),
    },
    DatasetSpec {
        slug: "public-toilets",
        organ: "urban-management",
        title: ("公共厕所", "Public toilets"),
        notes: ("对外开放的公共厕所位置、类别和蹲位数。", "Public toilets with position, class and number of seats."),
        theme: "regi",
        tags: &["公厕", "便民"],
        period: "half-yearly",
        content: Content::Places(PlacesSpec {
            count: 160,
            endings: &["公共厕所", "公园公厕", "市场公厕"],
            kind: (column("class", "类别", "Class", ""), &["一类", "二类", "三类"]),
            measure: (column("seats", "蹲位", "Seats", "个"), 4, 30),
        }),
    },
    DatasetSpec {
        slug: "parks",
        organ: "urban-management",
        title: ("公园绿地", "Parks and green spaces"),
        notes: ("公园和街头绿地的位置与面积。", "Parks and green spaces with their area."),
        theme: "regi",
        tags: &["公园", "绿地"],
        period: "yearly",
        content: Content::Places(PlacesSpec {
            count: 64,
            endings: &["公园", "绿地", "广场"],
            kind: (column("kind", "类型", "Kind", ""), &["综合公园", "社区公园", "游园"]),
            measure: (column("area", "面积", "Area", "平方米"), 600, 90000),
        }),
    },
    DatasetSpec {
        slug: "schools",
        organ: "education",
        title: ("中小学校和幼儿园", "Schools and kindergartens"),
        notes: ("学校的位置、类别和班级数。", "Schools with position, kind and number of classes."),
        theme: "educ",
        tags: &["学校", "入学"],
        period: "yearly",
        content: Content::Places(PlacesSpec {
            count: 72,
            endings: &["小学", "初级中学", "幼儿园"],
            kind: (column("kind", "类别", "Kind", ""), &["幼儿园", "小学", "初中", "高中"]),
            measure: (column("classes", "班级数", "Classes", "个"), 6, 48),
        }),
    },
    DatasetSpec {
        slug: "medical-institutions",
        organ: "health",
        title: ("医疗机构", "Medical institutions"),
        notes: ("医院、卫生院、诊所的位置和床位数。", "Hospitals, health centres and clinics with their beds."),
        theme: "heal",
        tags: &["医院", "卫生院", "就医"],
        period: "quarterly",
        content: Content::Places(PlacesSpec {
            count: 96,
            endings: &["卫生院", "诊所", "门诊部"],
            kind: (column("level", "级别", "Level", ""), &["三级", "二级", "一级", "未定级"]),
            measure: (column("beds", "床位", "Beds", "张"), 5, 400),
        }),
    },
    DatasetSpec {
        slug: "pharmacies",
        organ: "market-supervision",
        title: ("药品零售企业", "Pharmacies"),
        notes: ("持有药品经营许可证的零售药店。", "Shops with a licence to sell medicines."),
        theme: "heal",
        tags: &["药店", "许可"],
        period: "monthly",
        content: Content::Places(PlacesSpec {
            count: 140,
            endings: &["大药房", "药店"],
            kind: (column("night", "夜间售药", "Open at night", ""), &["是", "否"]),
            measure: (column("pharmacists", "执业药师", "Pharmacists", "人"), 1, 6),
        }),
    },
    DatasetSpec {
        slug: "care-homes",
        organ: "civil-affairs",
        title: ("养老服务机构", "Care homes for the elderly"),
        notes: ("养老机构的位置、性质和床位数。", "Care homes with position, kind and beds."),
        theme: "soci",
        tags: &["养老", "适老"],
        period: "half-yearly",
        content: Content::Places(PlacesSpec {
            count: 38,
            endings: &["养老院", "颐养中心", "日间照料中心"],
            kind: (column("kind", "性质", "Kind", ""), &["公办", "民办", "公建民营"]),
            measure: (column("beds", "床位", "Beds", "张"), 20, 260),
        }),
    },
    DatasetSpec {
        slug: "charging-stations",
        organ: "transport",
        title: ("电动汽车充电站", "Charging stations"),
        notes: ("公共充电站的位置和充电桩数量。", "Public charging stations with their posts."),
        theme: "ener",
        tags: &["充电", "新能源"],
        period: "monthly",
        content: Content::Places(PlacesSpec {
            count: 88,
            endings: &["充电站"],
            kind: (column("current", "充电方式", "Current", ""), &["直流", "交流", "交直流"]),
            measure: (column("posts", "充电桩", "Posts", "个"), 2, 40),
        }),
    },
    DatasetSpec {
        slug: "emergency-shelters",
        organ: "emergency-management",
        title: ("应急避难场所", "Emergency shelters"),
        notes: ("避难场所的位置和可容纳人数。", "Shelters with the number of people they take."),
        theme: "just",
        tags: &["避难", "应急"],
        period: "yearly",
        content: Content::Places(PlacesSpec {
            count: 46,
            endings: &["避难场所", "应急广场"],
            kind: (column("kind", "类型", "Kind", ""), &["室内", "室外"]),
            measure: (column("capacity", "可容纳人数", "Capacity", "人"), 200, 6000),
        }),
    },
    DatasetSpec {
        slug: "service-halls",
        organ: "government-services",
        title: ("政务服务大厅和便民服务点", "Service halls and points"),
        notes: ("可以办事的大厅、便民服务中心、自助终端。", "Halls, service points and terminals."),
        theme: "gove",
        tags: &["政务服务", "办事"],
        period: "quarterly",
        content: Content::Places(PlacesSpec {
            count: 58,
            endings: &["便民服务点", "自助终端"],
            kind: (column("kind", "类型", "Kind", ""), &["大厅", "便民服务中心", "自助终端"]),
            measure: (column("windows", "窗口", "Windows", "个"), 1, 36),
        }),
    },
    DatasetSpec {
        slug: "air-quality-daily",
        organ: "ecology-environment",
        title: ("空气质量日报", "Air quality by day"),
        notes: ("两个自动监测站的空气质量指数和主要污染物日均值。", "Daily index and pollutants at two stations."),
        theme: "envi",
        tags: &["空气", "环境", "PM2.5"],
        period: "daily",
        content: Content::Daily(
            365,
            column("station", "监测站", "Station", ""),
            &["城关站", "白石站"],
            &[
                decimal(column("aqi", "空气质量指数", "Air quality index", ""), 560, -30, 40),
                decimal(column("pm25", "PM2.5", "PM2.5", "微克/立方米"), 280, -40, 50),
                decimal(column("pm10", "PM10", "PM10", "微克/立方米"), 510, -35, 45),
                decimal(column("o3", "臭氧", "Ozone", "微克/立方米"), 980, 30, 30),
            ],
        ),
    },
    DatasetSpec {
        slug: "rainfall-daily",
        organ: "emergency-management",
        title: ("雨量站日降水量", "Rainfall by day"),
        notes: ("四个雨量站的日降水量。", "Daily rainfall at four gauges."),
        theme: "envi",
        tags: &["降水", "防汛"],
        period: "daily",
        content: Content::Daily(
            180,
            column("gauge", "雨量站", "Gauge", ""),
            &["城关", "清潭", "石门", "竹溪"],
            &[decimal(column("rain", "降水量", "Rain", "毫米"), 45, 60, 100)],
        ),
    },
    DatasetSpec {
        slug: "water-quality-monthly",
        organ: "ecology-environment",
        title: ("地表水水质月报", "Surface water quality by month"),
        notes: ("考核断面的水质监测结果。", "Results at the assessed sections."),
        theme: "envi",
        tags: &["水质", "河流"],
        period: "monthly",
        content: Content::Monthly(
            column("section", "断面", "Section", ""),
            &["云溪大桥", "清潭出境", "龙潭水库"],
            &[
                decimal(column("do", "溶解氧", "Dissolved oxygen", "毫克/升"), 82, -10, 10),
                decimal(column("cod", "高锰酸盐指数", "Permanganate index", "毫克/升"), 31, 10, 20),
                decimal(column("tp_x100", "总磷（百分之一）", "Total phosphorus (hundredths)", "毫克/升"), 45, 20, 30),
            ],
        ),
    },
    DatasetSpec {
        slug: "licences-issued-monthly",
        organ: "market-supervision",
        title: ("许可证照核发月报", "Licences issued by month"),
        notes: ("按事项统计的证照核发数量。", "Licences issued, by item."),
        theme: "econ",
        tags: &["许可", "营业执照"],
        period: "monthly",
        content: Content::Monthly(
            column("item", "事项", "Item", ""),
            &["个体工商户登记", "食品经营许可", "企业设立登记"],
            &[measure(count("issued", "核发", "Issued"), 120, 10, 25), measure(count("cancelled", "注销", "Cancelled"), 30, 5, 30)],
        ),
    },
    DatasetSpec {
        slug: "hotline-12345-monthly",
        organ: "hotline-12345",
        title: ("12345热线受理月报", "12345 hotline by month"),
        notes: ("热线诉求的受理、办结和满意情况。", "Requests taken, closed and found satisfactory."),
        theme: "gove",
        tags: &["12345", "热线", "诉求"],
        period: "monthly",
        content: Content::Monthly(
            column("kind", "诉求类别", "Kind", ""),
            &["投诉", "咨询", "建议", "求助"],
            &[
                measure(count("received", "受理", "Received"), 640, 15, 20),
                measure(count("closed", "办结", "Closed"), 600, 15, 20),
                decimal(column("satisfied", "满意率", "Satisfied", "%"), 960, 0, 3),
            ],
        ),
    },
    DatasetSpec {
        slug: "birth-and-marriage-monthly",
        organ: "civil-affairs",
        title: ("婚姻登记月报", "Marriages registered by month"),
        notes: ("结婚、离婚登记对数。", "Marriages and divorces registered."),
        theme: "soci",
        tags: &["婚姻", "登记"],
        period: "monthly",
        content: Content::Monthly(
            column("office", "登记处", "Office", ""),
            &["县婚姻登记处"],
            &[measure(count("marriages", "结婚", "Marriages"), 160, 10, 25), measure(count("divorces", "离婚", "Divorces"), 60, 5, 25)],
        ),
    },
    DatasetSpec {
        slug: "social-insurance-monthly",
        organ: "human-resources",
        title: ("社会保险参保月报", "Social insurance by month"),
        notes: ("各险种参保人数和基金收支。", "Insured people, income and payments of the funds."),
        theme: "soci",
        tags: &["社保", "参保"],
        period: "monthly",
        content: Content::Monthly(
            column("fund", "险种", "Fund", ""),
            &["基本养老", "失业", "工伤"],
            &[
                measure(count("insured", "参保人数", "Insured"), 86000, 1, 2),
                measure(column("income", "基金收入", "Income", "万元"), 4200, 5, 10),
                measure(column("paid", "基金支出", "Paid", "万元"), 3800, 5, 10),
            ],
        ),
    },
    DatasetSpec {
        slug: "employment-training-monthly",
        organ: "human-resources",
        title: ("就业和技能培训月报", "Employment and training by month"),
        notes: ("新增就业和技能培训人次。", "New jobs and training."),
        theme: "soci",
        tags: &["就业", "培训"],
        period: "monthly",
        content: Content::Monthly(
            column("town", "乡镇（街道）", "Township", ""),
            &TOWN_NAMES,
            &[measure(count("jobs", "新增就业", "New jobs"), 80, 10, 30), measure(count("trained", "培训人次", "Trained"), 45, 10, 40)],
        ),
    },
    DatasetSpec {
        slug: "building-permits-monthly",
        organ: "housing-construction",
        title: ("建筑工程施工许可月报", "Building permits by month"),
        notes: ("核发的施工许可证和建筑面积。", "Permits and floor area."),
        theme: "regi",
        tags: &["施工许可", "建设"],
        period: "monthly",
        content: Content::Monthly(
            column("use", "用途", "Use", ""),
            &["住宅", "工业", "公共建筑"],
            &[
                measure(column("permits", "许可数", "Permits", "件"), 9, 10, 40),
                measure(column("area", "建筑面积", "Floor area", "平方米"), 42000, 15, 50),
            ],
        ),
    },
    DatasetSpec {
        slug: "tourist-visits-monthly",
        organ: "county-government",
        title: ("旅游接待月报", "Visitors by month"),
        notes: ("主要景区接待人次和收入。", "Visitors and income of the main sights."),
        theme: "educ",
        tags: &["旅游", "景区"],
        period: "monthly",
        content: Content::Monthly(
            column("sight", "景区", "Sight", ""),
            &["云溪古镇", "龙潭峡谷", "红叶谷"],
            &[
                measure(column("visitors", "接待人次", "Visitors", "人次"), 32000, 40, 30),
                measure(column("income", "营业收入", "Income", "万元"), 410, 40, 30),
            ],
        ),
    },
    DatasetSpec {
        slug: "fire-inspections-monthly",
        organ: "fire-rescue",
        title: ("消防监督检查月报", "Fire inspections by month"),
        notes: ("检查单位数、发现和整改的隐患数。", "Places inspected, faults found and mended."),
        theme: "just",
        tags: &["消防", "检查"],
        period: "monthly",
        content: Content::Monthly(
            column("kind", "场所类别", "Kind", ""),
            &["商场市场", "餐饮", "学校医院", "工业企业"],
            &[
                measure(column("inspected", "检查单位", "Inspected", "家"), 46, 5, 30),
                measure(column("faults", "发现隐患", "Faults", "处"), 62, 5, 40),
                measure(column("mended", "整改隐患", "Mended", "处"), 58, 5, 40),
            ],
        ),
    },
    DatasetSpec {
        slug: "traffic-flow-daily",
        organ: "transport",
        title: ("主要路口日交通流量", "Traffic at main junctions by day"),
        notes: ("主要路口的日车流量。", "Vehicles a day at the main junctions."),
        theme: "tran",
        tags: &["交通", "流量"],
        period: "daily",
        content: Content::Daily(
            120,
            column("junction", "路口", "Junction", ""),
            &["中山路人民路口", "环城北路东门街口", "云山路朝阳路口", "滨溪路文昌街口"],
            &[measure(column("vehicles", "车流量", "Vehicles", "辆"), 18600, 5, 15)],
        ),
    },
    DatasetSpec {
        slug: "budget-expenditure-yearly",
        organ: "county-government",
        title: ("一般公共预算支出", "General public expenditure"),
        notes: ("按功能分类的预算数和决算数。", "Budget and accounts, by function."),
        theme: "econ",
        tags: &["预算", "决算", "财政"],
        period: "yearly",
        content: Content::Yearly(
            6,
            column("function", "功能科目", "Function", ""),
            &["一般公共服务", "公共安全", "教育", "科学技术", "社会保障和就业", "卫生健康", "节能环保", "城乡社区", "农林水", "交通运输"],
            &[
                measure(column("budget", "预算数", "Budget", "万元"), 38000, 0, 60),
                measure(column("spent", "决算数", "Accounts", "万元"), 37000, 0, 60),
            ],
        ),
    },
    DatasetSpec {
        slug: "crop-output-yearly",
        organ: "agriculture",
        title: ("主要农产品产量", "Output of main crops"),
        notes: ("各乡镇主要农产品产量。", "Output by township."),
        theme: "agri",
        tags: &["农业", "产量"],
        period: "yearly",
        content: Content::Yearly(
            8,
            column("town", "乡镇（街道）", "Township", ""),
            &TOWN_NAMES,
            &[
                measure(column("grain", "粮食", "Grain", "吨"), 5200, 0, 40),
                measure(column("tea", "茶叶", "Tea", "吨"), 310, 0, 50),
                measure(column("fruit", "水果", "Fruit", "吨"), 1800, 0, 50),
            ],
        ),
    },
    DatasetSpec {
        slug: "tax-revenue-yearly",
        organ: "taxation",
        title: ("税收收入", "Tax revenue"),
        notes: ("分税种税收收入。", "Revenue by tax."),
        theme: "econ",
        tags: &["税收"],
        period: "yearly",
        content: Content::Yearly(
            6,
            column("tax", "税种", "Tax", ""),
            &["增值税", "企业所得税", "个人所得税", "城市维护建设税", "契税"],
            &[measure(column("revenue", "收入", "Revenue", "万元"), 21000, 0, 70)],
        ),
    },
    DatasetSpec {
        slug: "land-transfers-yearly",
        organ: "natural-resources",
        title: ("国有建设用地出让", "State land transferred"),
        notes: ("按用途统计的出让宗数、面积和价款。", "Plots, area and price, by use."),
        theme: "regi",
        tags: &["土地", "出让"],
        period: "yearly",
        content: Content::Yearly(
            6,
            column("use", "用途", "Use", ""),
            &["住宅用地", "工业用地", "商服用地"],
            &[
                measure(column("plots", "宗数", "Plots", "宗"), 14, 0, 50),
                measure(column("area", "面积", "Area", "公顷"), 48, 0, 50),
                measure(column("price", "价款", "Price", "万元"), 36000, 0, 60),
            ],
        ),
    },
    DatasetSpec {
        slug: "legal-aid-monthly",
        organ: "justice",
        title: ("法律援助和公证月报", "Legal aid and notary by month"),
        notes: ("法律援助受理和公证办理件数。", "Legal aid granted and notary acts."),
        theme: "just",
        tags: &["法律援助", "公证"],
        period: "monthly",
        content: Content::Monthly(column("kind", "类别", "Kind", ""), &["法律援助", "公证"], &[measure(count("cases", "件数", "Cases"), 70, 5, 30)]),
    },
];
