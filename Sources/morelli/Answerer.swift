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
  private let catalog: Catalog
  private let terms: Question.Terms
  private let palette: PaletteArgument?
  private let weights: BlockWeights
  private let passing: Set<ArtworkID>?
  private let quota: Quota?
  private let facets: [String: [Answer.Facet]]?
  private let reader: SignatureReader
  private let search: SimilaritySearch
  private let textModel: TextModel?

  /// - Parameter textModel: makes vectors of the search's text block; nil where there is none, or no text is asked for.
  /// - Throws: `CommandFailure` for weights, a filter, a palette or a column that make no sense.
  init(
    _ catalog: Catalog, _ settings: Settings, _ terms: Question.Terms, _ search: SimilaritySearch,
    textModel: TextModel?
  ) throws {
    self.catalog = catalog
    self.terms = terms
    self.search = search
    self.textModel = textModel
    palette = try terms.palette.map { text in
      guard let palette = PaletteArgument(argument: text) else {
        throw CommandFailure("'\(text)' is no palette such as '#1d3557:2,#e63946'")
      }
      return palette
    }
    var named = settings.weights.merging(terms.weights) { $1 }
    if palette != nil, named[BlockName.palette.rawValue] == nil {
      named[BlockName.palette.rawValue] = Double(PaletteBlock.weightWhenAsked)
    }
    if terms.text != nil, named[BlockName.text.rawValue] == nil {
      named[BlockName.text.rawValue] = Double(TextSearch.weightWhenAsked)
    }
    weights = try BlockWeights(named: named)
    passing = try terms.filter.map { try catalog.artworks(passing: $0) }
    quota = try terms.most.map { Quota(most: $0.count, labels: try catalog.labels(of: $0.column)) }
    facets =
      terms.facets.isEmpty ? nil : try Answer.Facet.count(terms.facets, in: catalog, among: passing)
    reader = SignatureReader(catalog, search.layout.descriptors)
  }

  /// - Parameter start: since when the question has been worked on.
  /// - Throws: `CommandFailure` that names the part of the question that has no answer.
  func answer(_ question: Question, since start: ContinuousClock.Instant = .now) throws -> Findings {
    let positives = try question.like.map(subject)
    let negatives = try question.unlike.map(subject)
    var hasGoodMatch: Bool?
    let excluded = Set((positives + negatives).compactMap(\.artworkID))
    let works: [Findings.Work]
    var note: String?
    if positives.isEmpty && negatives.isEmpty && palette == nil, let text = terms.text {
      works = try self.works(places(text))
    } else {
      let given = try given()
      note = given.note
      let query = Query(
        positives: positives.map(\.example), negatives: negatives.map(\.example), given: given.blocks,
        weights: weights,
        count: terms.count, among: passing, excluded: excluded, quota: quota, diversity: terms.diversity)
      let hits: [Hit]
      (hits, hasGoodMatch) = try self.hits(query, question.like.map(\.name))
      works = try self.works(hits)
    }
    return Findings(
      query: .init(
        like: question.like.map(\.name), unlike: question.unlike.map(\.name), region: question.region,
        palette: terms.palette, text: terms.text,
        weights: weights.byName.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value.rounded6 },
        filter: terms.filter, k: terms.count),
      works: works, hasGoodMatch: hasGoodMatch, facets: facets,
      milliseconds: (ContinuousClock.now - start) / .milliseconds(1),
      generation: search.generation,
      notes: (positives + negatives).compactMap(\.note) + [note].compactMap { $0 })
  }

  private func hits(_ query: Query, _ like: [String]) throws -> (hits: [Hit], hasGoodMatch: Bool?) {
    do {
      let found = try search.find(query)
      let least = terms.minimumScore ?? -.infinity
      let hits = found.hits.filter { hit in
        hit.score >= least && terms.minimumPercentile.map { hit.percentile ?? 0 >= $0 } ?? true
      }
      return (hits, found.hasGoodMatch)
    } catch SimilaritySearch.Fault.nothingToCompare {
      let names = like + [terms.text, terms.palette].compactMap { $0 }
      throw CommandFailure(
        "\(names.joined(separator: ", ")): nothing is known of it that the weights give weight to")
    }
  }

  /// The palette and the text as blocks, and what could not be taken into account.
  private func given() throws -> (blocks: [BlockName: [Float]], note: String?) {
    var given: [BlockName: [Float]] = [:]
    if let palette { given[.palette] = PaletteBlock().vector(of: palette.palette) }
    if let text = terms.text {
      guard let vector = textModel?.vector(of: text) else {
        return (given, "'\(text)': none of its words is in the catalogue")
      }
      if weights[.text] > 0 { given[.text] = vector }
    }
    return (given, nil)
  }

  /// By words and meaning.
  private func places(_ text: String) throws -> [TextSearch.Place] {
    guard let query = WordQuery(text) else {
      throw CommandFailure("there is no word to look for in '\(text)'")
    }
    let isVaried = terms.diversity > 0
    let count = isVaried ? 5 * terms.count + 20 : terms.count
    let places = try TextSearch(catalog, search, weights[.text] > 0 ? textModel : nil)
      .answer(query, count: count, among: passing, quota: quota)
      .filter { place in terms.minimumScore.map { Float(place.score) >= $0 } ?? true }
    guard isVaried, let best = places.first?.score else { return places }
    let byID = Dictionary(uniqueKeysWithValues: places.map { ($0.artworkID, $0) })
    return search.diversified(
      places.map { ($0.artworkID, Float($0.score / best)) }, count: terms.count,
      diversity: terms.diversity,
      weights: weights
    ).compactMap { byID[$0] }
  }

  private struct Subject {
    let example: Example
    /// nil for a picture that is no work of the catalogue.
    let artworkID: ArtworkID?
    /// What could not be compared.
    var note: String?
  }

  private func subject(_ asked: Question.Subject) throws -> Subject {
    let id = asked.id.map { ArtworkID(rawValue: $0) }
    if let picture = asked.picture {
      return Subject(
        example: reader.example(of: picture.blocks, picture.palette), artworkID: id,
        note: note(picture, asked.name))
    }
    guard let id, let record = try catalog.artwork(id) else {
      throw CommandFailure("there is no work '\(asked.name)'")
    }
    guard let example = try reader.example(of: record) else {
      throw CommandFailure.unmeasured(record.artwork.id, hasFiles: !record.files.isEmpty)
    }
    return Subject(example: example, artworkID: record.artwork.id)
  }

  private func note(_ picture: Ingest.Measurement, _ name: String) -> String? {
    let others = picture.blocks.filter { block in
      search.layout.descriptors.contains { $0.name == block.name && $0.version != block.version }
    }
    guard !others.isEmpty else { return nil }
    return
      "\(name): compared without \(others.map(\.name.rawValue).joined(separator: ", ")), which the catalogue still has by "
      + "other methods: morelli rebuild --features"
  }

  private func works(_ hits: [Hit]) throws -> [Findings.Work] {
    let cards = try catalog.cards(
      hits.reduce(into: [:]) { $0[$1.artworkID] = .some($1.fileID) })
    return zip(1..., hits).map { rank, hit in
      Findings.Work(
        rank: rank, id: hit.artworkID, card: cards[hit.artworkID], score: hit.score,
        percentile: hit.percentile,
        contributions: hit.contributions.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value })
    }
  }

  private func works(_ places: [TextSearch.Place]) throws -> [Findings.Work] {
    let cards = try catalog.cards(places.reduce(into: [:]) { $0[$1.artworkID] = .some(nil) })
    return zip(1..., places).map { rank, place in
      Findings.Work(
        rank: rank, id: place.artworkID, card: cards[place.artworkID], score: Float(place.score),
        percentile: nil,
        contributions: place.contributions.mapValues { Float($0) })
    }
  }
}
