import Foundation
import SystemPackage
import TestSupport
import Testing
import VectorIndex

@Suite struct GenerationStoreTests {
  private let folder = IndexFixture.Folder()
  private var store: GenerationStore { GenerationStore(folder: folder.path) }

  private func rows(_ count: Int, seed: UInt64 = 1) -> [Int64: [Float]] {
    var generator = SeededGenerator(seed: seed)
    return IndexFixture.keyed(IndexFixture.rows(count, generator: &generator))
  }

  private struct Stopped: Error, Equatable {}

  @Test(arguments: ["flat", "hnsw", "ivf-sq", "HNSW8"]) func whatWasBuiltIsOpenedAgain(name: String) throws {
    let rows = rows(900)
    let kind = try IndexKind(parsing: name, dimension: IndexFixture.schema.dimension)
    let built = try IndexFixture.build(
      rows, in: store, kind: kind, covering: 41, blobs: ["text-model": [1, 2, 3], "empty": []])
    let opened = try #require(try store.openCurrent())
    #expect(opened.manifest == built.manifest)
    #expect(opened.number == 1 && built.number == 1)
    #expect(opened.manifest.change == 41)
    #expect(opened.count == 900)
    #expect(opened.damages().isEmpty)
    #expect(try opened.blob("text-model") == [1, 2, 3])
    #expect(try opened.blob("empty") == [])
    #expect(try opened.blob("none") == nil)
    let query = IndexFixture.weighted(rows[0] ?? [])
    let first = try LiveIndex(built, schema: IndexFixture.schema).snapshot
    let second = try LiveIndex(opened, schema: IndexFixture.schema).snapshot
    #expect(try first.search(query, count: 20) == second.search(query, count: 20))
  }

  @Test func anEmptyFolderHasNoGeneration() throws {
    #expect(try store.openCurrent() == nil)
    #expect(try store.numbers() == [])
    #expect(try store.prune() == [])
    #expect(try store.sweep() == [])
    #expect(errorCode { try store.rollback() } == .noGeneration)
  }

  @Test(arguments: ["flat", "hnsw", "auto"]) func anIndexOfNothingAnswersNothing(name: String) throws {
    let kind = try IndexKind(parsing: name, dimension: IndexFixture.schema.dimension)
    _ = try IndexFixture.build([:], in: store, kind: kind)
    let snapshot = try LiveIndex(try store.openCurrent(), schema: IndexFixture.schema).snapshot
    let query = [Float](repeating: 1, count: IndexFixture.schema.dimension)
    #expect(try snapshot.search(query, count: 5) == [])
  }

  @Test(arguments: [1, 2, 5, 144]) func aGraphOfVeryFewRowsAnswers(count: Int) throws {
    let rows = rows(count)
    _ = try IndexFixture.build(rows, in: store, kind: .hnsw)
    let generation = try #require(try store.openCurrent())
    let query = IndexFixture.weighted(rows[0] ?? [])
    #expect(try generation.keys(nearest: query, count: 9, width: 50).count == min(9, count))
    #expect(generation.manifest.recall > 0.9)
  }

  /// The disk as it is at each step of a second build is what a crash there would leave: the first generation
  /// answers.
  @Test(arguments: ["flat", "hnsw", "ivf-sq"]) func aBuildCutOffAnywhereLeavesTheOldOne(name: String) throws {
    let kind = try IndexKind(parsing: name, dimension: IndexFixture.schema.dimension)
    let old = try IndexFixture.build(rows(300), in: store, kind: kind)
    var steps: [BuildStep] = []
    _ = try IndexFixture.build(
      rows(350, seed: 2), in: store, kind: kind,
      observe: { step in
        steps.append(step)
        let copy = try folder.copy()
        let left = GenerationStore(folder: copy.path)
        let current = try #require(try left.openCurrent())
        #expect(current.number == (step == .current ? 2 : 1))
        if step != .current { #expect(current.manifest == old.manifest) }
        #expect(current.damages().isEmpty)
        #expect(try left.sweep() == (step == .current || step == .renamed ? [] : ["2.building"]))
        // And the next build there works.
        if step == .renamed || step == .checked {
          #expect(
            try IndexFixture.build(rows(20), in: left, kind: .flat).number == (step == .renamed ? 3 : 2))
        }
      })
    #expect(steps.first == .rowsWritten)
    #expect(steps.suffix(4) == [.checked, .manifestWritten, .renamed, .current])
  }

  @Test func aBuildThatIsStoppedLeavesNothing() throws {
    _ = try IndexFixture.build(rows(100), in: store, kind: .flat)
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path.string).sorted()
    for stop in [
      BuildStep.rowsWritten, .codesWritten, .indexed(100), .indexWritten, .checked, .manifestWritten,
      .renamed,
    ] {
      #expect(throws: Stopped()) {
        try IndexFixture.build(
          rows(100), in: store, kind: .hnsw, observe: { step in if step == stop { throw Stopped() } })
      }
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path.string).sorted() == before)
      #expect(try store.openCurrent()?.number == 1)
    }
  }

  @Test func aBuildThatFindsTooLittleIsNotTaken() throws {
    _ = try IndexFixture.build(rows(100), in: store, kind: .flat)
    var options = BuildOptions()
    options.degree = 2
    options.construction = 1
    options.recallFloor = 1.01
    do {
      _ = try IndexFixture.build(rows(3000), in: store, kind: .hnsw, options: options)
      Issue.record("it was taken")
    } catch let error as VectorIndexError {
      #expect(error.code == .recall)
      #expect(error.cause.contains("1.01"))
    }
    #expect(try store.openCurrent()?.count == 100)
    #expect(try store.numbers() == [1])
  }

  @Test func rollingBackAndPruningKeepTwo() throws {
    for count in [10, 20, 30, 40] { _ = try IndexFixture.build(rows(count), in: store, kind: .flat) }
    #expect(try store.numbers() == [1, 2, 3, 4])
    #expect(try store.prune() == [1, 2])
    #expect(try store.rollback().count == 30)
    #expect(try store.openCurrent()?.number == 3)
    #expect(errorCode { try store.rollback() } == .noGeneration)
    // A number is never given twice, so that a reader can't take one generation for another.
    #expect(try IndexFixture.build(rows(50), in: store, kind: .flat).number == 5)
    #expect(try store.rollback().count == 40)
  }

  @Test func rowsMustAscendAndFit() throws {
    func build(_ rows: [(Int64, [Float])]) -> VectorIndexError.Code? {
      errorCode {
        try store.build(IndexFixture.schema, kind: .flat, covering: 0) { writer in
          for (key, row) in rows { try writer.append(key: key, vector: row) }
        }
      }
    }
    let row = [Float](repeating: 0.1, count: IndexFixture.schema.dimension)
    #expect(build([(1, row), (1, row)]) == .order)
    #expect(build([(1, row), (0, row)]) == .order)
    #expect(build([(1, row), (2, Array(row.dropLast()))]) == .shape)
    #expect(build([(1, row.dropLast() + [.infinity])]) == .notFinite)
    #expect(build([(.min, row), (-1, row), (.max, row)]) == nil)
  }
}
