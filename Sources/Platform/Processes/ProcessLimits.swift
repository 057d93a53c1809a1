import Glibc

/// What a worker process takes upon itself before it reads its first file.
package enum ProcessLimits {
  /// Ends this process by SIGALRM after so many seconds, unless it is set again: a worker whose parent is gone
  /// can't hang on. 0 takes it back.
  package static func endAfter(seconds: Int) {
    _ = alarm(UInt32(clamping: seconds))
  }

  /// Refuses address space beyond this, so that a decoder's request for memory fails before the machine's does.
  package static func limitAddressSpace(bytes: Int) {
    var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }

  /// No core files: a crashed decoder's memory is of no use to users, and holds their pictures.
  package static func disableCoreDumps() {
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
  }
}
