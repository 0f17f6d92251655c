//! One figure over several rounds: the middle one counts, and how far they spread is shown.

/// The same figure from each round.
#[derive(Default)]
pub struct Rounds(Vec<f64>);

impl Rounds {
    /// Adds the figure of one more round.
    pub fn add(&mut self, figure: f64) {
        self.0.push(figure);
        self.0.sort_by(f64::total_cmp);
    }

    /// The middle one; of an even number the lower of the two in the middle.
    pub fn median(&self) -> f64 {
        self.0.get(self.0.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
    }

    /// The largest.
    pub fn most(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }

    /// The middle one with the smallest and the largest, as `12.3 (11.0–14.9)`.
    pub fn shown(&self, digits: usize) -> String {
        let least = self.0.first().copied().unwrap_or(f64::NAN);
        format!("{:.digits$} ({least:.digits$}–{:.digits$})", self.median(), self.most())
    }
}

impl FromIterator<f64> for Rounds {
    fn from_iter<I: IntoIterator<Item = f64>>(figures: I) -> Self {
        let mut rounds = Self::default();
        figures.into_iter().for_each(|figure| rounds.add(figure));
        rounds
    }
}

#[cfg(test)]
mod tests {
    use super::Rounds;

    #[test]
    fn the_middle_counts_and_the_spread_is_shown() {
        let rounds: Rounds = [3.0, 1.0, 2.0, 10.0, 2.5].into_iter().collect();
        assert_eq!(rounds.shown(1), "2.5 (1.0–10.0)");
        assert!((rounds.most() - 10.0).abs() < f64::EPSILON);
        assert!(Rounds::default().median().is_nan());
    }
}
