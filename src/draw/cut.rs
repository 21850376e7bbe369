//! Lists too long for their page.

/// How a list is cut: the rows of its head, of its tail, and one row for all between and those without a number.
pub struct Cut<'a, T> {
    /// Rows that have a number
    pub known: fn(&T) -> bool,
    /// Rows of the tail, such as decreases: they stand last in the list, and the page keeps room for them
    pub tail: &'a dyn Fn(&T) -> bool,
    /// The row that stands for the rows left out
    pub others: &'a dyn Fn(&[T]) -> T,
}

impl<T: Clone> Cut<'_, T> {
    /// As many rows of a list as there is room for.
    pub fn of(&self, list: &[T], capacity: usize) -> Vec<T> {
        if list.len() <= capacity {
            return list.to_vec();
        }
        let known: Vec<&T> = list.iter().filter(|row| (self.known)(row)).collect();
        let kept = capacity.saturating_sub(1);
        let tails = known.iter().filter(|row| (self.tail)(row)).count();
        let heads = known.len() - tails;
        let tail = tails.min((kept / 2).max(kept.saturating_sub(heads)));
        let head = heads.min(kept - tail);
        let (first, last) = (&known[..head], &known[known.len() - tail..]);
        let shown = |row: &T| first.iter().chain(last).any(|other| std::ptr::eq(*other, row));
        let hidden: Vec<T> = list.iter().filter(|row| !shown(row)).cloned().collect();
        let others = std::iter::once((self.others)(&hidden));
        first.iter().map(|row| (*row).clone()).chain(others).chain(last.iter().map(|row| (*row).clone())).collect()
    }
}
