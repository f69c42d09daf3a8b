//! Yunxi county: its divisions, roads and villages. The codes are not assigned in GB/T 2260, so nothing here can be real.

/// 云溪县
pub const COUNTY: &str = "339921";
/// 云州市
pub const CITY: &str = "339900";

/// A division of the town.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DivisionSpec {
    /// Code: 6 or 9 digits.
    pub code: &'static str,
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// A street, town or township, with the places where people live and work.
#[derive(Debug, Clone, Copy)]
pub struct TownSpec {
    /// The division.
    pub division: DivisionSpec,
    /// Share of the county's people, in hundredths.
    pub share: u64,
    /// Roads with house numbers.
    pub roads: &'static [&'static str],
    /// Villages with groups.
    pub villages: &'static [&'static str],
}

/// Divisions above the towns.
pub const ABOVE: [DivisionSpec; 2] =
    [DivisionSpec { code: CITY, zh: "云州市", en: "Yunzhou City" }, DivisionSpec { code: COUNTY, zh: "云溪县", en: "Yunxi County" }];

const fn town(
    code: &'static str,
    zh: &'static str,
    en: &'static str,
    share: u64,
    roads: &'static [&'static str],
    villages: &'static [&'static str],
) -> TownSpec {
    TownSpec { division: DivisionSpec { code, zh, en }, share, roads, villages }
}

/// The eight streets, towns and townships.
pub const TOWNS: [TownSpec; 8] = [
    town("339921001", "溪口街道", "Xikou Subdistrict", 17, &["滨溪路", "育才路", "人民路", "文昌街", "学士路"], &["上溪村", "下溪村"]),
    town("339921002", "云山街道", "Yunshan Subdistrict", 14, &["云山路", "朝阳路", "建设路", "桂花巷"], &["云山村", "柏树村", "茶坞村"]),
    town("339921100", "城关镇", "Chengguan Town", 24, &["和平路", "解放街", "中山路", "东门街", "南门巷", "环城北路"], &["北郊村", "东湖村"]),
    town("339921101", "白石镇", "Baishi Town", 13, &["白石街", "矿山路", "振兴路"], &["白石村", "前岩村", "后岩村", "石桥村"]),
    town("339921102", "清潭镇", "Qingtan Town", 11, &["清潭路", "兴业街"], &["清潭村", "龙潭村", "梅湾村", "柳家村"]),
    town("339921103", "枫林镇", "Fenglin Town", 9, &["枫林街", "红叶路"], &["枫林村", "双溪村", "大坪村", "吴家村"]),
    town("339921200", "石门乡", "Shimen Township", 6, &["石门街"], &["石门村", "高岭村", "毛洋村", "松坑村"]),
    town("339921201", "竹溪乡", "Zhuxi Township", 6, &["竹溪街"], &["竹溪村", "岭脚村", "横塘村", "竹园村"]),
];
