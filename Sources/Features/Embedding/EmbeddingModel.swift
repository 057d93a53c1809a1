package import Model
import Platform
package import SystemPackage

/// Which trained network makes the `embedding` block: the one built into the program, or a file that a user has trained
/// (`tools/train-embedding`).
///
/// This is a description, to be kept and sent around; `EmbeddingExtractor` is the network itself.
package struct EmbeddingModel: Hashable, Sendable, Codable {
  /// Where its numbers are.
  package enum Source: Hashable, Sendable, Codable {
    case builtIn
    /// The path's bytes.
    case file([UInt8])
  }

  /// A larger file is refused.
  package static let maximumBytes = 256 << 20
  /// What the block counts in a query that says nothing of weights, where colour counts 1.
  package static let defaultWeight: Float = 8

  package let source: Source
  /// As its maker called it.
  package let name, version: String
  /// Numbers of the embedding.
  package let dimension: Int
  /// Sides of the square that it sees, in pixels.
  package let side: Int
  /// SHA-256 of the file.
  package let hash: Fingerprint

  /// The block that it makes. The version is made of the hash, so that vectors of two models are never compared.
  package var descriptor: BlockDescriptor {
    let version = hash.bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
    return BlockDescriptor(name: .embedding, version: version, dimension: dimension)
  }

  /// The file, or nil for the one that is built in.
  package var path: FilePath? {
    switch source {
    case .builtIn: nil
    case .file(let bytes): FilePath(bytes: bytes)
    }
  }

  /// Reads a file and looks at all that is in it.
  ///
  /// - Throws: `.unreadable`, `.unusable`.
  package init(opening path: FilePath) throws(EmbeddingModelError) {
    let bytes: [UInt8]
    do {
      bytes = try path.contents(limit: Self.maximumBytes)
    } catch {
      throw EmbeddingModelError(
        code: .unreadable, reason: "the embedding model \(path) can't be read: \(error)")
    }
    self = try EmbeddingNetwork(bytes, from: .file(Array(path.bytes))).model
  }

  init(
    source: Source, name: String, version: String, dimension: Int, side: Int, hash: Fingerprint
  ) {
    self.source = source
    self.name = name
    self.version = version
    self.dimension = dimension
    self.side = side
    self.hash = hash
  }
}
