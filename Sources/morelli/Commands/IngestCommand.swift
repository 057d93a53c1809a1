import ArgumentParser
import Catalog
import Ingest
import Platform
import SystemPackage

/// Brings folders of images into the catalogue, once.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Brings images into the catalogue: decodes them, measures them, stores what was measured.",
    discussion: """
      Folders are walked, files are taken as they are; your images are never changed. What is in already and has not \
      been written to is passed over, so that the same command goes on where it was interrupted.

      Examples:
        morelli ingest scans/
        morelli ingest scans/ --catalog scans/catalog.csv --jobs 4
        morelli ingest one.tif another.jpg
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "Folders or image files.", completion: .directory) var paths: [String]
  @Option(
    help: ArgumentHelp("What the works are (see morelli help import).", valueName: "csv"),
    completion: .file(extensions: ["csv"]))
  var catalog: String?
  @Option(help: "Pictures measured side by side. Default: one for each processor.") var jobs: Int?
  @Flag(help: "Also files that were refused before and have not changed.") var retry = false
  @Flag(help: "Also files and folders whose names begin with a dot.") var hidden = false
  @Flag(help: "One JSON document.") var json = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is 1 to 1024.") }
    if paths.isEmpty { throw ValidationError("Name a folder or an image file.") }
  }

  func run() throws {
    let roots = paths.map { FilePath(argument: $0) }
    for root in roots {
      do throws(Errno) { _ = try FileKind(at: root) } catch {
        throw CommandFailure("\(root.displayName): \(error)")
      }
    }
    let catalogue = try catalog.map { try CatalogueFile($0) }
    let home = options.home
    let store = try home.create()
    let settings = try home.settingsFile.read()

    // Rows with ids come first, so that their images are never named after their bytes.
    if let catalogue {
      _ = try store.importTable(catalogue.table, relativeTo: catalogue.folder, scope: .rowsWithID)
    }
    let report = try measure(roots, into: store, settings, home: home)
    let rows = try catalogue.map { try store.importTable($0.table, relativeTo: $0.folder) }
    if !report.isInterrupted { try home.bringUpToDate(store, settings) }

    if json {
      try JSONOutput.print(IngestDocument(report, rows))
    } else {
      if let rows, let catalog {
        CatalogueFile.tellProblems(rows, in: catalog)
        print("Catalogue: \(ImportDocument(rows).sentence).")
      }
      report.tellRefused()
      print(IngestDocument(report, rows).sentence)
    }
    if report.isInterrupted || !report.refused.isEmpty || rows.map({ !$0.refused.isEmpty }) ?? false {
      throw ExitCode(2)
    }
  }

  private func measure(_ roots: [FilePath], into store: Catalog, _ settings: Settings, home: Home) throws
    -> IngestReport
  {
    var ingest = IngestOptions(jobs: jobs ?? settings.effectiveJobs)
    ingest.worker = settings.workerSettings
    ingest.includesHidden = hidden || settings.includesHidden
    ingest.retriesRefused = retry
    ingest.excluded = [home.path]
    Interruption.watch()
    var bar = ProgressBar("images")
    defer { bar.finish() }
    return try Ingester(store, program: WorkerCommand.program, options: ingest).run(
      roots, isStopped: { Interruption.isRequested }, progress: { bar.show($0.done, of: $0.total) })
  }
}

extension IngestReport {
  /// Names every refused file on standard error, with the reason.
  func tellRefused() {
    for file in refused {
      tell("refused: \(file.path.displayName): \(file.refusal.reason) [\(file.refusal.code.rawValue)]")
    }
  }
}

/// What an ingest did, as JSON has it.
struct IngestDocument: Encodable {
  struct Refused: Encodable {
    let file, code, reason: String
    let isNew: Bool

    enum CodingKeys: String, CodingKey {
      case file, code, reason
      case isNew = "new"
    }
  }

  let added, changed, retagged, moved, touched, unchanged, vanished, left: Int
  let passedOver: Int
  let isInterrupted: Bool
  let refused: [Refused]
  @OrNull var catalogue: ImportDocument?

  enum CodingKeys: String, CodingKey {
    case added, changed, moved, touched, unchanged, vanished, left, refused, catalogue
    case retagged = "metadata_only"
    case passedOver = "passed_over"
    case isInterrupted = "interrupted"
  }

  init(_ report: IngestReport, _ rows: ImportReport?) {
    added = report.added
    changed = report.changed
    retagged = report.retagged
    moved = report.moved
    touched = report.touched
    unchanged = report.unchanged
    vanished = report.vanished
    left = report.left
    passedOver = report.passedOver
    isInterrupted = report.isInterrupted
    refused = report.refused.map {
      Refused(
        file: $0.path.displayName, code: $0.refusal.code.rawValue, reason: $0.refusal.reason, isNew: $0.isNew)
    }
    catalogue = rows.map { ImportDocument($0) }
  }

  var sentence: String {
    var parts = [
      "\(added) added", "\(changed) changed", "\(unchanged + touched) unchanged", "\(refused.count) refused",
    ]
    if retagged > 0 { parts[1] += " (\(retagged) in their metadata only)" }
    if moved > 0 { parts.append("\(moved) moved") }
    if vanished > 0 { parts.append("\(vanished) gone meanwhile") }
    let codes = Dictionary(grouping: refused, by: \.code).sorted { $0.key < $1.key }.map {
      "\($0.value.count) \($0.key)"
    }
    if !codes.isEmpty { parts[3] += " (" + codes.joined(separator: ", ") + ")" }
    let interruption =
      isInterrupted ? " Interrupted with \(left) to go; the same command goes on from here." : ""
    return "Images: " + parts.joined(separator: ", ") + "." + interruption
  }
}
