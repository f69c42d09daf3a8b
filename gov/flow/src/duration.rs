//! ISO 8601 durations as BPMN timers write them: `P5D`, `PT30M`, `P1DT12H`.

/// The parts of a duration. No part is converted into another: what a month or a working day is, the calendar knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duration {
    /// Years.
    pub years: u32,
    /// Months.
    pub months: u32,
    /// Weeks.
    pub weeks: u32,
    /// Days.
    pub days: u32,
    /// Hours.
    pub hours: u32,
    /// Minutes.
    pub minutes: u32,
    /// Seconds.
    pub seconds: u32,
}

impl Duration {
    /// Reads a duration with at least one part, whole numbers only; `None` when the text is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('P')?;
        let (date, time) = match rest.split_once('T') {
            Some((_, "")) => return None,
            Some((date, time)) => (date, time),
            None => (rest, ""),
        };
        let mut duration = Self::default();
        let mut parts = duration.read(date, "YMWD")?;
        parts = parts.checked_add(duration.read(time, "HmS")?)?;
        (parts > 0).then_some(duration)
    }

    /// The number of days when the duration is made of days alone, as a working-day timer needs it.
    pub fn whole_days(&self) -> Option<u32> {
        (*self == Self { days: self.days, ..Self::default() }).then_some(self.days)
    }

    /// Reads the parts of one half in their order; minutes are written `m` in `order` to tell them from months.
    fn read(&mut self, half: &str, order: &str) -> Option<u32> {
        let mut digits = String::new();
        let mut units = order.chars();
        let mut parts = 0u32;
        for character in half.chars() {
            if character.is_ascii_digit() {
                digits.push(character);
                continue;
            }
            let unit = units.find(|unit| unit.to_ascii_uppercase() == character)?;
            *self.part(unit) = digits.parse().ok()?;
            digits.clear();
            parts = parts.checked_add(1)?;
        }
        digits.is_empty().then_some(parts)
    }

    fn part(&mut self, unit: char) -> &mut u32 {
        match unit {
            'Y' => &mut self.years,
            'M' => &mut self.months,
            'W' => &mut self.weeks,
            'D' => &mut self.days,
            'H' => &mut self.hours,
            'm' => &mut self.minutes,
            _ => &mut self.seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Duration;

    #[test]
    fn durations_are_read_part_by_part() {
        let check = |text: &str, expected: Option<Duration>| assert_eq!(Duration::parse(text), expected, "{text}");
        let zero = Duration::default();
        check("P5D", Some(Duration { days: 5, ..zero }));
        check("P2W", Some(Duration { weeks: 2, ..zero }));
        check("PT30M", Some(Duration { minutes: 30, ..zero }));
        check("P1M", Some(Duration { months: 1, ..zero }));
        check("P1Y2M3DT4H5M6S", Some(Duration { years: 1, months: 2, days: 3, hours: 4, minutes: 5, seconds: 6, ..zero }));
        for wrong in ["", "P", "PT", "5D", "P5", "PD", "P5DT", "P5H", "PT5D", "P1D2Y", "P-5D", "P1.5D", "P5D ", "p5d", "P99999999999D", "五天"] {
            check(wrong, None);
        }
    }

    #[test]
    fn only_durations_of_days_alone_count_working_days() {
        let days = |text: &str| Duration::parse(text).and_then(|duration| duration.whole_days());
        assert_eq!(days("P20D"), Some(20));
        assert_eq!(days("P1W"), None);
        assert_eq!(days("PT24H"), None);
        assert_eq!(days("P1DT1H"), None);
    }
}
