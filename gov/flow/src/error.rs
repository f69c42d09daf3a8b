//! Why a step could not be made. The instance is then unchanged, and an operator sees an incident.

use crate::instance::{ActivityId, TimerId};

/// A step that could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FlowError {
    /// Not started.
    #[error("Expected a started instance, but it has not been started.")]
    NotStarted,
    /// Started twice.
    #[error("Expected a new instance, but it has been started already.")]
    AlreadyStarted,
    /// After the end.
    #[error("Expected a running instance, but it has ended.")]
    AlreadyEnded,
    /// No such activity is open; it may have been closed meanwhile.
    #[error("Expected an open activity, but {0} is not open.")]
    UnknownActivity(ActivityId),
    /// No such timer is armed; it may have been disarmed meanwhile.
    #[error("Expected an armed timer, but {0} is not armed.")]
    UnknownTimer(TimerId),
    /// Nobody waits for the message.
    #[error("Expected a message that is awaited, but nobody awaits “{0}”.")]
    NotAwaited(String),
    /// Only user, service and business-rule tasks are completed by the caller.
    #[error("Expected a task, but activity {activity} at “{node}” is not completed by the caller.")]
    NotCompletable {
        /// The activity.
        activity: ActivityId,
        /// Its node.
        node: String,
    },
    /// No condition of a gateway holds and it has no default.
    #[error("Expected a way out of gateway “{node}”, but no condition holds and it has no default.")]
    NoFlow {
        /// The gateway.
        node: String,
    },
    /// An expression could not be evaluated.
    #[error("Expected “{feel}” at “{node}” to have a value, but: {reason}")]
    Expression {
        /// The node.
        node: String,
        /// The expression.
        feel: String,
        /// What the evaluator said.
        reason: String,
    },
    /// A condition is neither true nor false. A case is never decided by a value that is missing.
    #[error("Expected the condition “{feel}” at “{node}” to be true or false, but it is {value}.")]
    NotBoolean {
        /// The gateway.
        node: String,
        /// The condition.
        feel: String,
        /// Its value.
        value: String,
    },
    /// A computed duration is not one.
    #[error("Expected the timer “{node}” to have an ISO 8601 duration its calendar can count, but it is “{duration}”.")]
    BadDuration {
        /// The event.
        node: String,
        /// The value.
        duration: String,
    },
    /// No boundary event catches the error.
    #[error("Expected an error boundary event for “{error_code}” around “{node}”, but there is none.")]
    UncaughtError {
        /// Where it was raised.
        node: String,
        /// Its code.
        error_code: String,
    },
    /// The flow turns in a circle without ever waiting.
    #[error("Expected the flow to wait or end within {steps_max} steps, but it did not; the last node was “{node}”.")]
    StepsExceeded {
        /// The bound.
        steps_max: u32,
        /// Where it was stopped.
        node: String,
    },
    /// The instance belongs to another definition.
    #[error("Expected an instance of this flow, but it names “{0}”, which the flow does not have.")]
    Foreign(String),
}

impl FlowError {
    /// Stable kebab-case name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotStarted => "flow-not-started",
            Self::AlreadyStarted => "flow-already-started",
            Self::AlreadyEnded => "flow-already-ended",
            Self::UnknownActivity(_) => "flow-activity-unknown",
            Self::UnknownTimer(_) => "flow-timer-unknown",
            Self::NotAwaited(_) => "flow-message-not-awaited",
            Self::NotCompletable { .. } => "flow-not-completable",
            Self::NoFlow { .. } => "flow-no-way-out",
            Self::Expression { .. } => "flow-expression",
            Self::NotBoolean { .. } => "flow-not-boolean",
            Self::BadDuration { .. } => "flow-bad-duration",
            Self::UncaughtError { .. } => "flow-error-uncaught",
            Self::StepsExceeded { .. } => "flow-steps-exceeded",
            Self::Foreign(_) => "flow-foreign",
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::NotStarted => "流程尚未启动。".to_owned(),
            Self::AlreadyStarted => "流程已经启动，不能再次启动。".to_owned(),
            Self::AlreadyEnded => "流程已经结束。".to_owned(),
            Self::UnknownActivity(id) => format!("任务 {id} 不在办理中，可能已经办结或被中断。"),
            Self::UnknownTimer(id) => format!("定时器 {id} 未启用，可能已经解除。"),
            Self::NotAwaited(message) => format!("流程此时不等待消息“{message}”。"),
            Self::NotCompletable { node, .. } => format!("“{node}”不是可以办结的任务。"),
            Self::NoFlow { node } => format!("网关“{node}”没有条件成立，也没有默认流。"),
            Self::Expression { node, feel, reason } => format!("“{node}”的表达式“{feel}”无法求值：{reason}"),
            Self::NotBoolean { node, feel, value } => format!("“{node}”的条件“{feel}”应为真或假，实际为 {value}。"),
            Self::BadDuration { node, duration } => format!("定时器“{node}”的时长“{duration}”不符合 ISO 8601 或其日历。"),
            Self::UncaughtError { node, error_code } => format!("“{node}”发生的错误“{error_code}”没有边界事件捕获。"),
            Self::StepsExceeded { steps_max, node } => format!("流程在 {steps_max} 步内既未等待也未结束，停在“{node}”。"),
            Self::Foreign(id) => format!("实例不属于本流程：流程中没有“{id}”。"),
        }
    }
}
