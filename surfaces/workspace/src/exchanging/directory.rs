//! What the pages of the exchange name: members, services, and the registers behind them.

use exchange::{INBOX, Member, Service, ServiceId, SubsystemId};
use i18n::Lang;
use registers::{Origin, Overview};
use store::Tx;

use crate::say::Say;

/// Members, services and registers of the node.
pub(super) struct Directory {
    pub(super) members: Vec<Member>,
    pub(super) services: Vec<Service>,
    pub(super) registers: Vec<Overview>,
}

impl Directory {
    /// As it stands now.
    ///
    /// # Errors
    /// The database's.
    pub(super) fn load(tx: &mut Tx<'_>) -> Result<Self, store::StoreError> {
        Ok(Self { members: exchange::members(tx)?, services: exchange::services(tx)?, registers: registers::overviews(tx)? })
    }

    pub(super) fn member(&self, id: &SubsystemId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == *id)
    }

    pub(super) fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == *id)
    }

    /// The organ of this node that provides a service.
    pub(super) fn provider(&self, id: &ServiceId) -> Option<&str> {
        self.member(id.subsystem())?.organ.as_deref()
    }

    /// The name of a member, in the language; its identifier where it is not known.
    pub(super) fn member_name(&self, lang: Lang, id: &SubsystemId) -> String {
        self.member(id).map_or_else(|| id.to_string(), |member| member.name.get(lang).to_owned())
    }

    /// The name of a register, in the language; of what takes batches that it does.
    pub(super) fn register(&self, lang: Lang, slug: &str) -> String {
        if let Some(inbox) = slug.strip_prefix(INBOX) {
            return lang.tell(format!("接收批次（{inbox}）"), format!("Takes batches ({inbox})"));
        }
        let known = self.registers.iter().find(|register| register.declaration.slug == slug);
        known.map_or_else(|| slug.to_owned(), |register| register.declaration.title.get(lang).to_owned())
    }

    /// Subsystems of some organs.
    pub(super) fn subsystems(&self, organs: &[String]) -> impl Iterator<Item = &Member> {
        self.members.iter().filter(move |member| member.organ.as_ref().is_some_and(|organ| organs.contains(organ)))
    }

    /// Registers that some organs keep in this node, so that they can offer them.
    pub(super) fn kept_by(&self, organs: &[String]) -> impl Iterator<Item = &Overview> {
        let keeps = move |register: &&Overview| register.owner.as_ref().is_some_and(|owner| organs.iter().any(|organ| organ == owner.id.as_str()));
        self.registers.iter().filter(|register| register.declaration.origin == Origin::Own).filter(keeps)
    }
}
