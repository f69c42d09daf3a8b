//! Pages for staff and administrators.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use runner::Refusal;
use trust::AccountKind;
use web::ClientAddress;

use crate::citizen::password_fits;
use crate::{App, PageError, Visitor};

/// A visitor who has signed in as a member of staff or as an administrator. For everybody else there is nothing here.
#[derive(Clone, Debug)]
pub struct StaffMember(pub Visitor);

impl Deref for StaffMember {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.0
    }
}

impl FromRequestParts<App> for StaffMember {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let visitor = Visitor::from_request_parts(parts, app).await.unwrap_or_else(|never| match never {});
        let Some(who) = &visitor.signed_in else { return Err(PageError::NeedsSignIn { staff: true, next: visitor.back }) };
        match who.kind {
            AccountKind::Person => return Err(PageError::NotFound),
            AccountKind::Staff => {}
            AccountKind::Admin => admin_address_fits(app, parts.extensions.get::<ClientAddress>().copied())?,
        }
        password_fits(who.password)?;
        Ok(Self(visitor))
    }
}

/// Administrators work from the addresses named in the settings alone (GB/T 22239-2019 8.1.4.1, 8.1.5.1).
pub(crate) fn admin_address_fits(app: &App, client: Option<ClientAddress>) -> Result<(), PageError> {
    let allowed = &app.settings.admin_addresses;
    let fits = allowed.is_empty() || client.is_some_and(|client| allowed.iter().any(|range| range.contains(client.0)));
    if fits { Ok(()) } else { Err(address_not_allowed().into()) }
}

fn address_not_allowed() -> Refusal {
    Refusal::new(
        "address-not-allowed",
        "管理员账号只能在指定的管理网络中使用。",
        "Accounts of administrators work in the network for administration alone.",
        "请在管理终端上登录；确需变更的，由系统管理员修改允许的地址。",
        "Sign in on a machine for administration, or have the allowed addresses changed.",
    )
}
