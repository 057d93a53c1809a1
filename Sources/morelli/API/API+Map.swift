import Catalog
import Foundation
import Layout
import Model
import Search
import Server

// MARK: The map of the collection

extension API {
  var map: Endpoint {
    Endpoint(.get, "/v1/map", query: ["colour"]) { call in
      let column = try call.query.value("colour")
      if let column { _ = try asked { try catalog.labels(of: column) } }
      switch try maps.current() {
      case .building:
        return .document(Self.document(nil, "building", values: column.map { _ in [] }))
      case .none:
        return .document(Self.document(nil, "none", values: column.map { _ in [] }))
      case .ready(let map):
        let key = "map\u{0}\(column ?? "")\u{0}\(map.generation)\u{0}\(map.ids.count)"
        let data = try summaries.document(key) { try document(map, column) }
        return Reply(data).cached(tag: "map-\(Self.tag(of: data))", seconds: 0)
      }
    }
  }

  private func document(_ map: WorkMap, _ column: String?) throws -> JSONNode {
    guard let column else { return Self.document(map, "ready") }
    let labels = try asked { try catalog.labels(of: column) }
    // The commonest first, so that those are told apart that are seen most.
    let counts = map.ids.reduce(into: [String: Int]()) { counts, id in
      if let label = labels[id] { counts[label, default: 0] += 1 }
    }
    let values = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let places = Dictionary(uniqueKeysWithValues: zip(values, 0...))
    return Self.document(
      map, "ready", values: values, codes: map.ids.map { labels[$0].flatMap { places[$0] } ?? -1 })
  }

  /// - Parameter codes: the place of each work's value in `values`, or -1.
  private static func document(
    _ map: WorkMap?, _ state: String, values: [String]? = nil, codes: [Int] = []
  ) -> JSONNode {
    let points = zip(map?.ids ?? [], map?.places ?? []).enumerated().map { number, point -> JSONNode in
      let (id, place) = point
      let shown: [JSONNode] = [.text(id.rawValue), .integer(Int(place.x)), .integer(Int(place.y))]
      return .list(values == nil ? shown : shown + [.integer(codes[number])])
    }
    let document: JSONNode = [
      "state": .text(state), "generation": .integer(orNull: map?.generation),
      "trustworthiness": .number(orNull: map.map { ($0.trustworthiness * 1e4).rounded() / 1e4 }),
      "points": .list(points),
    ]
    return document.with("values", values.map { .list($0.map { .text($0) }) })
  }

  /// Another one for other bytes.
  static func tag(of data: Data) -> String {
    String(
      data.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }, radix: 16)
  }
}
