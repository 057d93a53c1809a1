import Catalog
import Foundation
import GRDB
import Model
import SystemPackage
import Testing

@Suite struct CatalogReadingTests {
  private let fixture: CatalogFixture
  private var catalog: Catalog { fixture.catalog }

  init() throws { fixture = try CatalogFixture() }

  private func vectorBytes(_ values: [Float]) -> Data {
    Data(values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
  }

  private func setVector(_ path: String, _ bytes: Data) throws {
    try fixture.raw {
      try $0.execute(
        sql: "UPDATE block SET vector = ? WHERE fileID = (SELECT id FROM file WHERE path = ?)",
        arguments: [bytes, Data(path.utf8)])
    }
  }

  @Test func aSoundCatalogueHasNoFaults() throws {
    try fixture.store("/1", "1")
    try fixture.store("/2", "2", vector: [0, 0])  // a missing block is all zeros
    try fixture.take("id,file,title\nA,later.jpg,T\n,waiting.jpg,U\n")
    #expect(try catalog.faults([CatalogFixture.colour]) == [])
  }

  @Test func findsEveryKindOfFault() throws {
    for number in 1...5 { try fixture.store("/\(number)", "\(number)") }
    try setVector("/1", vectorBytes([1, 1]))
    try setVector("/2", vectorBytes([.nan, 0]))
    try setVector("/3", Data([1, 2, 3]))
    try fixture.raw {
      try $0.execute(sql: "DELETE FROM block WHERE fileID = (SELECT id FROM file WHERE path = '/4')")
    }
    try fixture.raw { try $0.execute(sql: "UPDATE block SET version = 9 WHERE fileID = 4") }
    try fixture.raw {
      try $0.execute(
        sql: "UPDATE block SET vector = ? WHERE fileID = 5", arguments: [vectorBytes([.infinity, 0])])
    }
    try fixture.raw { try $0.execute(sql: "INSERT INTO alias VALUES ('ghost', 'nobody')") }
    try fixture.raw {
      try $0.execute(
        sql:
          "INSERT INTO artwork (id, isMinted, addedAt, updatedAt) VALUES ('empty', 1, '2020-01-01', '2020-01-01')"
      )
    }
    let faults = try catalog.faults([CatalogFixture.colour])
    func files(_ kind: CatalogFault.Kind) -> Set<String> {
      Set(faults.filter { $0.kind == kind }.map { $0.file?.string ?? "-" })
    }
    #expect(files(.badVector) == ["/1", "/2", "/3", "/5"])
    #expect(files(.missingSignature) == ["/4"])
    #expect(files(.danglingReference) == ["-"])
    #expect(files(.emptyArtwork) == ["-"])
    #expect(files(.damagedDatabase).isEmpty)
    #expect(faults.count == 7)
    // Measured again, the files are sound.
    for number in 1...5 { try fixture.store("/\(number)", "\(number)") }
    #expect(
      try Set(catalog.faults([CatalogFixture.colour]).map(\.kind)) == [.danglingReference, .emptyArtwork])
  }

  @Test func signaturesOfOneAndOfAll() throws {
    let descriptors = [CatalogFixture.texture, CatalogFixture.colour]
    try fixture.store("/1", "1", vector: [1, 0])
    try fixture.store("/2", "1", vector: [0, 1])
    let old = try #require(try fixture.store("/3", "3", version: 2)).artworkID
    let removed = try #require(try fixture.store("/4", "4")).artworkID
    _ = try catalog.setRemoved(true, [removed])
    let one = ArtworkID(mintedFrom: CatalogFixture.hash("1").bytes)

    var all: [StoredSignature] = []
    try catalog.forEachSignature(of: descriptors) { all.append($0) }
    #expect(all.map(\.path) == ["/1", "/2", "/3"])
    #expect(all.map(\.artworkID) == [one, one, old])
    #expect(all.map(\.vectors) == [[nil, [1, 0]], [nil, [0, 1]], [nil, nil]])
    #expect(all.map(\.fileID) == all.map(\.fileID).sorted())

    #expect(
      try catalog.signatures(of: one, descriptors).map(\.vectors) == [[nil, [1, 0]], [nil, [0, 1]]])
    #expect(try catalog.signatures(of: removed, descriptors).map(\.vectors) == [[nil, [0.6, 0.8]]])
    #expect(try catalog.signatures(of: ArtworkID(rawValue: "none"), descriptors).isEmpty)
    #expect(try catalog.signature(ofBytes: CatalogFixture.hash("1"), descriptors)?.path == "/1")
    #expect(try catalog.signature(ofBytes: CatalogFixture.hash("none"), descriptors) == nil)
  }

  /// Vectors come back bit by bit.
  @Test func vectorsAreKeptExactly() throws {
    let values: [Float] = [.leastNonzeroMagnitude, -0.1, 1e-30, .greatestFiniteMagnitude, -0.0, 1 / 3]
    let descriptor = BlockDescriptor(name: .colour, version: 1, dimension: values.count)
    let id = try #require(try fixture.store("/1", "1", vector: values)).artworkID
    let back = try catalog.signatures(of: id, [descriptor]).first?.vectors.first ?? nil
    #expect(back?.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func counts() throws {
    try fixture.store("/1", "1")
    try fixture.take("id,file,removed\nA,a.jpg,\nB,,\nC,c.jpg,true\n")
    let counts = try catalog.counts(of: [CatalogFixture.colour, CatalogFixture.texture])
    #expect(counts.artworks == 3 && counts.removed == 1 && counts.withoutFile == 2)
    #expect(counts.files == 1 && counts.quarantined == 0)
    #expect(counts.blocks == [CatalogFixture.colour: 1, CatalogFixture.texture: 0])
  }

  @Test func filtersThroughTheDoor() throws {
    try fixture.take(
      """
      id,title,date,price,room,removed
      A,Café,c. 1650,100,1,
      B,Other,1700,20.5,2,
      C,Café,1650,1,1,true
      """)
    func ids(_ filter: String) throws -> Set<String> {
      try Set(catalog.artworks(passing: FilterParser.parse(filter)).map(\.rawValue))
    }
    #expect(try ids("title = cafe") == ["A"])  // the removed one is not there
    #expect(try ids("date < 1660") == ["A"])
    #expect(try ids("room = 2 or price = 100") == ["A", "B"])
    #expect(try ids("title = nothing").isEmpty)
    #expect(throws: FilterError.self) { try ids("floor = 2") }
    try fixture.raw { try $0.execute(sql: "ALTER TABLE attribute RENAME TO gone") }
    #expect(throws: CatalogError.self) { try ids("title = cafe") }
  }

  @Test func looksUpManyAtOnce() throws {
    let rows = (0..<300).map { "w\($0)" }
    try fixture.take("id\n" + rows.joined(separator: "\n"))
    let ids = (0..<40_000).map { ArtworkID(rawValue: "w\($0)") }
    #expect(try catalog.artworks(ids).count == 300)
    #expect(try catalog.artworks([]).isEmpty)
  }

  @Test func suggestsIdsThatBeginAlike() throws {
    try fixture.take("id\nab1\nab2\nAB3\nb\na%\na_\nä\n")
    func like(_ text: String, _ limit: Int = 10) throws -> [String] {
      try catalog.artworkIDs(startingWith: text, limit: limit).map(\.rawValue)
    }
    #expect(try like("ab") == ["ab1", "ab2"])
    #expect(try like("ab", 1) == ["ab1"])
    #expect(try like("a%") == ["a%"])
    #expect(try like("a_") == ["a_"])
    #expect(try like("").count == 7)
  }

  @Test func goesThroughAllInTheOrderOfTheIds() throws {
    try fixture.take("id,removed,room\nb,,1\na,true,2\nc,,\n")
    var seen: [String] = []
    try catalog.forEachArtwork { seen.append($0.artwork.id.rawValue + ($0.attributes["room"] ?? "-")) }
    #expect(seen == ["a2", "b1", "c-"])
  }
}
