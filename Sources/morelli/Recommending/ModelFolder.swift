import Foundation
import Platform
import Recommend
import Synchronization
import SystemPackage

/// What was learnt from everybody's events, as it lies in a home: files of models, and `manifest.json`, which says which of them count.
///
/// One process at a time writes; whatever moment it is cut off at, the manifest names whole files.
struct ModelFolder {
  struct Manifest: Codable, Equatable {
    static let current = 2

    /// Of a feature of a learnt order.
    struct Weight: Codable, Equatable {
      let feature: String
      let weight, least, most: Double
    }

    /// Of this document.
    var version = Self.current
    /// Grows with each training.
    var generation: Int
    /// The newest event that was learnt from, and how many there were.
    var lastEvent: Int64
    var events: Int
    /// `Catalog.forgettings()` then: models made before somebody was forgotten are not used any more.
    var forgettings: Int64
    /// By source, the file's name.
    var files: [String: String]
    /// Of each row how many people like the work; the same rows that the models have.
    var popularity: [Int]
    /// People who like or dislike anything.
    var people: Int
    /// Learnt orders, by strategy.
    var heads: [String: [Weight]] = [:]
    /// Of each row of the source `people` the person's number.
    var peopleNumbers: [Int64]
    /// Seconds since 1970, and how long it took.
    var trainedAt: Double
    var seconds: Double
  }

  let path: FilePath

  private let known = KnownManifest()

  init(_ home: Home) { path = home.path.appending("recommend") }

  private var manifestPath: FilePath { path.appending("manifest.json") }

  /// nil where nothing was learnt yet, or what was can't be read: then it is learnt again.
  func manifest() -> Manifest? {
    guard case .regular(let stamp)? = try? FileKind(at: manifestPath) else { return nil }
    if let same = known.state.withLock({ $0?.stamp == stamp ? $0 : nil }) { return same.manifest }
    let manifest = FileManager.default.contents(atPath: manifestPath.string).flatMap {
      try? JSONDecoder().decode(Manifest.self, from: $0)
    }.flatMap { $0.version == Manifest.current ? $0 : nil }
    known.state.withLock { $0 = (stamp, manifest) }
    return manifest
  }

  /// As it was read last: it is large, and asked for all the time.
  private final class KnownManifest: Sendable {
    let state = Mutex<(stamp: FileStamp, manifest: Manifest?)?>(nil)
  }

  /// - Returns: models that can't be read are left out and told.
  func models(_ manifest: Manifest, tell: (String) -> Void) -> TrainedModels {
    var models = TrainedModels(
      people: manifest.peopleNumbers,
      heads: manifest.heads.mapValues { weights in
        RankingHead(
          weights.map { .init($0.feature, prior: $0.weight, range: $0.least...max($0.least, $0.most)) })
      })
    for (name, file) in manifest.files {
      guard let source = Source(rawValue: name) else { continue }
      let path = path.appending(file).string
      do {
        switch source {
        case .items: models.scorers[.items] = try InteractionNeighbours(reading: path)
        case .people: models.scorers[.people] = try UserNeighbours(reading: path)
        case .als: models.scorers[.als] = try AlternatingLeastSquares(reading: path)
        case .bpr: models.scorers[.bpr] = try PairwiseRanking(reading: path)
        case .ease: models.scorers[.ease] = try LinearAutoencoder(reading: path)
        case .content, .attributes, .popularity, .trending: break
        }
      } catch {
        tell("the model \(file) can't be used and is learnt again with the next training: \(error)")
      }
    }
    return models
  }

  /// Held by the process that writes.
  ///
  /// - Throws: `CommandFailure` where another does.
  func lock() throws -> FileLock {
    try makeFolder()
    do {
      return try FileLock(path.appending("lock"))
    } catch Errno.wouldBlock {
      throw CommandFailure("another process is learning from the events of this home")
    }
  }

  /// Deletes what was learnt.
  func clear() throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path.string)) ?? []
    // The manifest first: it names whole files alone.
    for name in ["manifest.json"].filter(names.contains) + names.filter({ $0.contains(".model") }) {
      try FileManager.default.removeItem(atPath: path.appending(name).string)
    }
  }

  private func makeFolder() throws {
    try FileManager.default.createDirectory(
      atPath: path.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Keeps what was learnt in place of what was learnt before.
  ///
  /// - Parameter manifest: its files are filled in.
  func keep(_ models: TrainedModels, _ manifest: Manifest) throws -> Manifest {
    var manifest = manifest
    try makeFolder()
    manifest.files = [:]
    for (source, model) in models.scorers {
      guard let model = model as? any StoredModel else { continue }
      let name = "\(source.rawValue)-\(manifest.generation).model"
      try model.write(to: path.appending(name).string)
      manifest.files[source.rawValue] = name
    }
    manifest.heads = models.heads.mapValues { head in
      zip(head.features, head.weights).map {
        .init(feature: $0.name, weight: $1, least: $0.range.lowerBound, most: $0.range.upperBound)
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try encoder.encode(manifest).write(to: URL(fileURLWithPath: manifestPath.string), options: .atomic)
    let kept = Set(manifest.files.values)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path.string)) ?? []
    where name.contains(".model") && !kept.contains(name) {
      try? FileManager.default.removeItem(atPath: path.appending(name).string)
    }
    return manifest
  }
}
