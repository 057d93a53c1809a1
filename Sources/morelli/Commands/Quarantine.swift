import ArgumentParser
import Catalog
import Foundation
import Ingest
import Platform
import SystemPackage

/// Files that are not in, and what to do about them.
struct Quarantine: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists files that gave no picture, has them tried again, or forgets them.",
    discussion: """
      A file that was refused is tried again when it changes, or when the settings of decoding do. Your files are never touched.

      Examples:
        morelli quarantine list
        morelli quarantine retry scans/broken.tif
        morelli quarantine clear
      """,
    subcommands: [List.self, Retry.self, Clear.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists refused files with the reason.",
      discussion: """
        Example:
          morelli quarantine list --json
        """)

    @OptionGroup var options: HomeOptions
    @Flag(help: "One JSON document.") var json = false

    func run() throws {
      let entries = try refused([], in: options.home.open())
      if json { return try JSONOutput.print(entries.map(Entry.init)) }
      var table = Table(header: ["file", "reason", "code", "tried", "last"])
      for entry in entries {
        table.add([
          entry.path.displayName, entry.reason, entry.code, "\(entry.attempts)",
          entry.lastSeen.formatted(.iso8601),
        ])
      }
      if entries.isEmpty { print("No file is refused.") } else { table.print() }
    }
  }

  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Has refused files tried again now.",
      discussion: """
        Example:
          morelli quarantine retry scans/broken.tif
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "Files, or folders. Default: all.") var paths: [String] = []

    func run() throws {
      let catalog = try options.home.open()
      let files = try refused(paths, in: catalog).map(\.path)
      _ = try catalog.allowRetry(of: files)
      if let daemon = DaemonClient(options.home), try daemon.state() != nil {
        try daemon.look(files.map(\.argument))
        print("\(files.count) files: the daemon tries them again.")
        return
      }
      let settings = try options.home.settingsFile.read()
      var ingest = IngestOptions(jobs: settings.effectiveJobs)
      ingest.worker = settings.workerSettings
      ingest.includesHidden = true
      Interruption.watch()
      var bar = ProgressBar("images")
      let report = try Ingester(catalog, program: WorkerCommand.program, options: ingest).run(
        files, isStopped: { Interruption.isRequested }, progress: { bar.show($0.done, of: $0.total) })
      bar.finish()
      report.tellRefused()
      print(IngestDocument(report, nil).sentence)
      if !report.refused.isEmpty || report.isInterrupted { throw ExitCode(2) }
    }
  }

  struct Clear: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Forgets refused files. Those that are still there are tried again when their folder is looked at.",
      discussion: """
        Example:
          morelli quarantine clear scans/old/
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "Files, or folders. Default: all.") var paths: [String] = []

    func run() throws {
      let catalog = try options.home.open()
      let files = try refused(paths, in: catalog).map(\.path)
      try catalog.forgetRefused(files)
      print("\(files.count) files forgotten.")
    }
  }

  private struct Entry: Encodable {
    let file, code, reason: String
    let attempts: Int
    let firstSeen, lastSeen: Date

    enum CodingKeys: String, CodingKey {
      case file, code, reason, attempts
      case firstSeen = "first_seen"
      case lastSeen = "last_seen"
    }

    init(_ entry: QuarantineEntry) {
      file = entry.path.displayName
      code = entry.code
      reason = entry.reason
      attempts = entry.attempts
      firstSeen = entry.firstSeen
      lastSeen = entry.lastSeen
    }
  }
}

/// In the order of their paths; all where no path is named.
private func refused(_ paths: [String], in catalog: Catalog) throws -> [QuarantineEntry] {
  let roots = paths.isEmpty ? ["/"] : paths.map { FilePath(argument: $0).absolute }
  var entries: [FilePath: QuarantineEntry] = [:]
  for root in roots { entries.merge(try catalog.quarantine(below: root)) { $1 } }
  return entries.values.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
}
