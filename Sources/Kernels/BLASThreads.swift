import COpenBLAS

/// How many threads OpenBLAS uses for one large product: the only door to that setting.
///
/// There is one number for the whole process, shared by every caller of BLAS, the exact index too. OpenBLAS starts
/// with one thread a core, or with what `OPENBLAS_NUM_THREADS` says. Set it once, as the program starts: the programs
/// that run work side by side on threads of their own want 1, those that answer one query at a time want the cores.
package enum BLASThreads {
  /// The number in force.
  package static var count: Int { Int(openblas_get_num_threads()) }

  /// Sets the number; it may come out lower, as OpenBLAS is built with a ceiling.
  ///
  /// - Parameter count: 1 or more. Not to be called while a product is running.
  package static func set(_ count: Int) {
    precondition(count > 0, "BLAS needs a thread")
    openblas_set_num_threads(Int32(clamping: count))
  }
}
