//! 编目

use parties::{Organ, OrganId};
use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::loading::{check, organ};
use crate::events::ResourceCompiled;
use crate::model::checks::Strictness;
use crate::model::{Content, Resource, ResourceCode, ResourceId, Status};
use crate::{refusals, store as tables};

/// Catalogues a resource of an organ, as a draft.
#[derive(Clone, Debug, Serialize)]
pub struct CompileResource {
    /// The provider.
    pub organ: OrganId,
    /// The description.
    pub content: Content,
    /// 信息资源代码, when it has one already; else the next of its classification.
    pub code: Option<ResourceCode>,
}

impl Command for CompileResource {
    type Outcome = ResourceId;
    const ACTION: &'static str = "catalogue.compile";

    fn run(&self, cx: &mut Cx<'_>) -> Result<ResourceId, Halt> {
        let organ = organ(cx, &self.organ)?;
        cx.authorise(&of_organ(&organ))?;
        check(&self.content, Strictness::Draft)?;
        compile(cx, &organ, &self.content, self.code.as_ref(), None)
    }
}

/// The catalogue of an organ as a thing to act on.
pub(super) fn of_organ(organ: &Organ) -> runner::Resource {
    runner::Resource {
        organ: Some(organ.id.to_string()),
        division: Some(organ.division.to_string()),
        post: Some(crate::OFFICER_POST.to_owned()),
        sensitivity: 1,
        ..runner::Resource::of("catalogue-resource")
    }
}

/// Gives the code and records; the actor has been authorised.
pub(super) fn compile(
    cx: &mut Cx<'_>,
    organ: &Organ,
    content: &Content,
    code: Option<&ResourceCode>,
    imported_from: Option<&str>,
) -> Result<ResourceId, Halt> {
    let code = match code {
        Some(code) => {
            tables::resources::reserve_serial(cx.tx(), code)?;
            code.clone()
        }
        None => {
            let serial = tables::resources::next_serial(cx.tx(), &content.class)?;
            content.class.with_serial(serial)
        }
    };
    let id = ResourceId::make(cx.ids());
    let resource = Resource {
        id: id.clone(),
        code,
        organ: organ.id.clone(),
        organ_name: organ.name.zh.clone(),
        organ_code: organ.code.to_string(),
        division: organ.division,
        content: content.clone(),
        status: Status::Draft,
        published_version: None,
        published_on: None,
        mounted: false,
        updated_on: None,
        update_due_on: None,
        submitted_by: None,
        review_due_on: None,
        remark: String::new(),
        changed_at_ms: cx.now_ms(),
        version: 1,
    };
    let event = ResourceCompiled { resource, imported_from: imported_from.map(str::to_owned) };
    cx.loaded_version(id.as_str(), 0);
    cx.record(id.as_str(), &event).map_err(refusals::on_constraints)?;
    Ok(id)
}
