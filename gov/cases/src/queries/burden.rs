//! Burden meter (办事负担): what an item asks of people although government has it, how long an application takes, and what it asked indeed.

use std::collections::BTreeMap;
use std::sync::Arc;

use forms::{Field, Kind, Widget};
use i18n::Text;
use procedure::Package;
use procedure::codes::Audience;
use procedure::item::Material;
use registers::{Declaration, FieldKind};
use store::{StoreError, Tx};

use super::held::CERTIFICATES;
use crate::model::Outcome;
use crate::store::facts;

/// The field of the register of certificates whose codes are named as the papers are.
const CERTIFICATE_TYPE: &str = "type";
/// Words before the name of a fact that say whose it is: the applicant's own.
const OWN_WORDS: [&str; 8] = ["申请人", "本人", "经营者", "老年人", "单位", "企业", "申请单位", "联系"];

/// Estimates in seconds, as assumed until somebody measures them with a watch; they order items, and promise nothing.
const SECONDS_AT_ALL: u32 = 120;
const SECONDS_QUESTION: u32 = 10;
const SECONDS_CHOICE: u32 = 8;
const SECONDS_SHORT: u32 = 20;
const SECONDS_LONG: u32 = 60;
const SECONDS_FILLED: u32 = 3;
const SECONDS_MATERIAL: u32 = 240;
const SECONDS_VISIT: u32 = 5_400;

/// Something that is asked although government has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedThoughHeld {
    /// The field of the form or the material.
    pub place: String,
    /// What it is called.
    pub title: Text,
    /// What would take its place: `population.name`, or `register:population`.
    pub source: String,
    /// Where it is held.
    pub held_in: Text,
}

/// What was counted over all applications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Applications.
    pub applications: i64,
    /// Answers that were typed or chosen.
    pub typed: i64,
    /// Answers that were given and left.
    pub given: i64,
    /// Answers that were given and changed.
    pub changed: i64,
    /// Materials that were handed in.
    pub attached: i64,
    /// Materials that were not asked because government has them.
    pub waived: i64,
}

/// A case by which the owner of an item was asked to demand less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The case.
    pub case: String,
    /// 办件编号.
    pub number: String,
    /// The organ that owns the item.
    pub organ: String,
    /// `None` while it is open; answered when the change was adopted, else done.
    pub outcome: Option<Outcome>,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

/// The burden of one item.
#[derive(Clone, Debug)]
pub struct ItemBurden {
    /// The item.
    pub package: Arc<Package>,
    /// Fields that are typed though held.
    pub fields: Vec<AskedThoughHeld>,
    /// Materials that are asked though held.
    pub materials: Vec<AskedThoughHeld>,
    /// What is asked though held for a reason that the package states.
    pub explained: Vec<(AskedThoughHeld, Text)>,
    /// Fields of the form, and those that are filled in.
    pub fields_count: usize,
    /// Fields that are filled in.
    pub filled_count: usize,
    /// Materials that are asked, and those that are waived.
    pub materials_count: usize,
    /// Materials that are waived.
    pub waived_count: usize,
    /// Estimate for one application.
    pub minutes: u32,
    /// What was counted.
    pub measured: Measured,
    /// The newest proposal to ask for less.
    pub proposed: Option<Proposed>,
}

impl ItemBurden {
    /// How many things are asked though held.
    #[must_use]
    pub fn avoidable(&self) -> usize {
        self.fields.len().saturating_add(self.materials.len())
    }
}

/// The burden of items that people apply for: what is asked though held first, then the longest.
///
/// # Errors
/// The database's.
pub fn item_burdens(tx: &mut Tx<'_>, packages: &[Arc<Package>]) -> Result<Vec<ItemBurden>, StoreError> {
    let declarations = registers::declarations(tx)?;
    let declarations: Vec<&Declaration> = declarations.iter().map(AsRef::as_ref).collect();
    let measured = facts::measured(tx)?;
    let proposed: BTreeMap<String, Proposed> = facts::proposed(tx)?.into_iter().collect();
    let mut burdens = Vec::new();
    for package in packages.iter().filter(|package| package.item.on_application()) {
        let counted = measured.iter().find(|(slug, _)| *slug == package.slug).map(|(_, counted)| *counted).unwrap_or_default();
        let proposed = proposed.get(&package.slug).cloned();
        burdens.push(ItemBurden { measured: counted, proposed, ..burden_of(package, &declarations) });
    }
    burdens.sort_by_key(|burden| std::cmp::Reverse((burden.avoidable(), burden.minutes)));
    Ok(burdens)
}

/// The burden that a package declares, measured against what the registers declare to hold.
#[must_use]
pub fn burden_of(package: &Arc<Package>, registers: &[&Declaration]) -> ItemBurden {
    let (form, materials) = (&package.form, &package.item.materials);
    let filled = form.fields().iter().filter(|field| field.prefill.is_some());
    let mut explained = Vec::new();
    let mut unexplained = |found: (AskedThoughHeld, Option<&Text>)| match found {
        (held, None) => Some(held),
        (held, Some(because)) => {
            explained.push((held, because.clone()));
            None
        }
    };
    let fields = fields_asked_though_held(package, registers).into_iter().filter_map(&mut unexplained).collect();
    let papers = materials.iter().filter_map(|material| Some((material_asked_though_held(material, registers)?, material.asked_because.as_ref())));
    let papers = papers.filter_map(&mut unexplained).collect();
    ItemBurden {
        package: Arc::clone(package),
        fields,
        materials: papers,
        explained,
        fields_count: form.fields().len(),
        filled_count: filled.count(),
        materials_count: materials.iter().filter(|material| material.waived_by.is_none()).count(),
        waived_count: materials.iter().filter(|material| material.waived_by.is_some()).count(),
        minutes: minutes(package),
        measured: Measured::default(),
        proposed: None,
    }
}

/// Fields that a register holds of whom the item is for, and why they are asked all the same: what is compared with a record (`x-verify`), and the
/// same kind of fact under the same name, or under a name that adds whose it is.
fn fields_asked_though_held<'p>(package: &'p Package, registers: &[&Declaration]) -> Vec<(AskedThoughHeld, Option<&'p Text>)> {
    let audience = &package.item.audience;
    let (persons, bodies) = (audience.contains(&Audience::Person), audience.iter().any(|one| !matches!(one, Audience::Person | Audience::Organ)));
    // One record about one subject; and only of those who apply.
    let is_about_applicants = |register: &&&Declaration| {
        let subject = register.subject.as_ref().and_then(|subject| register.field(subject));
        let kind = subject.filter(|_| register.key_is_subject()).map(|field| field.kind);
        kind.is_some_and(|kind| match kind {
            FieldKind::IdentityNumber => persons,
            FieldKind::UnifiedCode => bodies,
            _ => persons || bodies,
        })
    };
    let mut found = Vec::new();
    for field in package.form.fields().iter().filter(|field| field.prefill.is_none()) {
        let same = registers.iter().find_map(|register| compared(field, register));
        let same = same.or_else(|| registers.iter().filter(is_about_applicants).find_map(|register| named(field, register)));
        let Some((register, held)) = same else { continue };
        let asked = AskedThoughHeld {
            place: field.name.clone(),
            title: field.title.clone(),
            source: format!("{}.{}", register.slug, held.name),
            held_in: register.title.clone(),
        };
        found.push((asked, field.asked_because.as_ref()));
    }
    found
}

/// The field of a register with which the package compares the answer.
fn compared<'r>(asked: &Field, register: &'r Declaration) -> Option<(&'r Declaration, &'r registers::Field)> {
    let (slug, name) = asked.verify.as_deref()?.split_once('.')?;
    if register.slug == slug { Some((register, register.field(name)?)) } else { None }
}

/// The field of a register that is called as the field of the form is.
fn named<'r>(asked: &Field, register: &'r Declaration) -> Option<(&'r Declaration, &'r registers::Field)> {
    register.fields.iter().find(|held| is_same(asked, held)).map(|held| (register, held))
}

fn is_same(asked: &Field, held: &registers::Field) -> bool {
    let fits = match held.kind {
        FieldKind::IdentityNumber => asked.widget == Widget::IdNumber,
        FieldKind::UnifiedCode => asked.widget == Widget::Uscc,
        FieldKind::Mobile => asked.widget == Widget::Mobile,
        FieldKind::Date => asked.widget == Widget::Date,
        FieldKind::Division => asked.widget == Widget::Division,
        FieldKind::Text | FieldKind::PartyNumber | FieldKind::Code => {
            matches!(asked.widget, Widget::Text | Widget::Address | Widget::Radio | Widget::Select)
        }
        FieldKind::Integer | FieldKind::Decimal | FieldKind::AmountFen => matches!(asked.widget, Widget::Number | Widget::Money),
        FieldKind::Boolean => asked.widget == Widget::YesNo,
    };
    let is_called = |held: &String| {
        let whose = asked.title.zh.strip_suffix(held.as_str()).map(|whose| whose.trim_end_matches('的'));
        whose.is_some_and(|whose| whose.is_empty() || OWN_WORDS.contains(&whose))
    };
    fits && std::iter::once(&held.title.zh).chain(&held.also).any(is_called)
}

fn material_asked_though_held(material: &Material, registers: &[&Declaration]) -> Option<AskedThoughHeld> {
    if material.waived_by.is_some() {
        return None;
    }
    let found = |source: String, held_in: &Text| AskedThoughHeld {
        place: material.id.clone(),
        title: material.name.clone(),
        source,
        held_in: held_in.clone(),
    };
    let name = material.name.zh.as_str();
    let replaced = registers.iter().find(|register| register.replaces(name).is_some());
    if let Some(register) = replaced {
        return Some(found(format!("register:{}", register.slug), &register.title));
    }
    let certificates = registers.iter().find(|register| register.slug == CERTIFICATES)?;
    let types = &certificates.field(CERTIFICATE_TYPE)?.codes;
    let kind = types.iter().find(|kind| name.contains(kind.title.zh.as_str()))?;
    Some(found(format!("certificate:{}", kind.code), &certificates.title))
}

/// Minutes for one application: reading, questions, fields, materials, visits; what is asked only of some counts half.
fn minutes(package: &Package) -> u32 {
    let item = &package.item;
    let field = |field: &Field| {
        let seconds = match (field.prefill.is_some(), field.widget, field.kind) {
            (true, ..) => SECONDS_FILLED,
            (false, Widget::Textarea, _) => SECONDS_LONG,
            (false, Widget::Radio | Widget::Select | Widget::Division | Widget::YesNo, _) | (false, _, Kind::Choices | Kind::YesNo) => SECONDS_CHOICE,
            (false, ..) => SECONDS_SHORT,
        };
        let page = package.form.page_of(&field.name).and_then(|page| page.when.as_ref());
        if field.when.is_some() || page.is_some() { seconds / 2 } else { seconds }
    };
    let material = |material: &&Material| if material.when.is_some() { SECONDS_MATERIAL / 2 } else { SECONDS_MATERIAL };
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let parts = [
        SECONDS_AT_ALL,
        SECONDS_QUESTION.saturating_mul(count(item.situations.len())),
        package.form.fields().iter().map(field).sum(),
        item.materials.iter().filter(|material| material.waived_by.is_none()).map(|one| material(&one)).sum(),
        SECONDS_VISIT.saturating_mul(u32::from(item.visits_max)),
    ];
    parts.into_iter().fold(0_u32, u32::saturating_add).div_ceil(60)
}
