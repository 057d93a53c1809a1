package import Imaging
import Model
import Neural
import Platform
import SystemPackage

/// Measures the `embedding` block: what a small convolutional network, trained on paintings to tell hands and styles
/// apart, sees in the whole picture. Owns the network's weights and working memory: one for each thread.
package struct EmbeddingExtractor: ~Copyable {
  private let model: EmbeddingModel
  private var sampler: SquareSampler
  private var square: FeatureMap
  private var network: StyleNetwork

  /// - Throws: `.unreadable`; `.unusable`; `.changed` when the file is not the one that the model describes.
  package init(_ model: EmbeddingModel) throws(EmbeddingModelError) {
    let loaded = try Self.load(model.source)
    guard loaded.model == model else {
      throw EmbeddingModelError(
        code: .changed,
        reason: "\(model.source.words) is not what it was: its SHA-256 is \(loaded.model.hash.hexadecimal), "
          + "not \(model.hash.hexadecimal)")
    }
    self.model = model
    sampler = SquareSampler(side: model.side, shift: loaded.shift, scale: loaded.scale)
    square = FeatureMap(width: model.side, height: model.side, channels: 3)
    network = loaded.network
  }

  /// The block of a picture of any size.
  package mutating func extract(_ image: WorkingImage) -> [Float] {
    sampler.sample(image, into: &square)
    return network(square)
  }

  private static func load(_ source: EmbeddingModel.Source) throws(EmbeddingModelError) -> EmbeddingNetwork {
    switch source {
    case .builtIn:
      return try EmbeddingNetwork(FittedData.embedding.bytes, from: source)
    case .file(let path):
      let file: MappedFile
      do {
        file = try MappedFile(opening: FilePath(bytes: path))
      } catch {
        throw EmbeddingModelError(code: .unreadable, reason: "\(source.words) can't be read: \(error)")
      }
      let hash = file.contentHash()
      return try file.withBytes { bytes throws(EmbeddingModelError) in
        try EmbeddingNetwork(bytes, hash: hash, from: source)
      }
    }
  }
}
