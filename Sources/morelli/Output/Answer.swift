import Catalog
import Foundation
import Model
import Platform

/// The answer to a query, as JSON has it.
struct Answer: Codable, Sendable {
  struct Query: Codable, Sendable {
    let like, unlike: [String]
    @OrNull var region: String?
    @OrNull var palette: String?
    @OrNull var text: String?
    let weights: [String: Double]
    @OrNull var filter: String?
    let k: Int
  }

  struct Result: Codable, Sendable {
    let rank: Int
    let id: String
    @OrNull var file: String?
    @OrNull var title: String?
    @OrNull var artist: String?
    @OrNull var date: String?
    @OrNull var style: String?
    let score: Double
    /// 0…100: so many of a hundred pairs of works taken by chance are less alike; null where that is not known.
    @OrNull var percentile: Double?
    /// By block, or by list where lists were fused; they sum to the score.
    let contributions: [String: Double]
    /// `#rrggbb`, most present first.
    let palette: [String]

    init(_ work: Findings.Work) {
      rank = work.rank
      id = work.id.rawValue
      file = work.card?.file?.path.displayName
      title = work.card?.artwork.title
      artist = work.card?.artwork.artist
      date = work.card?.artwork.date
      style = work.card?.artwork.style
      score = work.score.rounded6
      percentile = work.percentile.map(Self.rounded)
      contributions = work.contributions.mapValues(\.rounded6)
      palette = work.card?.palette?.swatches.map(\.hexadecimal) ?? []
    }

    static func rounded(_ percentile: Double) -> Double { (percentile * 1000).rounded() / 1000 }
  }

  /// A value of a column, and how many works have it.
  struct Facet: Codable, Sendable, Equatable {
    let value: String
    let count: Int

    /// By column: the values of the works that could be in the answer, the most common first.
    static func count(
      _ columns: [String], in catalog: Catalog, among: Set<ArtworkID>?
    ) throws -> [String: [Facet]] {
      try columns.reduce(into: [:]) { facets, column in
        var counts: [String: Int] = [:]
        for (id, label) in try catalog.labels(of: column) where among?.contains(id) ?? true {
          // A work with three tags counts for each.
          let values = column.lowercased() == "tags" ? label.split(separator: ";").map(String.init) : [label]
          for value in Set(values.map { $0.trimmingCharacters(in: .whitespaces) }) where !value.isEmpty {
            counts[value, default: 0] += 1
          }
        }
        facets[column] = counts.map { Facet(value: $0.key, count: $0.value) }
          .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
      }
    }
  }

  let query: Query
  let results: [Result]
  /// Whether any of the results is as like as works of the collection usually are to the one most like them; null where that
  /// is not known.
  @OrNull var hasGoodMatch: Bool?
  /// By column, where it was asked for.
  let facets: [String: [Facet]]?
  let milliseconds: Double
  /// The generation of the index; null while answers come from an exact scan of the catalogue.
  @OrNull var generation: Int?
  /// What people should know of this answer: whatever could not be taken into account.
  let notes: [String]

  init(_ findings: Findings) {
    query = findings.query
    results = findings.works.map(Result.init)
    hasGoodMatch = findings.hasGoodMatch
    facets = findings.facets
    milliseconds = (findings.milliseconds * 1000).rounded() / 1000
    generation = findings.generation
    notes = findings.notes
  }

  enum CodingKeys: String, CodingKey {
    case query, results, facets, generation, notes
    case hasGoodMatch = "good_match"
    case milliseconds = "took_ms"
  }
}
