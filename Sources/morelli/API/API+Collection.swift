import Catalog
import Features
import Foundation
import Model
import Platform
import Search
import Server
import SystemPackage

// MARK: The collection as a whole

extension API {
  var collectionEndpoints: [Endpoint] { [blocks, columns, facets, timeline, export, map] }

  private struct BlocksDocument: Encodable {
    struct Block: Encodable {
      let name: String
      let dimension: Int
      /// Where nothing is said of weights.
      let weight: Double
    }

    let blocks: [Block]
    @OrNull var generation: Int?
  }

  private var blocks: Endpoint {
    Endpoint(.get, "/v1/blocks") { _ in
      let weights = try BlockWeights(named: collection.settings.weights)
      return try .document(
        BlocksDocument(
          blocks: collection.descriptors.map {
            .init(name: $0.name.rawValue, dimension: $0.dimension, weight: weights[$0.name].rounded6)
          }, generation: collection.state.generation))
    }
  }

  /// Columns by which works can be told apart.
  static let knownColumns = [
    "artist", "style", "genre", "medium", "date", "tags", "currency", "availability",
  ]

  private var columns: Endpoint {
    Endpoint(.get, "/v1/columns") { _ in
      Reply(
        try summaries.document("columns") {
          let names =
            Self.knownColumns.map { ($0, "known") } + (try catalog.attributeNames().map { ($0, "attribute") })
          return [
            "columns": .list(
              try names.compactMap { name, kind in
                let values = Set(try catalog.labels(of: name).values).count
                guard kind == "attribute" || values > 0 else { return nil }
                return ["name": .text(name), "kind": .text(kind), "values": .integer(values)]
              })
          ]
        })
    }
  }

  private var facets: Endpoint {
    Endpoint(.get, "/v1/facets", query: ["columns", "filter", "limit"]) { call in
      let start = ContinuousClock.now
      guard let text = try call.query.text("columns") else { throw Problem.unclear("'columns' is missing") }
      let columns = Self.columns(text)
      guard !columns.isEmpty, columns.count <= 32 else {
        throw Problem.unclear("'columns' names 1 to 32 columns")
      }
      let limit = try call.query.integer("limit", in: 1...500) ?? 50
      let filter = try call.query.text("filter")
      let key = "facets\u{0}\(columns)\u{0}\(filter ?? "")\u{0}\(limit)"
      return Reply(
        try summaries.document(key) {
          let among = try passing(call)
          let counts = try asked { try Answer.Facet.count(columns, in: catalog, among: among) }
          return [
            "facets": FindingsDocument.facets(counts.mapValues { Array($0.prefix(limit)) }),
            "total": .integer(try among?.count ?? summaries.total(of: "\u{0}") { try catalog.count() }),
            "took_ms": .number(Self.milliseconds(since: start)),
            "generation": .integer(orNull: collection.state.generation),
          ]
        })
    }
  }

  // MARK: Colours in time

  private static let timelineWorks = 5000

  private var timeline: Endpoint {
    Endpoint(.get, "/v1/timeline", query: ["filter"]) { call in
      Reply(
        try summaries.document("timeline\u{0}\(call.query.text("filter") ?? "")") {
          let dated = try catalog.datedWorks(among: passing(call))
          let step = max(1, (dated.count + Self.timelineWorks - 1) / Self.timelineWorks)
          let chosen = stride(from: 0, to: dated.count, by: step).map { dated[$0] }
          let cards = try catalog.cards(chosen.reduce(into: [:]) { $0[$1.id] = .some(nil) })
          return [
            "works": .list(
              chosen.compactMap { work in
                guard let palette = cards[work.id]?.palette else { return nil }
                return [
                  "id": .text(work.id.rawValue), "from": .integer(work.earliest), "to": .integer(work.latest),
                  "colours": .list(
                    palette.swatches.map { [.text($0.hexadecimal), .number($0.share.rounded6)] }),
                ]
              }), "sampled": .flag(step > 1),
          ]
        })
    }
  }

  // MARK: The catalogue for other programs

  private enum CatalogueFormat: String, CaseIterable {
    case csv, jsonl
    case linkedArt = "linked-art"
  }

  private var export: Endpoint {
    Endpoint(.get, "/v1/export", query: ["format", "filter"], pace: .long) { call in
      let format = try call.query.choice("format", of: CatalogueFormat.self) ?? .csv
      let among = try passing(call)
      let spool = try TemporarySpool(in: collection.home.spool)
      var size = 0
      func write(_ data: some Collection<UInt8>) throws {
        size += data.count
        try spool.append(data)
      }
      switch format {
      case .csv:
        try CatalogueTable.csv(catalog, among: among, written: { $0.lastComponent?.string ?? "" }, to: write)
      case .jsonl:
        try forEachLine(among, to: write) { Data(WorkDocument($0).node.bytes) }
      case .linkedArt: try forEachLine(among, to: write) { try linkedArt(of: $0, call.origin) }
      }
      let type = format == .csv ? "text/csv; charset=utf-8" : "application/x-ndjson"
      var reply = Reply(.spooled(try spool.finish(), size: size), contentType: type)
      reply.headers["Content-Disposition"] =
        "attachment; filename=\"catalogue.\(format == .csv ? "csv" : "jsonl")\""
      return reply
    }
  }

  private func forEachLine(
    _ among: Set<ArtworkID>?, to write: (Data) throws -> Void, _ line: (ArtworkRecord) throws -> Data
  ) throws {
    try catalog.forEachArtwork { record in
      guard !record.artwork.removed, among?.contains(record.artwork.id) ?? true else { return }
      try write(try line(record) + [UInt8(ascii: "\n")])
    }
  }
}
