#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Puts a file in the place of another at once (POSIX rename): whoever opens the place finds the old one or the new one, whole.
///
/// - Returns: false where the system refuses.
package func renameFile(_ from: String, to place: String) -> Bool { unsafe rename(from, place) == 0 }
