import Glibc

/// What a worker process takes upon itself before it reads its first file.
///
/// Limits of resources only ever shrink, but the one of processor time, which is set anew for each file. A limit
/// below the present one is left as it is.
package enum ProcessLimits {
  /// Ends this process by SIGALRM after so many seconds, unless it is set again: a worker whose parent is gone
  /// can't hang on. 0 takes it back.
  package static func endAfter(seconds: Int) {
    _ = alarm(UInt32(clamping: seconds))
  }

  /// Ends this process by SIGXCPU after so many more seconds of processor time, of all its threads together,
  /// unless it is set again. Counted in whole seconds, so up to one second later.
  package static func endAfter(processorSeconds seconds: Int) {
    var limit = rlimit()
    guard unsafe getrlimit(kind(RLIMIT_CPU), &limit) == 0 else { return }
    var usage = rusage()
    guard unsafe getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return }
    let used = Int(usage.ru_utime.tv_sec) + Int(usage.ru_stime.tv_sec) + 1
    // Only the soft limit: the hard one could not be raised for the next file.
    limit.rlim_cur = min(rlim_t(used + max(0, seconds)), limit.rlim_max)
    // Who started this process may have ignored it.
    signal(SIGXCPU, SIG_DFL)
    unsafe setrlimit(kind(RLIMIT_CPU), &limit)
  }

  /// Refuses address space beyond this, so that a decoder's request for memory fails before the machine's does.
  package static func limitAddressSpace(bytes: Int) { shrink(RLIMIT_AS, to: bytes) }

  /// At most so many descriptors at once. Those that are open stay.
  package static func limitOpenFiles(_ count: Int) { shrink(RLIMIT_NOFILE, to: count) }

  /// As many descriptors at once as the system lets this process have: each connection is one.
  ///
  /// - Returns: how many these are.
  @discardableResult
  package static func raiseOpenFiles() -> Int {
    var limit = rlimit()
    guard unsafe getrlimit(kind(RLIMIT_NOFILE), &limit) == 0 else { return 1024 }
    limit.rlim_cur = limit.rlim_max
    unsafe setrlimit(kind(RLIMIT_NOFILE), &limit)
    return Int(clamping: limit.rlim_max)
  }

  /// No byte goes into a file: that fails with EFBIG. Pipes are no files.
  package static func forbidFileWriting() {
    // An error that a decoder reports says more than its death does.
    signal(SIGXFSZ, SIG_IGN)
    shrink(RLIMIT_FSIZE, to: 0)
  }

  /// Others come first: whoever asks a question while pictures are measured must not wait for a processor.
  package static func yieldToOthers() { _ = nice(5) }

  /// No core files: a crashed decoder's memory is of no use to users, and holds their pictures.
  package static func disableCoreDumps() { shrink(RLIMIT_CORE, to: 0) }

  private static func shrink(_ resource: __rlimit_resource, to bound: Int) {
    var limit = rlimit()
    guard unsafe getrlimit(kind(resource), &limit) == 0 else { return }
    let value = min(rlim_t(max(0, bound)), limit.rlim_max)
    limit = rlimit(rlim_cur: min(value, limit.rlim_cur), rlim_max: value)
    unsafe setrlimit(kind(resource), &limit)
  }

  private static func kind(_ resource: __rlimit_resource) -> __rlimit_resource_t {
    __rlimit_resource_t(resource.rawValue)
  }
}
