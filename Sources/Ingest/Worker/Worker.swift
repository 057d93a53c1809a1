import Glibc
import Imaging
import Platform
package import SystemPackage

/// The parent's end of one worker process: measures files in it, watches its time and memory, and starts
/// another when it is gone. Used by one thread at a time; every call blocks.
package final class Worker {
  /// How to start a worker: the program and its arguments.
  package struct Program: Sendable {
    package let arguments: [String]

    package init(arguments: [String]) { self.arguments = arguments }
  }

  private static let pollMilliseconds: Int32 = 20
  /// A file that is being written to is read again after so long.
  private static let settleMicroseconds: UInt32 = 200_000
  /// How often a file is tried when this befalls it; once for anything else. A crash may be owed to an earlier file;
  /// a worker that is killed from outside says nothing about the file at all.
  private static let attempts: [Refusal.Code: Int] = [.changing: 3, .crashed: 2, .killed: 10]

  private let program: Program
  private let settings: WorkerSettings
  private var child: ChildProcess?
  private var filesMeasured = 0

  package init(_ program: Program, settings: WorkerSettings) {
    self.program = program
    self.settings = settings
  }

  /// Measures one file.
  ///
  /// A crash is tried once more in a fresh process; so is a file that was being written to.
  package func measure(_ path: FilePath) -> Result<Measurement, Refusal> {
    var failures: [Refusal.Code: Int] = [:]
    while true {
      let result = attempt(path)
      guard case .failure(let refusal) = result else { return result }
      failures[refusal.code, default: 0] += 1
      guard let limit = Self.attempts[refusal.code], failures[refusal.code, default: 0] < limit else {
        return result
      }
      if refusal.code == .changing { usleep(Self.settleMicroseconds) }
    }
  }

  private func attempt(_ path: FilePath) -> Result<Measurement, Refusal> {
    do {
      let child = try readyChild()
      try child.stream.send(WorkerRequest(path))
      if let refusal = watch(child) { return .failure(refusal) }
      switch try child.stream.receive(WorkerReply.self) {
      case .measured(let measurement):
        filesMeasured += 1
        return .success(measurement)
      case .refused(let refusal): return .failure(refusal)
      case nil: return .failure(crash(of: child))
      }
    } catch let error as SpawnFailure {
      return .failure(Refusal(.unreadable, error.reason))
    } catch {
      // A pipe that breaks or a message that can't be read: the worker is lost.
      guard let child else {
        return .failure(Refusal(.crashed, "the decoder could not be reached (\(error))"))
      }
      return .failure(crash(of: child))
    }
  }

  private struct SpawnFailure: Error { let reason: String }

  private func readyChild() throws -> ChildProcess {
    if filesMeasured >= settings.filesPerWorker { replace() }
    if let child { return child }
    let started: ChildProcess
    do throws(Errno) {
      // Images run side by side, one thread each.
      started = try ChildProcess(
        program.arguments,
        environment: ["OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"])
    } catch {
      throw SpawnFailure(reason: "no decoder process could be started (\(error))")
    }
    try started.stream.send(settings)
    child = started
    return started
  }

  /// Waits for the answer to begin; a refusal if the time or the memory is over first.
  private func watch(_ child: ChildProcess) -> Refusal? {
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: .seconds(settings.seconds))
    while !child.stream.waitForInput(milliseconds: Self.pollMilliseconds) {
      if clock.now > deadline {
        replace()
        return Refusal(.timedOut, "not decoded within \(settings.seconds) seconds")
      }
      if let resident = child.privateBytes, resident > settings.limits.memory {
        replace()
        return Refusal(.outOfMemory, "decoding took more than \(settings.limits.memory >> 20) MiB")
      }
    }
    return nil
  }

  private func crash(of child: ChildProcess) -> Refusal {
    let ending = child.wait()
    self.child = nil
    filesMeasured = 0
    switch ending {
    case .killed(signal: SIGKILL): return Refusal(.killed, "the decoder was killed from outside")
    case .killed(signal: SIGALRM): return Refusal(.timedOut, "not decoded within \(settings.seconds) seconds")
    case .killed(let signal): return Refusal(.crashed, "the decoder crashed (signal \(signal))")
    case .exited(let status): return Refusal(.crashed, "the decoder ended (status \(status))")
    }
  }

  private func replace() {
    _ = child?.kill()
    child = nil
    filesMeasured = 0
  }
}
