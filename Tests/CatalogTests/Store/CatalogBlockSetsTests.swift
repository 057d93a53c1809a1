import Catalog
import Foundation
import GRDB
import Model
import SystemPackage
import Testing

/// Old blocks answer until the new set is whole.
@Suite struct CatalogBlockSetsTests {
  private let fixture: CatalogFixture
  private var catalog: Catalog { fixture.catalog }
  private static let old = CatalogFixture.colour
  private static let new = BlockDescriptor(name: .colour, version: 2, dimension: 3)

  init() throws { fixture = try CatalogFixture() }

  private func inUse() throws -> [[[Float]?]] {
    var rows: [[[Float]?]] = []
    try catalog.forEachSignature(of: catalog.blocksInUse([Self.new])) { rows.append($0.vectors) }
    return rows
  }

  @Test func whatIsMeasuredFirstIsInUse() throws {
    #expect(try catalog.blocksInUse([Self.new]) == [Self.new])
    try fixture.store("/1", "1")
    #expect(try catalog.blocksInUse([Self.new]) == [Self.old])
    #expect(try !catalog.takeIntoUse([Self.old], evenIncomplete: true))
  }

  @Test func theOldOnesAnswerUntilAllFilesHaveTheNew() throws {
    for name in ["1", "2", "3"] { try fixture.store("/" + name, name) }
    try fixture.store("/1", "1", modified: 2, vector: [1, 0, 0], version: 2)
    try fixture.store("/2", "2", modified: 2, vector: [0, 1, 0], version: 2)
    #expect(try catalog.filesLackingBlocks([Self.new]) == ["/3"])
    #expect(try !catalog.takeIntoUse([Self.new], evenIncomplete: false))
    #expect(try inUse() == Array(repeating: [[0.6, 0.8]], count: 3))
    #expect(try catalog.counts(of: [Self.old, Self.new]).blocks == [Self.old: 3, Self.new: 2])
    let before = try catalog.changeNumber()

    try fixture.store("/3", "3", modified: 2, vector: [0, 0, 1], version: 2)
    #expect(try catalog.takeIntoUse([Self.new], evenIncomplete: false))
    #expect(try catalog.blocksInUse([Self.old]) == [Self.new])
    #expect(try inUse() == [[[1, 0, 0]], [[0, 1, 0]], [[0, 0, 1]]])
    #expect(try catalog.changedSignatures(after: before).count == 3)
    #expect(try catalog.counts(of: [Self.old]).blocks == [Self.old: 0])
    #expect(try catalog.faults([Self.new]).isEmpty)
  }

  @Test func aFileThatShowsSomethingElseHasNoOldBlock() throws {
    try fixture.store("/1", "1")
    try fixture.store("/2", "2")
    try fixture.store("/1", "other", modified: 2, vector: [1, 0, 0], version: 2)
    #expect(try inUse() == [[nil], [[0.6, 0.8]]])
    #expect(try catalog.takeIntoUse([Self.new], evenIncomplete: true))
    #expect(try inUse() == [[[1, 0, 0]], [nil]])
    #expect(try catalog.filesLackingBlocks([Self.new]) == ["/2"])
  }

  @Test func goingBackToTheOldMethodLeavesNothingOfTheNew() throws {
    try fixture.store("/1", "1")
    try fixture.store("/1", "1", modified: 2, vector: [1, 0, 0], version: 2)
    try fixture.store("/1", "1", modified: 3, vector: [0, 1])
    #expect(try inUse() == [[[0, 1]]])
    #expect(try fixture.dump()["newBlock"] == [])
  }

  @Test func aCatalogueOfBeforeUsesItsCommonestVersion() throws {
    let old = fixture.folder.appending("old.sqlite")
    let queue = try DatabaseQueue(path: old.string)
    try Migrations.all.migrate(queue, upTo: "5 changes of signatures")
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO artwork (id, isMinted, addedAt, updatedAt) VALUES ('a', 1, 0, 0);
          """)
      for (number, version) in [(1, 4), (2, 7), (3, 7)] {
        try database.execute(
          sql: """
            INSERT INTO file (id, artworkID, path, name, contentHash, pictureHash, format, width, height, size, modified, changed, inode, addedAt, updatedAt)
            VALUES (?1, 'a', ?2, ?2, zeroblob(32), zeroblob(32), 'png', 1, 1, 1, 1, 1, 1, 0, 0)
            """, arguments: [number, Data([UInt8(number)])])
        try database.execute(
          sql: "INSERT INTO block (fileID, name, version, vector) VALUES (?, 'colour', ?, zeroblob(?))",
          arguments: [number, version, version * 4])
      }
    }
    try queue.close()
    let opened = try Catalog(at: old)
    #expect(
      try opened.blocksInUse([Self.new]) == [BlockDescriptor(name: .colour, version: 7, dimension: 7)])
  }
}
