import FoundationEssentials
import Model

/// What a generation says of itself: `manifest.json` beside its files.
package struct GenerationManifest: Codable, Equatable, Sendable {
  /// Of the files' format. A generation of another one is not read.
  package static let formatVersion = 1

  package var format: Int
  /// As `IndexKind.name` has it, never `auto`.
  package var kind: String
  package var schema: IndexSchema
  /// How many rows.
  package var count: Int
  /// The catalogue's change number up to which it holds everything.
  package var change: Int64
  /// How far a search looks: efSearch of a graph, the share of the lists of an inverted file; 0 for none.
  package var width: Double
  /// Share of the 20 true best that a search found, measured as it was built; 1 for an exact one.
  package var recall: Double
  /// By file name: everything but the manifest itself.
  package var files: [String: File]

  package struct File: Codable, Equatable, Sendable {
    /// In bytes.
    package var size: Int
    /// 64 hexadecimal digits.
    package var sha256: String
  }

  static let name = "manifest.json"
  static let rows = "rows.f32"
  static let codes = "codes.i8"
  static let keys = "keys.i64"
  static let graph = "graph.hnsw"
  static let faiss = "index.faiss"
  /// Before the name of a blob that the caller gave.
  static let blobPrefix = "blob-"

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  private struct FormatOnly: Decodable { var format: Int }

  /// - Throws: `VectorIndexError` with the code `damaged` or `foreignVersion`.
  init(decoding bytes: [UInt8], doing: String) throws(VectorIndexError) {
    let decoder = JSONDecoder()
    let data = Data(bytes)
    guard let format = try? decoder.decode(FormatOnly.self, from: data).format else {
      throw VectorIndexError(code: .damaged, doing: doing, cause: "it is no manifest of a generation")
    }
    guard format == Self.formatVersion else {
      throw VectorIndexError(
        code: .foreignVersion, doing: doing,
        cause: "its format is \(format), this program reads \(Self.formatVersion); rebuild the index")
    }
    do { self = try decoder.decode(Self.self, from: data) } catch {
      throw VectorIndexError(code: .damaged, doing: doing, cause: "it can't be understood: \(error)")
    }
    guard schema.isValid, count >= 0, count < Int(Int32.max), width.isFinite, width >= 0 else {
      throw VectorIndexError(code: .damaged, doing: doing, cause: "its numbers can't be right")
    }
  }

  init(kind: String, schema: IndexSchema, count: Int, change: Int64) {
    format = Self.formatVersion
    self.kind = kind
    self.schema = schema
    self.count = count
    self.change = change
    width = 0
    recall = 1
    files = [:]
  }
}
