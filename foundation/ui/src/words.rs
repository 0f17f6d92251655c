//! The words of the frame around every page.

text::texts!();
