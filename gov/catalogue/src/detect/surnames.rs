//! 姓氏: the common surnames, single and compound.

const SINGLE: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹\
熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦柳邢路岳齐梅莘辛管祝左涂谷祁时舒耿牟卜詹关苗\
凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛华车冉房边净阎宫骆冷娄尚区岑臧党糜缪巩佟褚褐褟晏厉莘璩桑郎戚邬储储蔺应宗麻卓池仇栾全佘明古丘敖滕苑符";
const COMPOUND: [&str; 16] =
    ["欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒", "端木", "百里", "呼延", "南宫"];

/// Whether a text begins with a surname and goes on.
pub(super) fn is_surname(text: &str) -> bool {
    let compound = COMPOUND.iter().any(|surname| text.starts_with(surname) && text.chars().count() > 2);
    compound || text.chars().next().is_some_and(|first| SINGLE.contains(first))
}
