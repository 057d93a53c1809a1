import Glibc

/// What the C library's allocator keeps of this process.
package enum HeapMemory {
  /// By default each thread that allocates has a heap of its own, and what a large piece of work leaves in it stays. A daemon
  /// whose threads take turns at large work wants few. To be called before there are threads.
  package static func shareHeaps() {
    // M_ARENA_MAX of malloc.h, which Swift doesn't see.
    _ = mallopt(-8, 2)
  }

  /// Gives back to the system what is not in use, after large work.
  package static func giveBack() { _ = malloc_trim(0) }
}
