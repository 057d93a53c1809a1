package import Foundation
package import Layout
package import Model

/// Where each work of a collection lies on its map.
package struct WorkMap: Sendable, Equatable {
  /// Of the index by which it was made.
  package let generation: Int
  /// How far neighbours on the map are neighbours indeed, 0…1, by a sample.
  package let trustworthiness: Double
  package private(set) var ids: [ArtworkID]
  /// One a work.
  package private(set) var places: [MapPlace]

  package init(generation: Int, trustworthiness: Double, ids: [ArtworkID], places: [MapPlace]) {
    precondition(ids.count == places.count)
    self.generation = generation
    self.trustworthiness = trustworthiness
    self.ids = ids
    self.places = places
  }

  mutating func append(_ id: ArtworkID, _ place: MapPlace) {
    ids.append(id)
    places.append(place)
  }
}

extension WorkMap {
  private struct Document: Codable {
    let generation: Int
    let trustworthiness: Double
    let ids: [String]
    let x, y: [UInt16]
  }

  /// To be kept.
  package var bytes: Data {
    get throws {
      try JSONEncoder().encode(
        Document(
          generation: generation, trustworthiness: trustworthiness, ids: ids.map(\.rawValue),
          x: places.map(\.x),
          y: places.map(\.y)))
    }
  }

  /// nil where the bytes are not what `bytes` gives.
  package init?(bytes: Data) {
    guard let kept = try? JSONDecoder().decode(Document.self, from: bytes), kept.ids.count == kept.x.count,
      kept.x.count == kept.y.count
    else { return nil }
    self.init(
      generation: kept.generation, trustworthiness: kept.trustworthiness,
      ids: kept.ids.map { ArtworkID(rawValue: $0) },
      places: zip(kept.x, kept.y).map { MapPlace(x: $0, y: $1) })
  }
}
