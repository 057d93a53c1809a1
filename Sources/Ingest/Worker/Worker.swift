package import Foundation
import Glibc
import Imaging
package import Model
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
  /// A worker has so long to be ready for its first file.
  private static let startSeconds = 30
  /// A worker that has closed its end has so long to end by itself.
  private static let endMilliseconds = 500
  /// A worker that holds so much between two files is replaced before the next: what decoders leak goes with it.
  private static let grownBytes = 512 << 20
  /// How often a file is tried when this befalls it; once for anything else. A crash may be owed to an earlier file;
  /// a worker that is killed from outside says nothing about the file at all.
  private static let attempts: [Refusal.Code: Int] = [.changing: 3, .crashed: 2, .killed: 10]

  private let program: Program
  private let settings: WorkerSettings
  private var child: ChildProcess?
  private var filesRead = 0

  package init(_ program: Program, settings: WorkerSettings) {
    self.program = program
    self.settings = settings
  }

  /// Measures one file.
  ///
  /// A crash is tried once more in a fresh process; so is a file that was being written to.
  ///
  /// - Parameter region: the part of the picture to measure; nil for the whole.
  package func measure(_ path: FilePath, region: PictureRegion? = nil) -> Result<Measurement, Refusal> {
    repeated(WorkerRequest(path, region: region)).flatMap { reply in
      if case .measured(let measurement) = reply { return .success(measurement) }
      return .failure(Self.nonsense)
    }
  }

  /// Derives a picture from a file, in the same way.
  ///
  /// - Returns: the encoded picture.
  package func render(_ rendering: Rendering, of path: FilePath) -> Result<Data, Refusal> {
    repeated(WorkerRequest(path, region: nil, rendering: rendering)).flatMap { reply in
      if case .rendered(let data) = reply { return .success(data) }
      return .failure(Self.nonsense)
    }
  }

  private static let nonsense = Refusal(.crashed, "the decoder answered something else")

  private func repeated(_ request: WorkerRequest) -> Result<WorkerReply, Refusal> {
    var failures: [Refusal.Code: Int] = [:]
    while true {
      let result = attempt(request)
      guard case .failure(let refusal) = result else { return result }
      failures[refusal.code, default: 0] += 1
      guard let limit = Self.attempts[refusal.code], failures[refusal.code, default: 0] < limit else {
        return result
      }
      if refusal.code == .changing { usleep(Self.settleMicroseconds) }
    }
  }

  private func attempt(_ request: WorkerRequest) -> Result<WorkerReply, Refusal> {
    do {
      let child = try readyChild()
      try child.stream.send(request)
      let reply = try answer(of: child)
      // Refused files count as well: they are those that decoders leak on.
      filesRead += 1
      if (child.privateBytes ?? 0) > Self.grownBytes { filesRead = settings.filesPerWorker }
      switch reply {
      case .refused(let refusal): return .failure(refusal)
      case let reply?: return .success(reply)
      case nil: return .failure(crash(of: child))
      }
    } catch let error as SpawnFailure {
      return .failure(Refusal(.unreadable, error.reason))
    } catch let refusal as Refusal {
      replace()
      return .failure(refusal)
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
    if filesRead >= settings.filesPerWorker { replace() }
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
    do {
      try started.stream.send(settings)
      try awaitReadiness(of: started)
    } catch {
      // Not the file's fault: it must not be the one that is refused for good.
      let ending = started.finish(withinMilliseconds: Self.endMilliseconds)
      if ending == .killed(signal: SIGKILL) { throw Self.killed }
      throw SpawnFailure(reason: "the decoder process did not start (\(Self.words(ending)))")
    }
    child = started
    return started
  }

  /// The worker says by an empty message that it has all it needs.
  private func awaitReadiness(of child: ChildProcess) throws {
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: .seconds(Self.startSeconds))
    let ready = try child.stream.read(patience: Self.pollMilliseconds) {
      if clock.now > deadline { throw Errno.timedOut }
    }
    guard ready == [] else { throw Errno.badMessage }
  }

  /// Waits for the whole answer; nil when the worker closes its end instead.
  ///
  /// - Throws: `Refusal` if the time or the memory is over first, what the stream throws.
  private func answer(of child: ChildProcess) throws -> WorkerReply? {
    let clock = ContinuousClock()
    let deadline = clock.now.advanced(by: .seconds(settings.seconds))
    // What the program itself takes, and what earlier files have left behind, is not this picture's.
    let before = child.privateBytes ?? 0
    return try child.stream.receive(WorkerReply.self, patience: Self.pollMilliseconds) {
      if clock.now > deadline { throw Refusal(.timedOut, "not decoded within \(settings.seconds) seconds") }
      if let now = child.privateBytes, now - before > settings.limits.memory {
        throw Refusal(.outOfMemory, "decoding took more than \(settings.limits.memory >> 20) MiB")
      }
    }
  }

  /// What to say of a worker that broke off. One that spoke nonsense may still run: it must not be waited for.
  private func crash(of child: ChildProcess) -> Refusal {
    let ending = child.finish(withinMilliseconds: Self.endMilliseconds)
    self.child = nil
    filesRead = 0
    switch ending {
    case .killed(signal: SIGKILL)?: return Self.killed
    case .killed(signal: SIGALRM)?, .killed(signal: SIGXCPU)?:
      return Refusal(.timedOut, "not decoded within \(settings.seconds) seconds")
    default: return Refusal(.crashed, "the decoder broke off (\(Self.words(ending)))")
    }
  }

  private static let killed = Refusal(.killed, "the decoder was killed from outside")

  private static func words(_ ending: ChildProcess.Ending?) -> String {
    switch ending {
    case .exited(let status)?: "exit status \(status)"
    case .killed(let signal)?: "signal \(signal)"
    case nil: "it spoke nonsense"
    }
  }

  private func replace() {
    _ = child?.kill()
    child = nil
    filesRead = 0
  }
}
