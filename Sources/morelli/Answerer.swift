import Catalog
import Features
import Foundation
import Imaging
import Ingest
import Model
import Platform
import Search
import SystemPackage
import Text

/// Turns what a person asks into a query, and hits into an answer with titles and files.
struct Answerer {
  /// What is asked of every query of one call.
  struct Request {
    /// Changes to the default weights, by block name.
    var weights: [String: Double]
    var filter: String?
    var count: Int
    var minimumScore: Float?
    /// How many works with one value of a column may be in an answer.
    var most: (column: String, count: Int)?
    /// 0…1.
    var diversity: Float
    /// What the works shall say.
    var text: String?
    var palette: PaletteArgument?
    /// Columns whose values are counted.
    var facets: [String]
  }

  private let catalog: Catalog
  private let request: Request
  private let weights: BlockWeights
  private let passing: Set<ArtworkID>?
  private let quota: Quota?
  private let facets: [String: [Answer.Facet]]?
  private let reader: SignatureReader
  private let search: SimilaritySearch
  private let textModel: TextModel?
  private let finder: SubjectFinder

  /// - Throws: `CommandFailure` for weights, a filter or a column that make no sense.
  init(_ home: Home, _ catalog: Catalog, _ settings: Settings, _ request: Request) throws {
    self.catalog = catalog
    self.request = request
    var named = settings.weights.merging(request.weights) { $1 }
    if request.palette != nil, named[BlockName.palette.rawValue] == nil {
      named[BlockName.palette.rawValue] = Double(PaletteBlock.weightWhenAsked)
    }
    if request.text != nil, named[BlockName.text.rawValue] == nil {
      named[BlockName.text.rawValue] = Double(TextSearch.weightWhenAsked)
    }
    weights = try BlockWeights(named: named)
    passing = try request.filter.map { try catalog.artworks(passing: $0) }
    quota = try request.most.map { Quota(most: $0.count, labels: try catalog.labels(of: $0.column)) }
    facets =
      request.facets.isEmpty ? nil : try Answer.Facet.count(request.facets, in: catalog, among: passing)
    let texts = TextBlocks(catalog, settings)
    try texts.refreshForQuery()
    textModel = request.text == nil ? nil : try texts.model()
    let index = try home.index(catalog, settings)
    search = try index.search { tell($0) }
    reader = SignatureReader(catalog, search.layout.descriptors)
    finder = SubjectFinder(catalog, settings)
  }

  /// - Parameters:
  ///   - like: ids of works, or names of image files; `-` is standard input. None where a text or a palette is asked for.
  ///   - unlike: the same, to be pushed away from.
  ///   - region: the part of each picture of `like` that is meant.
  /// - Throws: `CommandFailure` that names the part of the query that has no answer.
  func answer(_ like: [String], unlike: [String], region: PictureRegion? = nil) throws -> Answer {
    let clock = ContinuousClock()
    let positives = try like.map { try subject($0, region) }
    let negatives = try unlike.map { try subject($0, nil) }
    let start = clock.now
    var hasGoodMatch: Bool?
    let excluded = Set((positives + negatives).compactMap(\.artworkID))
    let results: [Answer.Result]
    if like.isEmpty && unlike.isEmpty && request.palette == nil, let text = request.text {
      results = try self.results(places(text))
    } else {
      let query = Query(
        positives: positives.map(\.example), negatives: negatives.map(\.example), given: try given(),
        weights: weights,
        count: request.count, among: passing, excluded: excluded, quota: quota, diversity: request.diversity)
      let hits: [Hit]
      (hits, hasGoodMatch) = try self.hits(query, like)
      results = try self.results(hits)
    }
    return Answer(
      query: .init(
        like: like.map(SubjectFinder.shown), unlike: unlike.map(SubjectFinder.shown), region: region?.text,
        palette: request.palette?.text, text: request.text,
        weights: weights.byName.reduce(into: [:]) { $0[$1.key.rawValue] = Double($1.value) },
        filter: request.filter, k: request.count),
      results: results, hasGoodMatch: hasGoodMatch, facets: facets,
      milliseconds: (clock.now - start) / .milliseconds(1),
      generation: search.generation)
  }

  private func hits(_ query: Query, _ like: [String]) throws -> (hits: [Hit], hasGoodMatch: Bool?) {
    do {
      let found = try search.find(query)
      let least = request.minimumScore ?? -.infinity
      return (found.hits.filter { $0.score >= least }, found.hasGoodMatch)
    } catch SimilaritySearch.Fault.nothingToCompare {
      let names = like.map(SubjectFinder.shown) + [request.text, request.palette?.text].compactMap { $0 }
      throw CommandFailure(
        "\(names.joined(separator: ", ")): nothing is known of it that the weights give weight to")
    }
  }

  /// The palette and the text as blocks.
  private func given() throws -> [BlockName: [Float]] {
    var given: [BlockName: [Float]] = [:]
    if let palette = request.palette { given[.palette] = PaletteBlock().vector(of: palette.palette) }
    if let text = request.text {
      guard let vector = textModel?.vector(of: text) else {
        throw CommandFailure("'\(text)': none of its words is in the catalogue")
      }
      if weights[.text] > 0 { given[.text] = vector }
    }
    return given
  }

  /// By words and meaning.
  private func places(_ text: String) throws -> [TextSearch.Place] {
    guard let query = WordQuery(text) else {
      throw CommandFailure("there is no word to look for in '\(text)'")
    }
    let isVaried = request.diversity > 0
    let count = isVaried ? 5 * request.count + 20 : request.count
    let places = try TextSearch(catalog, search, weights[.text] > 0 ? textModel : nil)
      .answer(query, count: count, among: passing, quota: quota)
      .filter { place in request.minimumScore.map { Float(place.score) >= $0 } ?? true }
    guard isVaried, let best = places.first?.score else { return places }
    let byID = Dictionary(uniqueKeysWithValues: places.map { ($0.artworkID, $0) })
    return search.diversified(
      places.map { ($0.artworkID, Float($0.score / best)) }, count: request.count,
      diversity: request.diversity,
      weights: weights
    ).compactMap { byID[$0] }
  }

  private struct Subject {
    let example: Example
    /// nil for a picture that is no work of the catalogue.
    let artworkID: ArtworkID?
  }

  private func subject(_ text: String, _ region: PictureRegion?) throws -> Subject {
    switch try finder.subject(text, region: region) {
    case .work(let record):
      let id = record.artwork.id
      guard let example = try reader.example(of: record) else {
        throw CommandFailure.unmeasured(id, hasFiles: !record.files.isEmpty)
      }
      return Subject(example: example, artworkID: id)
    case .picture(let measurement, let name, let owner):
      let known = Set(search.layout.descriptors.map { [$0.name.rawValue, String($0.version)] })
      let others = measurement.blocks.filter {
        $0.name != .traits && !known.contains([$0.name.rawValue, String($0.version)])
      }
      if !others.isEmpty {
        tell(
          "\(name): compared without \(others.map(\.name.rawValue).joined(separator: ", ")), which the catalogue still has by other "
            + "methods: morelli rebuild --features")
      }
      return Subject(example: reader.example(of: measurement.blocks, measurement.palette), artworkID: owner)
    }
  }

  private func results(_ hits: [Hit]) throws -> [Answer.Result] {
    try zip(1..., hits).map { rank, hit in
      try Answer.Result(
        rank, hit.artworkID, file: hit.fileID, in: catalog, score: hit.score,
        percentile: hit.percentile,
        contributions: hit.contributions.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value })
    }
  }

  private func results(_ places: [TextSearch.Place]) throws -> [Answer.Result] {
    try zip(1..., places).map { rank, place in
      try Answer.Result(
        rank, place.artworkID, file: nil, in: catalog, score: Float(place.score),
        contributions: place.contributions.mapValues { Float($0) })
    }
  }
}
