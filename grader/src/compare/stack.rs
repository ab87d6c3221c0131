//! Lists of numbers as arrays.

use harness::Value;

use super::pair::{Kind, Numbers};

/// The array that a list stands for, as `numpy.array` would make it: items of one shape are
/// stacked along a new first axis. Integers among floats become floats.
///
/// A worker sends a `Vec<Vec<f64>>` or a tuple of floats as a list; a fixture writes the same
/// thing as an array. Nothing comes of a list that is ragged or holds anything but numbers.
pub(super) fn stack(items: &[Value]) -> Option<Numbers<'static>> {
    let mut shape = vec![items.len()];
    let mut level: Vec<&Value> = items.iter().collect();
    // Every round opens one level of lists, so the depth of the nesting costs no stack.
    while let Some(Value::List(first)) = level.first() {
        shape.push(first.len());
        let mut next = Vec::new();
        for item in level {
            match item {
                Value::List(items) if items.len() == first.len() => next.extend(items),
                _ => return None,
            }
        }
        level = next;
    }
    let leaves: Vec<Numbers> = level.into_iter().map(leaf).collect::<Option<_>>()?;
    if let Some(first) = leaves.first() {
        if leaves.iter().any(|leaf| leaf.shape != first.shape) {
            return None;
        }
        shape.extend_from_slice(&first.shape);
    }
    Some(Numbers::array(shape, concatenate(&leaves)?))
}

fn leaf(value: &Value) -> Option<Numbers<'_>> {
    match value {
        Value::List(_) => None,
        _ => Numbers::of(value),
    }
}

/// All elements in one: ints or bools if all are, floats if all are numbers.
fn concatenate(leaves: &[Numbers]) -> Option<Kind<'static>> {
    let mut floats = Vec::new();
    let mut ints = Vec::new();
    let mut bools = Vec::new();
    for leaf in leaves {
        match &leaf.kind {
            Kind::Floats(elements) => floats.extend_from_slice(elements),
            Kind::Ints(elements) => {
                floats.extend(elements.iter().map(|&element| element as f64));
                ints.extend_from_slice(elements);
            }
            Kind::Bools(elements) => bools.extend_from_slice(elements),
        }
    }
    match (floats.len(), ints.len(), bools.len()) {
        (0, 0, 0) => Some(Kind::Floats(floats.into())),
        (0, 0, _) => Some(Kind::Bools(bools.into())),
        (all, integral, 0) if all == integral => Some(Kind::Ints(ints.into())),
        (_, _, 0) => Some(Kind::Floats(floats.into())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn floats(items: &[f64]) -> Value {
        Value::List(items.iter().map(|&x| Value::Float(x)).collect())
    }

    fn stacked(items: &[Value]) -> Option<(Vec<usize>, Vec<f64>)> {
        let numbers = stack(items)?;
        match numbers.kind {
            Kind::Floats(elements) => Some((numbers.shape.into_owned(), elements.into_owned())),
            _ => None,
        }
    }

    #[test]
    fn rows_become_a_matrix() {
        let rows = [floats(&[1.0, 2.0, 3.0]), floats(&[4.0, 5.0, 6.0])];
        let expected = (vec![2, 3], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(stacked(&rows), Some(expected));
    }

    #[test]
    fn arrays_in_a_list_gain_an_axis() {
        let pair =
            [Value::Array(array![1.0, 2.0].into_dyn()), Value::Array(array![3.0, 4.0].into_dyn())];
        assert_eq!(stacked(&pair), Some((vec![2, 2], vec![1.0, 2.0, 3.0, 4.0])));
    }

    #[test]
    fn an_integer_among_floats_is_a_float() {
        let mixed = [Value::Float(0.5), Value::Int(2)];
        assert_eq!(stacked(&mixed), Some((vec![2], vec![0.5, 2.0])));
    }

    #[test]
    fn rows_of_nothing_keep_their_shape() {
        assert_eq!(stacked(&[]), Some((vec![0], vec![])));
        assert_eq!(stacked(&[floats(&[]), floats(&[])]), Some((vec![2, 0], vec![])));
    }

    #[test]
    fn ragged_and_mixed_lists_stay_lists() {
        let ragged = [floats(&[1.0]), floats(&[1.0, 2.0])];
        let depths = [floats(&[1.0]), Value::Float(1.0)];
        let kinds = [Value::Float(1.0), Value::Bool(true)];
        let texts = [Value::Text("a".into())];
        for items in [&ragged[..], &depths, &kinds, &texts] {
            assert!(stack(items).is_none(), "{items:?}");
        }
    }

    #[test]
    fn deep_nesting_costs_no_stack() {
        let mut nested = Value::Float(1.0);
        for _ in 0..1000 {
            nested = Value::List(vec![nested]);
        }
        assert_eq!(stacked(&[nested]).map(|(shape, _)| shape.len()), Some(1001));
    }
}
