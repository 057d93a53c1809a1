import ArgumentParser
import Catalog
import Foundation
import IIIF
import Model
import Platform
import SystemPackage

/// Writes the catalogue for other programs, and for `import`.
struct ExportCatalog: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Writes the catalogue to standard output.",
    discussion: """
      CSV has one row a file (a work with two files has two rows), in the columns that import reads; JSON Lines has \
      one work a line, with all its files; Linked Art has one JSON-LD document a line.

      Examples:
        morelli export catalog > catalog.csv
        morelli export catalog --relative-to ~/scans > ~/scans/catalog.csv
        morelli export catalog --format jsonl
        morelli export catalog --format linked-art > works.jsonl
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv, jsonl
    case linkedArt = "linked-art"
  }

  @OptionGroup var options: HomeOptions
  @Option(help: "csv, jsonl or linked-art.") var format = Format.csv
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
    case .linkedArt:
      let server = try options.home.settingsFile.read().server.url
      let addresses = Addresses(base: server.isEmpty ? "urn:morelli" : server)
      try catalog.forEachArtwork { record in
        guard !record.artwork.removed else { return }
        print(
          String(decoding: LinkedArt(of: DescribedWork(record), at: addresses).document.bytes, as: UTF8.self))
      }
    case .jsonl:
      try catalog.forEachArtwork { try JSONOutput.print(ArtworkDocument($0), pretty: false) }
    case .csv:
      try CatalogueTable.csv(catalog, written: written) { FileHandle.standardOutput.write(Data($0)) }
    }
  }
}
