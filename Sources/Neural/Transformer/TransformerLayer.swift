import Kernels

/// One layer of the encoder: attention, then two linear layers with a GELU in between, each added to what went in and
/// normalised after that (Devlin et al. 2019, doi:10.18653/v1/N19-1423).
struct TransformerLayer: Sendable {
  private let projections, mixing: Linear
  private let afterMixing: LayerNorm
  private let expanding, reducing: Linear
  private let afterReducing: LayerNorm

  /// - Parameters:
  ///   - name: what the names of its tensors begin with.
  ///   - hidden: numbers of a token.
  init(
    _ name: String, hidden: Int, epsilon: Float, _ reader: inout NetworkReader, in bytes: Span<UInt8>
  ) throws(SafeTensorsError) {
    projections = try Linear(
      ["query", "key", "value"].map { "\(name).attention.self.\($0)" }, inputs: hidden, outputs: hidden,
      &reader,
      in: bytes)
    mixing = try Linear(
      ["\(name).attention.output.dense"], inputs: hidden, outputs: hidden, &reader, in: bytes)
    afterMixing = try LayerNorm(
      "\(name).attention.output.LayerNorm", width: hidden, epsilon: epsilon, &reader, in: bytes)
    expanding = try Linear(
      ["\(name).intermediate.dense"], inputs: hidden, outputs: nil, &reader, in: bytes)
    reducing = try Linear(
      ["\(name).output.dense"], inputs: expanding.outputs, outputs: hidden, &reader, in: bytes)
    afterReducing = try LayerNorm(
      "\(name).output.LayerNorm", width: hidden, epsilon: epsilon, &reader, in: bytes)
  }

  /// The most numbers of a token on the way through.
  var widest: Int { max(projections.outputs, expanding.outputs) }

  /// Changes the states of the tokens of some sentences.
  ///
  /// - Parameters:
  ///   - sentences: where the tokens of each are; together 0..<rows.
  ///   - states: rows × hidden numbers, or more.
  ///   - wide: working memory: rows × widest.
  ///   - narrow: working memory: rows × hidden.
  func run(
    _ sentences: [Range<Int>], rows: Int, attention: inout Attention, states: inout [Float],
    wide: inout [Float],
    narrow: inout [Float]
  ) {
    projections.run(states, rows: rows, into: &wide)
    Self.attend(sentences, attention: &attention, from: wide, into: &narrow)
    // The projections are spent: their place takes what attention makes.
    mixing.run(narrow, rows: rows, into: &wide)
    afterMixing.run(&states, rows: rows, adding: wide)
    expanding.run(states, rows: rows, into: &wide)
    Self.activate(&wide, count: rows * expanding.outputs)
    reducing.run(wide, rows: rows, into: &narrow)
    afterReducing.run(&states, rows: rows, adding: narrow)
  }

  private static func attend(
    _ sentences: [Range<Int>], attention: inout Attention, from projections: [Float],
    into output: inout [Float]
  ) {
    var target = output.mutableSpan
    for tokens in sentences { attention(tokens, of: projections.span, into: &target) }
  }

  private static func activate(_ values: inout [Float], count: Int) {
    var target = values.mutableSpan
    gelu(&target, count: count)
  }
}
