import Foundation

/// The words of a corpus with what each says: rare ones more than common ones.
///
/// A text becomes a sparse vector of length 1 with (1 + ln tf) · (ln ((1 + n) / (1 + df)) + 1) for each of its words, where tf
/// counts the fields that have the word by their weight (Salton & Buckley 1988, doi:10.1016/0306-4573(88)90021-0).
struct Vocabulary: Sendable {
  /// Of a large corpus the rarest words are left out: no other work has them, so they make nothing alike.
  static let maximumWords = 30_000

  /// A word's number, and its part in a text.
  typealias Term = (number: Int, value: Float)

  let words: [String]
  /// Inverse document frequencies, in the order of the words.
  let rarities: [Float]
  private let numbers: [String: Int]

  /// - Parameter texts: the corpus.
  init(fitting texts: [ArtworkText]) {
    var frequencies: [String: Int] = [:]
    for text in texts {
      for word in Set(Self.counts(of: text.fields).keys) { frequencies[word, default: 0] += 1 }
    }
    let chosen = frequencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.maximumWords)
    let n = Double(texts.count)
    self.init(
      words: chosen.map(\.key), rarities: chosen.map { Float(log((1 + n) / (1 + Double($0.value))) + 1) })
  }

  /// - Parameter rarities: one a word.
  init(words: [String], rarities: [Float]) {
    precondition(words.count == rarities.count)
    self.words = words
    self.rarities = rarities
    numbers = Dictionary(words.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// The words of a text that are known, in the order of their numbers; of length 1, or none.
  func terms(of fields: [(text: String, weight: Float)]) -> [Term] {
    var terms: [Term] = Self.counts(of: fields).compactMap { word, count in
      numbers[word].map { ($0, (1 + log(count)) * rarities[$0]) }
    }
    terms.sort { $0.number < $1.number }
    let length = terms.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    guard length > 0 else { return [] }
    return terms.map { ($0.number, $0.value / length) }
  }

  private static func counts(of fields: [(text: String, weight: Float)]) -> [String: Float] {
    var counts: [String: Float] = [:]
    for (text, weight) in fields {
      for word in Words.indexed(text) where !StopWords.contains(word) { counts[word, default: 0] += weight }
    }
    return counts
  }
}
