package import SystemPackage

/// Where to look. A hint that may be repeated; none is lost.
package enum WatchNotice: Sendable, Equatable {
  /// Something at this path is finished, or gone.
  case look(FilePath)
  /// Everything below this folder is to be compared.
  case lookBelow(FilePath)
  case rootLost(FilePath, reason: String)
  case rootBack(FilePath)
  case trouble(String)
}
