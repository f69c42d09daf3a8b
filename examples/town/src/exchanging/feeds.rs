//! Feeds of changes and batches: who follows the places of the county, who could, whom they did not reach, and rows that did not fit.

use clock::Clock;
use exchange::{
    ApplyPart, BATCH_ENDPOINTS, BatchNumber, BatchRow, Code, CutFeed, EndDelivery, FEED_TRIES_MAX, FieldType, INBOX, OfferService, Operation, Place,
    Service, ServiceField, ServiceId, Standing, StartFeed, SubsystemId, change_fields, cut,
};
use i18n::Text;
use jiff::ToSpan;
use runner::Halt;
use serde_json::{Value, json};
use tracker::Manner;

use super::{KEPT_DAYS, NEIGHBOUR, PART_BYTES_MAX, Services, organ, parsed, run, subsystem};
use crate::basics::people::{ACCOUNTANT, SHOPKEEPER};

const REGISTER: &str = "addresses";
const KEEPER: &str = "natural-resources";
const FIRE: &str = "fire-rescue";
const HOUSING: &str = "housing-construction";
/// The field that says whose child was born.
const MOTHER: &str = "mother_id_number";
const PLANS_FLOODS: &str = "emergency-management";
/// Bytes of a part of a batch as it is cut.
const CUT_BYTES_MAX: usize = 64 * 1024;

impl Services<'_> {
    /// The fire brigade follows the changes of places and addresses, which it reads under its duty; who plans for floods has recorded a duty, and the
    /// keeper has not begun yet; the court of the next county did not answer for a day.
    pub(super) fn feeds(&self) -> Result<(), Halt> {
        if !self.offered.contains_key(REGISTER) {
            return Ok(());
        }
        let keeper = subsystem(organ(self.basics, KEEPER)?)?;
        let purpose = Text::new("更新接处警地名地址库", "To keep the places of the dispatch centre up to date");
        let fire = self.follower(FIRE, (purpose, "消防法 第四十四条"))?;
        let purpose = Text::new("更新防汛转移安置点位", "To keep the places to move people to up to date");
        self.follower(PLANS_FLOODS, (purpose, "突发事件应对法 第二十六条"))?;
        let start = |service| run(self.runner, StartFeed { client: keeper.clone(), service, register: REGISTER.to_owned() });
        start(fire)?;
        let unreached = start(parsed::<SubsystemId>(NEIGHBOUR)?.service("address-changes")?)?;
        self.fail(&unreached)
    }

    /// A service that takes the changes of places, and the duty under which they are sent there.
    fn follower(&self, duty: &str, (purpose, law): (Text, &str)) -> Result<ServiceId, Halt> {
        let title = Text::new("地名地址变更接收", "Changes of places and addresses");
        self.inbox(KEEPER, duty, "address-changes", (title, change_fields(), None), (purpose, law))
    }

    /// A service of an organ that takes batches, and the duty of who sends them.
    fn inbox(
        &self,
        sender: &str,
        receiver: &str,
        code: &str,
        (title, fields, subject): (Text, Vec<ServiceField>, Option<&str>),
        why: (Text, &str),
    ) -> Result<ServiceId, Halt> {
        let id = subsystem(organ(self.basics, receiver)?)?.service(code)?;
        let names = fields.iter().map(|field| field.name.clone()).collect();
        let service = Service {
            id: id.clone(),
            title,
            register: format!("{INBOX}{code}"),
            endpoints: BATCH_ENDPOINTS.map(str::to_owned).to_vec(),
            fields,
            subject: subject.map(str::to_owned),
            body_bytes_max: PART_BYTES_MAX,
            kept_days: KEPT_DAYS,
            standing: Standing::Active,
        };
        run(self.runner, OfferService { service })?;
        self.duty(sender, &id, names, Manner::Full, why)?;
        Ok(id)
    }

    /// Nobody answered, until the feed was set aside.
    fn fail(&self, feed: &str) -> Result<(), Halt> {
        let known = self.runner.store().read(|tx| registers::overview(tx, REGISTER))?;
        let until = known.map_or(0, |register| register.position);
        let cut = run(self.runner, CutFeed { feed: feed.to_owned(), until })?;
        let Some(cd_batch) = cut.pending_batch else { return Ok(()) };
        for _ in 0..FEED_TRIES_MAX {
            run(self.runner, EndDelivery { feed: feed.to_owned(), cd_batch: cd_batch.clone(), code: Code::ProviderDown })?;
        }
        Ok(())
    }

    /// The hydrants of the day, from the housing bureau to the fire brigade: two rows do not fit what the brigade has declared, and are set aside.
    pub(super) fn hydrants(&self) -> Result<(), Halt> {
        let fields = [
            ("code", "编号", "Number", FieldType::Text),
            ("place", "位置", "Where", FieldType::Text),
            ("pressure_kpa", "静水压力（千帕）", "Pressure in kPa", FieldType::Integer),
        ];
        let why = (Text::new("火场供水", "Water for fires"), "消防法 第二十九条");
        let title = Text::new("市政消火栓接收", "Hydrants");
        let service = self.inbox(HOUSING, FIRE, "hydrants", (title, fields.map(field).to_vec(), None), why)?;
        self.deliver(HOUSING, &service, hydrant_rows())
    }

    /// Births of the month, from the health commission to the police, who will see to it that the children are entered: each row is about a mother.
    pub(super) fn births(&self) -> Result<(), Halt> {
        let fields = [
            ("certificate", "出生医学证明编号", "Birth certificate", FieldType::Text),
            ("child", "新生儿姓名", "Name of the child", FieldType::Text),
            ("born", "出生日期", "Date of birth", FieldType::Date),
            (MOTHER, "母亲身份号码", "Mother's number", FieldType::Text),
        ];
        let why = (Text::new("办理出生登记", "To enter births"), "户口登记条例 第七条");
        let title = Text::new("出生医学证明信息接收", "Births");
        let service = self.inbox("health", "public-security", "births", (title, fields.map(field).to_vec(), Some(MOTHER)), why)?;
        let day = clock::local_date(self.runner.clock().now());
        let born = |days: i64| day.checked_sub(days.days()).map_or_else(|_| day.to_string(), |born| born.to_string());
        let rows = [
            ("H339921001", json!({ "certificate": "H339921001", "child": "沈知夏", "born": born(6), MOTHER: ACCOUNTANT })),
            ("H339921002", json!({ "certificate": "H339921002", "child": "林知远", "born": born(4), MOTHER: SHOPKEEPER })),
        ];
        self.deliver("health", &service, rows)
    }

    /// The first batch of the day.
    fn deliver<const N: usize>(&self, sender: &str, service: &ServiceId, rows: [(&str, Value); N]) -> Result<(), Halt> {
        let now = self.runner.clock().now();
        let row = |(key, record): (&str, Value)| {
            let (cd_operation, cd_time) = (Operation::I, now.as_millisecond());
            BatchRow { cd_operation, cd_time, key: key.to_owned(), record: Some(record) }
        };
        let cd_batch = BatchNumber::new(clock::local_date(now), 1)?;
        let (manifest, parts) = cut(&cd_batch, &rows.map(row), CUT_BYTES_MAX)?;
        self.call(sender, service, "open", serde_json::to_value(&manifest)?)?;
        for part in &parts {
            self.call(sender, service, "part", serde_json::to_value(part)?)?;
        }
        self.call(sender, service, "close", json!({ "cd_batch": cd_batch }))?;
        let source = subsystem(organ(self.basics, sender)?)?.to_string();
        let place = Place { service: service.to_string(), source, cd_batch: cd_batch.to_string(), number: 1 };
        run(self.runner, ApplyPart { place })
    }
}

fn field((name, zh, en, kind): (&str, &str, &str, FieldType)) -> ServiceField {
    ServiceField { name: name.to_owned(), title: Text::new(zh, en), kind }
}

/// Hydrants, by their number.
fn hydrant_rows() -> [(&'static str, Value); 5] {
    [
        ("XH-0101", json!({ "code": "XH-0101", "place": "城关镇中山路66号门前", "pressure_kpa": 180 })),
        ("XH-0102", json!({ "code": "XH-0102", "place": "城关镇解放街110号门前", "pressure_kpa": 175 })),
        ("XH-0103", json!({ "code": "XH-0103", "place": "溪口街道人民路1号东侧", "pressure_kpa": 190 })),
        ("XH-0104", json!({ "code": "XH-0104", "place": "云山街道建设路36号门前", "pressure_kpa": "0.18MPa" })),
        ("XH-0105", json!({ "code": "XH-0105", "place": "溪口街道学士路5号门前", "pressure_kpa": 170, "diameter_mm": 100 })),
    ]
}
