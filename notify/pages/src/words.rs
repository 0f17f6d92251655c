//! The words of Notify's pages.

text::texts!();
