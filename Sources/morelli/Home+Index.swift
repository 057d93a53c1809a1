import ArgumentParser
import Catalog
import Features
import Foundation
import Ingest
import Platform
import Search
import VectorIndex

extension Home {
  /// A catalogue in which so many signatures are new, and at least one in five, is indexed anew by the command that brought them.
  static let worthIndexing = 20

  /// So many of all signatures are new that another generation is worth its time.
  static func isWorthIndexing(_ changed: Int, of all: Int) -> Bool {
    changed >= worthIndexing && 5 * changed >= all
  }

  /// The index of this home's catalogue as the settings want it.
  func index(_ catalog: Catalog, _ settings: Settings) throws -> SearchIndex {
    let text = try TextBlocks(catalog, settings).descriptor()
    return SearchIndex(
      catalog, folder: indexFolder,
      try catalog.blocksInUse(settings.schema.descriptors) + [PaletteBlock.descriptor]
        + (text.map { [$0] } ?? []),
      try BlockWeights(named: settings.weights))
  }

  /// Builds a generation, with a bar.
  ///
  /// - Throws: `CommandFailure` where it can't be built or does not pass its check; `ExitCode` when interrupted.
  @discardableResult
  func buildIndex(_ catalog: Catalog, _ settings: Settings) throws -> Generation {
    let index = try index(catalog, settings)
    let total = try catalog.signatureOwners().count
    var bar = ProgressBar("works indexed")
    defer { bar.finish() }
    struct Interrupted: Error {}
    do {
      return try index.build(settings.indexKind, options: settings.buildOptions) { step in
        if Interruption.isRequested { throw Interrupted() }
        if case .indexed(let done) = step { bar.show(done, of: total) }
      }
    } catch is Interrupted {
      throw CommandFailure("interrupted; the index is as it was")
    } catch is SearchIndex.Busy {
      throw CommandFailure("another process is building the index")
    } catch let error as VectorIndexError {
      throw CommandFailure("the index can't be built: \(error)")
    }
  }

  /// Reads new texts, and builds a generation where much is new. A daemon that has the home does both by itself, and is not
  /// interfered with.
  func bringUpToDate(_ catalog: Catalog, _ settings: Settings) throws {
    guard try DaemonClient(self)?.state() == nil else { return }
    try TextBlocks(catalog, settings).refreshWithBar()
    try buildIndexIfWorthwhile(catalog, settings)
  }

  /// Builds a generation where much is new. What is taken in is safe without: a build that fails is told, and no more.
  private func buildIndexIfWorthwhile(_ catalog: Catalog, _ settings: Settings) throws {
    let pending = try index(catalog, settings).pending()
    guard try Self.isWorthIndexing(pending, of: catalog.signatureOwners().count) else { return }
    do {
      try buildIndex(catalog, settings)
    } catch let failure as CommandFailure {
      tell(failure.description)
    }
  }
}
