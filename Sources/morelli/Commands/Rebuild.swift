import ArgumentParser
import Catalog
import Ingest
import Platform

/// Makes again what is derived from the catalogue and its images.
struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reads the catalogue's texts anew, and measures its files again.",
    discussion: """
      What makes vectors of texts is fitted on the catalogue as it is now, and all texts are read with it.

      With --features, every file that lacks a block of the current methods is read and measured again: after an update \
      of the program, or when embedding.model was set. With --all, every file is. What is interrupted goes on where it \
      was when the command is given again (with --all, from the beginning).

      Searches read the catalogue: there is no index to rebuild.

      Examples:
        morelli rebuild
        morelli rebuild --features
        morelli rebuild --features --all --jobs 4
      """)

  @OptionGroup var options: HomeOptions
  @Flag(help: "Measure what was measured by other methods, or not at all.") var features = false
  @Flag(help: "Measure every file, whatever it has.") var all = false
  @Option(help: "Pictures measured side by side. Default: one for each processor.") var jobs: Int?
  @Flag(help: "One JSON document.") var json = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is 1 to 1024.") }
    if all && !features { throw ValidationError("--all is for --features.") }
  }

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    Interruption.watch()
    let images = try features ? measure(catalog, home.settingsFile.read()) : nil
    let isInterrupted = images?.isInterrupted ?? false
    let texts = TextBlocks(catalog)
    if !isInterrupted { try texts.refreshWithBar(refits: true) }
    let document = RebuildDocument(images: images, texts: try catalog.storedTextModel()?.works ?? 0)
    if json { try JSONOutput.print(document) } else { print(document.sentence) }
    if isInterrupted || (images.map { $0.refused + $0.missing > 0 } ?? false) { throw ExitCode(2) }
  }

  private func measure(_ catalog: Catalog, _ settings: Settings) throws -> RebuildDocument.Images {
    var ingest = IngestOptions(jobs: jobs ?? settings.effectiveJobs)
    ingest.worker = settings.workerSettings
    ingest.includesHidden = true
    ingest.remeasures = all
    let paths = try catalog.files().map(\.path)
    // A file that is gone is nothing to refuse: its work keeps what was measured of it.
    let there = paths.filter { (try? FileKind(at: $0)) != nil }
    var bar = ProgressBar("images")
    defer { bar.finish() }
    let report = try Ingester(catalog, program: WorkerCommand.program, options: ingest).run(
      there, isStopped: { Interruption.isRequested }, progress: { bar.show($0.done, of: $0.total) })
    if !json { report.tellRefused() }
    return RebuildDocument.Images(report, missing: paths.count - there.count)
  }
}

/// What was made again, as JSON has it.
private struct RebuildDocument: Encodable {
  struct Images: Encodable {
    let measured, unchanged, refused, missing, left: Int
    let isInterrupted: Bool

    enum CodingKeys: String, CodingKey {
      case measured, unchanged, refused, missing, left
      case isInterrupted = "interrupted"
    }

    init(_ report: IngestReport, missing: Int) {
      measured = report.added + report.changed + report.touched + report.moved
      unchanged = report.unchanged
      refused = report.refused.count
      self.missing = missing + report.vanished
      left = report.left
      isInterrupted = report.isInterrupted
    }

    var sentence: String {
      var parts = ["\(measured) measured", "\(unchanged) up to date", "\(refused) refused"]
      if missing > 0 { parts.append("\(missing) not there any more") }
      let interruption = isInterrupted ? " Interrupted with \(left) to go." : ""
      return "Images: " + parts.joined(separator: ", ") + "." + interruption
    }
  }

  /// null without `--features`.
  @OrNull var images: Images?
  /// Works whose texts the text block was fitted on.
  let texts: Int

  var sentence: String {
    [
      images?.sentence,
      texts > 0 ? "Texts: fitted on \(texts) works." : "Texts: nothing is said of any work.",
    ]
    .compactMap { $0 }.joined(separator: "\n")
  }
}
