import Catalog
import Synchronization

/// Lists that were shown and are yet to be kept, many in one transaction: nobody waits for the disk to see a list.
///
/// Of a daemon that is killed the last moment's lists are lost; what people do with them still counts.
final class ShownJournal: Sendable {
  /// Lists that wait at most, where the catalogue can't be written: later ones are not kept.
  private static let most = 100_000

  private let catalog: Catalog
  private let waiting = Mutex<[Catalog.ShownList]>([])
  private let writing = Mutex<Void>(())

  init(_ catalog: Catalog) { self.catalog = catalog }

  func add(_ list: Catalog.ShownList) {
    waiting.withLock { if $0.count < Self.most { $0.append(list) } }
  }

  /// Keeps all that waits.
  ///
  /// - Throws: `CatalogError`; they go on waiting then.
  func flush() throws {
    try writing.withLock { _ in
      let lists = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      do { try catalog.recordShown(lists) } catch {
        waiting.withLock { $0 = lists + $0 }
        throw error
      }
    }
  }
}
