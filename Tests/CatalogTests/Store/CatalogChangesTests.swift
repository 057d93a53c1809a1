import Catalog
import Foundation
import GRDB
import Model
import Testing
import Text

/// An index hears of every signature that may have changed, and of no other.
@Suite struct CatalogChangesTests {
  private let fixture: CatalogFixture
  private var catalog: Catalog { fixture.catalog }

  init() throws {
    fixture = try CatalogFixture()
    try fixture.take("id,file,title\nwave,/f/1.jpg,The Great Wave\nlady,,Portrait of a Lady\n")
    try fixture.store("/f/1.jpg", "one")
    try fixture.store("/f/2.jpg", "two")
  }

  /// The keys that a piece of work has changed.
  private func changed(_ work: () throws -> Void) throws -> [Int64] {
    let before = try catalog.changeNumber()
    try work()
    let changes = try catalog.changedSignatures(after: before)
    let now = try catalog.changeNumber()
    #expect(changes.allSatisfy { $0.change > before && $0.change <= now })
    #expect(try catalog.changedSignatures(after: now).isEmpty)
    return changes.map(\.key)
  }

  private func key(_ id: String) throws -> Int64 {
    try #require(try catalog.signatureOwners().first { $0.value.rawValue == id }?.key)
  }

  @Test func owners() throws {
    let owners = try catalog.signatureOwners()
    #expect(owners.count == 3 && Set(owners.values.map(\.rawValue)).isSuperset(of: ["wave", "lady"]))
    #expect(try key("wave") > 0 && key("lady") < 0, "a work without a file has a key of its own")
    try fixture.take("id,removed\nwave,true\n")
    #expect(try catalog.signatureOwners().count == 2)
  }

  @Test func aNewFileChangesItselfAlone() throws {
    let keys = try changed { try fixture.store("/f/3.jpg", "three") }
    #expect(keys.filter { $0 > 0 } == [3])
  }

  @Test func measuringAgainIsAChange() throws {
    #expect(try changed { try fixture.store("/f/1.jpg", "other bytes") }.filter { $0 > 0 } == [1])
  }

  @Test func textsConcernAllFilesOfAWork() throws {
    let descriptor = BlockDescriptor(name: .text, version: 1, dimension: 2)
    let (wave, lady) = (try key("wave"), try key("lady"))
    func say(_ id: String, _ text: ArtworkText) throws {
      try catalog.store([(id: ArtworkID(rawValue: id), text: text, vector: [0.6, 0.8])], version: 1)
    }
    #expect(try changed { try say("lady", ArtworkText(title: "Portrait of a Lady")) } == [lady])
    #expect(try changed { try say("wave", ArtworkText(title: "The Great Wave")) }.contains(wave))
    #expect(try catalog.textVectors(descriptor).count == 2)
    #expect(try changed { try fixture.take("id,title\nwave,Another\n") }.contains(wave))
    #expect(try catalog.textVector(of: ArtworkID(rawValue: "wave"), descriptor) == nil)
    #expect(
      try changed { try fixture.take("id,price\nlady,3\n") }.isEmpty, "a price is no part of a signature")
  }

  @Test func removingAndBringingBackAreChanges() throws {
    let wave = try key("wave")
    #expect(try changed { try fixture.take("id,removed\nwave,true\n") }.contains(wave))
    #expect(try changed { try fixture.take("id,removed\nwave,false\n") }.contains(wave))
    #expect(try changed { try fixture.take("id,removed\nwave,false\n") }.isEmpty)
  }

  @Test func aFileThatGetsAnotherWorkConcernsBoth() throws {
    let keys = try changed { try fixture.take("id,file\nlady,/f/2.jpg\n") }
    #expect(keys.contains(2) && keys.contains { $0 < 0 }, "the lady has a file now")
    #expect(try catalog.signatureOwners()[2]?.rawValue == "lady")
    #expect(try catalog.signatureOwners().values.filter { $0.rawValue == "lady" }.count == 1)
  }

  @Test func aSignatureByItsFile() throws {
    let found = try #require(try catalog.signature(ofFile: 1, [CatalogFixture.colour]))
    #expect(found.signature.vectors == [[0.6, 0.8]] && found.signature.artworkID.rawValue == "wave")
    #expect(found.palette?.swatches.count == 1)
    #expect(try catalog.signature(ofFile: 99, [CatalogFixture.colour]) == nil)
    try fixture.take("id,removed\nwave,true\n")
    #expect(try catalog.signature(ofFile: 1, [CatalogFixture.colour]) == nil)
  }
}
