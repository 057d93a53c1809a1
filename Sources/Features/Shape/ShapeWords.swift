internal import Kernels

/// The words that shape contexts are counted by ("shapemes": Mori, Belongie & Malik 2005, "Efficient shape matching using
/// shape contexts", doi:10.1109/TPAMI.2005.220): unit vectors found by k-means in contexts of training art.
///
/// Read from the bytes that `tools/fit-shape-words` writes, little endian: "MRLW", the version, the number of words, their
/// dimension, and the 32-bit FNV-1a checksum of the rest (four bytes each); then the words, float32, row by row.
package struct ShapeWords: Sendable {
  /// "MRLW" in ASCII.
  package static let magic: UInt32 = 0x574C_524D
  /// Of the words that the block counts.
  package static let version = 1
  /// Words.
  package static let count = 64
  private static let headerWords = 5

  /// What was fitted on training art.
  package static let fitted = Result { () throws(FittedProjectionError) -> ShapeWords in
    try ShapeWords(words: FittedData.shapeWords.words)
  }

  /// Row k holds number k of every word.
  private let transposed: [Float]

  /// - Parameter words: the bytes, four in a word, the first byte the lowest.
  package init(words: [UInt32]) throws(FittedProjectionError) {
    guard words.count >= Self.headerWords, words[0] == Self.magic else { throw .notAProjection }
    guard words[1] == Self.version, words[2] == Self.count, words[3] == ShapeContexts.dimension else {
      throw .anotherBlock
    }
    guard words.count == Self.headerWords + Self.count * ShapeContexts.dimension else { throw .wrongSize }
    let payload = words.dropFirst(Self.headerWords)
    guard FittedProjection.checksum(payload) == words[4] else { throw .wrongChecksum }
    let rows = payload.map { Float(bitPattern: $0) }
    guard rows.allSatisfy(\.isFinite) else { throw .notFinite }
    transposed = (0..<rows.count).map { i in
      rows[i % Self.count * ShapeContexts.dimension + i / Self.count]
    }
  }

  /// The word nearest to each context.
  ///
  /// - Parameter nearest: as many as there are rows of `ShapeContexts.dimension` in `histograms`.
  package func assign(_ histograms: [Float], to nearest: inout [Int32]) {
    var out = nearest.mutableSpan
    nearestWords(
      histograms.span, transposed: transposed.span, words: Self.count, dimension: ShapeContexts.dimension,
      nearest: &out)
  }

  /// The shares of the contexts by word, together 1.
  ///
  /// - Parameter nearest: scratch, as many as there are rows in `histograms`.
  package func shares(_ histograms: [Float], scratch nearest: inout [Int32]) -> [Float] {
    assign(histograms, to: &nearest)
    var shares = [Float](repeating: 0, count: Self.count)
    for word in nearest { shares[Int(word)] += 1 / Float(nearest.count) }
    return shares
  }
}
