//! Counts allocations and what is allocated, and takes times.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

static COUNT: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicUsize = AtomicUsize::new(0);

pub struct Counting;

// SAFETY: all is done by the allocator of the system; counting touches no memory of
// its callers.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Relaxed);
        LIVE.fetch_add(layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.fetch_add(1, Relaxed);
        LIVE.fetch_add(size, Relaxed);
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// How many bytes are allocated.
pub fn live() -> usize {
    LIVE.load(Relaxed)
}

/// Does something with each of a few lists of inputs; prints the median of the times
/// of one input, the least of them, and its allocations.
pub fn each<T>(name: &str, rounds: Vec<Vec<T>>, mut work: impl FnMut(T)) {
    let mut times = Vec::with_capacity(rounds.len());
    let (mut allocations, mut inputs) = (0, 0);
    for (number, round) in rounds.into_iter().enumerate() {
        let (count, size) = (COUNT.load(Relaxed), round.len());
        let start = Instant::now();
        for input in round {
            work(input);
        }
        let time = start.elapsed().as_nanos() as f64 / size as f64;
        // The first warms up.
        if number > 0 {
            times.push(time);
            allocations += COUNT.load(Relaxed) - count;
            inputs += size;
        }
    }
    times.sort_by(f64::total_cmp);
    println!(
        "{name:<56} {:>12.2} µs {:>12.2} µs least {:>10.1} allocations",
        times[times.len() / 2] / 1000.0,
        times[0] / 1000.0,
        allocations as f64 / inputs as f64
    );
}
