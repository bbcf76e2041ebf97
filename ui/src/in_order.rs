//! Keys for lists whose entries change places.

/// The entries of a keyed list with the number that completes their keys: it is the next one
/// where an entry passed another since `before`.
///
/// Leptos leaves an entry where it is if it went as far as entries were added before it, even
/// if it passed one that stayed (tachys 0.2.19, `view/keyed.rs`): the list then stands in a
/// wrong order. Under new keys all entries come anew; while none passes another they stay.
#[must_use]
pub fn in_order<K: Copy + PartialEq>(before: &[(K, u32)], now: &[K]) -> Vec<(K, u32)> {
    let stay = before.iter().map(|(key, _)| key).filter(|key| now.contains(key));
    let stood = now.iter().filter(|key| before.iter().any(|(old, _)| old == *key));
    let passed = u32::from(!stay.eq(stood));
    let number = before.first().map_or(0, |(_, number)| number + passed);
    now.iter().map(|key| (*key, number)).collect()
}
