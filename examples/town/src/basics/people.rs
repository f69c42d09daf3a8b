//! The persons and companies known by name: those of the scenarios that packages bring along, and those of the demonstration.

/// A person known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonSpec {
    /// Name.
    pub name: &'static str,
    /// 公民身份号码
    pub identity_number: &'static str,
    /// Division of residence.
    pub division: &'static str,
    /// Address.
    pub address: &'static str,
    /// Mobile number.
    pub mobile: &'static str,
}

/// A legal person or shop known by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompanySpec {
    /// 统一社会信用代码
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Identity number of who represents it.
    pub representative: &'static str,
    /// Address.
    pub address: &'static str,
}

/// 林晓禾, who opens a tea shop.
pub const SHOPKEEPER: &str = "339921199005170241";
/// 周德全, 86 in 2026.
pub const FATHER: &str = "339921194003080135";
/// 周敏, his daughter.
pub const DAUGHTER: &str = "33992119720614012X";
/// 沈丽娟, accountant of a food company.
pub const ACCOUNTANT: &str = "339921198511230265";
/// 高建军, who represents the food company.
pub const MANAGER: &str = "33992119790402031X";
/// The food company.
pub const FOOD_COMPANY: &str = "91339921MA7X000348";

const fn person(name: &'static str, identity_number: &'static str, address: &'static str, mobile: &'static str) -> PersonSpec {
    PersonSpec { name, identity_number, division: super::county::COUNTY, address, mobile }
}

/// Persons. The register still has 钱长福 in the neighbouring county, from where he moved.
pub const PERSONS: [PersonSpec; 9] = [
    person("林晓禾", SHOPKEEPER, "云溪县城关镇和平路12号", "13800000001"),
    person("周德全", FATHER, "云溪县清潭镇龙潭村3组8号", "13800000002"),
    person("吴桂芳", "339921193506010265", "云溪县枫林镇吴家村1组15号", "13800000003"),
    person("郑百岁", "33992119250211031X", "云溪县石门乡高岭村2组6号", "13800000004"),
    person("何秀英", "33992119460930042X", "云溪县白石镇前岩村5组21号", "13800000005"),
    person("周敏", DAUGHTER, "云溪县溪口街道滨溪路61号2幢1单元302室", "13800000006"),
    person("沈丽娟", ACCOUNTANT, "云溪县云山街道桂花巷9号", "13800000007"),
    person("高建军", MANAGER, "云溪县白石镇振兴路18号", "13800000008"),
    PersonSpec { division: "339922", ..person("钱长福", "339921193801010559", "云州市青山县东门街5号", "13800000009") },
];

/// Companies and shops.
pub const COMPANIES: [CompanySpec; 3] = [
    CompanySpec {
        code: "92339921MA7X00018F", name: "云溪县晓禾奶茶店", representative: SHOPKEEPER, address: "云溪县城关镇解放街88号一层"
    },
    CompanySpec {
        code: "92339921MA7X00026A", name: "云溪县城关镇好邻居副食店", representative: SHOPKEEPER, address: "云溪县城关镇解放街90号"
    },
    CompanySpec {
        code: FOOD_COMPANY, name: "云溪县山泉食品有限公司", representative: MANAGER, address: "云溪县白石镇振兴路20号"
    },
];
