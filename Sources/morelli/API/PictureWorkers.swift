import Foundation
import Ingest
import Model
import Synchronization
import SystemPackage

/// Worker processes that look at pictures for people who wait: none of what is dropped into folders stands before them.
final class PictureWorkers: Sendable {
  /// A worker that one thread has at a time.
  private final class Seat: @unchecked Sendable {
    // Invariant: whoever took it from `free` has it alone.
    let worker: Worker
    let settings: WorkerSettings

    init(_ settings: WorkerSettings) {
      self.settings = settings
      worker = Worker(WorkerCommand.program, settings: settings)
    }
  }

  private let free = Mutex<[Seat]>([])

  /// As many work at once as threads call.
  func measure(_ path: FilePath, _ region: PictureRegion?, _ settings: WorkerSettings) -> Result<
    Ingest.Measurement, Refusal
  > {
    with(settings) { $0.measure(path, region: region) }
  }

  func render(_ rendering: Rendering, of path: FilePath, _ settings: WorkerSettings) -> Result<Data, Refusal>
  {
    with(settings) { $0.render(rendering, of: path) }
  }

  private func with<R>(_ settings: WorkerSettings, _ body: (Worker) -> R) -> R {
    let seat =
      free.withLock { free -> Seat? in
        // Those of other settings are let go.
        free.removeAll { $0.settings != settings }
        return free.popLast()
      } ?? Seat(settings)
    defer { free.withLock { $0.append(seat) } }
    return body(seat.worker)
  }
}
