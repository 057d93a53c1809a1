import Model

extension EmbeddingModel {
  /// What ships with the program (`Sources/CFeatureData/embedding.safetensors`; the model card: docs/embedding-model.md).
  ///
  /// Written down here rather than read, so that a command which measures nothing needn't look at the weights; whoever
  /// loads them sees to it that they are these.
  package static let builtIn = EmbeddingModel(
    source: .builtIn, name: "morelli-embedding", version: "2", dimension: 256, side: 224,
    hash: Fingerprint(
      hexadecimal: "5cf4b6cd0916a14ce28dd82991beab2b093543747e86a1cfa8554057fb074e45"))
}
