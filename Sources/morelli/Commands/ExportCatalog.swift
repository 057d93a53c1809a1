import ArgumentParser
import Catalog
import Foundation
import Platform

/// Writes the catalogue for other programs, and for `import`.
struct ExportCatalog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Writes the catalogue to standard output.",
    discussion: """
      CSV has one row a file (a work with two files has two rows), in the columns that import reads; JSON Lines has \
      one work a line, with all its files.

      Example:
        morelli export catalog --format csv > catalog.csv
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, jsonl
  }

  @OptionGroup var options: HomeOptions
  @Option(help: "csv or jsonl.") var format = Format.csv

  func run() throws {
    let catalog = try options.home.open()
    switch format {
    case .jsonl:
      try catalog.forEachArtwork { try JSONOutput.print(ArtworkDocument($0), pretty: false) }
    case .csv:
      var attributes: Set<String> = []
      try catalog.forEachArtwork { attributes.formUnion($0.attributes.keys) }
      let columns = attributes.sorted()
      var writer = CSVWriter()
      writer.append(CatalogueColumns.known + columns)
      try catalog.forEachArtwork { record in
        // A work that waits for its image says for which.
        let files = (record.files.isEmpty ? record.claims : record.files.map(\.path)).map(\.displayName)
        for file in files.isEmpty ? [""] : files {
          writer.append(
            CatalogueColumns.values(of: record, file: file) + columns.map { record.attributes[$0] ?? "" })
        }
      }
      FileHandle.standardOutput.write(Data(writer.bytes))
    }
  }
}
