//! Numbers that look random and are the same every time: SplitMix64 (Steele, Lea and Flood 2014).

/// A sequence that its seed decides wholly.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 up to, not including, `end`; 0 when that is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// `from` up to, not including, `to`.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let length = u64::try_from(to.saturating_sub(from)).unwrap_or(0);
        from.saturating_add(i64::try_from(self.below(length)).unwrap_or(0))
    }

    /// True in so many cases of a thousand.
    pub(super) fn chance(&mut self, of_thousand: u64) -> bool {
        self.below(1_000) < of_thousand
    }

    /// One of the items; `None` of none.
    pub(super) fn pick<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        let index = self.below(u64::try_from(items.len()).unwrap_or(0));
        usize::try_from(index).ok().and_then(|index| items.get(index))
    }

    /// One of the texts; empty of none.
    pub(super) fn text<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        self.pick(texts).copied().unwrap_or_default()
    }

    /// The place of one of the weights, each as likely as it is heavy.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        weights
            .take_while(|weight| {
                let more = left >= *weight;
                left = left.saturating_sub(*weight);
                more
            })
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence_of_splitmix64() {
        // The first numbers of seed 1234567, as other implementations give them.
        let mut random = Random::new(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn numbers_stay_in_their_bounds() {
        let mut random = Random::new(1);
        let mut met = [0; 3];
        for _ in 0..3_000 {
            assert!((-5..5).contains(&random.between(-5, 5)));
            met[random.weighted([1, 0, 2].into_iter())] += 1;
        }
        assert_eq!(random.below(0), 0);
        assert_eq!(random.pick::<u8>(&[]), None);
        assert_eq!(met[1], 0);
        assert!((900..1_100).contains(&met[0]), "{met:?}");
    }
}
