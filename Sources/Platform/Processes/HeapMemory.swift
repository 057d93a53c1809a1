import CLinux

/// What the C library's allocator keeps of this process.
package enum HeapMemory {
  /// By default each thread that allocates has a heap of its own, and what a large piece of work leaves in it stays. A daemon
  /// whose threads take turns at large work wants few. To be called before there are threads.
  package static func shareHeaps() { morelli_heap_share(2) }

  /// Gives back to the system what is not in use, after large work.
  package static func giveBack() { morelli_heap_trim() }
}
