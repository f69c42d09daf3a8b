//! Dates, times, numbers and money as people read them in each language.

use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::Lang;

const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `2026年1月5日` or `5 January 2026`.
pub fn date(lang: Lang, date: Date) -> String {
    match lang {
        Lang::ZhHans => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => format!("{} {} {}", date.day(), month_name(date), date.year()),
    }
}

/// A date from its ISO text, as kept in answers and tables; another text comes back as it is.
pub fn date_text(lang: Lang, iso: &str) -> String {
    iso.parse::<Date>().map_or_else(|_| iso.to_owned(), |found| date(lang, found))
}

/// `2026年1月` or `January 2026`.
pub fn month(lang: Lang, date: Date) -> String {
    match lang {
        Lang::ZhHans => format!("{}年{}月", date.year(), date.month()),
        Lang::En => format!("{} {}", month_name(date), date.year()),
    }
}

/// `09:05`, 24 hours, in both languages.
pub fn time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `2026年1月5日 09:05` or `5 January 2026, 09:05`.
pub fn date_time(lang: Lang, moment: DateTime) -> String {
    let separator = match lang {
        Lang::ZhHans => " ",
        Lang::En => ", ",
    };
    format!("{}{separator}{}", date(lang, moment.date()), time(moment.time()))
}

/// `星期一` or `Monday`.
pub fn weekday(lang: Lang, date: Date) -> &'static str {
    let (zh, en) = match date.weekday() {
        Weekday::Monday => ("星期一", "Monday"),
        Weekday::Tuesday => ("星期二", "Tuesday"),
        Weekday::Wednesday => ("星期三", "Wednesday"),
        Weekday::Thursday => ("星期四", "Thursday"),
        Weekday::Friday => ("星期五", "Friday"),
        Weekday::Saturday => ("星期六", "Saturday"),
        Weekday::Sunday => ("星期日", "Sunday"),
    };
    match lang {
        Lang::ZhHans => zh,
        Lang::En => en,
    }
}

/// A whole number with thousands separators: `1,234,567`.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        grouped.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Money from fen: `1,234.50元` or `CNY 1,234.50`.
pub fn money(lang: Lang, fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (yuan, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let amount = format!("{sign}{}.{rest:02}", number(i64::try_from(yuan).unwrap_or(i64::MAX)));
    match lang {
        Lang::ZhHans => format!("{amount}元"),
        Lang::En => format!("CNY {amount}"),
    }
}

/// A count with its noun: `3件` or `3 cases`, `1 case`. The Chinese word is the measure word, with the noun where wanted.
pub fn count(lang: Lang, n: i64, zh: &str, en_one: &str, en_many: &str) -> String {
    match lang {
        Lang::ZhHans => format!("{}{zh}", number(n)),
        Lang::En if n == 1 => format!("1 {en_one}"),
        Lang::En => format!("{} {en_many}", number(n)),
    }
}

/// A file size: `12 KB`, `3.4 MB`, the same in both languages.
pub fn size(bytes: u64) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * 1024;
    if bytes < KB {
        format!("{bytes} B")
    } else if bytes < MB {
        format!("{} KB", bytes.div_ceil(KB))
    } else {
        let tenths = u128::from(bytes) * 10 / u128::from(MB);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

fn month_name(date: Date) -> &'static str {
    usize::try_from(date.month()).ok().and_then(|m| MONTHS.get(m.wrapping_sub(1))).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        let day = jiff::civil::date(2026, 1, 5);
        assert_eq!(date(Lang::ZhHans, day), "2026年1月5日");
        assert_eq!(date(Lang::En, day), "5 January 2026");
        assert_eq!(month(Lang::En, jiff::civil::date(2026, 12, 31)), "December 2026");
        assert_eq!(weekday(Lang::ZhHans, day), "星期一");
        assert_eq!(date_time(Lang::ZhHans, day.at(9, 5, 59, 0)), "2026年1月5日 09:05");
        assert_eq!(date_time(Lang::En, day.at(9, 5, 0, 0)), "5 January 2026, 09:05");
        assert_eq!(date_text(Lang::En, "2026-01-05"), "5 January 2026");
        assert_eq!(date_text(Lang::En, "soon"), "soon");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (-1234567, "-1,234,567"), (i64::MIN, "-9,223,372,036,854,775,808")] {
            assert_eq!(number(n), text);
        }
        assert_eq!(money(Lang::ZhHans, 123450), "1,234.50元");
        assert_eq!(money(Lang::En, -5), "CNY -0.05");
        assert_eq!(count(Lang::En, 1, "件", "case", "cases"), "1 case");
        assert_eq!(count(Lang::En, 0, "件", "case", "cases"), "0 cases");
        assert_eq!(count(Lang::ZhHans, 1200, "件", "case", "cases"), "1,200件");
        assert_eq!(size(10), "10 B");
        assert_eq!(size(1025), "2 KB");
        assert_eq!(size(10 * 1024 * 1024 + 300_000), "10.2 MB");
    }
}
