//! Which elements of a large array are shown.

use ndarray::ArrayD;

use super::Layout;

/// How many elements of a summarised array are shown; six along each of three axes and more.
const MOST_CORNERS: usize = 1000;

/// The places along each axis that are shown, in order; `None` stands for those left out.
pub(super) struct Window {
    pub axes: Vec<Vec<Option<usize>>>,
}

impl Window {
    /// Shows an array in full up to the threshold, beyond that both ends of each axis. The
    /// element in `focus` is always among what is shown.
    ///
    /// NumPy shows as many edge items however many axes there are; here they become fewer where
    /// the corners alone would be more than [`MOST_CORNERS`].
    pub fn new(shape: &[usize], layout: &Layout, focus: Option<&[usize]>) -> Self {
        let size = |sides: &mut dyn Iterator<Item = usize>| {
            sides.fold(1, |size: usize, side| size.saturating_mul(side))
        };
        if size(&mut shape.iter().copied()) <= layout.threshold {
            let axes = shape.iter().map(|&side| (0..side).map(Some).collect());
            return Self { axes: axes.collect() };
        }
        let mut edge = layout.edge_items.min(MOST_CORNERS);
        loop {
            let axes = shape.iter().enumerate().map(|(axis, &side)| {
                let focus = focus.and_then(|focus| focus.get(axis)).copied();
                axis_window(side, edge, focus.filter(|&focus| focus < side))
            });
            let axes: Vec<Vec<Option<usize>>> = axes.collect();
            let shown = size(&mut axes.iter().map(|axis| axis.iter().flatten().count()));
            if shown <= MOST_CORNERS || edge == 0 {
                return Self { axes };
            }
            edge -= 1;
        }
    }

    /// Whether an element is shown.
    pub fn shows(&self, index: &[usize]) -> bool {
        index.len() == self.axes.len()
            && self.axes.iter().zip(index).all(|(axis, place)| axis.contains(&Some(*place)))
    }

    /// The indices of the elements that are shown, in row-major order.
    pub fn indices(&self) -> Vec<Vec<usize>> {
        let mut indices = vec![Vec::new()];
        for axis in &self.axes {
            let longer = |index: &Vec<usize>| {
                let places = axis.iter().flatten();
                places.map(|&place| [&index[..], &[place]].concat()).collect::<Vec<_>>()
            };
            indices = indices.iter().flat_map(longer).collect();
        }
        indices
    }

    /// The elements that are shown.
    pub fn elements<'a, T>(&self, array: &'a ArrayD<T>) -> Vec<&'a T> {
        self.indices().iter().filter_map(|index| array.get(&index[..])).collect()
    }
}

fn axis_window(side: usize, edge: usize, focus: Option<usize>) -> Vec<Option<usize>> {
    if side <= edge.saturating_mul(2) {
        return (0..side).map(Some).collect();
    }
    let mut shown: Vec<usize> = (0..edge).chain(side - edge..side).chain(focus).collect();
    shown.sort_unstable();
    shown.dedup();
    let mut axis = Vec::new();
    let mut next = 0;
    for place in shown {
        if place > next {
            axis.push(None);
        }
        axis.push(Some(place));
        next = place + 1;
    }
    if next < side {
        axis.push(None);
    }
    axis
}
