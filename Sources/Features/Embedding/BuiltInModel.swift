import Model

extension EmbeddingModel {
  /// What ships with the program (`Sources/CFeatureData/embedding.safetensors`; the model card: docs/embedding-model.md).
  ///
  /// Written down here rather than read, so that a command which measures nothing needn't look at the weights; whoever
  /// loads them sees to it that they are these.
  package static let builtIn = EmbeddingModel(
    source: .builtIn, name: "morelli-embedding", version: "1", dimension: 256, side: 224,
    hash: Fingerprint(
      hexadecimal: "b0122db32223acdf146874ef28af991012693aa59aba00ac49507cc4f3df396e"))
}
