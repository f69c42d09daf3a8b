use jiff::civil::Date;
use thiserror::Error;

/// What a clock refuses, and why. `Display` is English, [`ClockError::zh`] Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ClockError {
    /// A count of milliseconds outside the years that can be written.
    #[error("{millis} milliseconds since 1970 is not a time that can be written")]
    OutOfRange {
        /// The refused count.
        millis: i64,
    },
    /// A second pause was asked for while the clock stands.
    #[error("the clock has been standing since {since}; it must be resumed before it can be paused again")]
    AlreadyPaused {
        /// First day of the open pause.
        since: Date,
    },
    /// A pause inside or before an earlier one.
    #[error("the pause would begin on {from}, but an earlier pause lasted until {until}")]
    PauseOverlaps {
        /// First day asked for.
        from: Date,
        /// Last day of the earlier pause.
        until: Date,
    },
    /// A pause before the clock began to run.
    #[error("the pause would begin on {from}, but the clock only started on {started_on}")]
    PauseBeforeStart {
        /// First day asked for.
        from: Date,
        /// Day on which the clock started.
        started_on: Date,
    },
    /// A pause must say why time is not counted.
    #[error("a pause needs a reason")]
    ReasonMissing,
    /// There is nothing to resume.
    #[error("the clock is not paused")]
    NotPaused,
    /// The last day of a pause lies before its first.
    #[error("the pause began on {from}; it cannot have ended on {until}")]
    ResumeBeforePause {
        /// First day of the pause.
        from: Date,
        /// Last day asked for.
        until: Date,
    },
    /// A limit may be extended once.
    #[error("the limit has already been extended by {days} days; it can be extended only once")]
    AlreadyExtended {
        /// The extension that was granted.
        days: u32,
    },
    /// An extension by nothing.
    #[error("an extension must be at least one day")]
    ExtensionEmpty,
    /// Limits in hours cannot be extended by days.
    #[error("a limit in hours cannot be extended by days")]
    ExtensionOfHours,
}

impl ClockError {
    /// Stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OutOfRange { .. } => "time-out-of-range",
            Self::AlreadyPaused { .. } => "clock-already-paused",
            Self::PauseOverlaps { .. } => "pause-overlaps",
            Self::PauseBeforeStart { .. } => "pause-before-start",
            Self::ReasonMissing => "pause-reason-missing",
            Self::NotPaused => "clock-not-paused",
            Self::ResumeBeforePause { .. } => "resume-before-pause",
            Self::AlreadyExtended { .. } => "limit-already-extended",
            Self::ExtensionEmpty => "extension-empty",
            Self::ExtensionOfHours => "extension-of-hours",
        }
    }

    /// The same sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::OutOfRange { millis } => format!("时间数值 {millis} 毫秒超出可表示的范围"),
            Self::AlreadyPaused { since } => format!("期限自 {since} 起已中止计算，须先恢复后才能再次中止"),
            Self::PauseOverlaps { from, until } => format!("拟自 {from} 起中止，但上一次中止到 {until} 才结束"),
            Self::PauseBeforeStart { from, started_on } => format!("拟自 {from} 起中止，但期限自 {started_on} 才开始"),
            Self::ReasonMissing => "中止计算期限须写明事由".to_owned(),
            Self::NotPaused => "期限没有处于中止状态".to_owned(),
            Self::ResumeBeforePause { from, until } => format!("中止自 {from} 开始，不能在 {until} 就已结束"),
            Self::AlreadyExtended { days } => format!("期限已延长 {days} 日，只能延长一次"),
            Self::ExtensionEmpty => "延长期限至少为一日".to_owned(),
            Self::ExtensionOfHours => "以小时计算的期限不能按日延长".to_owned(),
        }
    }
}
