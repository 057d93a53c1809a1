import Foundation
import GRDB
package import Model
package import SystemPackage

/// Which version of each block answers are given by. Where a method or a model has changed, files are measured anew beside
/// what is in use; the new set takes its place when it is whole.
extension Catalog {
  /// The blocks that are in use for these: of the versions that answers are given by. What has never been measured is
  /// as it was asked for.
  package func blocksInUse(_ wanted: [BlockDescriptor]) throws(CatalogError) -> [BlockDescriptor] {
    try read("reading which blocks are in use") { database in
      let used = try Self.blocksInUse(in: database)
      return wanted.map { descriptor in
        guard let (version, dimension) = used[descriptor.name] else { return descriptor }
        return BlockDescriptor(
          name: descriptor.name, version: version, dimension: dimension, isUnit: descriptor.isUnit)
      }
    }
  }

  /// Takes blocks of these versions into use in place of the others, all at once.
  ///
  /// - Parameter evenIncomplete: also where files lack some of them, which are then no more found by these blocks.
  /// - Returns: whether anything has changed.
  package func takeIntoUse(
    _ wanted: [BlockDescriptor], evenIncomplete: Bool
  ) throws(CatalogError) -> Bool {
    try write("taking new blocks into use") { database in
      let used = try Self.blocksInUse(in: database)
      var hasChanged = false
      for descriptor in wanted {
        guard let (version, dimension) = used[descriptor.name],
          (version, dimension) != (descriptor.version, descriptor.dimension)
        else { continue }
        guard try evenIncomplete || !Self.isLacking(descriptor, in: database) else { continue }
        let name = descriptor.name.rawValue
        try database.execute(
          sql: "DELETE FROM block WHERE name = ? AND version <> ?", arguments: [name, descriptor.version])
        try database.execute(
          sql: """
            INSERT INTO block (fileID, name, version, vector)
            SELECT fileID, name, version, vector FROM newBlock WHERE name = ? AND version = ?
            """, arguments: [name, descriptor.version])
        try database.execute(sql: "DELETE FROM newBlock WHERE name = ?", arguments: [name])
        try Self.use(descriptor.name, descriptor.version, descriptor.dimension, in: database)
        hasChanged = true
      }
      return hasChanged
    }
  }

  /// Files whose signature is missing, of another version, or of the wrong size, in use or not.
  package func filesLackingBlocks(_ descriptors: [BlockDescriptor]) throws(CatalogError) -> Set<FilePath> {
    try read("looking for missing signatures") { database in
      try descriptors.reduce(into: []) { lacking, descriptor in
        let paths = try Data.fetchAll(
          database, sql: "SELECT path FROM file WHERE \(Self.lacks)", arguments: Self.arguments(descriptor))
        lacking.formUnion(paths.map(FilePath.init(data:)))
      }
    }
  }

  /// Stores what was measured of a file: blocks of the versions in use, and others beside them.
  ///
  /// - Parameter keepsOld: the file holds what it held: blocks in use that were not measured now stay true.
  static func store(_ blocks: [Block], of fileID: Int64?, keepsOld: Bool, in database: Database) throws {
    var used = try blocksInUse(in: database)
    if !keepsOld { try database.execute(sql: "DELETE FROM block WHERE fileID = ?", arguments: [fileID]) }
    try database.execute(sql: "DELETE FROM newBlock WHERE fileID = ?", arguments: [fileID])
    for name in Set(blocks.map(\.name)) where keepsOld {
      guard let version = used[name]?.version,
        blocks.contains(where: { $0.name == name && $0.version == version })
      else { continue }
      try database.execute(
        sql: "DELETE FROM block WHERE fileID = ? AND name = ?", arguments: [fileID, name.rawValue])
    }
    for block in blocks {
      if used[block.name] == nil {
        try use(block.name, block.version, block.vector.count, in: database)
        used[block.name] = (block.version, block.vector.count)
      }
      let table = used[block.name]?.version == block.version ? "block" : "newBlock"
      try database.execute(
        sql: "INSERT INTO \(table) (fileID, name, version, vector) VALUES (?, ?, ?, ?)",
        arguments: [fileID, block.name.rawValue, block.version, VectorCoding.data(block.vector)])
    }
  }

  /// A block of one file in this very version, in use or not; nil where there is none or it is damaged.
  static func vector(of fileID: Int64, _ descriptor: BlockDescriptor, in database: Database) throws
    -> [Float]?
  {
    let data = try Data.fetchOne(
      database,
      sql: """
        SELECT vector FROM block WHERE fileID = ?1 AND name = ?2 AND version = ?3
        UNION ALL SELECT vector FROM newBlock WHERE fileID = ?1 AND name = ?2 AND version = ?3
        """, arguments: [fileID, descriptor.name.rawValue, descriptor.version])
    return data.flatMap(VectorCoding.values).flatMap { $0.count == descriptor.dimension ? $0 : nil }
  }

  private static func blocksInUse(
    in database: Database
  ) throws -> [BlockName: (version: Int, dimension: Int)] {
    try Row.fetchAll(database, sql: "SELECT name, version, dimension FROM blockInUse").reduce(into: [:]) {
      $0[BlockName(rawValue: $1[0])] = ($1[1], $1[2])
    }
  }

  private static func use(_ name: BlockName, _ version: Int, _ dimension: Int, in database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO blockInUse (name, version, dimension) VALUES (?, ?, ?)",
      arguments: [name.rawValue, version, dimension])
  }

  private static let lacks = """
    NOT EXISTS (
      SELECT 1 FROM block INDEXED BY blockByMethod
      WHERE fileID = file.id AND name = ?1 AND version = ?2 AND bytes = ?3)
    AND NOT EXISTS (
      SELECT 1 FROM newBlock WHERE fileID = file.id AND name = ?1 AND version = ?2 AND length(vector) = ?3)
    """

  private static func arguments(_ descriptor: BlockDescriptor) -> StatementArguments {
    [descriptor.name.rawValue, descriptor.version, 4 * descriptor.dimension]
  }

  private static func isLacking(_ descriptor: BlockDescriptor, in database: Database) throws -> Bool {
    try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM file WHERE \(lacks))", arguments: arguments(descriptor))
      ?? false
  }
}
