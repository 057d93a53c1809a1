import Catalog
import Foundation
import Model
import SystemPackage

/// The catalogue as a table: one row a file, in the columns that `import` reads.
enum CatalogueTable {
  private static let portion = 1 << 20

  /// - Parameters:
  ///   - among: only these works; nil for all, removed ones too.
  ///   - written: how a path stands there.
  ///   - write: given the bytes, some rows at a time.
  static func csv(
    _ catalog: Catalog, among: Set<ArtworkID>? = nil, written: (FilePath) -> String,
    to write: ([UInt8]) throws -> Void
  ) throws {
    var attributes: Set<String> = []
    try catalog.forEachArtwork { attributes.formUnion($0.attributes.keys) }
    let columns = attributes.sorted()
    var writer = CSVWriter()
    writer.append(CatalogueColumns.known + columns)
    try catalog.forEachArtwork { record in
      guard among?.contains(record.artwork.id) ?? true else { return }
      // A work that waits for its image says for which.
      let files = (record.files.isEmpty ? record.claims : record.files.map(\.path)).map(written)
      for file in files.isEmpty ? [""] : files {
        writer.append(
          CatalogueColumns.values(of: record, file: file) + columns.map { record.attributes[$0] ?? "" })
      }
      if writer.bytes.count >= portion {
        try write(Array(writer.bytes))
        writer = CSVWriter()
      }
    }
    try write(Array(writer.bytes))
  }
}

/// A list of results as a table.
struct FindingsTable {
  let bytes: [UInt8]

  init(_ findings: Findings) {
    let blocks = Set(findings.works.flatMap(\.contributions.keys)).sorted()
    var writer = CSVWriter()
    writer.append(["rank", "id", "title", "artist", "date", "style", "score", "percentile"] + blocks)
    for work in findings.works {
      let artwork = work.card?.artwork
      var row = [String(work.rank), work.id.rawValue]
      row += [artwork?.title, artwork?.artist, artwork?.date, artwork?.style].map { $0 ?? "" }
      row.append(String(work.score.rounded6))
      row.append(work.percentile.map { String(Answer.Result.rounded($0)) } ?? "")
      row += blocks.map { name in work.contributions[name].map { String($0.rounded6) } ?? "" }
      writer.append(row.map(Self.inert))
    }
    bytes = Array(writer.bytes)
  }

  /// Spreadsheets take such beginnings for formulas: this list is for looking at, never for importing.
  private static func inert(_ cell: String) -> String {
    guard let first = cell.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first),
      Double(cell) == nil
    else {
      return cell
    }
    return "'" + cell
  }
}
