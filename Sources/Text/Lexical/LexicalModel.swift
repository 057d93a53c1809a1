import Kernels

/// Vectors of texts that need no trained model: words weighed by rarity, brought to 256 numbers by what occurs together in this
/// catalogue (`Vocabulary`, `LatentSemantics`).
package struct LexicalModel: Sendable {
  /// Numbers of a vector.
  package static let dimension = 256
  /// Of a larger corpus so many works are fitted on, taken at even steps.
  private static let maximumTexts = 50_000

  let vocabulary: Vocabulary
  /// words × dimension, row by row.
  let directions: [Float]
  /// Of the corpus: two works taken by chance then have a cosine near 0.
  let mean: [Float]

  /// - Parameter texts: those of the works that have any.
  /// - Returns: nil where LAPACK does not converge.
  package init?(fitting texts: [ArtworkText]) {
    let step = max(1, (texts.count + Self.maximumTexts - 1) / Self.maximumTexts)
    let sample = stride(from: 0, to: texts.count, by: step).map { texts[$0] }
    let vocabulary = Vocabulary(fitting: sample)
    let terms = sample.map { vocabulary.terms(of: $0.fields) }
    guard
      let directions = LatentSemantics.directions(
        of: terms, words: vocabulary.words.count, dimension: Self.dimension)
    else { return nil }
    var mean = [Float](repeating: 0, count: Self.dimension)
    for text in terms {
      let vector = Self.projected(text, directions)
      for i in mean.indices { mean[i] += vector[i] / Float(terms.count) }
    }
    self.init(vocabulary: vocabulary, directions: directions, mean: mean)
  }

  init(vocabulary: Vocabulary, directions: [Float], mean: [Float]) {
    precondition(directions.count == vocabulary.words.count * Self.dimension && mean.count == Self.dimension)
    self.vocabulary = vocabulary
    self.directions = directions
    self.mean = mean
  }

  /// Of length 1; nil where the text has no word that the model knows.
  package func vector(of text: ArtworkText) -> [Float]? { vector(ofFields: text.fields) }

  /// What a person typed.
  package func vector(of query: String) -> [Float]? { vector(ofFields: [(query, 1)]) }

  private func vector(ofFields fields: [(text: String, weight: Float)]) -> [Float]? {
    let terms = vocabulary.terms(of: fields)
    guard !terms.isEmpty else { return nil }
    var vector = Self.projected(terms, directions)
    for i in vector.indices { vector[i] -= mean[i] }
    var span = vector.mutableSpan
    // A text that is the mean of all others has no direction.
    return normalise(&span) > 1e-6 ? vector : nil
  }

  private static func projected(_ terms: [Vocabulary.Term], _ directions: [Float]) -> [Float] {
    var vector = [Float](repeating: 0, count: dimension)
    var span = vector.mutableSpan
    let all = directions.span
    for term in terms {
      addScaledRow(all, row: term.number, by: term.value, to: &span, row: 0, columns: dimension)
    }
    return vector
  }
}
