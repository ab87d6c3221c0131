//! How the C library hands out memory.

/// Has all threads allocate from one heap.
///
/// By default each gets a heap of its own, for which the C library reserves 64 MiB of address space:
/// a dozen threads would reach the memory limit before they allocate anything.
pub fn share_heap() {
    #[expect(unsafe_code, reason = "it is a function of C's")]
    // SAFETY: the call sets a number and is made before there is a second thread.
    unsafe {
        // It fails only for numbers that make no sense.
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}
