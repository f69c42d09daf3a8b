//! Shortened personal values, for people who need to recognise but not to know them.

use crate::form::Mask;

pub(crate) fn masked(mask: Mask, text: &str) -> String {
    let (head, tail) = match mask {
        Mask::Name => (1, 0),
        Mask::IdNumber | Mask::Mobile => (3, 4),
        Mask::Address => (6, 0),
    };
    let letters: Vec<char> = text.chars().collect();
    // A text too short for its mask would be shown whole; so only its first letter is shown.
    let (head, tail) = if letters.len() <= head + tail { (usize::from(letters.len() > 1), 0) } else { (head, tail) };
    let hidden = letters.len() - head - tail;
    let stars = if mask == Mask::Address { hidden.min(4) } else { hidden };
    letters.iter().take(head).copied().chain(std::iter::repeat_n('*', stars)).chain(letters.iter().skip(head + hidden).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_enough_to_recognise() {
        for (mask, text, shown) in [
            (Mask::Name, "张三", "张*"),
            (Mask::Name, "欧阳小明", "欧***"),
            (Mask::Name, "张", "*"),
            (Mask::Name, "", ""),
            (Mask::IdNumber, "33992119900101001X", "339***********001X"),
            (Mask::Mobile, "13800001234", "138****1234"),
            (Mask::Mobile, "138", "1**"),
            (Mask::Address, "云州市云溪县溪口镇人民路 12 号", "云州市云溪县****"),
            (Mask::Address, "人民路", "人**"),
        ] {
            assert_eq!(masked(mask, text), shown);
        }
    }
}
