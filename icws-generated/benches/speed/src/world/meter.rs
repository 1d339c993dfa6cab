//! Counts what is allocated, by who does it: the server's thread, or another one.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicIsize, Ordering::Relaxed};

static SERVER: AtomicIsize = AtomicIsize::new(0);
static OTHERS: AtomicIsize = AtomicIsize::new(0);

thread_local! {
    static IS_SERVER: Cell<bool> = const { Cell::new(false) };
}

#[global_allocator]
static COUNTING: Counting = Counting;

struct Counting;

fn count(bytes: isize) {
    let is_server = IS_SERVER.try_with(Cell::get).unwrap_or_default();
    let counter = if is_server { &SERVER } else { &OTHERS };
    counter.fetch_add(bytes, Relaxed);
}

fn signed(bytes: usize) -> isize {
    isize::try_from(bytes).unwrap_or(isize::MAX)
}

// SAFETY: all is done by the allocator of the system; counting touches no memory of
// its callers.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(signed(size) - signed(layout.size()));
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// What this thread allocates is the server's from now on.
pub fn is_server() {
    IS_SERVER.set(true);
}

/// The bytes that the server's thread has allocated and not given back. What one
/// thread allocates and another gives back is counted for both.
pub fn server() -> f64 {
    SERVER.load(Relaxed) as f64
}

/// The bytes of all threads.
pub fn all() -> f64 {
    (SERVER.load(Relaxed) + OTHERS.load(Relaxed)) as f64
}
