//! The organs of the county: departments, institutions and the governments of its towns.

use super::county::COUNTY;
use i18n::Text;
use parties::{DivisionCode, OrganDetails, OrganizationCode, Problem, SealMotif, UnifiedCode};

/// An organ of the town.
#[derive(Debug, Clone, Copy)]
pub struct OrganSpec {
    /// By which this crate speaks of it; also its first duty.
    pub duty: &'static str,
    /// Further duties.
    pub duties: &'static [&'static str],
    /// Serial number within its unified code and its telephone number.
    pub serial: u32,
    /// Class in its unified code: `1` state organ, `2` public institution.
    pub class: char,
    /// Name.
    pub name: (&'static str, &'static str),
    /// 机关代字, with which its documents are numbered.
    pub short: (&'static str, &'static str),
    /// Division it serves.
    pub division: &'static str,
    /// Address.
    pub address: (&'static str, &'static str),
    /// When it is open.
    pub hours: Hours,
    /// What stands in its seal.
    pub seal: SealMotif,
}

/// Office hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    /// Working days.
    Office,
    /// Working days and Saturday morning.
    Counter,
    /// Day and night.
    Always,
}

impl Hours {
    /// In words.
    #[must_use]
    pub fn text(self) -> Text {
        match self {
            Self::Office => Text::new("工作日 8:30—12:00，14:00—17:30", "Working days 8:30-12:00 and 14:00-17:30"),
            Self::Counter => Text::new(
                "工作日 8:30—17:30（中午不休息），周六 9:00—12:00 延时服务",
                "Working days 8:30-17:30 without a break, Saturdays 9:00-12:00",
            ),
            Self::Always => Text::new("每天24小时", "Day and night, every day"),
        }
    }
}

impl OrganSpec {
    /// 统一社会信用代码
    ///
    /// # Errors
    /// When the table is wrong; a test sees to it that it is not.
    pub fn code(&self) -> Result<UnifiedCode, Problem> {
        let body = OrganizationCode::compose(&format!("MB{:06}", self.serial))?;
        UnifiedCode::compose('1', self.class, &DivisionCode::parse(COUNTY)?, body.as_str())
    }

    /// What the public needs to know.
    #[must_use]
    pub fn details(&self) -> OrganDetails {
        let own = std::iter::once(self.duty).chain(self.duties.iter().copied());
        OrganDetails {
            short_name: Text::new(self.short.0, self.short.1),
            duties: own.map(str::to_owned).collect(),
            address: Text::new(self.address.0, self.address.1),
            hours: self.hours.text(),
            phone: if self.hours == Hours::Always { "12345".to_owned() } else { format!("0999-600{:04}", self.serial) },
            complaint_phone: format!("0999-690{:04}", self.serial),
            seal_motif: self.seal,
        }
    }
}

const fn bureau(
    duty: &'static str,
    serial: u32,
    name: (&'static str, &'static str),
    short: (&'static str, &'static str),
    address: (&'static str, &'static str),
) -> OrganSpec {
    let (class, division, hours, seal) = ('1', COUNTY, Hours::Office, SealMotif::NationalEmblem);
    OrganSpec { duty, duties: &[], serial, class, name, short, division, address, hours, seal }
}

const fn institution(organ: OrganSpec, hours: Hours) -> OrganSpec {
    OrganSpec { class: '2', hours, seal: SealMotif::Star, ..organ }
}

const fn government(
    division: &'static str,
    serial: u32,
    short: (&'static str, &'static str),
    name: (&'static str, &'static str),
    address: (&'static str, &'static str),
) -> OrganSpec {
    OrganSpec { division, ..bureau("township", serial, name, short, address) }
}

const HALL: (&str, &str) = ("云溪县城关镇中山路66号政务服务大厅", "Government Service Hall, 66 Zhongshan Road, Chengguan Town");
const CIVIC: (&str, &str) = ("云溪县溪口街道人民路1号", "1 Renmin Road, Xikou Subdistrict");

/// All organs. 民政局 has the code that the type codes of its certificates begin with.
pub const ORGANS: [OrganSpec; 29] = [
    bureau("county-government", 1, ("云溪县人民政府", "Yunxi County People's Government"), ("云政", "County Government"), CIVIC),
    bureau(
        "market-supervision",
        25,
        ("云溪县市场监督管理局", "Yunxi County Administration for Market Supervision"),
        ("云市监", "Market Supervision"),
        ("云溪县城关镇中山路66号政务服务大厅二楼A区", "Area A, 2nd floor, Government Service Hall, 66 Zhongshan Road"),
    ),
    bureau(
        "civil-affairs",
        60,
        ("云溪县民政局", "Yunxi County Civil Affairs Bureau"),
        ("云民", "Civil Affairs"),
        ("云溪县城关镇和平路108号", "108 Heping Road, Chengguan Town"),
    ),
    bureau(
        "health",
        61,
        ("云溪县卫生健康局", "Yunxi County Health Bureau"),
        ("云卫", "Health"),
        ("云溪县溪口街道育才路19号", "19 Yucai Road, Xikou Subdistrict"),
    ),
    bureau(
        "public-security",
        62,
        ("云溪县公安局", "Yunxi County Public Security Bureau"),
        ("云公", "Public Security"),
        ("云溪县城关镇解放街110号", "110 Jiefang Street, Chengguan Town"),
    ),
    bureau(
        "human-resources",
        63,
        ("云溪县人力资源和社会保障局", "Yunxi County Human Resources and Social Security Bureau"),
        ("云人社", "Human Resources"),
        ("云溪县城关镇中山路88号", "88 Zhongshan Road, Chengguan Town"),
    ),
    bureau(
        "natural-resources",
        64,
        ("云溪县自然资源和规划局", "Yunxi County Natural Resources and Planning Bureau"),
        ("云自然资规", "Natural Resources"),
        ("云溪县云山街道建设路20号", "20 Jianshe Road, Yunshan Subdistrict"),
    ),
    bureau(
        "housing-construction",
        65,
        ("云溪县住房和城乡建设局", "Yunxi County Housing and Construction Bureau"),
        ("云建", "Housing and Construction"),
        ("云溪县云山街道建设路36号", "36 Jianshe Road, Yunshan Subdistrict"),
    ),
    bureau(
        "transport",
        66,
        ("云溪县交通运输局", "Yunxi County Transport Bureau"),
        ("云交", "Transport"),
        ("云溪县城关镇环城北路200号", "200 Huancheng North Road, Chengguan Town"),
    ),
    bureau(
        "agriculture",
        67,
        ("云溪县农业农村局", "Yunxi County Agriculture and Rural Affairs Bureau"),
        ("云农", "Agriculture"),
        ("云溪县云山街道朝阳路52号", "52 Chaoyang Road, Yunshan Subdistrict"),
    ),
    bureau(
        "ecology-environment",
        68,
        ("云州市生态环境局云溪分局", "Yunzhou Ecology and Environment Bureau, Yunxi Branch"),
        ("云环溪", "Ecology and Environment"),
        ("云溪县溪口街道滨溪路77号", "77 Binxi Road, Xikou Subdistrict"),
    ),
    bureau(
        "emergency-management",
        69,
        ("云溪县应急管理局", "Yunxi County Emergency Management Bureau"),
        ("云应急", "Emergency Management"),
        ("云溪县云山街道朝阳路119号", "119 Chaoyang Road, Yunshan Subdistrict"),
    ),
    bureau(
        "fire-rescue",
        70,
        ("云溪县消防救援大队", "Yunxi County Fire and Rescue Brigade"),
        ("云消", "Fire and Rescue"),
        ("云溪县城关镇环城北路119号", "119 Huancheng North Road, Chengguan Town"),
    ),
    bureau("data-resources", 71, ("云溪县数据局", "Yunxi County Data Bureau"), ("云数", "Data"), CIVIC),
    institution(
        bureau(
            "hotline-12345",
            72,
            ("云溪县12345政务服务便民热线中心", "Yunxi County 12345 Hotline Centre"),
            ("云热线", "12345 Hotline"),
            ("云溪县城关镇中山路66号政务服务大厅四楼", "4th floor, Government Service Hall, 66 Zhongshan Road"),
        ),
        Hours::Always,
    ),
    institution(
        bureau("government-services", 73, ("云溪县政务服务中心", "Yunxi County Government Service Centre"), ("云政务", "Government Services"), HALL),
        Hours::Counter,
    ),
    bureau(
        "education",
        74,
        ("云溪县教育局", "Yunxi County Education Bureau"),
        ("云教", "Education"),
        ("云溪县溪口街道学士路5号", "5 Xueshi Road, Xikou Subdistrict"),
    ),
    bureau(
        "taxation",
        75,
        ("国家税务总局云溪县税务局", "Yunxi County Tax Service, State Taxation Administration"),
        ("云税", "Taxation"),
        ("云溪县城关镇中山路58号", "58 Zhongshan Road, Chengguan Town"),
    ),
    bureau(
        "justice",
        76,
        ("云溪县司法局", "Yunxi County Justice Bureau"),
        ("云司", "Justice"),
        ("云溪县城关镇东门街12号", "12 Dongmen Street, Chengguan Town"),
    ),
    institution(
        bureau(
            "archives",
            77,
            ("云溪县档案馆", "Yunxi County Archives"),
            ("云档", "Archives"),
            ("云溪县溪口街道文昌街3号", "3 Wenchang Street, Xikou Subdistrict"),
        ),
        Hours::Office,
    ),
    bureau(
        "urban-management",
        78,
        ("云溪县综合行政执法局", "Yunxi County Urban Management and Law Enforcement Bureau"),
        ("云综执", "Urban Management"),
        ("云溪县城关镇南门巷30号", "30 Nanmen Lane, Chengguan Town"),
    ),
    government(
        "339921001",
        101,
        ("溪街", "Xikou"),
        ("云溪县人民政府溪口街道办事处", "Xikou Subdistrict Office"),
        ("云溪县溪口街道滨溪路8号", "8 Binxi Road, Xikou Subdistrict"),
    ),
    government(
        "339921002",
        102,
        ("云街", "Yunshan"),
        ("云溪县人民政府云山街道办事处", "Yunshan Subdistrict Office"),
        ("云溪县云山街道云山路16号", "16 Yunshan Road, Yunshan Subdistrict"),
    ),
    government(
        "339921100",
        103,
        ("城政", "Chengguan"),
        ("云溪县城关镇人民政府", "Chengguan Town People's Government"),
        ("云溪县城关镇和平路50号", "50 Heping Road, Chengguan Town"),
    ),
    government(
        "339921101",
        104,
        ("白政", "Baishi"),
        ("云溪县白石镇人民政府", "Baishi Town People's Government"),
        ("云溪县白石镇白石街1号", "1 Baishi Street, Baishi Town"),
    ),
    government(
        "339921102",
        105,
        ("清政", "Qingtan"),
        ("云溪县清潭镇人民政府", "Qingtan Town People's Government"),
        ("云溪县清潭镇清潭路9号", "9 Qingtan Road, Qingtan Town"),
    ),
    government(
        "339921103",
        106,
        ("枫政", "Fenglin"),
        ("云溪县枫林镇人民政府", "Fenglin Town People's Government"),
        ("云溪县枫林镇枫林街22号", "22 Fenglin Street, Fenglin Town"),
    ),
    government(
        "339921200",
        107,
        ("石政", "Shimen"),
        ("云溪县石门乡人民政府", "Shimen Township People's Government"),
        ("云溪县石门乡石门街6号", "6 Shimen Street, Shimen Township"),
    ),
    government(
        "339921201",
        108,
        ("竹政", "Zhuxi"),
        ("云溪县竹溪乡人民政府", "Zhuxi Township People's Government"),
        ("云溪县竹溪乡竹溪街11号", "11 Zhuxi Street, Zhuxi Township"),
    ),
];
