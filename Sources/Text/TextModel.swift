import Crypto
package import Model

/// What makes the text block of a catalogue: fitted on it, kept with it, and of a version of its own, so that vectors of two
/// fits are never compared.
package struct TextModel: Sendable {
  /// How texts become vectors.
  package enum Method: String, Sendable {
    /// `LexicalModel`: needs nothing but the catalogue.
    case lexical
  }

  package let method: Method
  /// Name, version (made of the fitted numbers' hash) and dimension of the block.
  package let descriptor: BlockDescriptor
  private let lexical: LexicalModel

  /// Fits a lexical model.
  ///
  /// - Parameter texts: those of the works that have any.
  package init?(fitting texts: [ArtworkText]) {
    guard let lexical = LexicalModel(fitting: texts) else { return nil }
    self.init(lexical, bytes: lexical.bytes)
  }

  /// A model that was kept.
  ///
  /// - Returns: nil where the bytes are damaged.
  package init?(method: Method, bytes: [UInt8]) {
    guard let lexical = LexicalModel(bytes) else { return nil }
    self.init(lexical, bytes: bytes)
  }

  private init(_ lexical: LexicalModel, bytes: [UInt8]) {
    method = .lexical
    self.lexical = lexical
    descriptor = BlockDescriptor(
      name: .text, version: Self.version(of: bytes), dimension: LexicalModel.dimension)
  }

  /// To be kept.
  package var bytes: [UInt8] { lexical.bytes }

  /// Unit vectors; nil for a text that says nothing that the model knows.
  package func vectors(of texts: [ArtworkText]) -> [[Float]?] { texts.map(lexical.vector(of:)) }

  /// What a person typed, as a vector to compare works with.
  package func vector(of query: String) -> [Float]? { lexical.vector(of: query) }

  private static func version(of bytes: [UInt8]) -> Int {
    SHA256.hash(data: bytes).prefix(4).reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
  }
}
