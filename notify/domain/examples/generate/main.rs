//! Feeds a parser with generated cases and checks what has to hold of every one:
//! `cargo run --release -p notify --example generate -- PARSER COUNT [FIRST SEED]`.

mod case;
mod check;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<u64>().ok());
    let parser = arguments.first().and_then(|name| check::parser(name));
    let (Some(parser), Some(count)) = (parser, number(1)) else {
        eprintln!("usage: generate {} COUNT [FIRST SEED]", check::names().join("|"));
        return ExitCode::from(2);
    };
    let first = number(2).unwrap_or(0);
    for seed in first..first + count {
        if let Err(fault) = parser(seed) {
            eprintln!("seed {seed}: {fault}");
            return ExitCode::FAILURE;
        }
    }
    println!("{count} cases of {} hold", arguments[0]);
    ExitCode::SUCCESS
}
