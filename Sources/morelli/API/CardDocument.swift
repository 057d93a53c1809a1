import Catalog
import Foundation
import Model
import SystemPackage

/// A work where many are shown, as the network has it: without any path of this machine.
struct CardDocument {
  let id: ArtworkID
  /// nil for a work that has just gone.
  let card: ArtworkCard?

  init(_ id: ArtworkID, _ card: ArtworkCard?) {
    self.id = id
    self.card = card
  }

  var members: [(name: String, value: JSONNode)] {
    let artwork = card?.artwork
    return [
      ("id", .text(id.rawValue)), ("title", .text(orNull: artwork?.title)),
      ("artist", .text(orNull: artwork?.artist)), ("date", .text(orNull: artwork?.date)),
      ("style", .text(orNull: artwork?.style)), ("genre", .text(orNull: artwork?.genre)),
      ("medium", .text(orNull: artwork?.medium)), ("image", image),
      ("palette", .list((card?.palette?.swatches ?? []).map(\.node))),
    ]
  }

  /// The reproduction: its number, and the original's upright size in pixels.
  private var image: JSONNode {
    guard let file = card?.file, let number = file.id else { return .null }
    return ["file": .integer(Int(number)), "width": .integer(file.width), "height": .integer(file.height)]
  }
}

extension Palette.Swatch {
  /// With its share of the picture, 0…1.
  var node: JSONNode { ["colour": .text(hexadecimal), "share": .number(share.rounded6)] }
}

/// An answer, as the network has it.
struct FindingsDocument {
  let findings: Findings

  init(_ findings: Findings) { self.findings = findings }

  var node: JSONNode {
    let query = findings.query
    let document: JSONNode = [
      "query": [
        "like": .list(query.like.map { .text($0) }), "unlike": .list(query.unlike.map { .text($0) }),
        "region": .text(orNull: query.region), "palette": .text(orNull: query.palette),
        "text": .text(orNull: query.text), "weights": Self.numbers(query.weights),
        "filter": .text(orNull: query.filter), "k": .integer(query.k),
      ],
      "results": .list(findings.works.map(Self.hit)),
      "good_match": findings.hasGoodMatch.map { .flag($0) } ?? .null,
      "took_ms": .number((findings.milliseconds * 1000).rounded() / 1000),
      "generation": .integer(orNull: findings.generation), "notes": .list(findings.notes.map { .text($0) }),
    ]
    return document.with("facets", findings.facets.map(Self.facets))
  }

  private static func hit(_ work: Findings.Work) -> JSONNode {
    .object(
      CardDocument(work.id, work.card).members + [
        ("rank", .integer(work.rank)), ("score", .number(work.score.rounded6)),
        ("percentile", .number(orNull: work.percentile.map(Answer.Result.rounded))),
        ("contributions", numbers(work.contributions.mapValues(\.rounded6))),
      ])
  }

  private static func numbers(_ numbers: [String: Double]) -> JSONNode {
    .object(numbers.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
  }

  static func facets(_ facets: [String: [Answer.Facet]]) -> JSONNode {
    .object(
      facets.sorted { $0.key < $1.key }.map { column, values in
        (column, .list(values.map { ["value": .text($0.value), "count": .integer($0.count)] }))
      })
  }
}

/// All that is known of a work, as the network has it.
struct WorkDocument {
  let record: ArtworkRecord

  init(_ record: ArtworkRecord) { self.record = record }

  var node: JSONNode {
    let artwork = record.artwork
    let shown = record.files.first { $0.missingSince == nil }
    let card = ArtworkCard(artwork: artwork, file: shown, palette: shown?.id.flatMap { record.palettes[$0] })
    let years: JSONNode =
      artwork.dateEarliest == nil && artwork.dateLatest == nil
      ? .null : [.integer(orNull: artwork.dateEarliest), .integer(orNull: artwork.dateLatest)]
    let tags = ArtworkDocument.tags(of: artwork)
    return .object(
      CardDocument(artwork.id, card).members + [
        ("description", .text(orNull: artwork.description)), ("years", years),
        ("tags", .list(tags.map { .text($0) })), ("price", .number(orNull: artwork.price)),
        ("currency", .text(orNull: artwork.currency)), ("availability", .text(orNull: artwork.availability)),
        ("removed", .flag(artwork.removed)),
        (
          "attributes",
          .object(record.attributes.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
        ),
        ("aliases", .list(record.aliases.map { .text($0.rawValue) })),
        ("files", .list(record.files.compactMap(file))),
      ])
  }

  private func file(_ file: ArtworkFile) -> JSONNode? {
    file.id.map { number in
      [
        "id": .integer(Int(number)), "name": .text(file.path.lastComponent?.string ?? ""),
        "format": .text(file.format), "width": .integer(file.width), "height": .integer(file.height),
        "bytes": .integer(file.seen.size), "sha256": .text(file.contentHash.hexadecimal),
        "missing": .flag(file.missingSince != nil),
        "palette": .list((record.palettes[number]?.swatches ?? []).map(\.node)),
      ]
    }
  }
}
