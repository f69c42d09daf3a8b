//! 需求清单: an organ needs data that the catalogue does not have; the data authority answers.

use clock::WorkCalendar;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};

use super::{bounded, limits, reasoned};
use crate::DemandId;
use crate::events::DemandEvent;
use crate::model::{Demand, DemandState, ResourceService, refusals};
use crate::queries::data_authority_of;
use crate::store as tables;

/// Declares a demand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeclareDemand {
    /// The organ in need.
    pub organ: String,
    /// Which data.
    pub title: String,
    /// What for, and which law says so.
    pub purpose: String,
}

/// Answers a demand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerDemand {
    /// The demand.
    pub demand: String,
    /// The resource that meets it; none: it cannot be met.
    #[serde(default)]
    pub resource: Option<String>,
    /// Who provides it from when on, or why it cannot be met.
    pub answer: String,
}

impl Command for DeclareDemand {
    type Outcome = String;
    const ACTION: &'static str = "sharing.declare-demand";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        cx.authorise(&Resource { party: Some(self.organ.clone()), ..Resource::of("sharing-demand") })?;
        if self.title.trim().is_empty() || self.purpose.trim().is_empty() {
            return Err(refusals::purpose_missing().into());
        }
        bounded(&self.title)?;
        bounded(&self.purpose)?;
        let days = limits(cx).demand.workdays;
        let answer_by = cx.service::<WorkCalendar>()?.add_workdays(cx.today(), days).date;
        let demand = Demand {
            id: DemandId::make(cx.ids()).to_string(),
            organ: self.organ.clone(),
            title: self.title.trim().to_owned(),
            purpose: self.purpose.trim().to_owned(),
            state: DemandState::Open,
            answer: String::new(),
            resource: None,
            declared_ms: cx.now_ms(),
            answer_by,
            answered_ms: None,
        };
        cx.record(&demand.id, &DemandEvent::DemandDeclared { demand: Box::new(demand.clone()) })?;
        Ok(demand.id)
    }
}

impl Command for AnswerDemand {
    type Outcome = ();
    const ACTION: &'static str = "sharing.answer-demand";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.hold(&self.demand)?;
        let demand = tables::demands::find(cx.tx(), &self.demand)?.ok_or_else(Refusal::not_found)?;
        let resource = demand_resource(cx, &demand)?;
        cx.authorise(&resource)?;
        if demand.state != DemandState::Open {
            return Err(refusals::demand_answered().into());
        }
        let answer = reasoned(&self.answer)?;
        if let Some(code) = &self.resource {
            cx.service::<ResourceService>()?.0.resource(cx.tx(), code)?.ok_or_else(refusals::resource_unknown)?;
        }
        let state = if self.resource.is_some() { DemandState::Catalogued } else { DemandState::Declined };
        let answered = Demand { state, answer, resource: self.resource.clone(), answered_ms: Some(cx.now_ms()), ..demand };
        cx.record(&answered.id, &DemandEvent::DemandAnswered { demand: Box::new(answered.clone()) })?;
        Ok(())
    }
}

/// A demand is the data authority's to answer.
fn demand_resource(cx: &mut Cx<'_>, demand: &Demand) -> Result<Resource, Halt> {
    let organ = match parties::OrganId::parse(&demand.organ) {
        Ok(id) => parties::organ(cx.tx(), &id)?,
        Err(_) => None,
    };
    let authority = match organ {
        Some(organ) => data_authority_of(cx.tx(), &organ.division)?,
        None => None,
    };
    Ok(Resource { id: demand.id.clone(), organ: authority, party: Some(demand.organ.clone()), ..Resource::of("sharing-demand") })
}
