//! Looking for a part of a text in any case, alike on both engines as far as they can.

use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};

/// The rows whose `column` holds `part`. SQLite lowers only the letters of ASCII, so a part with others is also looked
/// for as it was typed and with a capital first.
pub(crate) fn contains(column: impl ColumnTrait, part: &str) -> Condition {
    let part = part.trim();
    let lower = part.to_lowercase();
    let mut any = Condition::any()
        .add(Expr::expr(Func::lower(Expr::col(column))).like(pattern(&lower)))
        .add(Expr::col(column).like(pattern(part)));
    let mut letters = lower.chars();
    if let Some(first) = letters.next() {
        let capital: String = first.to_uppercase().chain(letters).collect();
        any = any.add(Expr::col(column).like(pattern(&capital)));
    }
    any
}

/// What is typed stands for itself.
fn pattern(part: &str) -> LikeExpr {
    let escaped = part.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}
