//! Figures as lines that can be pasted into docs/benchmarks.md.

/// Prints a heading and the head of a table.
pub fn begin(title: &str, columns: &[&str]) {
    println!("\n### {title}\n\n| {} |", columns.join(" | "));
    println!("|{}", " --- |".repeat(columns.len()));
}

/// Prints one row.
pub fn row(cells: &[String]) {
    println!("| {} |", cells.join(" | "));
}
