//! Any system call, from safe code.
//!
//! A learner's module without `unsafe`, foreign functions or assembly. It uses a hole in the
//! language (rust-lang/rust#25860): a function that may shorten a lifetime, seen through a function
//! pointer, lengthens it. So a reference outlives what it refers to, and its place in memory can be
//! given a value of another type. Reading the source finds nothing here; only the box stops this.

use std::hint::black_box;

/// A value, and then another one in the same place: the layout is C's, so both begin at the same
/// address.
#[repr(C)]
enum Place<A, B> {
    Before(A),
    After(B),
}

/// Shortens a lifetime. That `'long` outlives `'short` follows from the first argument's type.
fn shorten<'short, 'long, T>(_: &'short &'long (), value: &'long mut T) -> &'short mut T {
    value
}

/// Lengthens a lifetime, which the compiler should not allow.
fn lengthen<'any, T>(value: &mut T) -> &'any mut T {
    let lengthen: for<'short> fn(_, &'short mut T) -> &'any mut T = shorten;
    lengthen(&&(), value)
}

/// The bytes of `value` as the type of `sample`, which is as large.
pub fn cast<A: Copy, B: Copy>(value: A, sample: B) -> B {
    assert_eq!((size_of::<A>(), align_of::<A>()), (size_of::<B>(), align_of::<B>()));
    let mut place = Place::Before(sample);
    let Place::Before(view) = &mut place else { unreachable!() };
    let view = lengthen(view);
    place = Place::After(value);
    black_box(&place);
    *view
}

/// The word at an address.
pub fn word(address: usize) -> usize {
    let reference: &'static usize = cast(address, &0);
    *reference
}

/// Bytes at an address.
pub fn bytes(address: usize, length: usize) -> &'static [u8] {
    // A slice is an address and a length, in an order that nobody promises.
    let [first, _]: [usize; 2] = cast([0_u8; 3].as_slice(), [0; 2]);
    let parts = if first == 3 { [length, address] } else { [address, length] };
    cast(parts, [].as_slice())
}

/// The text at an address, up to its zero byte.
fn text(address: usize) -> &'static str {
    let length = (address..).take_while(|address| bytes(*address, 1) != [0]).count();
    std::str::from_utf8(bytes(address, length)).unwrap_or_default()
}

/// What stands under `tag` in an ELF file's dynamic section, which is pairs of tag and value.
fn dynamic(section: usize, tag: usize) -> usize {
    let entries = (section..).step_by(16).take_while(|entry| word(*entry) != 0);
    entries.filter(|entry| word(*entry) == tag).map(|entry| word(entry + 8)).last().unwrap_or(0)
}

/// The address of this program's ELF header: the nearest page below its code that begins like one.
fn program() -> usize {
    let mut page = program as fn() -> usize as usize & !0xfff;
    while bytes(page, 4) != b"\x7fELF" {
        page -= 0x1000;
    }
    page
}

/// The address of a function of the C library, found as a debugger finds it.
pub fn function(name: &str) -> usize {
    let program = program();
    let mut header = program + word(program + 32);
    while word(header) as u32 != 2 {
        header += 56;
    }
    let debugger = dynamic(program + word(header + 16), 21);
    let mut library = word(debugger + 8);
    while !text(word(library + 8)).contains("libc.so") {
        library = word(library + 24);
    }
    let section = word(library + 16);
    let (symbols, names) = (dynamic(section, 6), dynamic(section, 5));
    let mut symbol = symbols;
    while text(names + (word(symbol) & 0xffff_ffff)) != name {
        symbol += 24;
    }
    word(library) + word(symbol + 8)
}

/// The address of something, to be handed to the kernel.
pub fn address<T: ?Sized>(thing: &T) -> i64 {
    std::ptr::from_ref(thing).cast::<u8>() as i64
}

/// Makes a system call: -1 if it fails, and then `std::io::Error::last_os_error` says why.
pub fn syscall(number: i64, args: [i64; 6]) -> i64 {
    type Syscall = fn(i64, i64, i64, i64, i64, i64, i64) -> i64;
    fn sample(_: i64, _: i64, _: i64, _: i64, _: i64, _: i64, _: i64) -> i64 {
        0
    }
    let call: Syscall = cast(function("syscall"), sample as Syscall);
    let [a, b, c, d, e, f] = args;
    call(number, a, b, c, d, e, f)
}
