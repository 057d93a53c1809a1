import Catalog
import Foundation
import Model
import Platform
import Search
import SystemPackage
import TestSupport
import Testing
import VectorIndex

/// The index of a catalogue answers as the catalogue does, whatever has happened since it was built.
@Suite struct SearchIndexTests {
  private let fixture: SearchFixture
  private let folder: FilePath
  private var catalog: Catalog { fixture.catalog }

  init() throws {
    fixture = try SearchFixture()
    folder = fixture.catalog.path.removingLastComponent().appending("index")
  }

  private var index: SearchIndex {
    SearchIndex(catalog, folder: folder, SearchFixture.both, .equal(SearchFixture.both))
  }

  private func file(_ work: String, _ numbers: inout SeededGenerator) -> SearchFixture.File {
    func unit(_ count: Int) -> [Float] {
      let v = numbers.vector(count)
      let length = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return v.map { $0 / length }
    }
    return .init(work, unit(2), unit(3))
  }

  private func expectSameAnswers(
    _ numbers: inout SeededGenerator, location: SourceLocation = #_sourceLocation
  ) throws {
    let (fast, plain) = (try index.search(), try fixture.search())
    for _ in 0..<5 {
      let example = file("", &numbers).vectors
      let query = SearchFixture.query(
        [example], try SearchFixture.weights(.random(in: 0...2, using: &numbers), 1), count: 7)
      let (a, b) = (try fast.answer(query), try plain.answer(query))
      #expect(a.ids == b.ids && a.scores == b.scores, sourceLocation: location)
    }
  }

  @Test func `A generation that is swapped in holds all that it was built with, whatever had been followed`()
    throws
  {
    var numbers = SeededGenerator(seed: 9)
    try fixture.add((0..<30).map { file("w\($0)", &numbers) })
    let hub = try SearchHub(catalog, index)
    try fixture.add((30..<60).map { file("w\($0)", &numbers) })
    try hub.swap(to: try index.build(.flat))
    try hub.follow()
    #expect(hub.pending.changed == 0)
    #expect(hub.pending.all == 60)
    let example = file("", &numbers).vectors
    let query = SearchFixture.query([example], .equal(SearchFixture.both), count: 60)
    let (followed, plain) = (try hub.search().answer(query), try fixture.search().answer(query))
    #expect(followed.ids == plain.ids && followed.count == 60)
    // What comes after is newer than it.
    try fixture.add([file("w60", &numbers)])
    try hub.follow()
    // A work has a key of its words until it has a file.
    #expect(hub.pending.changed <= 2 && hub.pending.all == 61)
    #expect(try hub.search().answer(query).count == 60)
  }

  @Test(arguments: ["flat", "hnsw"]) func answersAsTheCatalogueDoes(kind: String) throws {
    var numbers = SeededGenerator(seed: 4)
    #expect(try index.search().generation == nil)
    try fixture.add((0..<60).map { file("w\($0 / 2)", &numbers) })
    try expectSameAnswers(&numbers)
    let built = try index.build(try IndexKind(parsing: kind, dimension: 5))
    #expect(built.count == 60)
    #expect(try index.search().generation == 1 && index.pending() == 0)
    try expectSameAnswers(&numbers)
    // New works, new files of old ones, and works that are taken out.
    try fixture.add((0..<15).map { file("w\(25 + $0)", &numbers) })
    _ = try catalog.importTable(
      CSVTable(bytes: Array("id,removed\nw3,true\nw27,true\n".utf8)), relativeTo: "/", scope: .everyRow)
    #expect(try index.pending() >= 17)
    try expectSameAnswers(&numbers)
    #expect(try index.faults().isEmpty, "changes since the build are no fault")
    _ = try index.build(.flat)
    #expect(try index.search().generation == 2 && index.pending() == 0)
    try expectSameAnswers(&numbers)
    #expect(try index.rollback().number == 1)
    try expectSameAnswers(&numbers)
    #expect(throws: VectorIndexError.self) { try index.rollback() }
  }

  @Test func whatIsDamagedIsFoundAndNotServed() throws {
    var numbers = SeededGenerator(seed: 5)
    try fixture.add((0..<30).map { file("w\($0)", &numbers) })
    _ = try index.build(.flat)
    let rows = folder.appending("1/rows.f32").string
    let sound = try #require(FileManager.default.contents(atPath: rows))
    var bytes = sound
    bytes[100] ^= 1
    try bytes.write(to: URL(fileURLWithPath: rows))
    #expect(try index.faults().contains { $0.contains("rows.f32") })
    try sound.dropLast(4).write(to: URL(fileURLWithPath: rows))
    var told: [String] = []
    #expect(try index.search { told.append($0) }.generation == nil)
    #expect(told.count == 1 && told[0].contains("rows.f32"))
    try expectSameAnswers(&numbers)
    _ = try index.build(.flat)
    #expect(try index.faults().isEmpty && index.search().generation == 2)
  }

  @Test func oneProcessAtATimeBuilds() throws {
    var numbers = SeededGenerator(seed: 8)
    try fixture.add((0..<30).map { file("w\($0)", &numbers) })
    _ = try index.build(.flat)
    do {
      let lock = try FileLock(folder.appending("lock"))
      let index = index
      withExtendedLifetime(lock) {
        #expect(throws: SearchIndex.Busy.self) { try index.build(.flat) }
        #expect(throws: SearchIndex.Busy.self) { try index.rollback() }
        #expect(throws: Never.self, "searches don't wait") { try index.search() }
      }
    }
    _ = try index.build(.flat)
    #expect(try index.search().generation == 2)
  }

  @Test func aGenerationOfOtherBlocksIsLeftAside() throws {
    var numbers = SeededGenerator(seed: 6)
    try fixture.add((0..<30).map { file("w\($0)", &numbers) })
    _ = try index.build(.flat)
    let newer = BlockDescriptor(name: .colour, version: 2, dimension: 2)
    let other = SearchIndex(
      catalog, folder: folder, [newer, SearchFixture.texture], .equal([newer, SearchFixture.texture]))
    #expect(try other.search().generation == nil && other.currentGeneration() == nil)
    #expect(try other.faults().isEmpty)
  }

  /// As many as there are works are told apart by chance only.
  @Test func aSmallCollectionIsNotCalibrated() throws {
    var numbers = SeededGenerator(seed: 7)
    try fixture.add((0..<19).map { file("w\($0)", &numbers) })
    _ = try index.build(.flat)
    #expect(try index.search().calibration == nil)
    try fixture.add([file("w19", &numbers)])
    _ = try index.build(.flat)
    #expect(try index.search().calibration != nil)
  }
}
