import Crypto
import Model
import Neural

/// A model's file, read and checked: what it says of itself, and the network of its tensors.
struct EmbeddingNetwork {
  /// What the metadata must have as `format`.
  private static let format = "morelli-embedding"
  /// Sides of the square, in pixels.
  private static let sides = 32...512

  let model: EmbeddingModel
  let network: StyleNetwork
  /// The network sees (value − shift) · scale.
  let shift, scale: Float

  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - hash: their SHA-256.
  ///   - source: where they are from, for the description and for errors.
  /// - Throws: `.unusable`.
  init(
    _ bytes: Span<UInt8>, hash: Fingerprint, from source: EmbeddingModel.Source
  ) throws(EmbeddingModelError) {
    do throws(SafeTensorsError) {
      let tensors = try SafeTensors(bytes)
      guard tensors.metadata["format"] == Self.format else {
        throw .badHeader("its format is not '\(Self.format)'")
      }
      let side = try Self.number("side", in: tensors, Int.init)
      guard Self.sides.contains(side) else { throw .badHeader("a side of \(side) pixels") }
      shift = try Self.number("mean", in: tensors, Float.init)
      scale = try Self.number("scale", in: tensors, Float.init)
      guard shift.isFinite, scale.isFinite, scale > 0 else { throw .badHeader("its mean or its scale") }
      network = try StyleNetwork(tensors, in: bytes, side: side)
      model = EmbeddingModel(
        source: source, name: Self.text("name", in: tensors), version: Self.text("version", in: tensors),
        dimension: network.dimension, side: side, hash: hash)
    } catch {
      throw EmbeddingModelError(code: .unusable, reason: "\(source.words) can't be used: \(error.reason)")
    }
  }

  /// As above, for bytes in memory.
  init(_ bytes: [UInt8], from source: EmbeddingModel.Source) throws(EmbeddingModelError) {
    try self.init(bytes.span, hash: Fingerprint(bytes: Array(SHA256.hash(data: bytes))), from: source)
  }

  private static func number<N>(
    _ key: String, in tensors: SafeTensors, _ parse: (String) -> N?
  ) throws(SafeTensorsError) -> N {
    guard let text = tensors.metadata[key], let number = parse(text) else {
      throw .badHeader("its metadata has no number '\(key)'")
    }
    return number
  }

  /// What the file's maker wrote, fit to be printed.
  private static func text(_ key: String, in tensors: SafeTensors) -> String {
    let text =
      tensors.metadata[key]?.unicodeScalars.filter { $0.properties.generalCategory != .control } ?? []
    let kept = String(String.UnicodeScalarView(text.prefix(80)))
    return kept.isEmpty ? "unnamed" : kept
  }
}

extension EmbeddingModel.Source {
  /// For people.
  var words: String {
    switch self {
    case .builtIn: "the embedding model built into the program"
    case .file(let bytes): "the embedding model \(String(decoding: bytes, as: UTF8.self))"
    }
  }
}
