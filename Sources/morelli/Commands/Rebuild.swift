import ArgumentParser
import Catalog
import Foundation
import Ingest
import Platform
import Text
import VectorIndex

/// Makes again what is derived from the catalogue and its images.
struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Builds the index anew from the catalogue; with --features, measures its files again first.",
    discussion: """
      Where the catalogue has changed by a tenth (or with --texts), what makes vectors of texts is fitted on it anew. Then a new \
      generation of the index is built beside the one in use, checked against the truth on a sample, and put in its place; \
      one that finds too little is not. Searches go on meanwhile. morelli rollback takes the generation before into use again.

      With --features, every file that lacks a block of the current methods is read and measured again: after an update \
      of the program, or when embedding.model was set. With --all, every file is. Until all are, searches go by what was measured \
      before. What is interrupted goes on where it \
      was when the command is given again (with --all, from the beginning).

      Examples:
        morelli rebuild
        morelli rebuild --features
        morelli rebuild --features --all --jobs 4
      """)

  @OptionGroup var options: HomeOptions
  @Flag(help: "Measure what was measured by other methods, or not at all.") var features = false
  @Flag(help: "Measure every file, whatever it has.") var all = false
  @Flag(help: "Fit what makes vectors of texts anew, even where little has changed.") var texts = false
  @Option(
    help: "The kind of index, this once: auto, flat, hnsw, ivf, … Default: the setting index.kind, auto.")
  var kind: String?
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
    var settings = try home.settingsFile.read()
    if let kind { settings.indexKind = try settings.kind(named: kind) }
    let images = try features ? measure(catalog, settings) : nil
    let isInterrupted = images?.isInterrupted ?? false
    var generation: Generation?
    if !isInterrupted {
      let blocks = TextBlocks(catalog, settings)
      try blocks.refreshWithBar(refits: texts || blocks.isOutOfDate())
      generation = try home.buildIndex(catalog, settings)
    }
    let document = RebuildDocument(
      images: images, texts: try catalog.storedTextModel().map(RebuildDocument.Texts.init),
      index: generation.map(RebuildDocument.Index.init))
    if json { try JSONOutput.print(document) } else { print(document.sentence) }
    if isInterrupted || (images.map { $0.refused + $0.missing > 0 } ?? false) { throw ExitCode(2) }
  }

  private func measure(_ catalog: Catalog, _ settings: Settings) throws -> RebuildDocument.Images {
    var ingest = IngestOptions(jobs: jobs ?? settings.effectiveJobs)
    ingest.worker = settings.workerSettings
    ingest.includesHidden = true
    ingest.remeasures = all
    ingest.takesIncompleteBlocks = true
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

  /// What makes the text block.
  struct Texts: Encodable {
    /// `lexical` or `semantic`.
    let method: String
    /// How many it was fitted on.
    let works: Int

    init(_ model: StoredTextModel) {
      method = model.method.rawValue
      works = model.works
    }
  }

  /// The new generation.
  struct Index: Encodable {
    let generation, signatures: Int
    let kind: String
    /// Of the twenty true best, so much is found.
    let recall: Double

    init(_ generation: Generation) {
      self.generation = generation.number
      signatures = generation.count
      kind = generation.manifest.kind
      recall = generation.manifest.recall
    }
  }

  /// null without `--features`.
  @OrNull var images: Images?
  /// null where nothing is said of any work.
  @OrNull var texts: Texts?
  /// null when interrupted.
  @OrNull var index: Index?

  var sentence: String {
    [
      images?.sentence,
      texts.map { "Texts: \($0.method), fitted on \($0.works) works." },
      index.map {
        "Index: generation \($0.generation), \($0.kind), \($0.signatures) signatures, "
          + String(format: "%.1f %% of the true best found.", 100 * $0.recall)
      },
    ].compactMap { $0 }.joined(separator: "\n")
  }
}
