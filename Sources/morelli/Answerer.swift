import Catalog
import Features
import Foundation
import Imaging
import Ingest
import Model
import Platform
import Search
import SystemPackage

/// Turns what a person asks into a query, and hits into an answer with titles and files.
struct Answerer {
  private let catalog: Catalog
  private let search: SimilaritySearch
  private let settings: Settings
  private let weights: BlockWeights
  private let filter: (text: String, passing: Set<ArtworkID>)?
  private let count: Int
  private let minimumScore: Float?
  private let quota: Quota?
  private let diversity: Float
  private let finder: SubjectFinder

  /// - Parameters:
  ///   - most: how many works with one value of a column may be in an answer, by the columns' names; one at the most.
  ///   - diversity: 0…1.
  /// - Throws: `CommandFailure` for weights, a filter or a column that make no sense.
  init(
    _ catalog: Catalog, _ settings: Settings, weights changes: [String: Double], filter: String?, count: Int,
    minimumScore: Float?, most: (column: String, count: Int)? = nil, diversity: Float = 0
  ) throws {
    self.catalog = catalog
    self.settings = settings
    self.count = count
    self.minimumScore = minimumScore
    self.diversity = diversity
    quota = try most.map { Quota(most: $0.count, labels: try Self.labels(in: $0.column, of: catalog)) }
    let named = settings.weights.merging(changes) { $1 }
    weights = try Self.weights(named)
    self.filter = try filter.map { ($0, try Self.passing($0, in: catalog)) }
    search = try SimilaritySearch(catalog, settings.schema.descriptors)
    finder = SubjectFinder(catalog, settings)
  }

  /// - Parameters:
  ///   - like: ids of works, or names of image files; `-` is standard input.
  ///   - unlike: the same, to be pushed away from.
  /// - Throws: `CommandFailure` that names the part of the query that has no answer.
  func answer(_ like: [String], unlike: [String]) throws -> Answer {
    let clock = ContinuousClock()
    let positives = try like.map(subject)
    let negatives = try unlike.map(subject)
    let start = clock.now
    let query = Query(
      positives: positives.map(\.example), negatives: negatives.map(\.example), weights: weights,
      count: count,
      among: filter?.passing, excluded: Set((positives + negatives).compactMap(\.artworkID)), quota: quota,
      diversity: diversity)
    var hits: [Hit]
    do {
      hits = try search.answer(query)
    } catch SimilaritySearch.Fault.nothingToCompare {
      throw CommandFailure(
        "\(like.map(SubjectFinder.shown).joined(separator: ", ")): nothing has been measured that the weights give weight to"
      )
    }
    if let minimumScore { hits = hits.filter { $0.score >= minimumScore } }
    let results = try results(hits)
    return Answer(
      query: .init(
        like: like.map(SubjectFinder.shown), unlike: unlike.map(SubjectFinder.shown),
        weights: weights.byName.reduce(into: [:]) { $0[$1.key.rawValue] = Double($1.value) },
        filter: filter?.text, k: count),
      results: results, milliseconds: (clock.now - start) / .milliseconds(1))
  }

  private struct Subject {
    let example: Example
    /// nil for a picture that is no work of the catalogue.
    let artworkID: ArtworkID?
  }

  private func subject(_ text: String) throws -> Subject {
    switch try finder.subject(text) {
    case .work(let record): return try work(record)
    case .picture(let measurement, _):
      let vectors = search.layout.descriptors.map { descriptor in
        measurement.blocks.first { $0.name == descriptor.name }?.vector
      }
      return Subject(example: Example(vectors: vectors), artworkID: nil)
    }
  }

  private func work(_ record: ArtworkRecord) throws -> Subject {
    let id = record.artwork.id
    let signatures = try catalog.signatures(of: id, search.layout.descriptors)
      .filter { $0.vectors.contains { $0 != nil } }
      // In an order of their own, because sums of floats depend on it.
      .sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
    guard !signatures.isEmpty else { throw CommandFailure.unmeasured(id, hasFiles: !record.files.isEmpty) }
    return Subject(example: Example(averaging: signatures.map(\.vectors)), artworkID: id)
  }

  private func results(_ hits: [Hit]) throws -> [Answer.Result] {
    try zip(1..., hits).map { rank, hit in
      let record = try catalog.artwork(hit.artworkID)
      let file = record?.files.first { $0.id == hit.fileID }
      return Answer.Result(
        rank: rank, id: hit.artworkID.rawValue, file: file?.path.displayName, title: record?.artwork.title,
        artist: record?.artwork.artist, date: record?.artwork.date, style: record?.artwork.style,
        score: hit.score.rounded6,
        contributions: hit.contributions.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value.rounded6 },
        palette: record?.palettes[hit.fileID].map { $0.swatches.map(\.hexadecimal) } ?? [])
    }
  }

  static func weights(_ named: [String: Double]) throws -> BlockWeights {
    do throws(BlockWeights.Fault) {
      return try BlockWeights.standard.replacing(
        named.reduce(into: [:]) { $0[BlockName(rawValue: $1.key)] = Float($1.value) })
    } catch {
      switch error {
      case .unknownBlock(let name, let known):
        throw CommandFailure(
          "there is no block '\(name.rawValue)' to weigh; the blocks are \(known.map(\.rawValue).joined(separator: ", "))"
        )
      case .negative(let name): throw CommandFailure("the weight of \(name.rawValue) must be 0 or more")
      case .allZero: throw CommandFailure("at least one block needs a weight over 0")
      }
    }
  }

  static func labels(in column: String, of catalog: Catalog) throws -> [ArtworkID: String] {
    do {
      return try catalog.labels(in: column)
    } catch let error as FilterError {
      throw CommandFailure("\(error)")
    }
  }

  static func passing(_ text: String, in catalog: Catalog) throws -> Set<ArtworkID> {
    do {
      return try catalog.artworks(passing: FilterParser.parse(text))
    } catch let error as FilterError {
      throw CommandFailure("the filter can't be understood:\n\(error)")
    }
  }
}
