import Catalog
import Foundation
import Ingest
import Metrics
import Platform
import Server
import SystemPackage
import Telemetry
import Text

/// What can be asked of a daemon.
struct DaemonEndpoints {
  let collection: OpenCollection
  let keeper: KeeperService
  let upkeep: UpkeepService
  let registry: PrometheusRegistry
  let state: @Sendable () -> DaemonState

  var all: [Endpoint] { [status, answers, rebuild, looks, metrics] }

  private var status: Endpoint {
    Endpoint(.get, "/v1/status") { [state] _ in try reply(state()) }
  }

  private var answers: Endpoint {
    Endpoint(.post, "/v1/answers") { [collection] call in
      let start = ContinuousClock.now
      let question = try decoded(Question.self, call)
      let answer = try collection.answer(question)
      Metrics.Timer(label: "morelli_answer_seconds").recordNanoseconds(
        Int64((ContinuousClock.now - start) / .nanoseconds(1)))
      return try reply(answer)
    }
  }

  private var rebuild: Endpoint {
    Endpoint(.post, "/v1/rebuild") { [collection, upkeep] call in
      let request = try decoded(Rebuilding.Request.self, call)
      let settings = try collection.settings.replacing(kind: request.kind)
      let rebuilding = Rebuilding(collection.catalog, settings, request)
      let images = try rebuilding.measure(isStopped: { upkeep.isOver })
      guard !(images?.isInterrupted ?? false) else {
        return try reply(RebuildDocument(images: images, collection.catalog, generation: nil))
      }
      let texts = TextBlocks(collection.catalog, settings)
      try texts.refresh(refits: request.texts || texts.isOutOfDate())
      let generation = try collection.build(settings) { upkeep.isOver }
      return try reply(RebuildDocument(images: images, collection.catalog, generation: generation))
    }
  }

  /// Files or folders to be looked at again.
  private var looks: Endpoint {
    Endpoint(.post, "/v1/looks") { [keeper] call in
      keeper.look(try decoded([String].self, call).map { FilePath(argument: $0) })
      return Endpoint.Reply(Data("{}".utf8), status: 202)
    }
  }

  private var metrics: Endpoint {
    Endpoint(.get, "/metrics") { [registry] _ in
      Endpoint.Reply(Data(registry.exposition().utf8), contentType: PrometheusRegistry.contentType)
    }
  }
}

private func decoded<R: Decodable>(_ type: R.Type, _ call: Endpoint.Call) throws -> R {
  do {
    return try JSONDecoder().decode(R.self, from: call.body)
  } catch {
    throw Problem(400, "Not understood", "the body is no document of the kind that is asked for: \(error)")
  }
}

/// What has an answer for people as a document, and what has none as a problem.
private func reply(_ document: @autoclosure () throws -> some Encodable) throws -> Endpoint.Reply {
  Endpoint.Reply(Data(try JSONOutput.text(document(), pretty: false).utf8))
}
