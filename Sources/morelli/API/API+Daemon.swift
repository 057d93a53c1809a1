import Catalog
import Foundation
import Ingest
import Metrics
import Platform
import Server
import SystemPackage
import Telemetry
import Text

// MARK: The daemon itself

extension API {
  var daemonEndpoints: [Endpoint] { [status, listen, rebuild, metrics] }

  /// The daemon's state with what the catalogue holds.
  struct StatusDocument: Encodable {
    let state: DaemonState
    let works, files, quarantined: Int

    enum CodingKeys: String, CodingKey {
      case version, works, files, quarantined
    }

    func encode(to encoder: any Encoder) throws {
      try state.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(Version.description, forKey: .version)
      try container.encode(works, forKey: .works)
      try container.encode(files, forKey: .files)
      try container.encode(quarantined, forKey: .quarantined)
    }
  }

  /// - Parameter isFull: with the folders' paths, which are for those alone who may do everything.
  func statusDocument(isFull: Bool) throws -> StatusDocument {
    var state = state()
    if !isFull {
      state.roots = state.roots.map {
        .init(folder: FilePath($0.folder).lastComponent?.string ?? "", state: $0.state)
      }
      state.troubles = []
    }
    let counts = try catalog.counts(of: [])
    return StatusDocument(
      state: state, works: counts.artworks, files: counts.files - counts.missing,
      quarantined: counts.quarantined)
  }

  private var status: Endpoint {
    Endpoint(.get, "/v1/status") { call in try .document(statusDocument(isFull: call.isOwner)) }
  }

  private var listen: Endpoint {
    Endpoint(.get, "/v1/events") { _ in
      let first = EventBroadcaster.event(
        "status", Data(try JSONOutput.text(statusDocument(isFull: false), pretty: false).utf8))
      return Reply(.events(try events.listen(first: [first])), contentType: "text/event-stream")
    }
  }

  private static let kinds: Set<String> = ["auto", "flat", "hnsw", "ivf", "ivf-sq"]

  private var rebuild: Endpoint {
    Endpoint(.post, "/v1/rebuild", scope: .admin, content: .document(limit: 1 << 16), pace: .long) { call in
      // What commands ask is more than the network may.
      let request = try call.decoded(
        Rebuilding.Request.self,
        keys: call.isOwner ? ["features", "texts", "kind", "all", "jobs"] : ["features", "texts", "kind"])
      guard call.isOwner || request.kind.map(Self.kinds.contains) ?? true else {
        throw Problem.unclear("'kind' is one of \(Self.kinds.sorted().joined(separator: ", "))")
      }
      let settings = try asked { try collection.settings.replacing(kind: request.kind) }
      if let jobs = request.jobs, !(1...1024).contains(jobs) { throw Problem.unclear("'jobs' is 1 to 1024") }
      let rebuilding = Rebuilding(catalog, settings, request)
      let images = try rebuilding.measure(isStopped: { upkeep.isOver })
      guard !(images?.isInterrupted ?? false) else {
        return try .document(RebuildDocument(images: images, catalog, generation: nil))
      }
      try collection.readTexts(settings, refits: request.texts)
      do {
        let generation = try collection.build(settings) { upkeep.isOver }
        return try .document(RebuildDocument(images: images, catalog, generation: generation))
      } catch let failure as CommandFailure {
        throw Problem(409, "Not built", failure.description)
      }
    }
  }

  private var metrics: Endpoint {
    Endpoint(.get, "/metrics") { _ in
      Reply(Data(registry.exposition().utf8), contentType: PrometheusRegistry.contentType)
    }
  }

  // MARK: What commands ask, on the home's socket

  var answers: Endpoint {
    Endpoint(.post, "/v1/answers", content: .document(limit: 64 << 20)) { call in
      try .document(Answer(found(call.decoded(Question.self))))
    }
  }

  /// Files or folders to be looked at again.
  var looks: Endpoint {
    Endpoint(.post, "/v1/looks", scope: .write, content: .document(limit: 64 << 20)) { call in
      keeper.look(try call.decoded([String].self).map { FilePath(argument: $0) })
      return Reply(Data("{}".utf8), status: 202)
    }
  }
}
