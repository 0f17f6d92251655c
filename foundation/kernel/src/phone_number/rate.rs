//! What a text to another country costs, in units of a domestic text (rendering specification, appendix B).

use std::sync::LazyLock;

/// Units a fragment, then calling codes; four digits are a `+1` area code; `*` marks where we may not send.
const RATES: &[(u8, &str)] = &[
    (1, "1 66* 673"),
    (2, "55* 82* 90* 299* 357 379* 389 423* 1340* 1670*"),
    (3, "48 65* 86* 248* 267* 298* 351 370 677* 973"),
    (4, "41 56* 57* 506* 688* 853 1264* 1664* 1684*"),
    (5, "33 34 45 46 81 91* 356 371 373 387* 420 598* 680* 1242* 1671* 1809* 1829* 1849*"),
    (6, "30 39 40 44 220* 244* 264* 268* 350* 352 355 372 385 421 595* 852 886*"),
    (7, "27* 32* 43 52 54* 64* 239* 242* 353* 354 378* 1721*"),
    (8, "31 36* 49 58* 253 291* 376* 382* 505* 596* 682* 971*"),
    (9, "240* 297* 358 377* 503* 599* 676* 678 689 690* 1268* 1767* 1784*"),
    (10, "47 51* 61* 84* 224* 238* 359 386 500* 507 672* 691* 692* 870* 965* 968*"),
    (11, "230 380 508* 590 685* 686* 687* 1869*"),
    (12, "250 254* 591* 594* 995 1284* 1345* 1649* 1876"),
    (13, "237 246* 247* 374* 592* 597* 674* 683* 966* 1758*"),
    (14, "63* 212 222* 226 245* 256 262* 670* 679 681*"),
    (15, "229* 231* 241 243 383* 502* 856* 972 974* 1246 1441 1473"),
    (16, "211* 234 375* 504 967 977* 1868"),
    (17, "60* 213 252* 263"),
    (18, "501 509"),
    (19, "223* 235* 976*"),
    (20, "227* 258* 290* 675*"),
    (21, "20* 232* 593* 880 962* 964 993* 996*"),
    (22, "218 265* 960* 970*"),
    (23, "95* 251 381"),
    (24, "225 233 961"),
    (25, "93 221 228 260* 266* 855 994"),
    (26, "975*"),
    (27, "7* 94* 216 236* 255 269*"),
    (29, "62* 257*"),
    (30, "992* 998*"),
    (31, "92"),
    (33, "261"),
];

/// One row of the rate table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InternationalRate {
    /// The calling code, or for a territory inside `+1` the code with its area code, such as 1876.
    pub code: u16,
    /// Domestic units that one fragment costs.
    pub units: u8,
    /// Whether texts may be sent there.
    pub can_send: bool,
}

static TABLE: LazyLock<Vec<InternationalRate>> = LazyLock::new(|| {
    let mut rows: Vec<_> = RATES.iter().flat_map(|(units, codes)| row(*units, codes)).collect();
    rows.sort_unstable_by_key(|rate| rate.code);
    rows
});

fn row(units: u8, codes: &'static str) -> impl Iterator<Item = InternationalRate> {
    codes.split(' ').filter_map(move |word| {
        let code = word.trim_end_matches('*');
        Some(InternationalRate {
            code: code.parse().ok()?,
            units,
            can_send: code.len() == word.len(),
        })
    })
}

/// The rate of exactly this calling code, or `None` when it is not supported.
pub fn of_code(code: u16) -> Option<InternationalRate> {
    TABLE.binary_search_by_key(&code, |rate| rate.code).ok().and_then(|at| TABLE.get(at).copied())
}

#[cfg(test)]
mod tests {
    use super::{TABLE, of_code};

    #[test]
    fn the_table_is_the_one_that_was_published() {
        assert_eq!(TABLE.len(), 227);
        assert_eq!(TABLE.iter().filter(|rate| rate.can_send).count(), 84);
        assert!(TABLE.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(of_code(261).map(|rate| rate.units), Some(33));
        assert_eq!(of_code(98), None);
    }
}
