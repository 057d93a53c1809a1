import Catalog
import Foundation
import GRDB
import Model
import SystemPackage
import Testing

@Suite struct CatalogCopiesTests {
  private let fixture: CatalogFixture
  private var catalog: Catalog { fixture.catalog }

  init() throws { fixture = try CatalogFixture() }

  private func stored() throws -> [StoredCopyDescriptor] {
    var stored: [StoredCopyDescriptor] = []
    try catalog.forEachCopyDescriptor { stored.append($0) }
    return stored
  }

  @Test func whatWasStoredIsRead() throws {
    try fixture.store("/1", "1")
    try fixture.store("/2", "2")
    let stored = try stored()
    #expect(stored.map(\.descriptor) == [CatalogFixture.copies, CatalogFixture.copies])
    #expect(stored.map(\.contentHash) == ["1", "2"].map(CatalogFixture.hash))
    #expect(try catalog.filesLackingCopyDescriptor().isEmpty)
  }

  @Test func measuringAgainReplacesIt() throws {
    try fixture.store("/1", "1")
    let other = CopyDescriptor(views: [CatalogFixture.copies.views[1]])
    let one = CatalogFixture.measured("/1", "1", modified: 2)
    try fixture.store(
      MeasuredFile(
        path: one.path, seen: one.seen, contentHash: one.contentHash, pictureHash: one.pictureHash,
        format: one.format, width: one.width, height: one.height, blocks: one.blocks, palette: one.palette,
        paletteVersion: one.paletteVersion, copies: other))
    #expect(try stored().map(\.descriptor) == [other])
  }

  @Test func filesOfRemovedWorksAreLeftOut() throws {
    let id = try #require(try fixture.store("/1", "1")).artworkID
    try fixture.store("/2", "2")
    _ = try catalog.setRemoved(true, [id])
    #expect(try stored().map(\.contentHash) == [CatalogFixture.hash("2")])
  }

  @Test(arguments: [
    "DELETE FROM copyView WHERE fileID = 1",
    "DELETE FROM copyView WHERE fileID = 1 AND view = 0",
    "UPDATE copyView SET version = 9 WHERE fileID = 1",
    "UPDATE copyView SET thumbnail = x'00' WHERE fileID = 1 AND view = 1",
    "UPDATE copyView SET hashes = x'00' WHERE fileID = 1 AND view = 0",
  ])
  func whatIsMissingOldOrDamagedIsLacking(change: String) throws {
    try fixture.store("/1", "1")
    try fixture.store("/2", "2")
    try fixture.raw { try $0.execute(sql: change) }
    #expect(try catalog.filesLackingCopyDescriptor() == ["/1"])
    let faults = try catalog.faults([CatalogFixture.colour])
    #expect(faults.map(\.kind) == [.missingSignature] && faults.map(\.file) == ["/1"])
    let descriptors = try stored().map(\.descriptor)
    #expect(descriptors.count == 2 && descriptors[1] == CatalogFixture.copies)
    // Without its first view a descriptor is no whole one, but what is left of it is sound.
    if !change.contains("AND view = 0") || change.hasPrefix("UPDATE") { #expect(descriptors[0] == nil) }
  }

  @Test func aFileThatIsNoPictureAnyMoreLosesIt() throws {
    try fixture.store("/1", "1")
    let refused = QuarantineEntry(
      path: "/1", code: "corrupt", reason: "r", attempts: 1, seen: CatalogFixture.sighting(9), limits: "",
      at: CatalogFixture.time)
    _ = try catalog.store([.refused(refused)]) { _ in true }
    #expect(try stored().map(\.descriptor) == [nil])
  }

  /// A home that the released program made, with its first migration alone.
  @Test func anOldHomeIsBroughtUpToDateWithoutLoss() throws {
    let path = fixture.folder.appending("old.sqlite")
    let old = try DatabaseQueue(path: path.string)
    try Migrations.all.migrate(old, upTo: "1 artworks, files, blocks")
    try old.write { database in
      try database.execute(
        sql: """
          INSERT INTO artwork (id, isMinted, title, addedAt, updatedAt)
          VALUES ('A', 0, 'Night', '2026-01-01', '2026-01-01');
          INSERT INTO file (artworkID, path, name, contentHash, pictureHash, format, width, height, size, modified,
            changed, inode, addedAt, updatedAt)
          VALUES ('A', CAST('/1' AS BLOB), CAST('1' AS BLOB), zeroblob(32), zeroblob(32), 'jpeg', 3, 2, 10, 1, 1, 5,
            '2026-01-01', '2026-01-01');
          INSERT INTO block VALUES (1, 'colour', 1, x'9A99193FCDCC4C3F');
          """)
    }
    try old.close()
    let catalog = try Catalog(at: path)
    #expect(try catalog.artwork(ArtworkID(rawValue: "A"))?.artwork.title == "Night")
    #expect(try catalog.filesLackingBlocks([CatalogFixture.colour]).isEmpty)
    #expect(try catalog.filesLackingCopyDescriptor() == ["/1"])
    let descriptors = try catalog.signatures(of: ArtworkID(rawValue: "A"), [CatalogFixture.colour]).map(
      \.vectors)
    #expect(descriptors == [[[0.6, 0.8]]])
  }
}
