import Foundation
package import GRDB
package import SystemPackage

/// The one source of truth: artworks, their files, what was measured of them, and what was refused.
///
/// SQLite in write-ahead mode: readers never wait for the writer. A change that has been reported as made is on
/// disk (`synchronous = FULL`): neither a crash nor a power cut takes it back.
package final class Catalog: Sendable {
  /// Where the database is.
  package let path: FilePath
  /// The database itself, for this target and its tests: no other room speaks SQL.
  package let database: DatabasePool

  /// Of one connection.
  static let cachedKibibytes = 16_384

  /// Opens the catalogue, and creates it or brings it up to date where that is needed.
  ///
  /// - Parameter patience: how many seconds another process (an import beside the daemon) may be writing before a change fails with
  ///   the code `busy`.
  /// - Throws: `CatalogError`.
  package init(at path: FilePath, patience: Double = 30) throws(CatalogError) {
    self.path = path
    guard FilePath(path.string) == path else {
      throw CatalogError(.unavailable, "SQLite can't open a path that is not UTF-8", at: path)
    }
    var configuration = Configuration()
    configuration.label = "catalogue"
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase {
      FilterFunctions.install(in: $0)
      // The upper pages of a large catalogue's indexes stay with each connection.
      try $0.execute(sql: "PRAGMA cache_size = -\(Self.cachedKibibytes)")
    }
    do {
      database = try Self.opened(path, configuration)
    } catch {
      throw CatalogError.wrapping(error, "opening the catalogue", at: path)
    }
  }

  /// How long another process may be in the way while the catalogue is made or brought up to date.
  private static let patience: Duration = .seconds(30)

  /// SQLite does not wait where two processes turn a new file to write-ahead mode at once: one is refused, and tries again.
  private static func opened(_ path: FilePath, _ configuration: Configuration) throws -> DatabasePool {
    let deadline = ContinuousClock.now.advanced(by: patience)
    while true {
      do {
        return try openedOnce(path, configuration)
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
      {
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  private static func openedOnce(_ path: FilePath, _ configuration: Configuration) throws -> DatabasePool {
    let pool = try DatabasePool(path: path.string, configuration: configuration)
    // Not sooner: as it opens, the pool sets NORMAL on its one writing connection, which outlives it.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    let migrator = Migrations.all
    try pool.read { database in
      guard try !migrator.hasBeenSuperseded(database) else {
        throw CatalogError(.tooNew, "made by a newer Morelli; this one can't read it", at: path)
      }
    }
    func isUpToDate() throws -> Bool { try pool.read { try migrator.hasCompletedMigrations($0) } }
    func applied() throws -> Int { try pool.read { try migrator.appliedMigrations($0).count } }
    while try !isUpToDate() {
      let before = try applied()
      do {
        try migrator.migrate(pool)
      } catch {
        // Another process may be doing the same: then there is less to do each time.
        guard try applied() > before else { throw error }
      }
    }
    return pool
  }

  /// Reads in one consistent view.
  func read<R>(_ doing: String, _ body: (Database) throws -> R) throws(CatalogError) -> R {
    do { return try database.read(body) } catch { throw CatalogError.wrapping(error, doing, at: path) }
  }

  /// Writes all of it or nothing. On disk when this returns.
  package func write<R>(_ doing: String, _ body: (Database) throws -> R) throws(CatalogError) -> R {
    do { return try database.write(body) } catch { throw CatalogError.wrapping(error, doing, at: path) }
  }
}
