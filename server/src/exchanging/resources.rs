//! What data sharing knows of a resource: what the catalogue has published of it, and the register that holds its data.

use std::sync::Arc;

use catalogue::{
    Content, Grade, InformationItem, NegativeEntry, NegativeKind, NegativeState, Resource, ResourceCode, Secrecy, ShareMethod, ShareType, queries,
};
use exchange::{KeptBack, NegativeList};
use i18n::Text;
use registers::Declaration;
use runner::Halt;
use sharing::{Method, ResourceFacts, ResourceField, Resources};
use store::Tx;

const PAGE_SIZE: u32 = 100;
/// Of what nobody has graded the most is expected.
const GRADE_MAX: u8 = 4;

/// The published resources of the catalogue.
#[derive(Clone, Copy, Debug, Default)]
pub struct CatalogueResources;

impl Resources for CatalogueResources {
    fn resource(&self, tx: &mut Tx<'_>, code: &str) -> Result<Option<ResourceFacts>, Halt> {
        let Some(code) = ResourceCode::parse(code) else { return Ok(None) };
        match queries::resource_by_code(tx, &code)? {
            Some(resource) => facts(tx, &resource),
            None => Ok(None),
        }
    }

    fn all(&self, tx: &mut Tx<'_>) -> Result<Vec<ResourceFacts>, Halt> {
        let mut found = Vec::new();
        let mut after = String::new();
        loop {
            let page = queries::resources_after(tx, None, &after, PAGE_SIZE)?;
            let Some(last) = page.last() else { break };
            after = last.id.to_string();
            for resource in &page {
                found.extend(facts(tx, resource)?);
            }
        }
        found.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(found)
    }
}

impl NegativeList for CatalogueResources {
    fn kept_back(&self, tx: &mut Tx<'_>, organ: &str, register: &str, fields: &[String]) -> Result<Option<KeptBack>, Halt> {
        for entry in queries::not_shared_by(tx, organ)? {
            let content = queries::resource(tx, &entry.resource)?.map(|resource| resource.content);
            if let Some(content) = content.filter(|content| keeps_back(content, register, fields)) {
                return Ok(Some(KeptBack { resource: Text::same(content.name), basis: cited(&entry) }));
            }
        }
        Ok(None)
    }
}

/// Whether a resource holds any of these fields of a register; one without items stands for all of it.
fn keeps_back(content: &Content, register: &str, fields: &[String]) -> bool {
    let names = |item: &InformationItem| fields.contains(&item.name);
    content.relations.register.as_deref() == Some(register) && (content.items.is_empty() || content.items.iter().any(names))
}

fn cited(entry: &NegativeEntry) -> String {
    format!("{} {}", entry.basis.law, entry.basis.article)
}

/// What others see of it; nothing of what is not published, or secret.
fn facts(tx: &mut Tx<'_>, resource: &Resource) -> Result<Option<ResourceFacts>, Halt> {
    let Some(version) = resource.published_version else { return Ok(None) };
    let content = queries::content_of(tx, &resource.id, version)?.filter(|content| content.secrecy == Secrecy::Open);
    let Some(content) = content else { return Ok(None) };
    let register = register_behind(tx, resource, &content)?;
    let held = |item: &&InformationItem| register.as_ref().is_none_or(|register| register.field(&item.name).is_some());
    let code = resource.code.to_string();
    Ok(Some(ResourceFacts {
        title: Text::same(content.name.clone()),
        register: register.as_ref().map_or_else(|| code.clone(), |register| register.slug.clone()),
        code,
        provider: resource.organ.to_string(),
        share: share_type(content.sharing.share_type),
        condition: condition(&content),
        basis: basis(tx, resource, &content)?,
        fields: content.items.iter().filter(held).map(field).collect(),
        methods: content.sharing.methods.iter().filter_map(|method| as_method(*method)).collect(),
    }))
}

/// The register whose records the resource is: named by it, not as a copy, and kept by its provider. Nobody gives away the records of another
/// organ by naming its register.
fn register_behind(tx: &mut Tx<'_>, resource: &Resource, content: &Content) -> Result<Option<Arc<Declaration>>, Halt> {
    let relations = &content.relations;
    let Some(slug) = relations.register.as_ref().filter(|_| relations.source_code.is_none()) else { return Ok(None) };
    let register = registers::overview(tx, slug)?.filter(|register| register.owner.as_ref().is_some_and(|owner| owner.id == resource.organ));
    Ok(register.map(|register| register.declaration))
}

const fn share_type(share_type: ShareType) -> sharing::ShareType {
    match share_type {
        ShareType::Unconditional => sharing::ShareType::Unconditional,
        ShareType::Conditional => sharing::ShareType::Conditional,
        ShareType::NotShared => sharing::ShareType::NotShared,
    }
}

fn condition(content: &Content) -> Text {
    match content.sharing.share_type {
        ShareType::Conditional => Text::same(content.sharing.condition.clone()),
        ShareType::Unconditional | ShareType::NotShared => Text::default(),
    }
}

/// The law by which it is not shared: of the approved entry of the negative list.
fn basis(tx: &mut Tx<'_>, resource: &Resource, content: &Content) -> Result<String, Halt> {
    if content.sharing.share_type != ShareType::NotShared {
        return Ok(String::new());
    }
    let entries = queries::negative_of(tx, &resource.id)?;
    let entry = entries.iter().find(|entry| entry.kind == NegativeKind::NotShared && entry.state == NegativeState::Approved);
    Ok(entry.map_or_else(|| content.sharing.condition.clone(), cited))
}

fn field(item: &InformationItem) -> ResourceField {
    let grade = match item.grade {
        Some(Grade::General1) => 1,
        Some(Grade::General2) => 2,
        Some(Grade::General3) => 3,
        Some(Grade::General4 | Grade::Important | Grade::Core) | None => GRADE_MAX,
    };
    let mask = item.mask.and_then(|mask| serde_json::to_value(mask).ok()?.as_str().map(str::to_owned));
    ResourceField { name: item.name.clone(), title: Text::same(item.title.clone()), grade, mask }
}

/// The ways that lead through this platform.
const fn as_method(method: ShareMethod) -> Option<Method> {
    match method {
        ShareMethod::Interface => Some(Method::Interface),
        ShareMethod::Table => Some(Method::Batch),
        ShareMethod::File => Some(Method::File),
        ShareMethod::Mail | ShareMethod::Medium | ShareMethod::Paper => None,
    }
}
