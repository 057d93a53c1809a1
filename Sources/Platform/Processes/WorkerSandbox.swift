import CLinux

/// What a process gives up, for good and without root, before it reads files that strangers made: a decoder that
/// is taken over by a crafted picture can then read, compute and answer, and nothing else.
package enum WorkerSandbox {
  /// What the kernel has granted. A kernel without one of them, or a container that forbids it, leaves it out.
  package struct Protection: OptionSet, Hashable, Sendable, Codable {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// No program that is executed would get rights that this process lacks.
    package static let noNewPrivileges = Protection(rawValue: MORELLI_SANDBOX_NO_NEW_PRIVILEGES)
    /// System calls are filtered, in all threads (seccomp(2)): no network, no opening for writing, no other
    /// programs, no signals to other processes. They fail with EPERM.
    package static let systemCalls = Protection(rawValue: MORELLI_SANDBOX_SECCOMP)
    /// The file system is read-only (landlock(7)), for the calling thread and those that it starts afterwards.
    package static let files = Protection(rawValue: MORELLI_SANDBOX_LANDLOCK)
  }

  /// Gives up the network, writing, other programs and other processes.
  ///
  /// What is open stays open and writable: pipes, and files too. Threads, memory and reading work on. What a
  /// library keeps in a temporary file for want of memory fails.
  ///
  /// - Returns: what is in force; less than asked for is no error, but should be told.
  package static func enter() -> Protection { Protection(rawValue: morelli_sandbox_enter()) }
}

extension WorkerSandbox.Protection: CustomStringConvertible {
  /// The mechanisms' own names, such as `seccomp, landlock`; `none` where neither is in force.
  package var description: String {
    let names = [(Self.systemCalls, "seccomp"), (.files, "landlock")].filter { contains($0.0) }.map(\.1)
    return names.isEmpty ? "none" : names.joined(separator: ", ")
  }
}
