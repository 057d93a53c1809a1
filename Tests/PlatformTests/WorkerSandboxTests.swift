import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

/// Each test is a process of its own: what is given up doesn't come back.
@Suite struct WorkerSandboxTests {
  fileprivate static func enter() {
    #expect(WorkerSandbox.enter().contains(.systemCalls), "this kernel has no seccomp for us")
  }

  @Test func saysWhatIsInForce() async {
    await #expect(processExitsWith: .success) {
      let protection = WorkerSandbox.enter()
      // Every supported kernel has this one (Linux 3.5).
      #expect(protection.contains(.noNewPrivileges))
      let status = try #require(
        try? String(decoding: FilePath("/proc/self/status").leadingBytes(8192), as: UTF8.self))
      #expect(status.contains("NoNewPrivs:\t1\n"))
      // 2: a filter (proc(5)).
      #expect(status.contains("Seccomp:\t2\n") == protection.contains(.systemCalls))
      // Twice is no failure.
      #expect(WorkerSandbox.enter() == protection)
    }
  }

  @Test func words() {
    #expect(WorkerSandbox.Protection([]).description == "none")
    #expect(WorkerSandbox.Protection.noNewPrivileges.description == "none")
    #expect(WorkerSandbox.Protection([.systemCalls, .noNewPrivileges]).description == "seccomp")
    #expect(WorkerSandbox.Protection([.files, .systemCalls]).description == "seccomp, landlock")
  }

  @Test func noSockets() async {
    await #expect(processExitsWith: .success) { Forbidden.sockets() }
  }

  @Test func noWriting() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("abc", to: "f").string
    await #expect(processExitsWith: .success) { [path = path as String] in Forbidden.writing(to: path) }
    #expect(try FilePath(path).leadingBytes(9) == Array("abc".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path.string) == ["f"])
  }

  @Test func noOtherProgramsAndProcesses() async {
    await #expect(processExitsWith: .success) { Forbidden.processes() }
  }

  @Test func readsComputesAndStartsThreads() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("abc", to: "f").string
    await #expect(processExitsWith: .success) { [file = file as String] in
      let pipe = try FileDescriptor.pipe()
      WorkerSandboxTests.enter()
      let mapped = try MappedFile(opening: FilePath(file))
      #expect(mapped.withBytes { [$0[0], $0[1], $0[2]] } == Array("abc".utf8))
      var walk = DirectoryWalk(FilePath(file).removingLastComponent())
      #expect(walk.next() != nil)
      let done = DispatchSemaphore(value: 0)
      for _ in 0..<4 { Thread { done.signal() }.start() }
      for _ in 0..<4 { #expect(done.wait(timeout: .now() + 10) == .success) }
      // Beyond malloc's own heap: mmap, mprotect, munmap.
      #expect([UInt8](repeating: 1, count: 64 << 20).reduce(0) { $0 + Int($1) } == 64 << 20)
      try FrameStream(input: pipe.readEnd, output: pipe.writeEnd).write([1, 2])
      #expect(try FrameStream(input: pipe.readEnd, output: pipe.writeEnd).read() == [1, 2])
      #expect(kill(getpid(), 0) == 0)
      ProcessLimits.endAfter(processorSeconds: 100)
    }
  }

  /// A crash must stay a crash: the parent reads the signal.
  @Test func aborts() async {
    await #expect(processExitsWith: .signal(SIGABRT)) {
      ProcessLimits.disableCoreDumps()
      WorkerSandboxTests.enter()
      abort()
    }
  }

  @Test func coversThreadsThatRunAlready() async {
    await #expect(processExitsWith: .success) {
      let go = DispatchSemaphore(value: 0)
      let done = DispatchSemaphore(value: 0)
      Thread {
        go.wait()
        if socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0) == -1 && errno == EPERM { done.signal() }
      }.start()
      WorkerSandboxTests.enter()
      go.signal()
      #expect(done.wait(timeout: .now() + 10) == .success)
    }
  }
}

/// What must be refused, each in a process that is under the sandbox already or about to be.
private enum Forbidden {
  /// Each of the calls must fail, for want of the right to it.
  private static func expectRefusal(_ calls: [(name: String, call: () -> Int)]) {
    for (name, call) in calls {
      errno = 0
      let (result, error) = (call(), errno)
      #expect(result == -1 && error == EPERM, "\(name): \(result), error \(error)")
    }
  }

  static func sockets() {
    let datagrams = Int32(SOCK_DGRAM.rawValue)
    let open = socket(AF_UNIX, datagrams, 0)
    #expect(open >= 0)
    WorkerSandboxTests.enter()
    expectRefusal(
      [AF_UNIX, AF_INET, AF_INET6, AF_NETLINK].map { family in
        ("family \(family)", { Int(socket(family, datagrams, 0)) })
      })
    // Nor through one that was open.
    var address = sockaddr()
    address.sa_family = sa_family_t(AF_UNIX)
    var pair: [Int32] = [0, 0]
    expectRefusal([
      ("socketpair", { unsafe Int(socketpair(AF_UNIX, datagrams, 0, &pair)) }),
      ("connect", { unsafe Int(connect(open, &address, 2)) }),
      ("bind", { unsafe Int(bind(open, &address, 2)) }),
      ("sendto", { unsafe sendto(open, "x", 1, 0, &address, 2) }),
    ])
  }

  static func writing(to path: String) {
    let reader = try? FileDescriptor.open(FilePath(path), .readOnly)
    let (number, other) = (reader?.rawValue ?? -1, path + "2")
    #expect(number >= 0)
    WorkerSandboxTests.enter()
    for flags in [O_WRONLY, O_RDWR, O_RDONLY | O_TRUNC, O_WRONLY | O_APPEND, O_RDONLY | O_CREAT] {
      #expect(throws: Errno.notPermitted, "\(flags)") {
        try FileDescriptor.open(
          FilePath(flags & O_CREAT == 0 ? path : other),
          FileDescriptor.AccessMode(rawValue: flags & O_ACCMODE),
          options: FileDescriptor.OpenOptions(rawValue: flags & ~O_ACCMODE), permissions: .ownerReadWrite)
      }
    }
    expectRefusal([
      ("creat", { unsafe Int(creat(path, 0o600)) }),
      ("unlink", { unsafe Int(unlink(path)) }),
      ("rename", { unsafe Int(rename(path, other)) }),
      ("mkdir", { unsafe Int(mkdir(other, 0o700)) }),
      ("rmdir", { unsafe Int(rmdir("/tmp")) }),
      ("link", { unsafe Int(link(path, other)) }),
      ("symlink", { unsafe Int(symlink(path, other)) }),
      ("mkfifo", { unsafe Int(mkfifo(other, 0o600)) }),
      ("truncate", { unsafe Int(truncate(path, 0)) }),
      ("chmod", { unsafe Int(chmod(path, 0o600)) }),
      ("chown", { unsafe Int(chown(path, getuid(), getgid())) }),
      ("utimes", { unsafe Int(utimes(path, nil)) }),
      // What a descriptor that is open for reading would allow.
      ("fchmod", { Int(fchmod(number, 0o600)) }),
      ("futimens", { Int(futimens(number, nil)) }),
      ("flock", { Int(flock(number, LOCK_SH)) }),
    ])
  }

  static func processes() {
    WorkerSandboxTests.enter()
    #expect(throws: Errno.notPermitted) { _ = try ChildProcess(["/bin/true"]) }
    let parent = getppid()
    expectRefusal([
      ("execv", { unsafe Int(execv("/bin/true", [nil])) }),
      ("kill", { Int(kill(parent, 0)) }),
      ("kill its group", { Int(kill(0, 0)) }),
      ("kill all", { Int(kill(-1, 0)) }),
      ("setpriority", { Int(setpriority(__priority_which_t(PRIO_PROCESS.rawValue), UInt32(parent), 5)) }),
    ])
  }
}
