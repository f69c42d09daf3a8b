use crate::ClockError;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use std::sync::OnceLock;

/// A point in time, nanoseconds since 1970 in UTC.
pub type Timestamp = jiff::Timestamp;

/// The legal time of the country, Asia/Shanghai (Beijing time, UTC+8, with the summer times of 1986 to 1991).
pub fn zone() -> &'static TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| TimeZone::get("Asia/Shanghai").unwrap_or_else(|_| TimeZone::fixed(Offset::constant(8))))
}

/// The calendar day on which `at` falls in Beijing.
pub fn local_date(at: Timestamp) -> Date {
    at.to_zoned(zone().clone()).date()
}

/// The first moment of `date` in Beijing; the last representable moment for dates beyond it.
pub fn midnight(date: Date) -> Timestamp {
    match date.to_zoned(zone().clone()) {
        Ok(zoned) => zoned.timestamp(),
        Err(_) if date.year() < 0 => Timestamp::MIN,
        Err(_) => Timestamp::MAX,
    }
}

/// Milliseconds since 1970, the form in which times are stored. Fractions are cut off.
pub fn to_millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// The time stored as `millis` milliseconds since 1970.
pub fn from_millis(millis: i64) -> Result<Timestamp, ClockError> {
    Timestamp::from_millisecond(millis).map_err(|_| ClockError::OutOfRange { millis })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_day_changes_at_midnight_in_beijing() {
        let late: Timestamp = "2026-03-01T15:59:59.999Z".parse().unwrap();
        let next: Timestamp = "2026-03-01T16:00:00Z".parse().unwrap();
        assert_eq!(local_date(late), date(2026, 3, 1));
        assert_eq!(local_date(next), date(2026, 3, 2));
        assert_eq!(midnight(date(2026, 3, 2)), next);
    }

    #[test]
    fn milliseconds_go_round() {
        let at: Timestamp = "2026-03-01T15:59:59.999Z".parse().unwrap();
        assert_eq!(from_millis(to_millis(at)).unwrap(), at);
        assert_eq!(from_millis(i64::MAX), Err(ClockError::OutOfRange { millis: i64::MAX }));
        assert_eq!(from_millis(i64::MIN).unwrap_err().code(), "time-out-of-range");
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        assert_eq!(midnight(Date::MIN), Timestamp::MIN);
        assert!(midnight(Date::MAX) > midnight(date(2026, 1, 1)));
        let _ = local_date(Timestamp::MIN);
        let _ = local_date(Timestamp::MAX);
    }

    #[test]
    fn the_zone_is_the_real_one() {
        // Summer time of 1986: only the bundled time-zone data knows it.
        let summer: Timestamp = "1986-07-01T15:30:00Z".parse().unwrap();
        assert_eq!(local_date(summer), date(1986, 7, 2));
    }
}
