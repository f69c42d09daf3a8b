//! Names of accounts, organs and posts as pages show them.

use std::collections::BTreeMap;

use i18n::{Lang, Text};
use parties::{Organ, OrganId, StaffId};
use runner::Halt;
use store::Tx;
use trust::{AccountId, AccountKind};

use crate::say::Say;

/// Who is behind the accounts of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    names: BTreeMap<String, Text>,
}

impl People {
    /// Looks up each account once. Of applicants only the word is kept: the case says who it is.
    pub(crate) fn of<'a>(tx: &mut Tx<'_>, accounts: impl IntoIterator<Item = &'a str>) -> Result<Self, Halt> {
        let mut names = BTreeMap::new();
        for account in accounts {
            if !names.contains_key(account) {
                names.insert(account.to_owned(), name_of(tx, account)?);
            }
        }
        Ok(Self { names })
    }

    /// The name of an account.
    pub(crate) fn name(&self, account: &str, lang: Lang) -> String {
        self.names.get(account).map_or_else(|| account.to_owned(), |name| name.get(lang).to_owned())
    }
}

fn name_of(tx: &mut Tx<'_>, account: &str) -> Result<Text, Halt> {
    if account == "system" {
        return Ok(Text::new("系统", "The system"));
    }
    if account == "anonymous" {
        return Ok(Text::new("未登录", "Nobody signed in"));
    }
    let Ok(id) = AccountId::parse(account) else { return Ok(Text::same(account)) };
    let Some(found) = trust::queries::account(tx, &id)? else { return Ok(Text::same(account)) };
    match found.kind {
        AccountKind::Person => Ok(Text::new("申请人一方", "Applicant's side")),
        AccountKind::Staff | AccountKind::Admin => {
            let staff = found.staff.as_deref().and_then(|id| StaffId::parse(id).ok());
            let name = match staff {
                Some(id) => parties::staff(tx, &id)?.map(|staff| staff.name),
                None => None,
            };
            Ok(Text::same(name.unwrap_or_else(|| found.login.to_string())))
        }
    }
}

/// The full name of an organ; the short one is for the numbers of documents.
pub(crate) fn organ_text(organ: &Organ) -> Text {
    organ.name.clone()
}

/// The name of an organ by its identifier; the identifier when there is none.
pub(crate) fn organ_name(tx: &mut Tx<'_>, id: &str) -> Result<Text, Halt> {
    let Ok(parsed) = OrganId::parse(id) else { return Ok(Text::same(id)) };
    Ok(parties::organ(tx, &parsed)?.map_or_else(|| Text::same(id), |organ| organ_text(&organ)))
}

/// The name of a post of an organ, by its lane.
pub(crate) fn post_name(tx: &mut Tx<'_>, organ: &str, lane: &str) -> Result<Text, Halt> {
    let Ok(parsed) = OrganId::parse(organ) else { return Ok(Text::same(lane)) };
    let posts = parties::posts_of_organ(tx, &parsed)?;
    Ok(posts.into_iter().find(|post| post.lane == lane).map_or_else(|| Text::same(lane), |post| post.name))
}

/// The word for a channel.
pub(crate) fn channel(lang: Lang, code: &str) -> &str {
    match code {
        "web" => lang.say("网上", "Web"),
        "mobile" => lang.say("手机", "Phone"),
        "window" => lang.say("窗口", "Counter"),
        "hotline" => lang.say("热线", "Hotline"),
        "system" => lang.say("系统", "System"),
        other => other,
    }
}
