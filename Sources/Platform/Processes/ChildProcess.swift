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

  /// Starts `arguments[0]` with the arguments (the first included) and the parent's environment, in which
  /// `environment` replaces or adds.
  ///
  /// - Throws: `Errno`.
  package init(_ arguments: [String], environment: [String: String] = [:]) throws(Errno) {
    precondition(!arguments.isEmpty)
    // A socket to the child, so that writing to one that is gone is an error and no SIGPIPE; a pipe from it, so that
    // a child whose parent is gone ends by SIGPIPE.
    let toChild = try unsafe Self.pair(morelli_linux_socket_pair)
    let fromChild = try unsafe Self.pair(morelli_linux_pipe)
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
    try? stream.output.close()
    try? stream.input.close()
    if ending == nil { _ = kill() }
  }

  /// Resident memory of its own in bytes, mapped files left out; nil once the child has ended.
  package var privateBytes: Int? {
    guard
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

  /// Waits for the child's end. Close the stream first, or the child waits too.
  package func wait() -> Ending {
    if let ending { return ending }
    var status: Int32 = 0
    while unsafe waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    let result = signal == 0 ? Ending.exited((status >> 8) & 0xFF) : .killed(signal: signal)
    ending = result
    return result
  }

  private static func pair(
    _ make: (UnsafeMutablePointer<Int32>) -> Int32
  ) throws(Errno) -> (read: FileDescriptor, write: FileDescriptor) {
    var ends: [Int32] = [0, 0]
    let failure = unsafe ends.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return EINVAL }
      return unsafe make(start)
    }
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
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    // Whatever the spawning thread blocks, the child starts with every signal open.
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
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
