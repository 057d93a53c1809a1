import Catalog
import Ingest
import Platform
import VectorIndex

/// Measures again what `morelli rebuild --features` asks for, on the command line or in a daemon.
struct Rebuilding {
  struct Request: Codable, Sendable {
    var features = false
    var all = false
    var texts = false
    var kind: String?
    var jobs: Int?

    init(
      features: Bool = false, all: Bool = false, texts: Bool = false, kind: String? = nil, jobs: Int? = nil
    ) {
      self.features = features
      self.all = all
      self.texts = texts
      self.kind = kind
      self.jobs = jobs
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      features = try container.decodeIfPresent(Bool.self, forKey: .features) ?? false
      all = try container.decodeIfPresent(Bool.self, forKey: .all) ?? false
      texts = try container.decodeIfPresent(Bool.self, forKey: .texts) ?? false
      kind = try container.decodeIfPresent(String.self, forKey: .kind)
      jobs = try container.decodeIfPresent(Int.self, forKey: .jobs)
    }
  }

  let settings: Settings
  private let catalog: Catalog
  private let request: Request

  init(_ catalog: Catalog, _ settings: Settings, _ request: Request) {
    self.catalog = catalog
    self.settings = settings
    self.request = request
  }

  /// - Parameter refused: given the whole report, for telling what is not in.
  /// - Returns: nil where features are not asked for.
  func measure(
    isStopped: () -> Bool, progress: (Ingester.Progress) -> Void = { _ in },
    refused: (IngestReport) -> Void = { _ in }
  ) throws -> RebuildDocument.Images? {
    guard request.features else { return nil }
    var ingest = IngestOptions(jobs: request.jobs ?? settings.effectiveJobs)
    ingest.worker = settings.workerSettings
    ingest.includesHidden = true
    ingest.remeasures = request.all
    ingest.takesIncompleteBlocks = true
    let paths = try catalog.files().map(\.path)
    // A file that is gone is nothing to refuse: its work keeps what was measured of it.
    let there = paths.filter { (try? FileKind(at: $0)) != nil }
    let report = try Ingester(catalog, program: WorkerCommand.program, options: ingest).run(
      there, isStopped: isStopped, progress: progress)
    refused(report)
    return RebuildDocument.Images(report, missing: paths.count - there.count)
  }
}

extension Settings {
  /// With another kind of index.
  func replacing(kind: String?) throws -> Settings {
    guard let kind else { return self }
    var settings = self
    do throws(VectorIndexError) {
      settings.indexKind = try settings.kind(named: kind)
    } catch {
      throw CommandFailure("\(error)")
    }
    return settings
  }
}
