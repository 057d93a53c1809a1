import Catalog
import Platform
import SystemPackage

/// Catalogue files that have changed and are not imported yet.
///
/// Rows with ids are imported at once, so that images are not named after their bytes first; all rows when no image is under way any more.
struct CatalogueFileQueue {
  private var waiting: [FilePath: FileSighting] = [:]
  /// Those of them whose rows with ids are imported, as they were then.
  private var begun: [FilePath: FileSighting] = [:]

  var isEmpty: Bool { waiting.isEmpty }

  mutating func push(_ path: FilePath, seen: FileSighting) { waiting[path] = seen }

  /// - Parameters:
  ///   - isQuiet: whether no image is under way.
  ///   - observe: given files that change while they are read.
  ///   - tell: told what was imported, and what was not.
  /// - Throws: `CatalogError`; what was not imported waits on.
  mutating func importFiles(
    into catalog: Catalog, isQuiet: Bool, observe: (FilePath) -> Void, tell: (KeeperEvent) -> Void
  ) throws(CatalogError) {
    for (path, seen) in waiting.sorted(by: { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }) {
      if try catalog.importedSighting(of: path) == seen {
        waiting[path] = nil
        continue
      }
      if !isQuiet && begun[path] == seen { continue }
      let table: CSVTable
      do {
        table = try CatalogueFileReading.table(at: path, seen: seen)
      } catch {
        switch error {
        case .changed: observe(path)
        case .gone: break
        case .unreadable(let reason):
          tell(.catalogueRefused(path, reason: reason))
          try catalog.noteImported(path, seen)
        }
        drop(path)
        continue
      }
      let folder = path.removingLastComponent()
      if isQuiet {
        let report = try catalog.importTable(table, relativeTo: folder)
        try catalog.noteImported(path, seen)
        tell(.imported(path, report))
        drop(path)
      } else {
        _ = try catalog.importTable(table, relativeTo: folder, scope: .rowsWithID)
        begun[path] = seen
      }
    }
  }

  private mutating func drop(_ path: FilePath) {
    waiting[path] = nil
    begun[path] = nil
  }
}
