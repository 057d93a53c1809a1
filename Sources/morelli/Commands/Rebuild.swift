import ArgumentParser
import Catalog
import Foundation
import Ingest
import Platform
import Server
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
    let request = Rebuilding.Request(features: features, all: all, texts: texts, kind: kind, jobs: jobs)
    let document = try rebuilt(home, catalog, request)
    if json { try JSONOutput.print(document) } else { print(document.sentence) }
    if document.images.map({ $0.isInterrupted || $0.refused + $0.missing > 0 }) ?? false { throw ExitCode(2) }
  }

  /// By the daemon that has the home, if there is one, so that it need not be told; else here.
  private func rebuilt(_ home: Home, _ catalog: Catalog, _ request: Rebuilding.Request) throws
    -> RebuildDocument
  {
    if let daemon = DaemonClient(home) {
      do { return try daemon.rebuild(request) } catch is SocketClient.Unreachable {}
    }
    Interruption.watch()
    let settings = try home.settingsFile.read()
    var bar = ProgressBar("images")
    let rebuilding = Rebuilding(catalog, try settings.replacing(kind: kind), request)
    let images = try rebuilding.measure(
      isStopped: { Interruption.isRequested }, progress: { bar.show($0.done, of: $0.total) },
      refused: { json ? () : $0.tellRefused() })
    bar.finish()
    guard !(images?.isInterrupted ?? false) else {
      return try RebuildDocument(images: images, catalog, generation: nil)
    }
    let blocks = TextBlocks(catalog, rebuilding.settings)
    try blocks.refreshWithBar(refits: texts || blocks.isOutOfDate())
    return try RebuildDocument(
      images: images, catalog, generation: home.buildIndex(catalog, rebuilding.settings))
  }
}
