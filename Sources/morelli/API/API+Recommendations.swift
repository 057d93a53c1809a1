import Catalog
import Foundation
import Metrics
import Model
import Recommend
import Server

// MARK: What will somebody want to see?

extension API {
  var recommendationEndpoints: [Endpoint] { [recommendations, trending, strategies, recommendationReport] }

  static let recommendedBy: Set<String> = ["k", "strategy", "filter", "available", "preview"]

  func recommendationRequest(_ call: Endpoint.Call) throws -> RecommendDesk.Request {
    var request = RecommendDesk.Request()
    request.count = try call.query.integer("k", in: 1...200) ?? request.count
    request.strategy = try call.query.text("strategy")
    request.filter = try call.query.text("filter")
    request.onlyAvailable = try call.query.flag("available")
    request.isPreview = try call.query.flag("preview")
    return request
  }

  /// - Parameter user: nil for somebody without a name.
  func reply(_ made: RecommendDesk.Made, for user: String?, since start: ContinuousClock.Instant) throws
    -> Reply
  {
    let cards = try catalog.cards(made.named)
    let document = RecommendationsDocument(user: user, made, cards: cards)
    let milliseconds = Self.milliseconds(since: start)
    Metrics.Timer(label: "morelli_recommend_seconds").recordNanoseconds(Int64(milliseconds * 1e6))
    return .document(.object(document.members(cards: cards) + [("took_ms", .number(milliseconds))]))
  }

  private var recommendations: Endpoint {
    Endpoint(.get, "/v1/recommendations", query: Self.recommendedBy.union(["like"])) { call in
      let start = ContinuousClock.now
      let request = try recommendationRequest(call)
      let works = try call.query.texts("like").map { text in
        guard let id = try catalog.canonicalID(ArtworkID(rawValue: text)) else {
          throw Problem.missing("there is no work '\(text.prefix(80))'")
        }
        return id
      }
      return try reply(asked { try desk.list(forWorks: works, request) }, for: nil, since: start)
    }
  }

  private var trending: Endpoint {
    Endpoint(.get, "/v1/trending", query: ["k", "filter"]) { call in
      let count = try call.query.integer("k", in: 1...200) ?? 20
      let filter = try call.query.text("filter")
      let (rows, shelf) = try asked { try desk.trending(count, filter: filter) }
      let ids = rows.compactMap { shelf.work($0)?.id }
      let cards = try catalog.cards(ids.reduce(into: [:]) { $0[$1] = .some(nil) })
      return .document([
        "results": .list(ids.compactMap { id in cards[id].map { .object(CardDocument(id, $0).members) } })
      ])
    }
  }

  private var strategies: Endpoint {
    Endpoint(.get, "/v1/strategies") { _ in
      let adapted = try desk.offer().adapted
      return .document([
        "strategies": .list(
          collection.settings.recommend.strategies.map { strategy in
            [
              "name": .text(strategy.name), "kind": .text(strategy.kind.rawValue),
              "share": .number(strategy.share),
              "sources": Self.weights(strategy), "adapted": adapted[strategy.name].map(Self.weights) ?? .null,
            ]
          })
      ])
    }
  }

  private static func weights(_ strategy: Strategy) -> JSONNode {
    .object(strategy.parts.map { ($0.source.rawValue, .number(Double($0.trust.weight).rounded6)) })
  }

  private struct ReportDocument: Encodable {
    let strategies: [StrategyFigures]
  }

  private var recommendationReport: Endpoint {
    Endpoint(.get, "/v1/recommendations/report", query: ["days"], scope: .write) { call in
      let days = try call.query.integer("days", in: 1...36_500)
      try desk.shown.flush()
      let since = days.map { Date().timeIntervalSince1970 - Double($0) * 86_400 } ?? 0
      return try .document(
        ReportDocument(strategies: catalog.strategyReports(since: since).map(StrategyFigures.init)))
    }
  }
}

extension Double {
  fileprivate var rounded6: Double { (self * 1e6).rounded() / 1e6 }
}
