//! Labels that would lie on one another, pushed apart.

/// Where labels go: `wanted` are middles and heights, `low` and `high` what they must
/// stay within. The order of the middles is kept, and labels move as little as need be.
pub fn pushed_apart(wanted: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0).then(a.cmp(b)));
    // Blocks of labels that touch: (where their top wants to be, weight, height, members).
    let mut blocks: Vec<(f64, f64, f64, Vec<usize>)> = Vec::new();
    for index in order {
        let (middle, height) = wanted[index];
        let mut block = (middle - height / 2.0, 1.0, height, vec![index]);
        while let Some(above) = blocks.pop() {
            if above.0 + above.2 <= block.0 {
                blocks.push(above);
                break;
            }
            // Together they lie where their members want to be in the mean.
            let weight = above.1 + block.1;
            let top = (above.0 * above.1 + (block.0 - above.2) * block.1) / weight;
            let members = above.3.into_iter().chain(block.3).collect();
            block = (top, weight, above.2 + block.2, members);
        }
        block.0 = block.0.min(high - block.2).max(low);
        blocks.push(block);
        settle(&mut blocks, low, high);
    }
    let mut places = vec![0.0; wanted.len()];
    for (top, _, _, members) in blocks {
        let mut y = top;
        for index in members {
            places[index] = y + wanted[index].1 / 2.0;
            y += wanted[index].1;
        }
    }
    places
}

/// Joins blocks that the edges have pushed into one another.
fn settle(blocks: &mut Vec<(f64, f64, f64, Vec<usize>)>, low: f64, high: f64) {
    while blocks.len() > 1 {
        let last = blocks.len() - 1;
        if blocks[last - 1].0 + blocks[last - 1].2 <= blocks[last].0 + 1e-9 {
            return;
        }
        let Some(below) = blocks.pop() else { return };
        let Some(above) = blocks.pop() else { return };
        let (weight, height) = (above.1 + below.1, above.2 + below.2);
        let top = (above.0 * above.1 + (below.0 - above.2) * below.1) / weight;
        let members = above.3.into_iter().chain(below.3).collect();
        blocks.push((top.min(high - height).max(low), weight, height, members));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn labels_keep_apart_in_order_and_inside(
            middles in proptest::collection::vec(0.0..100.0_f64, 1..9)
        ) {
            let wanted: Vec<_> = middles.iter().map(|m| (*m, 10.0)).collect();
            let places = pushed_apart(&wanted, 0.0, 100.0);
            for (i, a) in places.iter().enumerate() {
                prop_assert!((5.0 - 1e-6..=95.0 + 1e-6).contains(a));
                for (j, b) in places.iter().enumerate().skip(i + 1) {
                    prop_assert!((a - b).abs() >= 10.0 - 1e-6, "{places:?}");
                    prop_assert!(middles[i] == middles[j] || (middles[i] < middles[j]) == (a < b));
                }
            }
        }
    }

    #[test]
    fn labels_that_have_room_stay_where_they_want_to_be() {
        assert_eq!(pushed_apart(&[(50.0, 10.0), (20.0, 10.0)], 0.0, 100.0), [50.0, 20.0]);
        assert_eq!(pushed_apart(&[(50.0, 10.0), (50.0, 10.0)], 0.0, 100.0), [45.0, 55.0]);
    }
}
