import Catalog
import Foundation
import Layout
import Model
import Search
import Server

// MARK: The map of the collection

extension API {
  private struct MapDocument: Encodable {
    let map: WorkMap?
    let state: String
    let values: [String]?
    /// The place of each work's value in `values`, or -1.
    let codes: [Int]

    enum CodingKeys: String, CodingKey {
      case generation, trustworthiness, points, state, values
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(state, forKey: .state)
      try container.encode(map?.generation, forKey: .generation)
      try container.encode(map.map { ($0.trustworthiness * 1e4).rounded() / 1e4 }, forKey: .trustworthiness)
      if let values { try container.encode(values, forKey: .values) }
      var points = container.nestedUnkeyedContainer(forKey: .points)
      guard let map else { return }
      for (number, (id, place)) in zip(map.ids, map.places).enumerated() {
        var point = points.nestedUnkeyedContainer()
        try point.encode(id.rawValue)
        try point.encode(Int(place.x))
        try point.encode(Int(place.y))
        if values != nil { try point.encode(codes[number]) }
      }
    }
  }

  var map: Endpoint {
    Endpoint(.get, "/v1/map", query: ["colour"]) { call in
      let column = try call.query.text("colour")
      if let column { _ = try asked { try catalog.labels(of: column) } }
      switch try maps.current() {
      case .building:
        return try .document(
          MapDocument(map: nil, state: "building", values: column.map { _ in [] }, codes: []))
      case .none:
        return try .document(MapDocument(map: nil, state: "none", values: column.map { _ in [] }, codes: []))
      case .ready(let map):
        let key = "map\u{0}\(column ?? "")\u{0}\(map.generation)\u{0}\(map.ids.count)"
        let data = try summaries.document(key) { try document(map, column) }
        return Reply(data).cached(tag: "map-\(Self.tag(of: data))", seconds: 0)
      }
    }
  }

  private func document(_ map: WorkMap, _ column: String?) throws -> MapDocument {
    guard let column else { return MapDocument(map: map, state: "ready", values: nil, codes: []) }
    let labels = try asked { try catalog.labels(of: column) }
    // The commonest first, so that those are told apart that are seen most.
    let counts = map.ids.reduce(into: [String: Int]()) { counts, id in
      if let label = labels[id] { counts[label, default: 0] += 1 }
    }
    let values = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let places = Dictionary(uniqueKeysWithValues: zip(values, 0...))
    return MapDocument(
      map: map, state: "ready", values: values, codes: map.ids.map { labels[$0].flatMap { places[$0] } ?? -1 }
    )
  }

  /// Another one for other bytes.
  static func tag(of data: Data) -> String {
    String(
      data.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }, radix: 16)
  }
}
