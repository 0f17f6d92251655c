//! The words of these pages.

text::texts!();
