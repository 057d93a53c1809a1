import Kernels

/// A BERT encoder (Devlin et al. 2019, doi:10.18653/v1/N19-1423) that turns sentences, given as tokens, into vectors: the
/// means of its last layer over their tokens (Reimers & Gurevych 2019, doi:10.18653/v1/D19-1410).
///
/// What it consists of follows from the tensors of its file, named as Hugging Face's BertModel names them: `embeddings`, and
/// `encoder.layer.0`, `.1`, …; the names may all begin with `bert.`. The pooler is not used.
///
/// Sentences of any lengths are computed together without padding: the linear layers see all their tokens as one matrix,
/// attention each sentence by itself. A sentence's vector is the same to the last bit whatever others it is computed with.
///
/// Owns its buffers, all made beforehand: one for each thread. Copies share the weights.
package struct TransformerEncoder: Sendable {
  /// Tokens computed together: more would only take more memory.
  private static let tokensOfPass = 512
  /// More tokens are in no vocabulary.
  private static let maximumVocabulary = 1 << 20
  private static let maximumHidden = 4096

  /// No sentence may have more: memory grows with the square.
  package static let mostTokens = 4096

  /// Tokens are numbers from 0 to below this.
  package let vocabularySize: Int
  /// Numbers of a token's state, and of a sentence's vector.
  package let hidden: Int
  /// Of a sentence, at most.
  package let maximumTokens: Int
  private let words, positions, type: [Float]
  private let norm: LayerNorm
  private let layers: [TransformerLayer]

  private var attention: Attention
  private let capacity: Int
  /// Of the last pass: tokens × hidden numbers, and what earlier passes left behind.
  package private(set) var states: [Float]
  private var wide: [Float]
  private var narrow: [Float]

  /// A network of the tensors in a file.
  ///
  /// - Parameters:
  ///   - tensors: the file's table of contents.
  ///   - bytes: the whole file.
  ///   - heads: how many parts the states are in for attention: the tensors don't tell. 1 or more.
  ///   - epsilon: of layer normalisation.
  ///   - maximumTokens: of a sentence; 1 to `mostTokens`.
  package init(
    _ tensors: SafeTensors, in bytes: Span<UInt8>, heads: Int, epsilon: Float, maximumTokens: Int
  ) throws(SafeTensorsError) {
    precondition(heads > 0 && epsilon >= 0 && (1...Self.mostTokens).contains(maximumTokens))
    var reader = NetworkReader(tensors)
    let root = reader.has("bert.embeddings.word_embeddings.weight") ? "bert." : ""
    let embeddings = root + "embeddings."
    self.maximumTokens = maximumTokens

    let name = embeddings + "word_embeddings.weight"
    let shape = try reader.shape(of: name)
    guard shape.count == 2, (1...Self.maximumVocabulary).contains(shape[0]),
      (1...Self.maximumHidden).contains(shape[1]), shape[1].isMultiple(of: heads)
    else {
      throw .wrongShape(tensor: name, shape: shape, expected: "tokens x a multiple of \(heads)")
    }
    (vocabularySize, hidden) = (shape[0], shape[1])
    words = try reader.take(name, in: bytes)
    positions = try Self.rows(
      embeddings + "position_embeddings.weight", atLeast: maximumTokens, hidden: hidden, &reader, in: bytes)
    type = try Self.rows(
      embeddings + "token_type_embeddings.weight", atLeast: 1, hidden: hidden, &reader, in: bytes)
    norm = try LayerNorm(
      embeddings + "LayerNorm", width: hidden, epsilon: epsilon, &reader, in: bytes)
    var layers: [TransformerLayer] = []
    while layers.isEmpty || reader.has("\(root)encoder.layer.\(layers.count).output.dense.weight") {
      layers.append(
        try TransformerLayer(
          "\(root)encoder.layer.\(layers.count)", hidden: hidden, epsilon: epsilon, &reader, in: bytes))
    }
    self.layers = layers
    reader.ignore { $0 == embeddings + "position_ids" || $0.hasPrefix(root + "pooler.") }
    try reader.expectNothingElse()

    attention = Attention(heads: heads, width: hidden / heads, maximumTokens: maximumTokens)
    capacity = max(Self.tokensOfPass, maximumTokens)
    let widest = layers.reduce(0) { max($0, $1.widest) }
    states = [Float](repeating: 0, count: capacity * hidden)
    narrow = states
    wide = [Float](repeating: 0, count: capacity * widest)
  }

  package var layerCount: Int { layers.count }

  /// The mean state of each sentence's tokens after the last layer.
  ///
  /// - Parameters:
  ///   - sentences: any number of them, each of 1 to `maximumTokens` tokens.
  ///   - depth: layers to go through; all unless a test wants less.
  /// - Returns: `hidden` numbers a sentence, not normalised; not finite where the weights are out of all measure.
  package mutating func callAsFunction(_ sentences: [[Int32]], depth: Int? = nil) -> [[Float]] {
    var means: [[Float]] = []
    means.reserveCapacity(sentences.count)
    var first = 0
    while first < sentences.count {
      var tokens = 0
      let last = sentences[first...].firstIndex {
        tokens += $0.count
        return tokens > capacity
      }
      means += pass(sentences[first..<(last ?? sentences.count)], layers: layers.prefix(depth ?? .max))
      first = last ?? sentences.count
    }
    return means
  }

  private mutating func pass(
    _ sentences: ArraySlice<[Int32]>, layers: ArraySlice<TransformerLayer>
  ) -> [[Float]] {
    var places: [Range<Int>] = []
    var rows = 0
    for sentence in sentences {
      precondition((1...maximumTokens).contains(sentence.count), "\(sentence.count) tokens")
      embed(sentence, at: rows)
      places.append(rows..<rows + sentence.count)
      rows += sentence.count
    }
    norm.run(&states, rows: rows)
    for layer in layers {
      layer.run(
        places, rows: rows, attention: &attention, states: &states, wide: &wide, narrow: &narrow)
    }
    return places.map { mean(of: $0) }
  }

  /// Word, place and kind of each token.
  private mutating func embed(_ sentence: [Int32], at row: Int) {
    for (place, token) in sentence.enumerated() {
      let word = Int(token)
      precondition((0..<vocabularySize).contains(word), "there is no token \(word)")
      let to = (row + place) * hidden
      for i in 0..<hidden {
        states[to + i] = words[word * hidden + i] + type[i] + positions[place * hidden + i]
      }
    }
  }

  private func mean(of rows: Range<Int>) -> [Float] {
    var mean = [Float](repeating: 0, count: hidden)
    for row in rows {
      for i in 0..<hidden { mean[i] += states[row * hidden + i] }
    }
    let share = 1 / Float(rows.count)
    for i in 0..<hidden { mean[i] *= share }
    return mean
  }

  private static func rows(
    _ name: String, atLeast count: Int, hidden: Int, _ reader: inout NetworkReader, in bytes: Span<UInt8>
  ) throws(SafeTensorsError) -> [Float] {
    let shape = try reader.shape(of: name)
    guard shape.count == 2, shape[0] >= count, shape[1] == hidden else {
      throw .wrongShape(tensor: name, shape: shape, expected: "at least \(count) x \(hidden)")
    }
    return try reader.take(name, in: bytes)
  }
}
