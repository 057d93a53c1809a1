import GRDB
package import SystemPackage

/// Why the catalogue could not do what it was asked.
package struct CatalogError: Error, Sendable {
  /// What kind of failure.
  package enum Code: String, Sendable {
    /// The database file can't be opened, read or written.
    case unavailable
    /// The disk or the quota is full.
    case full
    /// Another process has kept it locked for too long.
    case busy
    /// The file is no database, or a damaged one.
    case damaged
    /// A newer Morelli made it.
    case tooNew = "too-new"
    /// Anything else that SQLite reports.
    case database
  }

  package let code: Code
  /// One sentence for people.
  package let reason: String
  /// The catalogue's file.
  package let path: FilePath

  package init(_ code: Code, _ reason: String, at path: FilePath) {
    self.code = code
    self.reason = reason
    self.path = path
  }

  static func wrapping(_ error: any Error, _ doing: String, at path: FilePath) -> CatalogError {
    if let error = error as? CatalogError { return error }
    guard let error = error as? DatabaseError else {
      return CatalogError(.database, "\(doing): \(error)", at: path)
    }
    let code: Code =
      switch error.resultCode {
      case .SQLITE_FULL: .full
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
      case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_PERM: .unavailable
      default: .database
      }
    return CatalogError(code, "\(doing): \(error.message ?? error.description)", at: path)
  }
}

extension CatalogError: CustomStringConvertible {
  package var description: String { "\(path): \(reason)" }
}
