import Catalog
import Foundation
import Model
import SystemPackage
import Testing

@Suite struct CatalogStoreTests {
  private let fixture: CatalogFixture
  private var catalog: Catalog { fixture.catalog }

  init() throws { fixture = try CatalogFixture() }

  @Test func aNewFileIsNamedAfterItsBytes() throws {
    let id = ArtworkID(mintedFrom: CatalogFixture.hash("one").bytes)
    #expect(try fixture.store("/a/1.jpg", "one") == .added(id))
    let record = try #require(try catalog.artwork(id))
    #expect(record.artwork.isMinted && !record.artwork.removed)
    #expect(record.files.map(\.path) == ["/a/1.jpg"])
    #expect(record.files.first?.contentHash == CatalogFixture.hash("one"))
    #expect(record.files.first?.seen == CatalogFixture.sighting())
    #expect(record.palettes.values.first?.swatches.first?.b == -2)
    #expect(record.aliases.isEmpty && record.attributes.isEmpty)
  }

  @Test func sameBytesAtTwoPathsAreOneArtwork() throws {
    let id = try #require(try fixture.store("/a/1.jpg", "one")).artworkID
    #expect(try fixture.store("/b/copy.jpg", "one") == .added(id))
    #expect(try catalog.artwork(id)?.files.map(\.path) == ["/a/1.jpg", "/b/copy.jpg"])
    let counts = try catalog.counts(of: [CatalogFixture.colour])
    #expect(counts.artworks == 1 && counts.files == 2 && counts.blocks[CatalogFixture.colour] == 2)
  }

  @Test func anOverwrittenFileKeepsItsArtwork() throws {
    let id = try #require(try fixture.store("/a/1.jpg", "one")).artworkID
    #expect(try fixture.store("/a/1.jpg", "two", modified: 2, vector: [1, 0]) == .changed(id))
    let record = try #require(try catalog.artwork(id))
    #expect(record.files.map(\.contentHash) == [CatalogFixture.hash("two")])
    #expect(record.files.first?.seen.modified == 2)
    #expect(try catalog.signatures(of: id, [CatalogFixture.colour]).map(\.vectors) == [[[1, 0]]])
    #expect(try catalog.artwork(ArtworkID(mintedFrom: CatalogFixture.hash("two").bytes)) == nil)
    #expect(try catalog.counts(of: []).artworks == 1)
  }

  @Test func aFileWrittenOverJoinsTheWorkThatHasItsBytes() throws {
    let first = try #require(try fixture.store("/a/1.jpg", "one")).artworkID
    let second = try #require(try fixture.store("/a/2.jpg", "two")).artworkID
    // 2.jpg was written over and copied to 3.jpg; the copy was seen first.
    let copy = try #require(try fixture.store("/a/3.jpg", "new")).artworkID
    #expect(copy != second)
    #expect(try fixture.store("/a/2.jpg", "new", modified: 2) == .changed(second))
    #expect(try fixture.owner(of: "/a/3.jpg") == second.rawValue)
    #expect(try catalog.artwork(copy)?.artwork.id == second, "the copy's name still answers")
    // Written over with an older work's bytes: it is a file of that.
    #expect(try fixture.store("/a/3.jpg", "one", modified: 3) == .changed(first))
    #expect(try catalog.artwork(first)?.files.map(\.path) == ["/a/1.jpg", "/a/3.jpg"])
    #expect(try catalog.artwork(second)?.files.map(\.path) == ["/a/2.jpg"])
    #expect(try catalog.counts(of: []).artworks == 2)
  }

  @Test func aWorkOfWhichSomethingIsSaidIsNotUnited() throws {
    try fixture.take("file,title\n1.jpg,Dawn\n2.jpg,Dusk\n")
    try fixture.store("/scans/1.jpg", "one")
    try fixture.store("/scans/2.jpg", "two")
    let owner = try fixture.owner(of: "/scans/2.jpg")
    try fixture.store("/scans/2.jpg", "one", modified: 2)
    #expect(try fixture.owner(of: "/scans/2.jpg") == owner)
    #expect(try fixture.owner(of: "/scans/1.jpg") != owner)
  }

  @Test func bytesOfARemovedWorkStayRemoved() throws {
    let kept = try #require(try fixture.store("/a/1.jpg", "one")).artworkID
    let removed = try #require(try fixture.store("/a/2.jpg", "two")).artworkID
    _ = try catalog.setRemoved(true, [removed])
    #expect(try fixture.store("/a/1.jpg", "two", modified: 2) == .changed(removed))
    #expect(try catalog.artwork(kept)?.artwork.id == removed)
    #expect(try catalog.counts(of: []).artworks == 0)
  }

  @Test func newBytesOfTheSamePictureAreSaidToBeThat() throws {
    let one = CatalogFixture.measured("/a/1.jpg", "one")
    let id = try #require(try fixture.store(one)).artworkID
    let retagged = MeasuredFile(
      path: one.path, seen: CatalogFixture.sighting(2), contentHash: CatalogFixture.hash("one, tagged"),
      pictureHash: one.pictureHash, format: one.format, width: one.width, height: one.height,
      blocks: one.blocks,
      palette: one.palette, paletteVersion: one.paletteVersion, copies: one.copies)
    #expect(try fixture.store(retagged) == .retagged(id))
    #expect(try catalog.artwork(id)?.files.map(\.contentHash) == [CatalogFixture.hash("one, tagged")])
  }

  @Test func aTouchedFileIsKnownUnderItsNewDate() throws {
    let id = try #require(try fixture.store("/a/1.jpg", "one")).artworkID
    #expect(try fixture.store("/a/1.jpg", "one", modified: 7) == .touched(id))
    #expect(
      try catalog.knownFiles(below: "/a").mapValues(\.sighting) == ["/a/1.jpg": CatalogFixture.sighting(7)])
  }

  @Test func aMovedFileKeepsItsArtwork() throws {
    let id = try #require(try fixture.store("/a/1.jpg", "one")).artworkID
    let number = try #require(try catalog.files().first?.id)
    fixture.disk = []
    #expect(try fixture.store("/b/2.jpg", "one", modified: 3) == .moved(id, from: "/a/1.jpg"))
    let files = try catalog.files()
    #expect(files.map(\.path) == ["/b/2.jpg"])
    #expect(files.map(\.id) == [number])
    #expect(files.first?.seen.modified == 3)
  }

  /// It was measured anew, by a newer method perhaps: that is what counts from then on.
  @Test func aMovedFileTakesItsNewSignature() throws {
    let id = try #require(try fixture.store("/a/1.jpg", "one")).artworkID
    fixture.disk = []
    try fixture.store("/b/2.jpg", "one", vector: [0, 1], version: 2)
    let newer = BlockDescriptor(name: .colour, version: 2, dimension: 2)
    #expect(try catalog.signatures(of: id, [newer]).map(\.vectors) == [[[0, 1]]])
    #expect(try catalog.filesLackingBlocks([newer]).isEmpty)
  }

  @Test func whatIsStoredTogetherIsStoredWholly() throws {
    try fixture.store("/a/0.jpg", "zero")
    let before = try fixture.dump()
    let good = CatalogFixture.measured("/a/1.jpg", "one")
    let bad = MeasuredFile(
      path: "/a/2.jpg", seen: CatalogFixture.sighting(), contentHash: CatalogFixture.hash("two"),
      pictureHash: CatalogFixture.hash("two"), format: "jpeg", width: 1, height: 1,
      blocks: [good.blocks[0], good.blocks[0]], palette: good.palette, paletteVersion: 1,
      copies: good.copies)
    let refused = QuarantineEntry(
      path: "/a/3.jpg", code: "corrupt", reason: "r", attempts: 1, seen: nil, limits: "",
      at: CatalogFixture.time)
    #expect(throws: CatalogError.self) {
      try catalog.store([.measured(good), .refused(refused), .measured(bad)]) { _ in true }
    }
    #expect(try fixture.dump() == before)
    #expect(
      try catalog.store([.measured(good), .refused(refused)]) { _ in true }.map { $0 != nil } == [
        true, false,
      ])
    #expect(try catalog.counts(of: []).quarantined == 1)
  }

  /// Two hashes alike in their first 60 bits, and two more alike in 80.
  @Test func aTakenIdMakesTheNextOneLonger() throws {
    func measured(_ path: FilePath, _ bytes: [UInt8]) -> MeasuredFile {
      let good = CatalogFixture.measured(path, "x")
      return MeasuredFile(
        path: path, seen: good.seen, contentHash: Fingerprint(bytes: bytes), pictureHash: good.pictureHash,
        format: "jpeg", width: 1, height: 1, blocks: good.blocks, palette: good.palette, paletteVersion: 1,
        copies: good.copies)
    }
    func hash(_ tail: [UInt8]) -> [UInt8] {
      Array(([1, 2, 3, 4, 5, 6, 7] + tail + [UInt8](repeating: 9, count: 32)).prefix(32))
    }
    // The digits are of five bits: 12 end in the middle of the eighth byte, 16 with the tenth.
    let hashes = [hash([0x80]), hash([0x8F, 1, 1, 0]), hash([0x8F, 1, 1, 1])]
    let ids = try zip(["/1", "/2", "/3"] as [FilePath], hashes).map { path, hash in
      try #require(try fixture.store(measured(path, hash))).artworkID
    }
    #expect(ids.map(\.rawValue.count) == [12, 16, 20])
    #expect(Set(ids).count == 3)
    #expect(ids[1].rawValue.hasPrefix(ids[0].rawValue))
    for (id, path) in zip(ids, ["/1", "/2", "/3"] as [FilePath]) {
      #expect(try catalog.artwork(id)?.files.map(\.path) == [path])
    }
  }

  @Test func anIdOfTheCatalogueIsNeverMintedAgain() throws {
    let minted = ArtworkID(mintedFrom: CatalogFixture.hash("one").bytes)
    try fixture.take("id,title\n\(minted.rawValue),T\n")
    let stored = try #require(try fixture.store("/a/1.jpg", "one"))
    #expect(stored.artworkID != minted)
    #expect(stored.artworkID.rawValue.hasPrefix(minted.rawValue))
  }

  @Test func sightingsBelowAFolder() throws {
    let paths = [
      "/a/b/1", "/a/b", "/a/bc/2", "/a/b/c/3", "/a/b0", "/a/b!", "/a/B/4", "/a/b%/5", "/a/b_/6", "/a/bx/7",
    ]
    for path in paths { try fixture.store(path, path) }
    let latin: FilePath = FilePath(testBytes: Array("/a/b/".utf8) + [0xE4, 0xFF])
    try fixture.store(CatalogFixture.measured(latin, "latin"))
    func below(_ root: FilePath) throws -> Set<FilePath> { try Set(catalog.knownFiles(below: root).keys) }
    #expect(try below("/a/b") == ["/a/b", "/a/b/1", "/a/b/c/3", latin])
    #expect(try below("/a/b%") == ["/a/b%/5"])
    #expect(try below("/a/b_") == ["/a/b_/6"])
    #expect(try below("/a/b/1") == ["/a/b/1"])
    #expect(try below(latin) == [latin])
    #expect(try below("/").count == paths.count + 1)
    #expect(try below("/x").isEmpty)
  }

  @Test func lackingSignatures() throws {
    try fixture.store("/1", "1")
    try fixture.store("/2", "2", vector: [1, 0, 0])
    try fixture.store("/3", "3", version: 2)
    #expect(try catalog.filesLackingBlocks([CatalogFixture.colour]) == ["/2", "/3"])
    #expect(
      try catalog.filesLackingBlocks([CatalogFixture.colour, CatalogFixture.texture]) == ["/1", "/2", "/3"])
    #expect(try catalog.filesLackingBlocks([]).isEmpty)
  }

  @Test func quarantineCountsAttemptsAndEndsWithSuccess() throws {
    func entry(_ attempts: Int, _ reason: String, at seconds: Double, seen: FileSighting?) -> IngestResult {
      .refused(
        QuarantineEntry(
          path: "/a/1.jpg", code: "corrupt", reason: reason, attempts: attempts, seen: seen, limits: "l",
          at: Date(timeIntervalSince1970: seconds)))
    }
    _ = try catalog.store([entry(1, "first", at: 100, seen: nil)]) { _ in true }
    _ = try catalog.store([entry(1, "second", at: 200, seen: CatalogFixture.sighting())]) { _ in true }
    var kept = try #require(try catalog.quarantine()["/a/1.jpg"])
    #expect(kept.attempts == 2 && kept.reason == "second" && kept.seen == CatalogFixture.sighting())
    #expect(
      kept.firstSeen == Date(timeIntervalSince1970: 100) && kept.lastSeen == Date(timeIntervalSince1970: 200))
    // Found as it was, not tried: nothing is written.
    _ = try catalog.store([entry(0, "second", at: 300, seen: CatalogFixture.sighting())]) { _ in true }
    kept = try #require(try catalog.quarantine(below: "/a")["/a/1.jpg"])
    #expect(kept.attempts == 2 && kept.lastSeen == Date(timeIntervalSince1970: 200))
    #expect(try catalog.quarantine(below: "/b").isEmpty)
    // A sighting that can't be taken any more is forgotten, not kept from before.
    _ = try catalog.store([entry(1, "third", at: 400, seen: nil)]) { _ in true }
    #expect(try catalog.quarantine()["/a/1.jpg"]?.seen == nil)
    try fixture.store("/a/1.jpg", "one")
    #expect(try catalog.quarantine().isEmpty)
  }

  @Test func aRemovedWorkStaysRemovedWhenItsFileComesAgain() throws {
    let id = try #require(try fixture.store("/a/1.jpg", "one")).artworkID
    let unknown = ArtworkID(rawValue: "nobody")
    var result = try catalog.setRemoved(true, [id, unknown])
    #expect(result.changed == [id] && result.unknown == [unknown])
    result = try catalog.setRemoved(true, [id])
    #expect(result.changed.isEmpty && result.unknown.isEmpty)
    try fixture.store("/a/1.jpg", "other", modified: 2)
    try fixture.store("/b/copy.jpg", "other")
    #expect(try catalog.artwork(id)?.artwork.removed == true)
    let counts = try catalog.counts(of: [])
    #expect(counts.artworks == 0 && counts.removed == 1 && counts.files == 2)
    #expect(try catalog.setRemoved(false, [id]).changed == [id])
    #expect(try catalog.counts(of: []).artworks == 1)
  }
}
