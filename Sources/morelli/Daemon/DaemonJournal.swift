import Catalog
import Foundation
import Ingest
import Logging
import Metrics
import Platform
import Synchronization

/// What a daemon tells of its work: to the log, to the metrics, and to whoever asks for its state.
final class DaemonJournal: Sendable {
  /// Files after which it is told that they were stored.
  private static let toldAt = 500
  /// Troubles that are kept to be shown.
  private static let kept = 20

  private struct Facts {
    var counts = DaemonState.Counts()
    var lost: [String: String] = [:]
    var paused: String?
    var troubles: [String] = []
    /// Files stored since it was last told.
    var untold = 0
  }

  let logger: Logger
  private let since = Date()
  private let roots: [String]
  private let facts = Mutex(Facts())

  init(_ logger: Logger, roots: [String]) {
    self.logger = logger
    self.roots = roots
  }

  /// Something that people should know and may mend.
  func trouble(_ text: String) {
    logger.warning("\(text)")
    facts.withLock { facts in
      facts.troubles.append(text)
      if facts.troubles.count > Self.kept { facts.troubles.removeFirst() }
    }
  }

  func take(_ event: KeeperEvent) {
    switch event {
    case .measured(let seconds):
      Metrics.Timer(label: "morelli_measure_seconds").recordNanoseconds(Int64(seconds * 1e9))
    case .stored(let files, let seconds):
      Metrics.Timer(label: "morelli_store_seconds").recordNanoseconds(Int64(seconds * 1e9))
      count(files)
    case .refused(let file):
      facts.withLock { $0.counts.refused += 1 }
      Counter(label: "morelli_refused_total", dimensions: [("code", file.refusal.code.rawValue)]).increment()
      logger.warning(
        "not in: \(file.refusal.reason)",
        metadata: ["file": "\(file.path.displayName)", "code": "\(file.refusal.code.rawValue)"])
    case .settled(let missing, let found, let renamed):
      facts.withLock { facts in
        facts.counts.missing += missing
        facts.counts.found += found
        facts.counts.moved += renamed
      }
      logger.info("\(missing) files gone, \(found) back, \(renamed) at another path")
    case .forgotten(let paths): logger.notice("\(paths.count) files that have long been gone are forgotten")
    case .imported(let path, let report):
      facts.withLock { $0.counts.imported += 1 }
      logger.info("imported: \(ImportDocument(report).sentence)", metadata: ["file": "\(path.displayName)"])
      for note in report.refused {
        logger.warning(
          "not taken: \(note.reason)", metadata: ["file": "\(path.displayName)", "line": "\(note.line)"])
      }
    case .catalogueRefused(let path, let reason): trouble("\(path.displayName): not imported: \(reason)")
    case .rootLost(let root, let reason):
      facts.withLock { $0.lost[root.displayName] = reason }
      trouble(
        "\(root.displayName) is not there (\(reason)); nothing is taken for deleted, and it is waited for")
    case .rootBack(let root):
      facts.withLock { $0.lost[root.displayName] = nil }
      logger.notice("\(root.displayName) is back")
    case .paused(let error):
      facts.withLock { $0.paused = "\(error)" }
      trouble("nothing can be stored: \(error); it is tried again until it can")
    case .resumed:
      facts.withLock { $0.paused = nil }
      logger.notice("storing again")
    case .compared(let root, let seconds):
      logger.info(
        "compared with the catalogue in \(String(format: "%.2f", seconds)) s",
        metadata: ["folder": "\(root.displayName)"])
    case .trouble(let text): trouble(text)
    case .idle: tellStored(atLeast: 1)
    }
  }

  /// Not each file, not each batch: a line for so many, and one when all is done.
  private func tellStored(atLeast least: Int) {
    let count = facts.withLock { facts -> Int in
      guard facts.untold >= least else { return 0 }
      defer { facts.untold = 0 }
      return facts.untold
    }
    if count > 0 { logger.info("\(count) files stored") }
  }

  private func count(_ files: [StoredFile]) {
    facts.withLock { facts in
      facts.untold += files.count
      for file in files {
        switch file {
        case .added: facts.counts.added += 1
        case .changed, .retagged, .touched: facts.counts.changed += 1
        case .moved: facts.counts.moved += 1
        }
      }
    }
    Counter(label: "morelli_stored_total").increment(by: files.count)
    tellStored(atLeast: Self.toldAt)
  }

  func state(_ collection: OpenCollection, queue: DaemonState.Queue) -> DaemonState {
    let facts = facts.withLock { $0 }
    let index = collection.state
    return DaemonState(
      process: OwnProcess.identifier, since: since,
      roots: roots.map { DaemonState.Root(folder: $0, state: facts.lost[$0] ?? "watched") },
      queue: queue, counts: facts.counts, paused: facts.paused, pending: index.pending,
      generation: index.generation, isBuilding: index.isBuilding,
      residentBytes: OwnProcess.figures?.residentBytes ?? 0, troubles: facts.troubles)
  }
}
