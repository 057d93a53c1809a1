import Crypto
import Foundation
import Kernels
package import Model

/// What makes the text block of a catalogue: fitted on it, kept with it, and of a version of its own, so that vectors of two
/// fits are never compared.
package struct TextModel: Sendable {
  /// How texts become vectors.
  package enum Method: String, Sendable {
    /// `LexicalModel`: needs nothing but the catalogue.
    case lexical
    /// `SentenceEncoder`, less the catalogue's mean, so that two works taken by chance have a cosine near 0.
    case semantic
  }

  private enum Engine: Sendable {
    case lexical(LexicalModel)
    case semantic(SentenceEncoder, mean: [Float])
  }

  /// Of a larger catalogue so many texts are read for the mean, at even steps.
  private static let textsForMean = 500

  /// Name, version (made of all that vectors depend on) and dimension of the block.
  package let descriptor: BlockDescriptor
  /// To be kept.
  package let bytes: [UInt8]
  private let engine: Engine

  /// Fits a lexical model.
  ///
  /// - Parameter texts: those of the works that have any.
  /// - Returns: nil where LAPACK does not converge.
  package init?(fitting texts: [ArtworkText]) {
    guard let lexical = LexicalModel(fitting: texts) else { return nil }
    self.init(lexical, bytes: lexical.bytes)
  }

  /// Fits a semantic model: finds the mean.
  ///
  /// - Parameter texts: as above; at least one.
  package init(fitting texts: [ArtworkText], encoder: SentenceEncoder) {
    precondition(!texts.isEmpty)
    let step = max(1, texts.count / Self.textsForMean)
    let sample = stride(from: 0, to: texts.count, by: step).map { texts[$0].prose }
    var encoder = encoder
    var mean = [Float](repeating: 0, count: encoder.model.dimension)
    for vector in encoder.encode(sample) {
      for i in mean.indices { mean[i] += vector[i] / Float(sample.count) }
    }
    self.init(encoder, mean: mean)
  }

  /// A model that was kept.
  ///
  /// - Parameter encoder: nil where there is none.
  /// - Returns: nil where the bytes are damaged, or where they ask for another encoder.
  package init?(method: Method, bytes: [UInt8], encoder: SentenceEncoder?) {
    switch method {
    case .lexical:
      guard let lexical = LexicalModel(bytes) else { return nil }
      self.init(lexical, bytes: bytes)
    case .semantic:
      guard let encoder, let kept = try? JSONDecoder().decode(SemanticNumbers.self, from: Data(bytes)),
        kept.encoder == encoder.model.descriptor.version, kept.mean.count == encoder.model.dimension
      else { return nil }
      self.init(encoder, mean: kept.mean)
    }
  }

  /// What is kept of a semantic model.
  private struct SemanticNumbers: Codable {
    /// The version of the block that the encoder makes by itself.
    let encoder: Int
    let mean: [Float]
  }

  private init(_ lexical: LexicalModel, bytes: [UInt8]) {
    engine = .lexical(lexical)
    self.bytes = bytes
    descriptor = Self.descriptor(of: bytes, dimension: LexicalModel.dimension)
  }

  private init(_ encoder: SentenceEncoder, mean: [Float]) {
    engine = .semantic(encoder, mean: mean)
    let json = JSONEncoder()
    json.outputFormatting = .sortedKeys
    // Numbers and an array of finite ones can always be encoded.
    let numbers = SemanticNumbers(encoder: encoder.model.descriptor.version, mean: mean)
    bytes = (try? json.encode(numbers)).map(Array.init) ?? []
    descriptor = Self.descriptor(of: bytes, dimension: encoder.model.dimension)
  }

  package var method: Method {
    switch engine {
    case .lexical: .lexical
    case .semantic: .semantic
    }
  }

  /// Unit vectors; nil for a text that says nothing that the model knows.
  package func vectors(of texts: [ArtworkText]) -> [[Float]?] {
    switch engine {
    case .lexical(let model): texts.map(model.vector(of:))
    case .semantic(let encoder, let mean): Self.encode(texts.map(\.prose), encoder, mean)
    }
  }

  /// What a person typed, as a vector to compare works with.
  package func vector(of query: String) -> [Float]? {
    switch engine {
    case .lexical(let model): model.vector(of: query)
    case .semantic(let encoder, let mean): Self.encode([query], encoder, mean).first ?? nil
    }
  }

  private static func encode(_ texts: [String], _ encoder: SentenceEncoder, _ mean: [Float]) -> [[Float]?] {
    var encoder = encoder
    return encoder.encode(texts).map { vector in
      guard vector.contains(where: { $0 != 0 }) else { return nil }
      var vector = vector
      for i in vector.indices { vector[i] -= mean[i] }
      var span = vector.mutableSpan
      // A text that is the mean of all others has no direction.
      return normalise(&span) > 1e-6 ? vector : nil
    }
  }

  private static func descriptor(of bytes: [UInt8], dimension: Int) -> BlockDescriptor {
    let version = SHA256.hash(data: bytes).prefix(4).reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
    return BlockDescriptor(name: .text, version: version, dimension: dimension)
  }
}
