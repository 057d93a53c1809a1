import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

@Suite struct ChildProcessTests {
  /// All that a child writes, until it closes its output.
  private func output(of child: ChildProcess) throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe child.stream.input.read(into: $0) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer.prefix(count)
    }
  }

  private func shell(_ script: String, environment: [String: String] = [:]) throws -> ChildProcess {
    try ChildProcess(["/bin/sh", "-c", script], environment: environment)
  }

  /// What the descriptors of this process point at, such as `pipe:[4711]`.
  private func openThings() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
  }

  private func pipes(of child: ChildProcess) throws -> [String] {
    try [child.stream.input, child.stream.output].map {
      try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0.rawValue)")
    }
  }

  @Test func speaksFrames() throws {
    let child = try ChildProcess(["/bin/cat"])
    for message in [[1, 2, 3], [], [UInt8](repeating: 5, count: 10_000)] as [[UInt8]] {
      try child.stream.write(message)
      #expect(try child.stream.read() == message)
    }
    #expect(child.privateBytes.map { $0 > 0 } == true)
    child.closeStream()
    #expect(child.wait() == .exited(0))
    #expect(child.wait() == .exited(0))
    #expect(child.privateBytes == nil)
  }

  @Test func endings() throws {
    #expect(try shell("exit 0").wait() == .exited(0))
    #expect(try shell("exit 42").wait() == .exited(42))
    #expect(try shell("kill -TERM $$").wait() == .killed(signal: SIGTERM))
    #expect(try shell("ulimit -c 0; kill -SEGV $$").wait() == .killed(signal: SIGSEGV))
  }

  @Test func killing() throws {
    let child = try ChildProcess(["/bin/sleep", "100"])
    #expect(child.kill() == .killed(signal: SIGKILL))
    #expect(child.kill() == .killed(signal: SIGKILL))
    #expect(Glibc.kill(child.identifier, 0) == -1)
  }

  @Test func finishing() throws {
    #expect(try ChildProcess(["/bin/cat"]).finish(withinMilliseconds: 10_000) == .exited(0))
    #expect(try shell("cat; exit 3").finish(withinMilliseconds: 10_000) == .exited(3))
    let deaf = try ChildProcess(["/bin/sleep", "100"])
    #expect(deaf.finish(withinMilliseconds: 30) == nil)
    #expect(deaf.wait() == .killed(signal: SIGKILL))
  }

  @Test func writingToADeadChildIsAnError() throws {
    let child = try ChildProcess(["/bin/true"])
    #expect(child.wait() == .exited(0))
    // A process that another test is just starting holds a copy of the pipe's reading end until it has become its
    // program: until then a write goes through.
    #expect(throws: Errno.brokenPipe) {
      for _ in 0..<1000 {
        try child.stream.write([1])
        usleep(10_000)
      }
    }
    #expect(try child.stream.read() == nil)
  }

  @Test func programsThatAreNotThere() throws {
    let before = try openThings().filter { $0.hasPrefix("/dev/null") }.count
    #expect(throws: Errno.noSuchFileOrDirectory) { try ChildProcess(["/no/such/program"]) }
    #expect(throws: Errno.permissionDenied) { try ChildProcess(["/etc/passwd"]) }
    #expect(try openThings().filter { $0.hasPrefix("/dev/null") }.count <= before + 1)
  }

  @Test func environment() throws {
    let script = #"printf %s "$MORELLI_TEST|$HOME|$PATH""#
    let changed = try shell(script, environment: ["MORELLI_TEST": "a=b c", "HOME": "/nowhere"])
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    #expect(try output(of: changed) == "a=b c|/nowhere|\(path)")
    // A name that only begins like another leaves that one alone.
    let kept = try shell(#"printf %s "$PATH""#, environment: ["PAT": "x"])
    #expect(try output(of: kept) == path)
    let once = try shell("env | grep -c '^PATH='", environment: ["PATH": "/bin:/usr/bin"])
    #expect(try output(of: once) == "1\n")
  }

  @Test func argumentsArriveAsTheyAre() throws {
    let child = try ChildProcess(["/bin/sh", "-c", #"printf '%s|' "$@""#, "sh", "a b", "", "*", "ä'\""])
    #expect(try output(of: child) == "a b||*|ä'\"|")
  }

  @Test func leadsItsOwnGroupAndIsQuiet() throws {
    let child = try shell("echo noise >&2; ps -o pgid= -p $$ 2>/dev/null || cut -d' ' -f5 /proc/$$/stat")
    #expect(try output(of: child).trimmingCharacters(in: .whitespacesAndNewlines) == "\(child.identifier)")
  }

  @Test func noDescriptorIsLeftBehind() throws {
    var pipes: Set<String> = []
    for number in 0..<50 {
      let child = try ChildProcess(["/bin/cat"])
      let own = try self.pipes(of: child)
      #expect(own.count == 2)
      pipes.formUnion(own)
      switch number % 3 {
      case 0: _ = child.kill()
      case 1: _ = child.finish(withinMilliseconds: 5000)
      default: break  // the owner's end does it
      }
    }
    #expect(pipes.count == 100)
    #expect(try Set(openThings()).isDisjoint(with: pipes))
  }

  /// Else its input would never end while a sibling lives.
  @Test func childrenDoNotHoldEachOthersPipes() throws {
    let first = try ChildProcess(["/bin/cat"])
    let second = try shell("ls -l /proc/self/fd")
    let held = try output(of: second)
    for pipe in try pipes(of: first) { #expect(!held.contains(pipe)) }
    #expect(first.finish(withinMilliseconds: 5000) == .exited(0))
  }

  @Test func goesAwayWithItsOwner() throws {
    var child: ChildProcess? = try ChildProcess(["/bin/sleep", "100"])
    let identifier = child?.identifier ?? 0
    #expect(Glibc.kill(identifier, 0) == 0)
    child = nil
    #expect(Glibc.kill(identifier, 0) == -1)
  }
}
