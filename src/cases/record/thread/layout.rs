//! Which entries are on the page: those near the screen. Where the others would be is
//! worked out from how high they were when they last stood there.

use std::ops::Range;

/// Entries are put on the page from this far beyond the screen, in pixels.
const NEAR: f64 = 500.0;
/// Entries are taken off the page from this far beyond the screen, in pixels.
const FAR: f64 = 800.0;

/// Where the loaded entries begin, in pixels from the top of the screen, and where the
/// last one ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Edges(pub Vec<f64>);

impl Edges {
    /// From the edges of the entries `range`, which were measured (one more than there
    /// are entries), and the heights of all.
    pub fn around(range: Range<usize>, measured: &[f64], heights: &[f64]) -> Self {
        let mut edges = vec![0.0; heights.len() + 1];
        for (edge, measured) in edges.iter_mut().skip(range.start).zip(measured) {
            *edge = *measured;
        }
        for at in (0..range.start).rev() {
            edges[at] = edges[at + 1] - heights[at];
        }
        for at in range.end..heights.len() {
            edges[at + 1] = edges[at] + heights[at];
        }
        Self(edges)
    }

    /// The entries that should be on the page, of which `now` are; as few change as possible.
    pub fn fit(&self, now: &Range<usize>, screen: f64) -> Range<usize> {
        let (need, keep) = (self.within(-NEAR, screen + NEAR), self.within(-FAR, screen + FAR));
        let start = now.start.clamp(keep.start, need.start);
        let end = now.end.clamp(need.end, keep.end);
        start..end
    }

    /// The entries that a strip of the screen touches, and at least one.
    fn within(&self, top: f64, bottom: f64) -> Range<usize> {
        let count = self.0.len() - 1;
        let start = self.0[1..].partition_point(|end| *end <= top).min(count.saturating_sub(1));
        let end = self.0[..count].partition_point(|begin| *begin < bottom);
        start..end.max(start + 1).min(count)
    }

    /// Whether what comes before the loaded entries is near the screen.
    pub fn nears_start(&self) -> bool {
        self.0[0] > -NEAR
    }

    /// Whether what comes behind the loaded entries is near the screen.
    pub fn nears_end(&self, screen: f64) -> bool {
        self.0[self.0.len() - 1] < screen + NEAR
    }

    /// How far the middle of the screen lies before the loaded entries or, below zero,
    /// behind them, in pixels; none where it lies among them.
    pub fn off(&self, screen: f64) -> Option<f64> {
        let (start, end, middle) = (self.0[0], self.0[self.0.len() - 1], screen / 2.0);
        if start > screen {
            Some(start - middle)
        } else if end < 0.0 {
            Some(end - middle)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    /// A hundred entries of 100 pixels, the first of which begins at `top`.
    fn hundred(top: f64) -> Edges {
        Edges::around(0..0, &[top], &[100.0; 100])
    }

    #[wasm_bindgen_test]
    fn what_was_not_measured_is_worked_out() {
        let edges = Edges::around(1..3, &[10.0, 25.0, 60.0], &[5.0, 15.0, 35.0, 7.0]);
        assert_eq!(edges, Edges(vec![5.0, 10.0, 25.0, 60.0, 67.0]));
    }

    #[wasm_bindgen_test]
    fn what_is_near_is_there_and_what_is_far_is_not() {
        // The screen begins in the middle of all.
        let edges = hundred(-5000.0);
        assert_eq!(edges.fit(&(50..51), 800.0), 45..63);
        assert_eq!(edges.fit(&(0..100), 800.0), 42..66);
        // In between, nothing changes.
        assert_eq!(edges.fit(&(43..64), 800.0), 43..64);
        // From anywhere else at once.
        assert_eq!(edges.fit(&(0..10), 800.0), 42..63);
        assert_eq!(edges.fit(&(90..100), 800.0), 45..66);
    }

    #[wasm_bindgen_test]
    fn beyond_the_ends_there_is_one_at_least() {
        assert_eq!(hundred(9000.0).fit(&(40..60), 800.0), 0..1);
        assert_eq!(hundred(-90_000.0).fit(&(40..60), 800.0), 99..100);
        assert_eq!(Edges::around(0..0, &[0.0], &[50.0]).fit(&(0..1), 800.0), 0..1);
    }

    #[wasm_bindgen_test]
    fn where_more_is_to_be_loaded() {
        assert!(hundred(-400.0).nears_start() && !hundred(-600.0).nears_start());
        assert!(hundred(-8800.0).nears_end(800.0) && !hundred(-8600.0).nears_end(800.0));
        assert_eq!(hundred(-500.0).off(800.0), None);
        assert_eq!(hundred(2400.0).off(800.0), Some(2000.0));
        assert_eq!(hundred(-11_000.0).off(800.0), Some(-1400.0));
    }
}
