import Catalog
import Foundation
import GRDB
import Model
import SystemPackage
import Testing

/// How catalogue rows and image files find each other, whichever comes first.
@Suite struct CatalogClaimTests {
  private let fixture: CatalogFixture
  private var catalog: Catalog { fixture.catalog }

  init() throws { fixture = try CatalogFixture() }

  private enum Order: String, CaseIterable { case rowFirst, imageFirst }

  private func meet(
    _ order: Order, _ csv: String, in folder: FilePath = "/scans", _ files: [(String, String)]
  ) throws {
    if order == .rowFirst { try fixture.take(csv, in: folder) }
    for (path, bytes) in files { try fixture.store(path, bytes) }
    if order == .imageFirst { try fixture.take(csv, in: folder) }
  }

  @Test(
    arguments: Order.allCases,
    [
      "1.jpg", "x/1.jpg", "./x/1.jpg", "x//1.jpg", "y/../x/1.jpg", "/scans/x/1.jpg", "scans/x/1.jpg",
    ])
  private func aRowFindsItsImage(order: Order, written: String) throws {
    try meet(
      order, "id,file,title\nA,\(written),T\n", [("/scans/x/1.jpg", "one"), ("/scans/x/2.jpg", "two")])
    #expect(try fixture.owner(of: "/scans/x/1.jpg") == "A")
    #expect(try fixture.owner(of: "/scans/x/2.jpg") != "A")
    #expect(try catalog.artwork(ArtworkID(rawValue: "A"))?.artwork.title == "T")
    #expect(try catalog.counts(of: []).artworks == 2)
  }

  @Test(
    arguments: Order.allCases,
    [
      "11.jpg", "y/1.jpg", "x", "1.JPG", "/x/1.jpg", "/other/x/1.jpg", "../1.jpg", "%.jpg", "_.jpg",
    ])
  private func aRowOfAnotherImageDoesNot(order: Order, written: String) throws {
    try meet(order, "id,file\nA,\(written)\n", [("/scans/x/1.jpg", "one")])
    #expect(try fixture.owner(of: "/scans/x/1.jpg") != "A")
    #expect(try catalog.counts(of: []).withoutFile == 1)
  }

  /// Two images of one name: the words can mean either, so they mean none, and it is said.
  @Test func ambiguousWordsTieNothing() throws {
    try fixture.store("/scans/x/1.jpg", "one")
    try fixture.store("/scans/y/1.jpg", "two")
    let report = try fixture.take("id,file\nA,1.jpg\nB,y/1.jpg\n")
    #expect(report.refused.map(\.line) == [2])
    #expect(try fixture.owner(of: "/scans/y/1.jpg") == "B")
    #expect(try catalog.artwork(ArtworkID(rawValue: "A")) == nil)
  }

  @Test func ambiguousWordsTieNothingThatComesLater() throws {
    try fixture.take("id,file\nA,1.jpg\n")
    try fixture.store("/scans/x/1.jpg", "one")
    try fixture.store("/scans/y/1.jpg", "two")
    #expect(try fixture.owner(of: "/scans/x/1.jpg") == "A")
    #expect(try fixture.owner(of: "/scans/y/1.jpg") != "A")
    // The same picture once more is no doubt.
    try fixture.store("/scans/z/1.jpg", "one")
    #expect(try fixture.owner(of: "/scans/z/1.jpg") == "A")
  }

  @Test func twoRowsOfOneNameTieNothing() throws {
    try fixture.take("id,file\nA,1.jpg\n", in: "/scans")
    try fixture.take("id,file\nB,1.jpg\n", in: "/other")
    try fixture.store("/third/1.jpg", "one")
    #expect(try !["A", "B"].contains(fixture.owner(of: "/third/1.jpg")))
    // At its very path each is the row's own.
    try fixture.store("/other/1.jpg", "two")
    #expect(try fixture.owner(of: "/other/1.jpg") == "B")
  }

  @Test func theVeryPathGoesBeforeTheName() throws {
    try fixture.take("id,file\nA,1.jpg\nB,x/1.jpg\n")
    try fixture.store("/scans/x/1.jpg", "one")
    #expect(try fixture.owner(of: "/scans/x/1.jpg") == "B")
    try fixture.store("/scans/1.jpg", "two")
    #expect(try fixture.owner(of: "/scans/1.jpg") == "A")
    // Both rows have their image: a third one of that name is its own work.
    try fixture.store("/scans/y/1.jpg", "three")
    #expect(try !["A", "B"].contains(fixture.owner(of: "/scans/y/1.jpg")))
  }

  @Test func aClaimGoesBeforeTheBytes() throws {
    try fixture.take("id,file\nA,1.jpg\nB,2.jpg\n")
    try fixture.store("/scans/1.jpg", "same")
    try fixture.store("/scans/2.jpg", "same")
    #expect(try fixture.owner(of: "/scans/1.jpg") == "A")
    #expect(try fixture.owner(of: "/scans/2.jpg") == "B")
  }

  /// The rows come later, and the result is the same.
  @Test func rowsPartWhatTheBytesHaveJoined() throws {
    try fixture.store("/scans/1.jpg", "same")
    try fixture.store("/scans/2.jpg", "same")
    let report = try fixture.take("id,file\nA,1.jpg\nB,2.jpg\n")
    #expect(report.refused.isEmpty)
    #expect(try fixture.owner(of: "/scans/1.jpg") == "A")
    #expect(try fixture.owner(of: "/scans/2.jpg") == "B")
    let again = try fixture.take("id,file\nA,1.jpg\nB,2.jpg\n")
    #expect(again.unchanged == 2 && again.refused.isEmpty)
  }

  @Test func oneImageIsNotTwoWorks() throws {
    try fixture.store("/scans/1.jpg", "one")
    let report = try fixture.take("id,file,title\nA,1.jpg,T\nB,1.jpg,U\n")
    #expect(report.refused.map(\.line) == [3])
    #expect(try fixture.owner(of: "/scans/1.jpg") == "A")
    #expect(try catalog.artwork(ArtworkID(rawValue: "B")) == nil)
    let waiting = try fixture.take("id,file\nC,later.jpg\nD,later.jpg\n")
    #expect(waiting.refused.map(\.line) == [3])
  }

  /// A later catalogue corrects an earlier one that had two images the wrong way round.
  @Test func imagesMaySwapTheirWorks() throws {
    try fixture.store("/scans/1.jpg", "one")
    try fixture.store("/scans/2.jpg", "two")
    try fixture.take("id,file\nA,1.jpg\nB,2.jpg\n")
    let report = try fixture.take("id,file\nA,2.jpg\nB,1.jpg\n")
    #expect(report.refused.isEmpty && report.changed == 2)
    #expect(try fixture.owner(of: "/scans/1.jpg") == "B")
    #expect(try fixture.owner(of: "/scans/2.jpg") == "A")
    #expect(try fixture.take("id,file\nA,2.jpg\nB,1.jpg\n").unchanged == 2)
    // Without a word on the work that has it, an image is not taken away.
    let contradiction = try fixture.take("id,file\nC,1.jpg\n")
    #expect(contradiction.refused.map(\.line) == [2])
    #expect(try fixture.owner(of: "/scans/1.jpg") == "B")
  }

  @Test func oneWorkMayHaveManyImages() throws {
    try fixture.store("/scans/1.jpg", "one")
    try fixture.take("id,file,title\nA,1.jpg,T\nA,2.jpg,T\n")
    try fixture.store("/scans/2.jpg", "two")
    #expect(
      try catalog.artwork(ArtworkID(rawValue: "A"))?.files.map(\.path) == ["/scans/1.jpg", "/scans/2.jpg"])
  }

  @Test func aRenamedWorkGoesOnAnsweringToItsOldName() throws {
    let minted = try #require(try fixture.store("/scans/1.jpg", "one")).artworkID
    let report = try fixture.take("id,file\nA,1.jpg\n")
    #expect(report.changed == 1 && report.added == 0 && report.unchanged == 0)
    let record = try #require(try catalog.artwork(minted))
    #expect(record.artwork.id.rawValue == "A" && !record.artwork.isMinted)
    #expect(record.aliases == [minted])
    #expect(record.files.map(\.path) == ["/scans/1.jpg"])
    #expect(try catalog.setRemoved(true, [minted]).changed.map(\.rawValue) == ["A"])
    // A row may still use the old name; the same bytes never get it again.
    #expect(try fixture.take("id,title\n\(minted.rawValue),T\n").changed == 1)
    #expect(try catalog.artwork(ArtworkID(rawValue: "A"))?.artwork.title == "T")
    #expect(try catalog.counts(of: []).removed == 1)
  }

  @Test func aRowWithoutIdSpeaksOfTheImagesWork() throws {
    let minted = try #require(try fixture.store("/scans/1.jpg", "one")).artworkID
    try fixture.take("file,title\n1.jpg,T\n")
    #expect(try catalog.artwork(minted)?.artwork.title == "T")
    #expect(try catalog.counts(of: []).artworks == 1)
  }

  @Test func aRowWithoutIdWaitsForItsImage() throws {
    let report = try fixture.take("file,title\n1.jpg,T\n")
    #expect(report.added == 1 && report.unmatched.map(\.file) == ["1.jpg"])
    let waiting = try #require(report.unmatched.first?.id)
    let stored = try fixture.store("/scans/1.jpg", "one")
    #expect(stored == .added(waiting))
    #expect(try catalog.artwork(waiting)?.artwork.title == "T")
    // A catalogue that gives the id comes last.
    #expect(try fixture.take("id,file\nA,1.jpg\n").changed == 1)
    #expect(try catalog.artwork(waiting)?.artwork.id.rawValue == "A")
    #expect(try catalog.artwork(waiting)?.artwork.title == "T")
  }

  @Test func twoRowsWithoutIdOfOneNameAreTwoWorks() throws {
    let report = try fixture.take("file,title\nx/1.jpg,T\ny/1.jpg,U\n")
    #expect(report.added == 2)
    try fixture.store("/scans/y/1.jpg", "two")
    try fixture.store("/scans/x/1.jpg", "one")
    var titles: [String: String] = [:]
    try catalog.forEachArtwork { titles[$0.files.first?.path.string ?? "-"] = $0.artwork.title }
    #expect(titles == ["/scans/x/1.jpg": "T", "/scans/y/1.jpg": "U"])
  }

  /// A minted work that a row has words for is more than another name.
  @Test func whatIsKnownOfAMintedWorkIsNotLost() throws {
    try fixture.take("id,title\nA,T\n")
    try fixture.take("file,room\n1.jpg,5\n")
    let minted = try #require(try fixture.store("/scans/1.jpg", "one")).artworkID
    try fixture.take("id,file\nA,1.jpg\n")
    #expect(try fixture.owner(of: "/scans/1.jpg") == "A")
    #expect(try catalog.artwork(minted)?.attributes == ["room": "5"])
  }

  @Test func namesOfANameGoOnAnswering() throws {
    try fixture.take("id,title\nA,T\n")
    let first = try #require(try fixture.store("/scans/1.jpg", "one")).artworkID
    try fixture.raw {
      try $0.execute(sql: "INSERT INTO alias VALUES ('older', ?)", arguments: [first.rawValue])
    }
    try fixture.take("id,file\nA,1.jpg\n")
    for name in [first.rawValue, "older"] {
      #expect(try catalog.artwork(ArtworkID(rawValue: name))?.artwork.id.rawValue == "A")
    }
  }

  @Test func aMovedImageStaysWithItsRow() throws {
    try fixture.take("id,file\nA,1.jpg\n")
    try fixture.store("/scans/1.jpg", "one")
    fixture.disk = []
    let moved = try fixture.store("/scans/sorted/first.jpg", "one")
    #expect(moved == .moved(ArtworkID(rawValue: "A"), from: "/scans/1.jpg"))
  }

  /// Two works have the same bytes; what vanished was an image of the other one.
  @Test func aMoveNeverCrossesToAnotherWork() throws {
    try fixture.take("id,file\nA,1.jpg\nB,2.jpg\nA,3.jpg\n")
    try fixture.store("/scans/1.jpg", "same")
    try fixture.store("/scans/2.jpg", "same")
    fixture.disk = ["/scans/1.jpg"]
    #expect(try fixture.store("/scans/3.jpg", "same") == .added(ArtworkID(rawValue: "A")))
    #expect(try fixture.owner(of: "/scans/2.jpg") == "B")
  }

  @Test func pathsThatAreNotUTF8() throws {
    let path = FilePath(testBytes: Array("/scans/".utf8) + [0xE4] + Array(".jpg".utf8))
    try fixture.take("id,file\nA,\u{FFFD}.jpg\n")
    try fixture.store(CatalogFixture.measured(path, "one"))
    #expect(try fixture.owner(of: path) != "A")
    #expect(try catalog.files().map(\.path) == [path])
    fixture.disk = []
    let other = FilePath(testBytes: Array("/scans/".utf8) + [0xFF])
    #expect(try fixture.store(CatalogFixture.measured(other, "one"))?.artworkID != ArtworkID(rawValue: "A"))
    #expect(try catalog.files().map(\.path) == [other])
  }
}
