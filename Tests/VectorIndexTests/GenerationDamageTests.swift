import Foundation
import SystemPackage
import TestSupport
import Testing
import VectorIndex

/// Whatever is wrong with the files of a generation, opening it is an error that names the file, or it
/// answers; never a crash.
@Suite struct GenerationDamageTests {
  private let folder = IndexFixture.Folder()
  private var store: GenerationStore { GenerationStore(folder: folder.path) }

  private func build(_ kind: IndexKind) throws {
    var generator = SeededGenerator(seed: 1)
    _ = try IndexFixture.build(
      IndexFixture.keyed(IndexFixture.rows(400, generator: &generator)), in: store, kind: kind,
      blobs: ["model": [5, 6, 7]])
  }

  private func url(_ name: String) -> URL {
    URL(filePath: folder.path.string).appending(path: "1").appending(path: name)
  }

  private static let files: [(IndexKind, String)] = [
    (.flat, "rows.f32"), (.flat, "codes.i8"), (.flat, "keys.i64"), (.hnsw, "graph.hnsw"),
    (.ivfSQ, "index.faiss"),
  ]

  @Test(arguments: files) func aFileThatIsNotThereIsSaid(kind: IndexKind, name: String) throws {
    try build(kind)
    try FileManager.default.removeItem(at: url(name))
    do {
      _ = try store.openCurrent()
      Issue.record("it was opened")
    } catch {
      #expect(error.code == .missing || error.code == .files)
      #expect(error.doing.contains("1/\(name)"))
    }
  }

  @Test(arguments: files) func aFileCutShortIsSaid(kind: IndexKind, name: String) throws {
    try build(kind)
    let whole = try Data(contentsOf: url(name))
    for length in [0, 1, whole.count / 2, whole.count - 1] {
      try whole.prefix(length).write(to: url(name))
      do {
        _ = try store.openCurrent()
        Issue.record("\(length) bytes were opened")
      } catch {
        #expect(error.code == .damaged)
        #expect(error.doing.contains("1/\(name)"))
      }
    }
  }

  @Test(arguments: files) func aBitThatFellIsFoundByVerifying(kind: IndexKind, name: String) throws {
    try build(kind)
    var bytes = try Data(contentsOf: url(name))
    let generation = try #require(try store.openCurrent())
    #expect(generation.damages() == [])
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: url(name))
    let damages = generation.damages()
    #expect(damages.map(\.code) == [.damaged])
    #expect(damages[0].doing.contains("1/\(name)"))
    #expect(damages[0].cause == "its checksum is wrong")
    if name == "index.faiss" { #expect(errorCode { try store.openCurrent() } == .damaged) }
  }

  @Test func aBlobThatChangedIsNotBelieved() throws {
    try build(.flat)
    try Data([5, 6, 8]).write(to: url("blob-model"))
    let generation = try #require(try store.openCurrent())
    #expect(errorCode { try generation.blob("model") } == .damaged)
    #expect(generation.damages().count == 1)
  }

  @Test(arguments: [
    ("", VectorIndexError.Code.damaged), ("{", .damaged), ("[]", .damaged),
    (#"{"format": 2}"#, .foreignVersion),
    (#"{"format": 1}"#, .damaged), (#"{"format": "1"}"#, .damaged),
  ])
  func aManifestThatIsNoneIsSaid(text: String, code: VectorIndexError.Code) throws {
    try build(.flat)
    try Data(text.utf8).write(to: url("manifest.json"))
    do {
      _ = try store.openCurrent()
      Issue.record("it was opened")
    } catch {
      #expect(error.code == code)
      #expect(error.doing.contains("1/manifest.json"))
    }
  }

  @Test(arguments: [
    (#""count" : 400"#, #""count" : -1"#), (#""count" : 400"#, #""count" : 399"#),
    (#""count" : 400"#, #""count" : 401"#),
    (#""count" : 400"#, #""count" : 2147483646"#), (#""dimension" : 24"#, #""dimension" : 0"#),
    (#""dimension" : 24"#, #""dimension" : 25"#),
    (#""dimension" : 24"#, #""dimension" : 9000000000000000000"#),
    (#""kind" : "flat""#, #""kind" : "hnsw""#), (#""kind" : "flat""#, #""kind" : "IVF3,Flat""#),
    ("1.5,", "-1.5,"), (#""codes.i8""#, #""codes.x""#),
  ])
  func aManifestOfOtherFilesIsDamaged(old: String, new: String) throws {
    try build(.flat)
    let text = try String(contentsOf: url("manifest.json"), encoding: .utf8)
    #expect(text.contains(old))
    try Data(text.replacing(old, with: new).utf8).write(to: url("manifest.json"))
    #expect(errorCode { try store.openCurrent() } == .damaged)
  }

  @Test(arguments: ["", "x", "0\n", "-1\n", "1", "99999999999999999999\n"]) func aCurrentThatIsNoneIsSaid(
    text: String
  ) throws {
    try build(.flat)
    try Data(text.utf8).write(to: URL(filePath: folder.path.string).appending(path: "CURRENT"))
    #expect(errorCode { try store.openCurrent() } == .damaged)
  }

  @Test func aCurrentThatIsGoneIsMissing() throws {
    try build(.flat)
    try Data("7\n".utf8).write(to: URL(filePath: folder.path.string).appending(path: "CURRENT"))
    #expect(errorCode { try store.openCurrent() } == .missing)
  }

  /// Links to anywhere: the search stays in its memory, ends, and gives rows that exist.
  @Test func aGraphOfRandomBytesIsHarmless() throws {
    try build(.hnsw)
    let whole = try Data(contentsOf: url("graph.hnsw"))
    var generator = SeededGenerator(seed: 3)
    let query = IndexFixture.weighted(IndexFixture.rows(1, generator: &generator)[0])
    var answered = 0
    for round in 0..<200 {
      var bytes = whole
      // A few bytes of the header, many of the links on the lowest level (128 bytes a row), or many anywhere.
      let range = [0..<64, 64..<64 + 400 * 128, 64..<bytes.count][round % 3]
      for _ in 0..<(round % 3 == 0 ? 2 : 4000) {
        bytes[Int.random(in: range, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      try bytes.write(to: url("graph.hnsw"))
      do {
        let generation = try #require(try store.openCurrent())
        let keys = try generation.keys(nearest: query, count: 20, width: 60)
        #expect(keys.allSatisfy { (0..<1200).contains($0) && $0 % 3 == 0 })
        #expect(Set(keys).count == keys.count)
        answered += 1
      } catch let error as VectorIndexError {
        #expect(error.code == .damaged)
        #expect(error.doing.contains("1/graph.hnsw"))
      }
    }
    #expect(answered > 50)
  }
}
