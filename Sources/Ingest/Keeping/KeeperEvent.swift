package import Catalog
package import SystemPackage

/// What a keeper tells while it is at work.
package enum KeeperEvent: Sendable {
  /// A worker is through with a file.
  case measured(seconds: Double)
  /// These are in the catalogue, and on disk.
  case stored([StoredFile], seconds: Double)
  case refused(RefusedFile)
  /// So many files are gone, are back, have another path.
  case settled(missing: Int, found: Int, renamed: Int)
  /// Gone for so long that they were forgotten.
  case forgotten([FilePath])
  case imported(FilePath, ImportReport)
  /// A catalogue file that can't be read, and why.
  case catalogueRefused(FilePath, reason: String)
  case rootLost(FilePath, reason: String)
  case rootBack(FilePath)
  /// Nothing can be stored; it is tried again until it can.
  case paused(CatalogError)
  case resumed
  /// A folder was compared with the catalogue.
  case compared(FilePath, seconds: Double)
  case trouble(String)
  /// All that was known of is done.
  case idle
}
