import ArgumentParser
import Catalog
import Ingest
import Platform

/// Makes again what is derived from the images.
struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the catalogue's files again.",
    discussion: """
      With --features, every file that lacks a block of the current methods is read and measured again: after an update \
      of the program, or when embedding.model was set. With --all, every file is. What is interrupted goes on where it \
      was when the command is given again (with --all, from the beginning).

      Searches read the catalogue: there is no index to rebuild.

      Examples:
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
    if !features { throw ValidationError("Say what to rebuild: --features.") }
  }

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    let settings = try home.settingsFile.read()
    var ingest = IngestOptions(jobs: jobs ?? settings.effectiveJobs)
    ingest.worker = settings.workerSettings
    ingest.includesHidden = true
    ingest.remeasures = all
    let paths = try catalog.files().map(\.path)
    // A file that is gone is nothing to refuse: its work keeps what was measured of it.
    let there = paths.filter { (try? FileKind(at: $0)) != nil }
    Interruption.watch()
    var bar = ProgressBar("images")
    let report = try Ingester(catalog, program: WorkerCommand.program, options: ingest).run(
      there, isStopped: { Interruption.isRequested }, progress: { bar.show($0.done, of: $0.total) })
    bar.finish()
    let document = RebuildDocument(report, missing: paths.count - there.count)
    if json {
      try JSONOutput.print(document)
    } else {
      report.tellRefused()
      print(document.sentence)
    }
    if report.isInterrupted || document.refused + document.missing > 0 { throw ExitCode(2) }
  }
}

/// What was measured again, as JSON has it.
private struct RebuildDocument: Encodable {
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
