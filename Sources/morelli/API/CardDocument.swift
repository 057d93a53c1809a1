import Catalog
import Foundation
import Model
import SystemPackage

/// A work where many are shown, as the network has it: without any path of this machine.
struct CardDocument: Encodable {
  struct Image: Encodable {
    /// The reproduction's number.
    let file: Int64
    /// Upright, of the original, in pixels.
    let width, height: Int
  }

  let id: String
  @OrNull var title: String?
  @OrNull var artist: String?
  @OrNull var date: String?
  @OrNull var style: String?
  @OrNull var genre: String?
  @OrNull var medium: String?
  @OrNull var image: Image?
  let palette: [ArtworkDocument.Swatch]

  init(_ id: ArtworkID, _ card: ArtworkCard?) {
    let artwork = card?.artwork
    self.id = id.rawValue
    title = artwork?.title
    artist = artwork?.artist
    date = artwork?.date
    style = artwork?.style
    genre = artwork?.genre
    medium = artwork?.medium
    image = card?.file.flatMap { file in
      file.id.map { Image(file: $0, width: file.width, height: file.height) }
    }
    palette = card?.palette?.swatches.map(ArtworkDocument.Swatch.init) ?? []
  }
}

/// A work that was found.
struct HitDocument: Encodable {
  let card: CardDocument
  let rank: Int
  let score: Double
  let percentile: Double?
  let contributions: [String: Double]

  init(_ work: Findings.Work) {
    card = CardDocument(work.id, work.card)
    rank = work.rank
    score = work.score.rounded6
    percentile = work.percentile.map(Answer.Result.rounded)
    contributions = work.contributions.mapValues(\.rounded6)
  }

  enum CodingKeys: String, CodingKey {
    case rank, score, percentile, contributions
  }

  func encode(to encoder: any Encoder) throws {
    try card.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rank, forKey: .rank)
    try container.encode(score, forKey: .score)
    try container.encode(percentile, forKey: .percentile)
    try container.encode(contributions, forKey: .contributions)
  }
}

/// An answer, as the network has it.
struct FindingsDocument: Encodable {
  let query: Answer.Query
  let results: [HitDocument]
  @OrNull var hasGoodMatch: Bool?
  let facets: [String: [Answer.Facet]]?
  let milliseconds: Double
  @OrNull var generation: Int?
  let notes: [String]

  init(_ findings: Findings) {
    query = findings.query
    results = findings.works.map(HitDocument.init)
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

/// All that is known of a work, as the network has it.
struct WorkDocument: Encodable {
  struct File: Encodable {
    let id: Int64
    let name, format: String
    let width, height, bytes: Int
    let sha256: String
    let missing: Bool
    let palette: [ArtworkDocument.Swatch]
  }

  let card: CardDocument
  let rest: ArtworkDocument
  let files: [File]

  init(_ record: ArtworkRecord) {
    let shown = record.files.first { $0.missingSince == nil }
    card = CardDocument(
      record.artwork.id,
      ArtworkCard(
        artwork: record.artwork, file: shown, palette: shown?.id.flatMap { record.palettes[$0] }))
    rest = ArtworkDocument(record)
    files = record.files.compactMap { file in
      file.id.map { id in
        File(
          id: id, name: file.path.lastComponent.map { $0.string } ?? "", format: file.format,
          width: file.width,
          height: file.height, bytes: file.seen.size, sha256: file.contentHash.hexadecimal,
          missing: file.missingSince != nil,
          palette: (record.palettes[id]?.swatches ?? []).map(ArtworkDocument.Swatch.init))
      }
    }
  }

  enum CodingKeys: String, CodingKey {
    case description, years, tags, price, currency, availability, removed, attributes, aliases, files
  }

  func encode(to encoder: any Encoder) throws {
    try card.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rest.description, forKey: .description)
    try container.encode(rest.years, forKey: .years)
    try container.encode(rest.tags, forKey: .tags)
    try container.encode(rest.price, forKey: .price)
    try container.encode(rest.currency, forKey: .currency)
    try container.encode(rest.availability, forKey: .availability)
    try container.encode(rest.removed, forKey: .removed)
    try container.encode(rest.attributes, forKey: .attributes)
    try container.encode(rest.aliases, forKey: .aliases)
    try container.encode(files, forKey: .files)
  }
}
