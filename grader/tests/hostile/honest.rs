//! Honest submissions that look odd, do much or come near a limit: none may lose a point.

use crate::attack::{BOX, NOTHING, beside, costs_nothing, every_call, grade};
use crate::project::Submission;

/// Loses nothing, neither in the box nor without it.
fn loses_nothing(submission: &Submission) {
    costs_nothing(&grade(submission, NOTHING, &["softmax"]));
    costs_nothing(&grade(submission, BOX, &["softmax"]));
}

#[test]
fn slices_of_ndarray_may_be_taken() {
    // The macro expands to unsafe code of ndarray's.
    loses_nothing(&every_call(
        "let mut copy = x.clone();
    for mut row in copy.rows_mut() { let (a, b) = row.multi_slice_mut((ndarray::s![..1.min(x.ncols())], ndarray::s![x.ncols()..])); _ = (a, b); }
    assert_eq!(x.slice(ndarray::s![.., ..;-1]).slice(ndarray::s![.., ..;-1]), x);
    let _same = ndarray::azip!((c in &mut copy, &v in x) *c = v);
    let _stack = ndarray::stack![Axis(0), *x, *x];",
    ));
}

#[test]
fn threads_may_work_and_end() {
    loses_nothing(&every_call(
        "let numbers: Vec<f64> = x.iter().copied().collect();
    let (left, right) = numbers.split_at(numbers.len() / 2);
    let sum = std::thread::scope(|scope| {
        let halves = [left, right].map(|half| scope.spawn(move || half.iter().sum::<f64>()));
        halves.into_iter().map(|half| half.join().unwrap()).sum::<f64>()
    });
    assert!((sum - x.sum()).abs() < 1e-6);
    let (sender, receiver) = std::sync::mpsc::channel();
    let thread = std::thread::Builder::new().name(\"main\".into()).spawn(move || sender.send(7)).unwrap();
    assert_eq!(receiver.recv().unwrap(), 7);
    thread.join().unwrap().unwrap();
    assert!(std::thread::available_parallelism().is_ok());",
    ));
}

#[test]
fn sixty_four_threads_may_run_at_once() {
    loses_nothing(&every_call(
        "let barrier = std::sync::Barrier::new(64);
    std::thread::scope(|scope| for _ in 0..64 { scope.spawn(|| barrier.wait()); });",
    ));
}

#[test]
fn a_few_threads_may_run_at_once() {
    loses_nothing(&every_call(
        "let barrier = std::sync::Barrier::new(8);
    std::thread::scope(|scope| for _ in 0..8 { scope.spawn(|| barrier.wait()); });",
    ));
}

#[test]
fn every_call_may_print() {
    loses_nothing(&every_call(
        "println!(\"x = {x:?}\"); eprintln!(\"{:p}\", x); dbg!(x.dim());
    use std::io::Write; std::io::stdout().lock().write_all(b\"half a line\").unwrap();",
    ));
}

#[test]
fn a_panic_may_be_caught() {
    loses_nothing(&every_call(
        "assert!(std::panic::catch_unwind(|| panic!(\"caught\")).is_err());
    assert!(std::thread::spawn(|| panic!(\"in a thread\")).join().is_err());
    assert!(\"x\".parse::<f64>().is_err());
    std::panic::set_hook(Box::new(|_| {}));",
    ));
}

#[test]
fn state_of_every_kind_may_be_kept() {
    let items = "use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{LazyLock, Mutex, OnceLock, RwLock, atomic::{AtomicUsize, Ordering}};
static TABLE: LazyLock<HashMap<&str, f64>> = LazyLock::new(|| HashMap::from([(\"one\", 1.0)]));
static ONCE: OnceLock<Vec<f64>> = OnceLock::new();
static LOCK: Mutex<BTreeMap<usize, f64>> = Mutex::new(BTreeMap::new());
static READ: RwLock<f64> = RwLock::new(0.0);
static COUNT: AtomicUsize = AtomicUsize::new(0);
thread_local! { static SEEN: RefCell<HashSet<usize>> = RefCell::default(); static LAST: Cell<f64> = const { Cell::new(0.0) }; }
pub fn remember(x: f64) -> f64 {
    let n = COUNT.fetch_add(1, Ordering::SeqCst);
    LOCK.lock().unwrap().insert(n, x);
    *READ.write().unwrap() = x;
    SEEN.with_borrow_mut(|seen| seen.insert(n));
    LAST.set(x);
    x * TABLE[\"one\"] + ONCE.get_or_init(|| vec![0.0])[0]
}";
    let call = "assert_eq!(remember(2.0), 2.0);";
    let submission = every_call(call);
    let file = submission.folder().join("softmax.rs");
    let text = std::fs::read_to_string(&file).unwrap();
    loses_nothing(&submission.with("softmax.rs", &format!("{text}\n{items}\n")));
}

#[test]
fn much_memory_and_deep_recursion_are_allowed() {
    loses_nothing(&every_call(
        "let large = vec![1_u8; 100 << 20];
    assert_eq!(large.iter().step_by(4096).map(|b| *b as usize).sum::<usize>(), (100 << 20) / 4096);
    fn depth(n: u64) -> u64 { if n == 0 { 0 } else { 1 + depth(n - 1) } }
    assert_eq!(depth(1000), 1000);
    let mut grown = Vec::new();
    for n in 0..1_000_000 { grown.push(n); }
    grown.shrink_to_fit();",
    ));
}

#[test]
fn the_clock_and_chance_may_be_asked() {
    loses_nothing(&every_call(
        "use std::hash::{BuildHasher, RandomState};
    let start = std::time::Instant::now();
    std::thread::sleep(std::time::Duration::from_millis(1));
    assert!(start.elapsed().as_micros() >= 1000);
    assert!(std::time::SystemTime::now() > std::time::UNIX_EPOCH);
    _ = RandomState::new().hash_one(x.len());
    std::thread::yield_now();
    _ = std::process::id();",
    ));
}

#[test]
fn words_of_the_rules_may_be_names_and_texts() {
    // What a look at the tokens must tell from what it is there for.
    let items = "/// Never `unsafe { }`: `include_str!(\"x\")`, `#[no_mangle]`, `asm!` and `extern \"C\"` are out.
///
/// ```
/// unsafe { std::hint::unreachable_unchecked() }
/// ```
/* unsafe no_mangle include! */
pub fn words(path: f64, env: f64, link: f64, include: f64, asm: f64, used: f64) -> f64 {
    struct Point { path: f64, link: f64, section: f64 }
    let point = Point { path, link, section: env };
    let text = \"unsafe { include!(\\\"/etc/passwd\\\") } #[path = \\\"x\\\"] // */ /*\";
    let raw = r##\"\"# unsafe #[no_mangle] \"##;
    let (byte, quote, lifetime) = (b'\"', '\"', 'l: loop { break 'l 1.0 });
    point.path + point.link + point.section + include + asm + used
        + (text.len() + raw.len()) as f64 * 0.0 + f64::from(byte) * 0.0 + f64::from(quote as u8) * 0.0 * lifetime
}
pub mod extern_ { pub mod path { pub fn env() -> usize { 1 } } }
macro_rules! path { ($($x:expr),*) => { [$($x),*] } }
pub fn list() -> [f64; 2] { path![1.0, 2.0] }
";
    loses_nothing(&beside(items));
}

#[test]
fn macros_generics_and_traits_of_one_s_own_may_be_used() {
    let items = "use std::fmt::Debug;
use std::ops::{Add, Mul};
macro_rules! sum { ($first:expr $(, $rest:expr)*) => { $first $(+ $rest)* } }
pub trait Shape: Debug { const SIDES: usize; fn area(&self) -> f64; fn name(&self) -> String { format!(\"{self:?}\") } }
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Square<T>(T);
impl<T: Copy + Debug + Mul<Output = T> + Into<f64>> Shape for Square<T> { const SIDES: usize = 4; fn area(&self) -> f64 { (self.0 * self.0).into() } }
impl<T: Add<Output = T>> Add for Square<T> { type Output = Self; fn add(self, other: Self) -> Self { Square(self.0 + other.0) } }
pub fn largest<'a, S: Shape>(shapes: &'a [S]) -> Option<&'a S> { shapes.iter().max_by(|a, b| a.area().total_cmp(&b.area())) }
pub fn boxed() -> Vec<Box<dyn Fn(f64) -> f64 + Send + Sync>> { vec![Box::new(|x| sum!(x, 1.0, 2.0)), Box::new(f64::sqrt)] }
pub const fn power(base: u64, exponent: u32) -> u64 { let mut n = 1; let mut i = 0; while i < exponent { n *= base; i += 1; } n }
pub const TABLE: [u64; 64] = { let mut table = [0; 64]; let mut i = 0; while i < 64 { table[i] = power(3, i as u32 / 2); i += 1; } table };
pub async fn later() -> f64 { 1.0 }
pub fn hidden() -> impl Iterator<Item = f64> { (0..3).map(f64::from).flat_map(|x| std::iter::repeat_n(x, 2)) }
#[cfg(test)]
mod tests { #[test] fn it_works() { assert!(super::hidden().count() == 6); } }
";
    loses_nothing(&beside(items));
}

#[test]
fn a_helper_module_may_be_shared() {
    let submission = every_call("assert_eq!(crate::stats::deeper::twice(2.0), 4.0);")
        .with("stats.rs", "//! Helps.\n\npub mod deeper {\n    pub fn twice(x: f64) -> f64 {\n        crate::more::times(x, 2.0)\n    }\n}\n")
        .with("more.rs", "pub fn times(x: f64, y: f64) -> f64 {\n    x * y\n}\n");
    loses_nothing(&submission);
}

#[test]
fn a_result_may_be_slow_within_its_time() {
    loses_nothing(&every_call("std::thread::sleep(std::time::Duration::from_millis(150));"));
}

#[test]
fn attributes_that_only_inform_are_allowed() {
    let text =
        "#![allow(dead_code, unused, clippy::all)]\n#![warn(missing_docs)]\n#![doc = \"A text\"]\n";
    let source = std::fs::read_to_string(crate::project::root().join("solutions/src/softmax.rs"));
    let (lesson, code) = source.as_ref().unwrap().split_once("use ndarray::{Array2").unwrap();
    let items = "#[inline(always)]\n#[must_use]\n#[deprecated]\n#[doc(hidden)]\n#[cold]\n#[track_caller]\n#[cfg(not(any()))]\npub fn marked() -> f64 { 1.0 }\n#[derive(Debug)]\n#[repr(u8)]\n#[non_exhaustive]\npub enum E { A = 1 }\n";
    let source = format!("{lesson}{text}use ndarray::{{Array2{code}\n{items}");
    loses_nothing(&Submission::perfect().with("softmax.rs", &source));
}
