import Catalog
import Foundation
import Model
import Search
import SystemPackage

/// A catalogue in a folder of its own whose files have the blocks that a test gives them.
final class SearchFixture {
  let catalog: Catalog
  private let folder: FilePath
  private var files = 0

  static let colour = BlockDescriptor(name: .colour, version: 1, dimension: 2)
  static let texture = BlockDescriptor(name: BlockName(rawValue: "texture"), version: 1, dimension: 3)
  static let both = [colour, texture]

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("morelli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = FilePath(url.path)
    catalog = try Catalog(at: folder.appending("catalog.sqlite"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.string) }

  /// One file of a work: its colour and texture blocks, nil where it lacks one.
  struct File {
    var work: String
    var vectors: [[Float]?]

    init(_ work: String, _ colour: [Float]?, _ texture: [Float]? = nil) {
      self.work = work
      vectors = [colour, texture]
    }
  }

  /// Stores files, each under the work that a catalogue row names.
  func add(_ added: [File], versions: [Int] = [1, 1]) throws {
    let first = files
    files += added.count
    let rows = zip(first..., added).map { "\($1.work),/f/\($0)\n" }.joined()
    let report = try catalog.importTable(
      CSVTable(bytes: Array(("id,file\n" + rows).utf8)), relativeTo: "/", scope: .everyRow)
    precondition(report.refused.isEmpty)
    let measured = zip(first..., added).map { number, file in
      let hash = Fingerprint(
        bytes: Array((Array("\(number)".utf8) + [UInt8](repeating: 0, count: 32)).prefix(32)))
      let blocks = zip(zip(Self.both, versions), file.vectors).compactMap { block, vector in
        vector.map { Block(name: block.0.name, version: block.1, vector: $0) }
      }
      return IngestResult.measured(
        MeasuredFile(
          path: FilePath("/f/\(number)"), seen: FileSighting(size: 1, modified: 1, changed: 1, inode: 1),
          contentHash: hash, pictureHash: hash, format: "png", width: 1, height: 1, blocks: blocks,
          palette: Palette(swatches: []), paletteVersion: 1, copies: CopyDescriptor(views: [])))
    }
    _ = try catalog.store(measured) { _ in true }
  }

  /// All signatures, their blocks one after another.
  func signatures() throws -> [[Float]] {
    var rows: [[Float]] = []
    let reader = SignatureReader(catalog, Self.both)
    try reader.forEach { rows.append(reader.layout.concatenation($0.vectors)) }
    return rows
  }

  func search() throws -> SimilaritySearch { try SimilaritySearch(catalog, Self.both) }

  static func weights(_ colour: Float, _ texture: Float) throws -> BlockWeights {
    try BlockWeights.equal(both).replacing([.colour: colour, Self.texture.name: texture])
  }

  static func query(
    _ positives: [[[Float]?]], not negatives: [[[Float]?]] = [], _ weights: BlockWeights = .equal(both),
    count: Int = 10,
    among: Set<String>? = nil, excluded: Set<String> = []
  ) -> Query {
    Query(
      positives: positives.map(Example.init), negatives: negatives.map(Example.init), weights: weights,
      count: count,
      among: among.map { Set($0.map(ArtworkID.init(rawValue:))) },
      excluded: Set(excluded.map(ArtworkID.init(rawValue:))))
  }
}

extension [Hit] {
  var ids: [String] { map(\.artworkID.rawValue) }
  var scores: [Float] { map(\.score) }
}

func isClose(_ a: Float?, _ b: Float, _ tolerance: Float = 1e-5) -> Bool {
  a.map { abs($0 - b) <= tolerance } ?? false
}
