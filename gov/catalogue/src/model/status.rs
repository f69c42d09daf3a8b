//! The states of a resource (standards of the national platform: 0, 1, 2, 10, 19, 20, 22, 23, 29) and what leads from one to another.

use super::domain::domain;
use serde::{Deserialize, Serialize};

domain! {
    /// 目录状态
    Status {
        /// 草稿
        Draft = ("draft", "0", "草稿", "Draft"),
        /// 退回修改
        Returned = ("returned", "1", "退回修改", "Returned"),
        /// 注册审核拒绝
        RegistrationRefused = ("registration-refused", "2", "注册审核拒绝", "Registration refused"),
        /// 待注册审核
        RegistrationReview = ("registration-review", "10", "待注册审核", "Registration under review"),
        /// 已注册
        Registered = ("registered", "19", "已注册", "Registered"),
        /// 待发布审核
        PublicationReview = ("publication-review", "20", "待发布审核", "Publication under review"),
        /// 发布审核拒绝
        PublicationRefused = ("publication-refused", "22", "发布审核拒绝", "Publication refused"),
        /// 取消发布
        Withdrawn = ("withdrawn", "23", "取消发布", "Withdrawn"),
        /// 已发布
        Published = ("published", "29", "已发布", "Published"),
    }
}

/// What is done to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The provider changes it.
    Edit,
    /// The provider asks for registration or publication.
    Submit,
    /// The provider takes the request back.
    Recall,
    /// The authority agrees.
    Approve,
    /// The authority wants changes.
    Return,
    /// The authority refuses, with reasons.
    Refuse,
    /// Publication ends.
    Withdraw,
}

impl Status {
    /// The state after a step; `None` when the step is not possible now.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (
                Self::Draft
                | Self::Returned
                | Self::RegistrationRefused
                | Self::Registered
                | Self::PublicationRefused
                | Self::Withdrawn
                | Self::Published,
                Step::Edit,
            ) => Some(Self::Draft),
            (Self::Draft | Self::Returned | Self::RegistrationRefused, Step::Submit) => Some(Self::RegistrationReview),
            (Self::Registered | Self::PublicationRefused | Self::Withdrawn, Step::Submit) => Some(Self::PublicationReview),
            (Self::RegistrationReview, Step::Recall) => Some(Self::Draft),
            (Self::PublicationReview, Step::Recall) => Some(Self::Registered),
            (Self::RegistrationReview, Step::Approve) => Some(Self::Registered),
            (Self::PublicationReview, Step::Approve) => Some(Self::Published),
            (Self::RegistrationReview | Self::PublicationReview, Step::Return) => Some(Self::Returned),
            (Self::RegistrationReview, Step::Refuse) => Some(Self::RegistrationRefused),
            (Self::PublicationReview, Step::Refuse) => Some(Self::PublicationRefused),
            (Self::Published, Step::Withdraw) => Some(Self::Withdrawn),
            (
                Self::Draft
                | Self::Returned
                | Self::RegistrationRefused
                | Self::RegistrationReview
                | Self::Registered
                | Self::PublicationReview
                | Self::PublicationRefused
                | Self::Withdrawn
                | Self::Published,
                _,
            ) => None,
        }
    }

    /// Whether the data authority has to decide.
    #[must_use]
    pub const fn awaits_review(self) -> bool {
        match self {
            Self::RegistrationReview | Self::PublicationReview => true,
            Self::Draft
            | Self::Returned
            | Self::RegistrationRefused
            | Self::Registered
            | Self::PublicationRefused
            | Self::Withdrawn
            | Self::Published => false,
        }
    }

    /// Whether it has passed registration.
    #[must_use]
    pub const fn is_registered(self) -> bool {
        match self {
            Self::Registered | Self::PublicationReview | Self::PublicationRefused | Self::Withdrawn | Self::Published => true,
            Self::Draft | Self::Returned | Self::RegistrationRefused | Self::RegistrationReview => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_registered_and_then_published() {
        let mut status = Status::Draft;
        let mut seen = vec![status.code()];
        for step in [Step::Submit, Step::Approve, Step::Submit, Step::Approve, Step::Withdraw, Step::Submit, Step::Refuse, Step::Edit] {
            status = status.after(step).unwrap();
            seen.push(status.code());
        }
        assert_eq!(seen, ["0", "10", "19", "20", "29", "23", "20", "22", "0"]);
    }

    #[test]
    fn what_is_under_review_is_not_changed_and_only_that_is_decided() {
        for status in Status::ALL {
            assert_eq!(status.after(Step::Edit).is_none(), status.awaits_review(), "{status:?}");
            for step in [Step::Recall, Step::Approve, Step::Return, Step::Refuse] {
                assert_eq!(status.after(step).is_some(), status.awaits_review(), "{status:?} {step:?}");
            }
            assert_eq!(status.after(Step::Withdraw).is_some(), *status == Status::Published);
        }
    }

    #[test]
    fn a_return_or_edit_leads_back_before_registration() {
        for status in Status::ALL {
            for step in [Step::Edit, Step::Return] {
                assert!(status.after(step).is_none_or(|next| !next.is_registered()));
            }
        }
    }
}
