import Catalog
import Foundation
import Ingest
import Model
import SystemPackage
import Testing
import Text

/// The text blocks of a catalogue follow what is said of its works.
@Suite struct TextBlocksTests {
  private let fake: FakeWorker
  private let catalog: Catalog
  private var blocks: TextBlocks { TextBlocks(catalog) { nil } }

  init() throws {
    fake = try FakeWorker()
    catalog = try Catalog(at: fake.folder.appending("catalog.sqlite"))
  }

  private func take(_ rows: String) throws {
    let report = try catalog.importTable(CSVTable(bytes: Array(rows.utf8)), relativeTo: "/", scope: .everyRow)
    #expect(report.refused.isEmpty)
  }

  private func vectors() throws -> [String: [Float]] {
    guard let descriptor = try blocks.descriptor() else { return [:] }
    return try catalog.textVectors(descriptor).reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }
  }

  private static let rows = """
    id,title,artist
    a,The Great Wave,Hokusai
    b,Storm at Sea,Turner
    c,Portrait of a Lady,Weyden
    d,,
    """

  @Test func aCatalogueOfNothingHasNoModel() throws {
    try blocks.refresh()
    #expect(try blocks.descriptor() == nil && blocks.model() == nil)
    try take("id,title\na,\n")
    try blocks.refresh()
    #expect(try blocks.descriptor() == nil)
  }

  @Test func everyTextIsReadOnce() throws {
    try take(Self.rows)
    #expect(try blocks.unread() == 3)
    var reported: [Int] = []
    try blocks.refresh { reported.append($0) }
    #expect(reported == [3])
    #expect(try blocks.unread() == 0)
    #expect(try vectors().keys.sorted() == ["a", "b", "c"], "nothing is said of d")
    try blocks.refresh { _ in Issue.record("nothing is left to read") }
    let model = try #require(try blocks.model())
    #expect(
      try vectors()["a"] == model.vectors(of: [ArtworkText(title: "The Great Wave", artist: "Hokusai")])[0])
  }

  @Test func changesAreReadAgainAndOthersAreNot() throws {
    try take(Self.rows)
    try blocks.refresh()
    let (before, version) = (try vectors(), try blocks.descriptor()?.version)
    try take("id,title\nb,A Portrait\n")
    #expect(try vectors()["b"] == nil, "what it said no longer counts")
    try blocks.refresh()
    #expect(try blocks.descriptor()?.version == version)
    let after = try vectors()
    #expect(after["a"] == before["a"] && after["b"] != before["b"] && after["b"] != nil)
    // A change that says nothing new.
    try take("id,price\nb,100\n")
    #expect(try blocks.unread() == 0)
    try take("id,removed\nb,true\n")
    #expect(try vectors()["b"] == nil)
  }

  @Test func aCatalogueThatHasDoubledIsFittedOnAgain() throws {
    try take(Self.rows)
    try blocks.refresh()
    let version = try blocks.descriptor()?.version
    try take("id,title\n" + (0..<3).map { "n\($0),Wave \($0)\n" }.joined())
    try blocks.refresh()
    #expect(try blocks.descriptor()?.version == version)
    try take("id,title\n" + (3..<12).map { "n\($0),Harbour \($0)\n" }.joined())
    try blocks.refresh()
    #expect(try blocks.descriptor()?.version != version)
    #expect(try blocks.unread() == 0 && vectors().count == 15)
    #expect(try blocks.model()?.vector(of: "harbour") != nil)
  }

  @Test func aRefitReadsEverything() throws {
    try take(Self.rows)
    try blocks.refresh()
    try take("id,title\nz,Zebra\n")
    try blocks.refresh()
    #expect(try blocks.model()?.vector(of: "zebra") == nil && vectors()["z"] == nil)
    try blocks.refresh(refits: true)
    #expect(try blocks.model()?.vector(of: "zebra") != nil && vectors()["z"] != nil)
    #expect(try catalog.storedTextModel()?.works == 4)
  }

  @Test func whatChangedWhileItWasReadIsNotKept() throws {
    try take(Self.rows)
    try blocks.refresh()
    let version = try #require(try blocks.descriptor()).version
    try catalog.store(
      [
        (
          id: ArtworkID(rawValue: "a"), text: ArtworkText(title: "An old title"),
          vector: [Float](repeating: 0.0625, count: 256)
        )
      ],
      version: version)
    #expect(try vectors()["a"] != [Float](repeating: 0.0625, count: 256))
  }
}
