package import Catalog
package import SystemPackage

/// A file that is not in, and why.
package struct RefusedFile: Sendable, Equatable {
  /// Absolute.
  package let path: FilePath
  package let refusal: Refusal
  /// nil where the file could not be looked at.
  package let seen: FileSighting?
  /// False when it was refused before and nothing has changed since.
  package let isNew: Bool
}

/// What an ingest did.
package struct IngestReport: Sendable, Equatable {
  /// Files that are new in the catalogue.
  package internal(set) var added = 0
  /// Known files whose bytes are new.
  package internal(set) var changed = 0
  /// Those of the changed files that show the picture they showed before: only their metadata was edited.
  package internal(set) var retagged = 0
  /// Known files that were read again and hold what they held.
  package internal(set) var touched = 0
  /// Known bytes found at a new path, the old path being empty.
  package internal(set) var moved = 0
  /// Known files that were not written to.
  package internal(set) var unchanged = 0
  /// Files that went away while Morelli was at work.
  package internal(set) var vanished = 0
  /// Files that are no images and don't claim to be.
  package internal(set) var passedOver = 0
  /// In the order of their paths.
  package internal(set) var refused: [RefusedFile] = []
  /// Asked to stop before it was through.
  package internal(set) var isInterrupted = false
  /// Not looked at, because of the interruption.
  package internal(set) var left = 0

  mutating func count(_ stored: StoredFile) {
    switch stored {
    case .added: added += 1
    case .changed: changed += 1
    case .retagged:
      changed += 1
      retagged += 1
    case .touched: touched += 1
    case .moved: moved += 1
    }
  }
}
