import ArgumentParser
import Catalog
import Foundation
import Platform
import SystemPackage

/// Writes the catalogue for other programs, and for `import`.
struct ExportCatalog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Writes the catalogue to standard output.",
    discussion: """
      CSV has one row a file (a work with two files has two rows), in the columns that import reads; JSON Lines has \
      one work a line, with all its files.

      Examples:
        morelli export catalog > catalog.csv
        morelli export catalog --relative-to ~/scans > ~/scans/catalog.csv
        morelli export catalog --format jsonl
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, jsonl
  }

  @OptionGroup var options: HomeOptions
  @Option(help: "csv or jsonl.") var format = Format.csv
  @Option(
    help: "In CSV, write paths below this folder relative to it: such a file can move with its images.",
    completion: .directory)
  var relativeTo: String?

  private func written(_ path: FilePath) -> String {
    guard let relativeTo else { return path.displayName }
    var rest = path
    return rest.removePrefix(FilePath(argument: relativeTo).absolute) ? rest.displayName : path.displayName
  }

  func run() throws {
    let catalog = try options.home.open()
    switch format {
    case .jsonl:
      try catalog.forEachArtwork { try JSONOutput.print(ArtworkDocument($0), pretty: false) }
    case .csv:
      FileHandle.standardOutput.write(Data(try CatalogueTable.csv(catalog, written: written)))
    }
  }
}
