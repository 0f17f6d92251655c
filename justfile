# Sugar for `cargo xtask`, which is the truth and needs no installation.

# Lists the tasks.
default:
    @cargo xtask --help

# Builds and starts everything for a first look.
start *arguments:
    cargo xtask start {{arguments}}

# Format, lints and layers.
check:
    cargo xtask check

# Every test, on both engines unless one is named.
test *arguments:
    cargo xtask test {{arguments}}

# Measures, as ratios in one run.
bench *arguments:
    cargo xtask bench {{arguments}}
