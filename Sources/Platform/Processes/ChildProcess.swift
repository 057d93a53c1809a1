import CLinux
package import Glibc
package import SystemPackage

/// A child of this program that speaks frames on its standard input and output.
///
/// The child leads a process group of its own, so that Ctrl-C at the terminal reaches the parent alone, which
/// then decides. Its standard error is `/dev/null`: decoders print there.
package final class ChildProcess {
  /// How a child ended.
  package enum Ending: Equatable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  package let identifier: pid_t
  package let stream: FrameStream
  private var ending: Ending?
  private var isStreamOpen = true

  /// Starts `arguments[0]` with the arguments (the first included) and the parent's environment, in which
  /// `environment` replaces or adds.
  ///
  /// - Throws: `Errno`.
  package init(_ arguments: [String], environment: [String: String] = [:]) throws(Errno) {
    precondition(!arguments.isEmpty)
    let toChild = try Self.pipe()
    let fromChild: (read: FileDescriptor, write: FileDescriptor)
    do throws(Errno) {
      fromChild = try Self.pipe()
    } catch {
      try? toChild.read.close()
      try? toChild.write.close()
      throw error
    }
    defer {
      try? toChild.read.close()
      try? fromChild.write.close()
    }
    do throws(Errno) {
      identifier = try Self.spawn(
        arguments, Self.merged(environment), input: toChild.read, output: fromChild.write)
    } catch {
      try? toChild.write.close()
      try? fromChild.read.close()
      throw error
    }
    stream = FrameStream(input: fromChild.read, output: toChild.write)
  }

  deinit {
    closeStream()
    if ending == nil { _ = kill() }
  }

  /// Closes both pipes, once: the child's input ends, and what it still writes reaches nobody.
  package func closeStream() {
    guard isStreamOpen else { return }
    isStreamOpen = false
    try? stream.output.close()
    try? stream.input.close()
  }

  /// Resident memory of its own in bytes, mapped files left out; nil once the child has ended.
  package var privateBytes: Int? {
    guard ending == nil,
      let file = try? FileDescriptor.open(
        FilePath("/proc/\(identifier)/statm"), .readOnly, options: .closeOnExec)
    else { return nil }
    defer { try? file.close() }
    var text = [UInt8](repeating: 0, count: 128)
    guard let count = unsafe try? text.withUnsafeMutableBytes({ try unsafe file.read(into: $0) }) else {
      return nil
    }
    let fields = String(decoding: text.prefix(count), as: UTF8.self).split(separator: " ")
    // proc(5): total, resident, resident and shared with a file, …, in pages.
    guard fields.count > 2, let resident = Int(fields[1]), let shared = Int(fields[2]) else { return nil }
    return (resident - shared) * Int(getpagesize())
  }

  /// Ends the child at once, if it still runs, and waits for it.
  package func kill() -> Ending {
    if let ending { return ending }
    Glibc.kill(identifier, SIGKILL)
    return wait()
  }

  /// Closes the stream, and waits for the child to end by itself.
  ///
  /// - Returns: nil when it did not within the time and had to be ended.
  package func finish(withinMilliseconds time: Int) -> Ending? {
    closeStream()
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: .milliseconds(time))
    while clock.now < deadline {
      if let ending = ended(options: WNOHANG) { return ending }
      usleep(2000)
    }
    _ = kill()
    return nil
  }

  /// Waits for the child's end. Close the stream first, or the child waits too.
  package func wait() -> Ending {
    while true { if let ending = ended(options: 0) { return ending } }
  }

  private func ended(options: Int32) -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    var result: pid_t = -1
    repeat { result = unsafe waitpid(identifier, &status, options) } while result < 0 && errno == EINTR
    if result == 0 { return nil }
    let signal = status & 0x7F
    let how = signal == 0 ? Ending.exited((status >> 8) & 0xFF) : .killed(signal: signal)
    ending = how
    return how
  }

  private static func pipe() throws(Errno) -> (read: FileDescriptor, write: FileDescriptor) {
    var ends: [Int32] = [0, 0]
    let failure = unsafe morelli_linux_pipe(&ends)
    guard failure == 0 else { throw Errno(rawValue: failure) }
    return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
  }

  private static func merged(_ changes: [String: String]) -> [String] {
    var entries: [String] = []
    var entry = unsafe environ
    while let pointer = unsafe entry.pointee {
      entries.append(unsafe String(cString: pointer))
      unsafe entry = entry.advanced(by: 1)
    }
    let kept = entries.filter { entry in !changes.keys.contains { entry.hasPrefix($0 + "=") } }
    return kept + changes.map { "\($0.key)=\($0.value)" }.sorted()
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String], input: FileDescriptor, output: FileDescriptor
  ) throws(Errno) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, input.rawValue, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, output.rawValue, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    // Whatever this process ignores or blocks (as under nohup) must not make the child deaf, to its alarm above all.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD] {
      unsafe sigaddset(&signals, signal)
    }
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var child: pid_t = 0
    let failure = unsafe withCStrings(arguments) { argv in
      unsafe withCStrings(environment) { envp in
        unsafe posix_spawn(&child, arguments[0], &actions, &attributes, argv, envp)
      }
    }
    guard failure == 0 else { throw Errno(rawValue: failure) }
    return child
  }

  private static func withCStrings<R>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    let copies = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { unsafe copies[index] = strdup(string) }
    unsafe copies[strings.count] = nil
    defer {
      for index in strings.indices { unsafe free(copies[index]) }
      unsafe copies.deallocate()
    }
    return unsafe body(copies)
  }
}
