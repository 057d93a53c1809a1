import Model

extension EmbeddingModel {
  /// What ships with the program (`Sources/CFeatureData/embedding.safetensors`; the model card: docs/embedding-model.md).
  ///
  /// Written down here rather than read, so that a command which measures nothing needn't look at the weights; whoever
  /// loads them sees to it that they are these.
  package static let builtIn = EmbeddingModel(
    source: .builtIn, name: "morelli-embedding", version: "1", dimension: 256, side: 224,
    hash: Fingerprint(
      hexadecimal: "8c3bcf362e44a7d3eb4b3c1f710aa57f6c6d4daa9f188896fc7f2dabcfd8d783"))
}
