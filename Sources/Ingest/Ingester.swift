package import Catalog
import Features
import Foundation
import Platform
package import SystemPackage

/// Brings folders of images into the catalogue, once.
///
/// Whatever it reports as done is on disk; stopped at any moment, by any means, it goes on where it was when it is
/// called again.
package struct Ingester {
  /// How far it is.
  package struct Progress: Sendable {
    package let done: Int
    package let total: Int
  }

  private let catalog: Catalog
  private let program: Worker.Program
  private let options: IngestOptions

  /// - Parameter program: how to start a worker process.
  package init(_ catalog: Catalog, program: Worker.Program, options: IngestOptions) {
    self.catalog = catalog
    self.program = program
    self.options = options
  }

  /// Walks the paths, measures what is new or has changed, and stores it, a batch a transaction.
  ///
  /// - Parameters:
  ///   - paths: folders or single files; relative ones are taken from the working directory.
  ///   - isStopped: asked after each batch; when true, what is under way is finished and stored first.
  ///   - progress: called on the calling thread, once before the first file and after each batch.
  /// - Throws: `CatalogError`; files never make it throw.
  package func run(
    _ paths: [FilePath], isStopped: () -> Bool = { false }, progress: (Progress) -> Void = { _ in }
  ) throws -> IngestReport {
    let roots = paths.map(\.absolute)
    var survey = FileSurvey(
      catalog, options: options, named: roots,
      lackingBlocks: try catalog.filesLackingBlocks(VisualSchema(model: options.worker.model).measured)
        .union(catalog.filesLackingCopyDescriptor()))
    for root in roots { try survey.add(root) }
    var report = IngestReport()
    report.unchanged = survey.unchanged
    report.passedOver = survey.passedOver
    report.refused = survey.refused.filter { !$0.isNew }
    try catalog.forgetRefused(survey.gone)
    _ = try catalog.markFound(survey.found)
    let renamed = try catalog.rename(survey.renamed)
    report.moved = renamed.count
    survey.measureInstead(Set(survey.renamed.map(\.path)).subtracting(renamed.map(\.path)))
    // What can't even be opened is told in the catalogue too.
    try store(survey.refused.filter(\.isNew).map(Outcome.refused), in: &report)

    let total = survey.toMeasure.count
    var done = 0
    progress(Progress(done: 0, total: total))
    let pool = WorkerPool(program, settings: options.worker, width: options.jobs)
    try pool.measure(survey.toMeasure) { results in
      try store(results.map { Outcome($0.path, $0.result, seen: survey.sightings[$0.path]) }, in: &report)
      done += results.count
      progress(Progress(done: done, total: total))
      report.isInterrupted = report.isInterrupted || isStopped()
      return !report.isInterrupted
    }
    report.left = total - done
    report.isInterrupted = report.left > 0
    _ = try catalog.takeIntoUse(
      VisualSchema(model: options.worker.model).measured,
      evenIncomplete: options.takesIncompleteBlocks && !report.isInterrupted)
    report.refused.sort { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
    return report
  }

  private func store(_ outcomes: [Outcome], in report: inout IngestReport) throws {
    let now = Date()
    for outcome in outcomes {
      switch outcome {
      case .refused(let file): report.refused.append(file)
      case .vanished: report.vanished += 1
      case .measured: break
      }
    }
    let results = outcomes.compactMap { $0.result(options.worker.limitsKey, at: now) }
    guard !results.isEmpty else { return }
    let stored = try catalog.store(results, at: now) { !FileSurvey.isGone($0) }
    for case let file? in stored { report.count(file) }
  }
}
