import Catalog
import Foundation
import GRDB
import Model
import SystemPackage
import Testing

@Suite struct CatalogImportTests {
  private let fixture: CatalogFixture
  private var catalog: Catalog { fixture.catalog }

  init() throws { fixture = try CatalogFixture() }

  private func artwork(_ id: String) throws -> ArtworkRecord? { try catalog.artwork(ArtworkID(rawValue: id)) }

  private static let rich = """
    id,file,title,artist,date,style,genre,medium,description,tags,price,currency,availability,removed,Room
    A,a.jpg,Café,Müller,c. 1872–75,S,G,M,"two
    lines", x ; y;;,1250.50,EUR,sold,false,12
    B,b.jpg,T,,n.d.,,,,,,,,,yes,
    """

  @Test func takesEveryColumn() throws {
    let report = try fixture.take(Self.rich)
    #expect(report.rows == 2 && report.added == 2 && report.refused.isEmpty && report.doubts.isEmpty)
    #expect(report.unmatched.map(\.line) == [2, 4])
    let record = try #require(try artwork("A"))
    let known = record.artwork
    #expect(known.title == "Café" && known.artist == "Müller" && known.style == "S" && known.genre == "G")
    #expect(known.medium == "M" && known.description == "two\nlines" && known.tags == "x;y")
    #expect(known.date == "c. 1872–75" && known.dateEarliest == 1867 && known.dateLatest == 1875)
    #expect(
      known.price == 1250.5 && known.currency == "EUR" && known.availability == "sold" && !known.removed)
    #expect(record.attributes == ["Room": "12"])
    let other = try #require(try artwork("B"))
    #expect(other.artwork.removed && other.artwork.date == "n.d." && other.artwork.dateEarliest == nil)
    #expect(other.artwork.artist == nil && other.attributes.isEmpty)
  }

  @Test func theSameFileAgainChangesNothing() throws {
    try fixture.store("/scans/a.jpg", "one")
    try fixture.take(Self.rich)
    let before = try fixture.dump()
    let again = try fixture.take(Self.rich, at: CatalogFixture.time.addingTimeInterval(1000))
    #expect(again.unchanged == 2 && again.changed == 0 && again.added == 0)
    #expect(try fixture.dump() == before)
  }

  @Test func aDryRunTellsAndChangesNothing() throws {
    try fixture.store("/scans/a.jpg", "one")
    try fixture.store("/scans/c.jpg", "three")
    let before = try fixture.dump()
    let csv = Self.rich + "C,c.jpg,T\n\n"
    let dry = try fixture.take(csv, dryRun: true)
    #expect(try fixture.dump() == before)
    #expect(try fixture.take(csv) == dry)
    #expect(try fixture.dump() != before)
  }

  @Test func aRowChangesOnlyTheColumnsOfItsFile() throws {
    try fixture.take("id,title,artist,price,room,date\nA,T,X,10,1,1650\n")
    #expect(try fixture.take("id,title\nA,U\n").changed == 1)
    var record = try #require(try artwork("A"))
    #expect(record.artwork.title == "U" && record.artwork.artist == "X" && record.artwork.price == 10)
    #expect(record.attributes == ["room": "1"])
    // An empty cell clears.
    #expect(try fixture.take("id,artist,price,room,date,tags\nA,,  ,,,;\n").changed == 1)
    record = try #require(try artwork("A"))
    #expect(record.artwork.title == "U" && record.artwork.artist == nil && record.artwork.price == nil)
    #expect(record.attributes.isEmpty && record.artwork.date == nil && record.artwork.dateEarliest == nil)
    #expect(record.artwork.tags == nil)
  }

  @Test(arguments: [
    ("A,a.jpg,12x,false", "price"), ("A,a.jpg,-1,false", "price"), ("A,a.jpg,\"1,250\",false", "price"),
    ("A,a.jpg,1e3,false", "price"), ("A,a.jpg,inf,false", "price"), ("A,a.jpg,1,maybe", "removed"),
    (",,1,false", "neither"), ("-A,a.jpg,1,false", "id"), ("A\u{7},a.jpg,1,false", "id"),
    ("A,a.jpg,1", "fields"), ("A,a.jpg,1,false,more", "fields"), ("A,a\u{0}.jpg,1,false", "zero byte"),
    ("A\u{85}B,a.jpg,1,false", "id"), (String(repeating: "x", count: 201) + ",a.jpg,1,false", "id"),
  ])
  func aFaultyRowIsLeftOutAlone(row: String, word: String) throws {
    let csv = "id,file,price,removed\nZ,z.jpg,5,true\n\(row)\nY,y.jpg,6,no\n"
    let report = try fixture.take(csv)
    #expect(report.refused.map(\.line) == [3])
    #expect(report.refused.first?.reason.contains(word) == true, "\(report.refused)")
    #expect(report.rows == 3 && report.added == 2)
    #expect(try catalog.counts(of: []).withoutFile == 1)  // Y; Z is removed, and there is nothing of the row
    #expect(try artwork("Z")?.artwork.price == 5)
    #expect(try artwork("Y")?.artwork.price == 6)
    #expect(try artwork("A") == nil)
  }

  /// The fault is found when most of the row is stored already.
  @Test func aFaultyRowLeavesNoTraceOfItself() throws {
    try fixture.take("id,file,title\nA,a.jpg,T\n")
    try fixture.store("/scans/a.jpg", "one")
    try fixture.take("id,title\nB,U\n")
    let before = try fixture.dump()
    let report = try fixture.take("id,file,title,room\nB,a.jpg,changed,9\nC,a.jpg,new,9\n")
    #expect(report.refused.map(\.line) == [2, 3])
    #expect(report.added == 0 && report.changed == 0)
    #expect(try fixture.dump() == before)
  }

  @Test func doubtsAreSaidAndTaken() throws {
    let report = try fixture.take("id,date\nA,sometime in spring\nB,n.d.\nC,undated\nD,?\nE,1650\n")
    #expect(report.doubts.map(\.line) == [2])
    #expect(try artwork("A")?.artwork.date == "sometime in spring")
    #expect(report.added == 5)
  }

  @Test func removedComesAndGoesWithTheRow() throws {
    try fixture.take("id,file,removed\nA,a.jpg,true\n")
    try fixture.store("/scans/a.jpg", "one")
    #expect(try artwork("A")?.artwork.removed == true)
    #expect(try fixture.owner(of: "/scans/a.jpg") == "A")
    try fixture.take("id,title\nA,T\n")  // says nothing of it
    #expect(try artwork("A")?.artwork.removed == true)
    try fixture.take("id,removed\nA,false\n")
    #expect(try artwork("A")?.artwork.removed == false)
    // An empty cell clears.
    try fixture.take("id,removed\nA,TRUE\n")
    try fixture.take("id,removed\nA,\n")
    #expect(try artwork("A")?.artwork.removed == false)
  }

  @Test func rowsWithIdCanBeTakenFirst() throws {
    let csv = "id,file,title\nA,a.jpg,T\n,b.jpg,U\n"
    let first = try fixture.take(csv, scope: .rowsWithID)
    #expect(first.rows == 1 && first.added == 1)
    #expect(try catalog.counts(of: []).artworks == 1)
    try fixture.store("/scans/a.jpg", "one")
    let minted = try #require(try fixture.store("/scans/b.jpg", "two")).artworkID
    let second = try fixture.take(csv)
    #expect(second.rows == 2 && second.unchanged == 1 && second.changed == 1 && second.unmatched.isEmpty)
    #expect(try catalog.artwork(minted)?.artwork.title == "U")
  }

  @Test func aFailureOfTheDatabaseTakesNothing() throws {
    try fixture.raw {
      try $0.execute(
        sql:
          "CREATE TRIGGER stop BEFORE INSERT ON artwork WHEN NEW.id = 'C' BEGIN SELECT RAISE(ABORT, 'full'); END"
      )
    }
    let before = try fixture.dump()
    #expect(throws: CatalogError.self) { try fixture.take("id\nA\nB\nC\nD\n") }
    #expect(try fixture.dump() == before)
  }

  @Test func oneWorkInTwoRows() throws {
    let report = try fixture.take("id,title\nA,T\nA,U\n")
    #expect(report.added == 1 && report.changed == 1)
    #expect(try artwork("A")?.artwork.title == "U")
  }

  /// What is exported and taken again says the same.
  @Test func cellsComeBackAsTheyWent() throws {
    try fixture.take(Self.rich)
    var lines = [CatalogueColumns.known.joined(separator: ",")]
    try catalog.forEachArtwork { record in
      lines.append(
        CatalogueColumns.values(of: record, file: "").map { "\"\($0.replacing("\"", with: "\"\""))\"" }
          .joined(separator: ","))
    }
    let before = try fixture.dump()
    let report = try fixture.take(lines.joined(separator: "\n"))
    #expect(report.unchanged == 2 && report.refused.isEmpty)
    #expect(try fixture.dump() == before)
  }
}
