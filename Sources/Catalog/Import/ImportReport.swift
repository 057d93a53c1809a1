package import Model

/// What an import did, or would do.
package struct ImportReport: Sendable, Equatable {
  /// A row that was not taken, or something in a row that was taken as written without being understood.
  package struct Note: Sendable, Equatable {
    /// Where the row starts in the file, counted from 1.
    package let line: Int
    package let reason: String
  }

  /// A row whose image is not in the catalogue: its artwork is kept and waits for it.
  package struct Unmatched: Sendable, Equatable {
    package let line: Int
    package let id: ArtworkID
    /// The row's words.
    package let file: String
  }

  /// Rows below the header, the faulty ones included.
  package internal(set) var rows = 0
  /// Artworks that are new.
  package internal(set) var added = 0
  /// Artworks of which something changed.
  package internal(set) var changed = 0
  /// Artworks that were already as the row says.
  package internal(set) var unchanged = 0
  /// Rows that were not taken.
  package internal(set) var refused: [Note] = []
  /// Rows that were taken, with something in them that could not be read.
  package internal(set) var doubts: [Note] = []
  package internal(set) var unmatched: [Unmatched] = []
}
