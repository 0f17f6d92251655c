//! A picture that a telephone reads.

use askama::{Template, filters::HtmlSafe};
use qrcode::{Color, EcLevel};

/// A QR code, drawn as one shape. What it says must stand beside it as words, for those who cannot scan it.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<svg class="qr" viewBox="0 0 {{ side }} {{ side }}" role="img" aria-label="{{ label }}"><path d="{{ shape }}"/></svg>"#,
    ext = "html"
)]
pub struct QrCode {
    /// What it is, for those who do not see it.
    pub label: String,
    /// Modules on a side, with the quiet zone.
    side: usize,
    /// The dark modules as an SVG path.
    shape: String,
}

impl HtmlSafe for QrCode {}

/// The light frame that a reader needs around a code, in modules.
const QUIET: usize = 4;

impl QrCode {
    /// The code for `text`, described as `label`; none when the text is longer than a code can hold (some 2,300 bytes).
    pub fn new(text: &str, label: impl Into<String>) -> Option<Self> {
        let code = qrcode::QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let mut shape = String::new();
        for (row, colors) in code.to_colors().chunks(width).enumerate() {
            let mut column = 0;
            while column < width {
                let dark = colors[column..].iter().take_while(|color| **color == Color::Dark);
                let run = dark.count();
                if run > 0 {
                    let (x, y) = (column + QUIET, row + QUIET);
                    shape.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
                }
                column += run.max(1);
            }
        }
        Some(Self { label: label.into(), side: width + 2 * QUIET, shape })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use super::*;

    #[test]
    fn the_three_finders_stand_in_their_corners() {
        let code = QrCode::new("otpauth://totp/Portico:noor", "Code").unwrap();
        let far = code.side - QUIET - 7;
        for (x, y) in [(QUIET, QUIET), (far, QUIET), (QUIET, far)] {
            assert!(code.shape.contains(&format!("M{x} {y}h7v1h-7z")), "{x} {y}");
        }
        assert!(code.to_string().contains(r#"role="img" aria-label="Code""#));
        assert!(QrCode::new(&"x".repeat(3000), "").is_none());
    }
}
