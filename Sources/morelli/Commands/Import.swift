import ArgumentParser
import Catalog
import Foundation
import Ingest
import SystemPackage

/// Takes a catalogue file.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes the rows of a catalogue (CSV).",
    discussion: """
      A header row, UTF-8; a column `file` (path relative to the CSV, or a bare file name) or `id` ties a row to an \
      image. Known columns: id, file, title, artist, date, style, genre, medium, description, tags, price, currency, \
      availability, removed. Any other column is kept, and filters can use it.
      A row changes only the columns that the file has; an empty cell clears.

      Examples:
        morelli import catalog.csv --dry-run
        morelli import catalog.csv
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "The CSV file.", completion: .file(extensions: ["csv"])) var file: String
  @Flag(name: .customLong("dry-run"), help: "Tell what would change, and change nothing.") var dryRun = false
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let catalogue = try CatalogueFile(file)
    let report = try dryRun ? rehearsal(catalogue) : take(catalogue, into: options.home, dryRun: false)
    if json {
      try JSONOutput.print(ImportDocument(report))
    } else {
      CatalogueFile.tellProblems(report, in: file)
      print((dryRun ? "Nothing was changed. It would be " : "") + ImportDocument(report).sentence + ".")
    }
    if !report.refused.isEmpty { throw ExitCode(2) }
  }

  private func take(_ catalogue: CatalogueFile, into home: Home, dryRun: Bool) throws -> ImportReport {
    let catalog = try home.create()
    let report = try catalog.importTable(catalogue.table, relativeTo: catalogue.folder, dryRun: dryRun)
    if !dryRun {
      let settings = try home.settingsFile.read()
      try home.bringUpToDate(catalog, settings)
    }
    return report
  }

  /// Where there is no home, an empty one stands in for as long as it takes: a dry run leaves nothing behind.
  private func rehearsal(_ catalogue: CatalogueFile) throws -> ImportReport {
    if options.home.exists { return try take(catalogue, into: options.home, dryRun: true) }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("morelli-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try take(catalogue, into: Home(path: FilePath(folder.path)), dryRun: true)
  }
}
