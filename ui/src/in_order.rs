//! Keys for lists whose entries change places.

/// The entries of a keyed list with the numbers that make their keys: an entry that passed
/// another since `before` gets the next number, as few entries as that takes.
///
/// Leptos leaves an entry where it is if it went as far as entries were added before it, even
/// if it passed one that stayed (tachys 0.2.19, `view/keyed.rs`): the list then stands in a
/// wrong order. Under a new key the entry goes and comes again, and those that stay have kept
/// their order.
#[must_use]
pub fn in_order<K: Copy + PartialEq>(before: &[(K, u32)], now: &[K]) -> Vec<(K, u32)> {
    let known: Vec<Option<(usize, u32)>> = now
        .iter()
        .map(|key| before.iter().position(|(old, _)| old == key).and_then(|at| Some((at, before.get(at)?.1))))
        .collect();
    // How many entries can stay from each one on, itself first.
    let mut stay = vec![0_usize; now.len()];
    for at in (0..now.len()).rev() {
        let Some(Some((place, _))) = known.get(at).copied() else { continue };
        let behind = known.iter().zip(&stay).skip(at + 1);
        let further = behind.filter(|(other, _)| other.is_some_and(|(later, _)| later > place));
        let most = further.map(|(_, length)| *length).max().unwrap_or_default();
        if let Some(length) = stay.get_mut(at) {
            *length = most + 1;
        }
    }
    let (mut wanted, mut least) = (stay.iter().copied().max().unwrap_or_default(), 0);
    let mut keyed = Vec::with_capacity(now.len());
    for ((key, known), length) in now.iter().zip(&known).zip(&stay) {
        let number = match known {
            Some((place, number)) if *length == wanted && *place >= least => {
                (wanted, least) = (wanted - 1, place + 1);
                *number
            }
            Some((_, number)) => number + 1,
            None => 0,
        };
        keyed.push((*key, number));
    }
    keyed
}
