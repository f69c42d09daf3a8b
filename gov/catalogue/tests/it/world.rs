//! The test world: Yunxi county with a market supervision bureau, a health bureau and the data bureau, under the real policies.

use std::sync::Arc;

use catalogue::{
    ClassCode, CompileResource, Content, DataType, FormatKind, InformationItem, Level, OpenType, Opening, Relations, Resource, ResourceId,
    ReviewResource, Secrecy, ShareMethod, ShareType, Sharing, Storage, SubmitResource, UpdatePeriod, Verdict,
};
use clock::WorkCalendar;
use i18n::Text;
use parties::{DivisionCode, EnactDivision, OrganDetails, OrganId, RegisterOrgan, UnifiedCode};
use runner::{Actor, ActorPost};
use testkit::{TestDatabase, World};

pub struct Town {
    pub world: World,
    pub market: OrganId,
    pub health: OrganId,
    pub data: OrganId,
}

pub fn county() -> DivisionCode {
    DivisionCode::parse("339921").unwrap()
}

/// A description that has everything.
pub fn content(name: &str) -> Content {
    Content {
        class: ClassCode::parse("303013").unwrap(),
        name: name.into(),
        summary: "本县食品经营许可的核发、变更和注销情况。".into(),
        secrecy: Secrecy::Open,
        level: Level::Department,
        format: FormatKind::Database,
        format_type: "mysql".into(),
        items: vec![
            InformationItem::plain("jyzmc", "经营者名称", DataType::Text, Some(200)),
            InformationItem::plain("fddbr", "法定代表人", DataType::Text, Some(50)),
            InformationItem::plain("sfzh", "公民身份号码", DataType::Text, Some(18)),
            InformationItem::plain("xkzbh", "许可证编号", DataType::Text, Some(32)),
            InformationItem::plain("fzrq", "发证日期", DataType::Date, None),
        ],
        sharing: Sharing { share_type: ShareType::Unconditional, condition: "无条件".into(), methods: vec![ShareMethod::Interface] },
        opening: Opening { open_type: OpenType::Closed, condition: String::new() },
        period: UpdatePeriod::Daily,
        domain: "市场监管".into(),
        storage: Storage { system: "食品经营许可系统".into(), ..Storage::default() },
        relations: Relations::default(),
    }
}

impl Town {
    pub fn new(database: TestDatabase) -> Self {
        let authority = trust::Authority::new().unwrap();
        let builder = World::on(database, "2026-03-02T09:00", authority).migrate("parties", parties::MIGRATIONS);
        let world = builder.migrate("catalogue", catalogue::MIGRATIONS).with(WorkCalendar::official()).build();
        let enact = EnactDivision { code: county(), name: Text::new("云溪县", "Yunxi"), valid_from: "2020-01-01".parse().unwrap() };
        world.execute(&Actor::system(), enact);
        let organ = |serial: u32, name: &str, duty: &str| {
            let command = RegisterOrgan {
                code: UnifiedCode::from_serial('1', '1', &county(), serial).unwrap().to_string(),
                name: Text::new(name, duty),
                division: county(),
                parent: None,
                details: OrganDetails {
                    short_name: Text::new("县局", "Bureau"),
                    duties: vec![duty.to_owned()],
                    address: Text::new("人民路1号", "1 Renmin Road"),
                    hours: Text::new("工作日", "Working days"),
                    phone: "0570-6000001".into(),
                    complaint_phone: "0570-6000002".into(),
                    ..OrganDetails::default()
                },
            };
            world.execute(&Actor::system(), command).outcome
        };
        let (market, health) = (organ(1, "云溪县市场监督管理局", "market-supervision"), organ(2, "云溪县卫生健康局", "health"));
        let data = organ(3, "云溪县数据局", "data-resources");
        Self { world, market, health, data }
    }

    /// The data officer of an organ.
    pub fn officer(&self, organ: &OrganId) -> Actor {
        testkit::staff(&format!("officer of {organ}"), organ.as_str(), "339921", &["data-officer"])
    }

    /// Another member of staff of an organ.
    pub fn clerk(&self, organ: &OrganId) -> Actor {
        testkit::staff(&format!("clerk of {organ}"), organ.as_str(), "339921", &["window"])
    }

    /// The reviewer of the data bureau.
    pub fn reviewer(&self) -> Actor {
        testkit::staff("reviewer", self.data.as_str(), "339921", &["data-authority"])
    }

    /// Somebody who keeps the data bureau's own resources and reviews.
    pub fn both(&self) -> Actor {
        let post = |lane: &str| ActorPost { post: lane.into(), organ: self.data.to_string(), division: "339921".into() };
        Actor { posts: vec![post("data-officer"), post("data-authority")], ..self.reviewer() }
    }

    pub fn draft(&self, organ: &OrganId, name: &str) -> ResourceId {
        self.draft_of(organ, content(name))
    }

    pub fn draft_of(&self, organ: &OrganId, content: Content) -> ResourceId {
        self.world.execute(&self.officer(organ), CompileResource { organ: organ.clone(), content, code: None }).outcome
    }

    pub fn submit(&self, id: &ResourceId) {
        let organ = self.get(id).organ;
        self.world.execute(&self.officer(&organ), SubmitResource { resource: id.clone(), seen: None });
    }

    pub fn review(&self, id: &ResourceId, verdict: Verdict, remark: &str) {
        self.world.execute(&self.reviewer(), ReviewResource { resource: id.clone(), verdict, remark: remark.into(), seen: None });
    }

    pub fn published(&self, organ: &OrganId, content: Content) -> ResourceId {
        let id = self.draft_of(organ, content);
        for _ in 0..2 {
            self.submit(&id);
            self.review(&id, Verdict::Approve, "");
        }
        id
    }

    pub fn get(&self, id: &ResourceId) -> Resource {
        self.world.read(|tx| catalogue::queries::resource(tx, id)).unwrap()
    }
}

pub fn fields(refusal: &runner::Refusal) -> Vec<&str> {
    refusal.fields.iter().map(|field| field.field.as_str()).collect()
}

pub fn calendar() -> Arc<WorkCalendar> {
    WorkCalendar::official()
}

/// Resources of two organs with everything filled in, and the organs, for what is exported.
pub fn exported(work: impl Fn(&[Resource], &[catalogue::spreadsheet::Provider])) {
    let town = Town::new(TestDatabase::sqlite());
    let mut full = content("=食品经营“许可”信息");
    full.storage = Storage { place: "县政务云".into(), size_mib: Some(12), records: Some(6540), system_items: Some(9), ..full.storage };
    full.relations.source_code = catalogue::ResourceCode::parse("101001/000003");
    full.relations.basis = vec![catalogue::LegalBasis { law: "食品安全法".into(), article: "第三十五条".into() }];
    full.opening = Opening { open_type: OpenType::Conditional, condition: "实名申请".into() };
    full.sharing =
        Sharing { share_type: ShareType::Conditional, condition: "用于监管".into(), methods: vec![ShareMethod::Interface, ShareMethod::File] };
    town.published(&town.market, full);
    town.draft(&town.health, "公共场所卫生许可信息");
    let resources = town.world.read(|tx| catalogue::queries::resources_after(tx, None, "", 10));
    let organs = town.world.read(|tx| parties::organs(tx));
    let provider =
        |organ: parties::Organ| catalogue::spreadsheet::Provider { organ: organ.id, names: vec![organ.name.zh], code: organ.code.to_string() };
    let providers: Vec<_> = organs.into_iter().map(provider).collect();
    work(&resources, &providers);
}
