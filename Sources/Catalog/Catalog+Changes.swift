import GRDB
package import Model

extension Catalog {
  /// How many changes of signatures there have been; it only grows.
  package func changeNumber() throws(CatalogError) -> Int64 {
    try read("reading the change number") { database in
      try Int64.fetchOne(database.cachedStatement(sql: "SELECT value FROM changeCounter")) ?? 0
    }
  }

  /// The keys of signatures that may have changed after a change number, or come to be, or gone, each once, with its last change.
  ///
  /// A signature's key is the number of its file, or, for a work that has no file, a negative number of its own.
  package func changedSignatures(after change: Int64) throws(CatalogError) -> [(key: Int64, change: Int64)] {
    try read("looking for changed signatures") { database in
      try Row.fetchAll(
        database, sql: "SELECT key, change FROM signatureChange WHERE change > ? ORDER BY key",
        arguments: [change]
      ).map { ($0[0], $0[1]) }
    }
  }

  /// Whose signature each key is: of all files that are there, of works that are not removed, and of all such works that have no file.
  ///
  /// - Parameter change: only keys that may have changed after this change number.
  package func signatureOwners(changedAfter change: Int64 = .min) throws(CatalogError) -> [Int64: ArtworkID] {
    let isChangedWork =
      change == .min
      ? "true" : "wordsRow.id IN (SELECT -key FROM signatureChange WHERE change > \(change) AND key < 0)"
    // Few works are removed: not to be among them is asked of a small set, not of each work's row.
    let isKept = "artworkID NOT IN (SELECT id FROM artwork WHERE removed)"
    return try read("reading whose signatures are whose") { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, artworkID FROM file
          WHERE missingSince IS NULL AND \(isKept) AND \(Self.isChanged("id", after: change))
          UNION ALL
          SELECT -wordsRow.id, wordsRow.artworkID FROM wordsRow
          LEFT JOIN file ON file.artworkID = wordsRow.artworkID
          WHERE file.id IS NULL AND wordsRow.\(isKept) AND \(isChangedWork)
          """)
      var owners: [Int64: ArtworkID] = [:]
      while let row = try rows.next() { owners[row[0]] = row[1] }
      return owners
    }
  }

  /// The visual blocks of one file, as `signatures(of:_:)` gives them; nil where there is no such file, it is missing or its work is removed.
  package func signature(
    ofFile fileID: Int64, _ descriptors: [BlockDescriptor]
  ) throws(CatalogError) -> (signature: StoredSignature, palette: Palette?)? {
    let owner = try read("reading a signature") { database in
      try ArtworkID.fetchOne(
        database,
        sql:
          "SELECT artworkID FROM file JOIN artwork ON artwork.id = artworkID WHERE file.id = ? AND NOT removed AND missingSince IS NULL",
        arguments: [fileID])
    }
    guard let owner,
      let signature = try signatures(of: owner, descriptors).first(where: { $0.fileID == fileID })
    else {
      return nil
    }
    let palette = try read("reading a palette") { database in
      try Row.fetchOne(database, sql: "SELECT swatches FROM palette WHERE fileID = ?", arguments: [fileID])
        .flatMap { Palette(data: $0[0]) }
    }
    return (signature, palette)
  }
}
