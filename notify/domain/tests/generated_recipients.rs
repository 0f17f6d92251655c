//! Some thousands of the cases that `examples/generate_recipients.rs` can make by the million.

#[path = "../examples/generate_recipients.rs"]
mod generate;

#[test]
fn everything_holds_for_generated_recipients_texts_and_lists() -> Result<(), String> {
    generate::run(20_000)
}
