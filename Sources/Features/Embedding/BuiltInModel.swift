import Model

extension EmbeddingModel {
  /// What ships with the program (`Sources/CFeatureData/embedding.safetensors`; the model card: docs/embedding-model.md).
  ///
  /// Written down here rather than read, so that a command which measures nothing needn't look at the weights; whoever
  /// loads them sees to it that they are these.
  package static let builtIn = EmbeddingModel(
    source: .builtIn, name: "morelli-embedding", version: "3", dimension: 256, side: 224,
    hash: Fingerprint(
      hexadecimal: "be48a7394334d2185ef0a0f75ecdfc1e344445a22ab793fc70c7bf1afbbf3a3d"))
}
