//! Names of people, as common in the county: by sex and by the time of birth.

use ids::Entropy;

use crate::dice::{chance, pick, pick_char, skewed};

/// Surnames, the commonest first.
const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢",
    "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛",
    "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石", "姚", "谭", "廖", "邹", "熊", "金", "陆", "郝", "孔",
    "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟", "龙", "万", "段", "雷", "钱", "汤", "尹", "黎", "易", "常", "武", "乔",
    "贺", "赖", "龚", "文", "欧阳", "诸葛", "上官",
];

/// First and second characters of given names of one sex and time.
struct Given {
    first: &'static str,
    second: &'static str,
}

const MEN_OLD: Given = Given {
    first: "德国福明志义文忠富贵金永世长荣兴水土宝庆", second: "根生发林树财全祥田荣华昌福贵才良山海元法"
};
const WOMEN_OLD: Given =
    Given { first: "桂秀玉淑凤兰翠金美春菊爱银素月水", second: "英珍芳兰花莲香娥仙凤妹珠琴梅娣芬" };
const MEN_MIDDLE: Given =
    Given { first: "建国志卫海永晓文少光立新红小正学", second: "军强平华明伟斌勇峰辉东民荣良宏涛" };
const WOMEN_MIDDLE: Given =
    Given { first: "丽红晓小春雪海亚文惠美秋志月爱建", second: "萍丽敏静燕霞芳娟艳华琴梅玲英云红" };
const MEN_YOUNG: Given =
    Given { first: "子浩宇俊梓嘉泽奕文思家晨天一博昊", second: "轩涵宇杰豪辰睿航然阳博铭泽昊霖凡" };
const WOMEN_YOUNG: Given =
    Given { first: "梓欣雨诗佳思若语一可晨心雅梦依静", second: "涵怡萱婷琪瑶彤妍悦菲宁雯汐然桐洁" };

/// Years of birth before which a name is old, and before which it is of the middle generation.
const OLD_BEFORE: i16 = 1957;
const YOUNG_FROM: i16 = 1988;
const SHORT_NAME_PERCENT: u64 = 16;

/// A surname; common ones are common.
pub(crate) fn surname(dice: &mut dyn Entropy) -> &'static str {
    SURNAMES.get(skewed(dice, SURNAMES.len())).copied().unwrap_or("王")
}

/// A given name for somebody of that sex born in that year.
pub(crate) fn given_name(dice: &mut dyn Entropy, male: bool, birth_year: i16) -> String {
    let given = match (male, birth_year) {
        (true, year) if year < OLD_BEFORE => &MEN_OLD,
        (false, year) if year < OLD_BEFORE => &WOMEN_OLD,
        (true, year) if year < YOUNG_FROM => &MEN_MIDDLE,
        (false, year) if year < YOUNG_FROM => &WOMEN_MIDDLE,
        (true, _) => &MEN_YOUNG,
        (false, _) => &WOMEN_YOUNG,
    };
    let second = pick_char(dice, given.second);
    if chance(dice, SHORT_NAME_PERCENT) {
        return second.to_string();
    }
    let first = pick_char(dice, given.first);
    [first, second].iter().collect()
}

/// A word that a shop or a company is called by.
pub(crate) fn trade_word(dice: &mut dyn Entropy) -> String {
    const FIRST: &str = "云溪山清瑞丰恒福嘉鑫远盛和泰锦康百宏新万";
    const SECOND: &str = "泉源达兴顺隆禾林茂润诚佳美悦程安盈通乐坊";
    [pick_char(dice, FIRST), pick_char(dice, SECOND)].iter().collect()
}

/// One of some texts.
pub(crate) fn one_of(dice: &mut dyn Entropy, texts: &'static [&'static str]) -> &'static str {
    pick(dice, texts).copied().unwrap_or_default()
}
