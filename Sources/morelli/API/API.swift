import Catalog
import Foundation
import Model
import Platform
import Server
import SystemPackage
import Telemetry

/// What the daemon can be asked over HTTP. Each extension has the endpoints of one kind of thing; `openapi.json` describes them.
struct API: Sendable {
  let collection: OpenCollection
  let keeper: KeeperService
  let upkeep: UpkeepService
  let registry: PrometheusRegistry
  let state: @Sendable () -> DaemonState
  let events: EventBroadcaster
  let workers: PictureWorkers
  let pictures: PictureStore
  let derivatives: DerivativeCache
  let summaries: CollectionSummaries
  let maps: MapService
  let sessions: Sessions
  let desk: RecommendDesk
  let keys: CatalogKeyRing

  var catalog: Catalog { collection.catalog }

  /// What everybody may ask who may ask anything.
  var endpoints: [Endpoint] {
    artworkEndpoints + userEndpoints + feedbackEndpoints + recommendationEndpoints + fileEndpoints
      + similarEndpoints + pictureEndpoints + collectionEndpoints
      + duplicateEndpoints + quarantineEndpoints + daemonEndpoints + sessionEndpoints + iiifEndpoints
      + pageEndpoints
  }

  /// What Morelli's own commands ask, on the home's socket alone.
  var ownEndpoints: [Endpoint] { [answers, looks] }
}

// MARK: What all of them need

extension Reply {
  static func document(_ node: JSONNode, status: Int = 200, contentType: String = "application/json") -> Reply
  {
    Reply(Data(node.bytes), contentType: contentType, status: status)
  }

  /// - Throws: what encoding throws.
  static func document(
    _ value: some Encodable, status: Int = 200, contentType: String = "application/json"
  ) throws -> Reply {
    Reply(Data(try JSONOutput.text(value, pretty: false).utf8), contentType: contentType, status: status)
  }
}

extension Endpoint.Call {
  /// The body as a document.
  ///
  /// - Throws: `Problem` (400).
  func decoded<R: Decodable>(_ type: R.Type) throws(Problem) -> R {
    do {
      return try JSONDecoder().decode(R.self, from: body)
    } catch let DecodingError.typeMismatch(_, context), let DecodingError.valueNotFound(_, context),
      let DecodingError.keyNotFound(_, context)
    {
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw .unclear("the body is not as it should be at '\(place)': \(context.debugDescription)")
    } catch {
      throw .unclear("the body is no JSON document of the kind that is asked for")
    }
  }

  /// The body as a document that has no other keys than these.
  ///
  /// - Throws: `Problem` (400).
  func decoded<R: Decodable>(_ type: R.Type, keys: Set<String>) throws(Problem) -> R {
    let object = try decoded([String: JSONValue].self)
    if let other = object.keys.filter({ !keys.contains($0) }).min() {
      throw .unclear(
        "the body has no key '\(other.prefix(80))': it has \(keys.sorted().joined(separator: ", "))")
    }
    return try decoded(type)
  }

  /// A part of the path.
  func part(_ name: String) -> String { parameters[name, default: ""] }
}

extension API {
  /// Milliseconds since a moment, as documents have them.
  static func milliseconds(since start: ContinuousClock.Instant) -> Double {
    (((ContinuousClock.now - start) / .milliseconds(1)) * 1000).rounded() / 1000
  }

  /// - Throws: `Problem` (404).
  func work(_ id: String) throws -> ArtworkRecord {
    guard let record = try catalog.artwork(ArtworkID(rawValue: id)) else {
      throw Problem.missing("there is no work '\(id.prefix(80))'")
    }
    return record
  }

  /// What a person asks, put so that it can be answered; what can't is the question's fault.
  func asked<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let failure as CommandFailure {
      throw Problem.unclear(failure.description)
    } catch let error as FilterError {
      throw Problem.unclear("\(error)")
    }
  }

  /// - Throws: `Problem` (400).
  func filter(_ call: Endpoint.Call) throws -> FilterExpression? {
    try call.query.text("filter").map { text in
      do {
        return try FilterParser.parse(text)
      } catch {
        throw Problem.unclear("the filter can't be understood: \(error)")
      }
    }
  }

  /// The works that the filter of a call lets pass; nil for all.
  func passing(_ call: Endpoint.Call) throws -> Set<ArtworkID>? {
    try call.query.text("filter").map { text in try asked { try catalog.artworks(passing: text) } }
  }
}
