//! What people write to 12345 about. `{}` stands for the place.

/// A matter, and how it is answered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grievance {
    /// Category of the form.
    pub category: &'static str,
    /// The duty of the organ that handles it; `township` for the government of the place.
    pub duty: &'static str,
    /// In one sentence.
    pub title: &'static str,
    /// In more words.
    pub text: &'static str,
    /// The reply.
    pub reply: &'static str,
}

const fn matter(category: &'static str, duty: &'static str, title: &'static str, text: &'static str, reply: &'static str) -> Grievance {
    Grievance { category, duty, title, text, reply }
}

/// The street lamp that everybody knows.
pub(crate) const STREET_LAMP: Grievance = matter(
    "complaint",
    "urban-management",
    "{}门前路灯不亮",
    "{}门前两盏路灯不亮已经一个星期，晚上看不清台阶，请尽快修好。",
    "路灯已于当日修复，两盏均已点亮；系线路老化，已列入更换计划。",
);

/// All matters.
pub(crate) const GRIEVANCES: [Grievance; 30] = [
    STREET_LAMP,
    matter(
        "complaint",
        "urban-management",
        "{}夜宵摊占道油烟大",
        "{}路边夜宵摊每晚占用人行道，油烟和噪音到凌晨，希望规范管理。",
        "已现场劝导并划定疏导点，经营时间调整到晚上十点前，安排夜间巡查。",
    ),
    matter(
        "complaint",
        "urban-management",
        "{}建筑垃圾堆放多日",
        "{}楼下装修垃圾堆了十来天没人清，下雨流得到处都是。",
        "已联系物业和装修户清运完毕，对乱堆放行为作出责令改正。",
    ),
    matter(
        "complaint",
        "urban-management",
        "{}广告牌松动有危险",
        "{}二楼的广告牌被风吹松了，正下方是人行道，担心掉下来。",
        "当日已加固，设置警示围挡；已要求店家三日内更换。",
    ),
    matter(
        "complaint",
        "ecology-environment",
        "{}附近工厂夜间有异味",
        "{}附近夜里有刺鼻气味，开窗睡不了觉，请查一下是哪家。",
        "夜间排查锁定一家喷涂作坊，已责令停产整改，安装废气处理设施后方可恢复。",
    ),
    matter(
        "report",
        "ecology-environment",
        "{}有人向溪里排污水",
        "{}旁边的暗管往溪里排黑水，下午三四点最明显，有照片。",
        "已封堵暗管并取样送检，立案调查，处理结果将依法公开。",
    ),
    matter(
        "complaint",
        "housing-construction",
        "{}小区电梯经常停运",
        "{}小区电梯一个月停了六次，老人上下楼很困难。",
        "已督促物业更换曳引机控制板，电梯恢复运行，维保记录在单元门口公示。",
    ),
    matter(
        "complaint",
        "housing-construction",
        "{}工地凌晨施工扰民",
        "{}工地凌晨两点还在浇筑混凝土，没有看到夜间施工公告。",
        "已约谈施工单位，夜间连续施工须提前公告；本次未公告的行为已记入信用评价。",
    ),
    matter(
        "consult",
        "housing-construction",
        "公租房什么时候可以申请",
        "我们一家三口住在{}，想问今年公租房什么时候开始申请，要哪些条件。",
        "今年第四季度受理一批，家庭人均住房面积低于15平方米、收入符合标准的可以申请，材料清单已发到您的手机。",
    ),
    matter(
        "complaint",
        "transport",
        "{}公交车站没有遮雨棚",
        "{}公交站下雨天没有地方躲，学生很多，希望加一个雨棚。",
        "已列入今年公交站台改造计划，本站预计下月施工。",
    ),
    matter("complaint", "transport", "{}路面有大坑", "{}路中间有个坑，前天已经有人骑车摔倒。", "已用冷补料应急修补，热料修复安排在本周末夜间进行。"),
    matter(
        "suggestion",
        "transport",
        "建议增加一班早班公交",
        "住在{}的人七点前上班的不少，现在第一班车太晚，建议提前二十分钟。",
        "已调整首班发车时间为6:20，自下月1日起执行。",
    ),
    matter(
        "complaint",
        "public-security",
        "{}路口早高峰乱停车",
        "{}路口早上送孩子的车停三排，把斑马线都挡住了。",
        "早高峰已增派辅警疏导，增设即停即走区标线。",
    ),
    matter(
        "help",
        "public-security",
        "户口本丢了怎么补",
        "户口本搬家的时候丢了，住{}，想问怎么补办，可以代办吗。",
        "户主持身份证到任一派出所窗口即办，也可以在网上预约邮寄；行动不便的可上门办理。",
    ),
    matter(
        "complaint",
        "market-supervision",
        "{}超市卖过期牛奶",
        "{}超市买到过期三天的牛奶，店家不肯退。",
        "已下架同批次商品，商家按食品安全法退一赔十，并对其立案处理。",
    ),
    matter(
        "report",
        "market-supervision",
        "{}保健品店向老人虚假宣传",
        "{}有家店每天给老人讲课卖床垫，说能治高血压，一张一万多。",
        "已依法检查并暂扣宣传材料，对虚假宣传立案；已为两位老人办理退款。",
    ),
    matter(
        "complaint",
        "market-supervision",
        "{}健身房关门不退卡",
        "{}健身房突然关门，会员卡里还有两千多块钱退不了。",
        "已联系经营者，登记的会员分两批退款，您的款项安排在第一批。",
    ),
    matter(
        "complaint",
        "human-resources",
        "{}工地拖欠工资两个月",
        "在{}工地干了三个月，工资拖了两个月，包工头电话不接。",
        "已责令总包单位先行垫付，工资已于昨日发放到工人本人账户。",
    ),
    matter(
        "consult",
        "human-resources",
        "灵活就业怎么交社保",
        "我在{}开网约车，想问灵活就业怎么交养老保险，能不能补缴。",
        "可以按月自行缴纳，缴费基数在上下限之间自选；往年的不能补缴，办理入口已发短信。",
    ),
    matter(
        "consult",
        "health",
        "新生儿疫苗在哪里打",
        "刚搬到{}，孩子两个月，想问去哪里打疫苗，要不要预约。",
        "到居住地社区卫生服务中心即可，周一、周三、周五上午，带预防接种证，可在网上预约。",
    ),
    matter("complaint", "health", "{}诊所没有公示收费", "{}诊所看病不给明细，收费也没有贴出来。", "已责令公示收费标准并补开明细，纳入重点检查名单。"),
    matter(
        "complaint",
        "education",
        "{}校门口放学拥堵",
        "{}附近的学校放学时家长和电动车堵成一团，孩子过马路很危险。",
        "学校已实行错峰放学，分年级相隔十分钟，并增设家长等候区。",
    ),
    matter(
        "consult",
        "education",
        "随迁子女入学要什么材料",
        "我们在{}租房，孩子明年上小学，想问要准备什么材料。",
        "居住证、租赁备案和户口簿即可，5月起网上报名，材料清单已发送。",
    ),
    matter(
        "help",
        "agriculture",
        "{}田里稻飞虱怎么治",
        "我家在{}有八亩田，稻飞虱很厉害，想请人来看看。",
        "农技员已到田指导，建议用药和时间已书面告知，一周后回访。",
    ),
    matter(
        "complaint",
        "natural-resources",
        "{}有人在山上乱挖",
        "{}后面山上有挖机在挖土，不知道有没有批过。",
        "现场查明为未经批准取土，已责令停止并恢复植被，依法立案。",
    ),
    matter(
        "consult",
        "taxation",
        "个体户没有收入要申报吗",
        "我在{}开小店，这两个月没开张，想问还要不要报税。",
        "定期定额户在核定期内无须逐月申报；查账征收的需零申报，办理步骤已告知。",
    ),
    matter(
        "suggestion",
        "township",
        "建议在{}装一个健身角",
        "{}旁边空地一直闲着，老人孩子没处活动，建议装几样健身器材。",
        "已列入本年度民生小项目，征求周边居民意见后安装。",
    ),
    matter("complaint", "township", "{}村道边排水沟堵了", "{}村道边的沟堵了，一下雨水就漫到院子里。", "已组织清淤三百米，并安排网格员雨前巡查。"),
    matter(
        "help",
        "civil-affairs",
        "独居老人想申请助餐",
        "我母亲八十二岁一个人住在{}，做饭不方便，想问有没有送餐。",
        "已办理老年助餐登记，午餐每日送到家，首月由社区志愿者陪同熟悉。",
    ),
    matter(
        "praise",
        "government-services",
        "表扬窗口工作人员",
        "家住{}，上周去大厅办事，工作人员主动帮我填表，还教我用手机，非常感谢。",
        "感谢您的鼓励，已转达本人并在中心通报表扬。",
    ),
];
