import Kernels

/// An affine map fitted on real art, from a raw vector to a block: y = Aᵀ ((x − mean) · scale), L2-normalised.
///
/// Read from the bytes that the fitting tools write, little endian: the magic number, the block's version, the raw
/// dimension n, the block's dimension d and the payload's 32-bit FNV-1a checksum (four bytes each); then the payload:
/// the mean (n float32), the scale (n float32) and A (n rows of d float16).
package struct FittedProjection: Sendable {
  /// "MRLP" in ASCII.
  package static let magic: UInt32 = 0x504C_524D
  private static let headerWords = 5

  /// The block's version.
  package let version: Int
  /// Numbers in a raw vector.
  package let rawDimension: Int
  /// Numbers in a block; even.
  package let dimension: Int
  private let mean: [Float]
  private let scale: [Float]
  /// Row-major, raw dimension × dimension: the inner loop then runs over independent sums.
  private let matrix: [Float]

  /// - Parameter words: the bytes, four in a word, the first byte the lowest.
  package init(words: [UInt32]) throws(FittedProjectionError) {
    guard words.count >= Self.headerWords, words[0] == Self.magic else { throw .notAProjection }
    version = Int(words[1])
    rawDimension = Int(words[2])
    dimension = Int(words[3])
    guard rawDimension > 0, dimension > 0, dimension.isMultiple(of: 2), max(rawDimension, dimension) < 65_536,
      words.count == Self.headerWords + 2 * rawDimension + rawDimension * dimension / 2
    else { throw .wrongSize }
    guard Self.checksum(words.dropFirst(Self.headerWords)) == words[4] else { throw .wrongChecksum }
    let means = words.dropFirst(Self.headerWords).prefix(rawDimension)
    let scales = words.dropFirst(Self.headerWords + rawDimension).prefix(rawDimension)
    mean = means.map { Float(bitPattern: $0) }
    scale = scales.map { Float(bitPattern: $0) }
    matrix = words.dropFirst(Self.headerWords + 2 * rawDimension).flatMap { word in
      [
        BinaryFloat16.value(UInt16(truncatingIfNeeded: word)),
        BinaryFloat16.value(UInt16(truncatingIfNeeded: word >> 16)),
      ]
    }
    guard (mean + scale + matrix).allSatisfy(\.isFinite) else { throw .notFinite }
  }

  /// The block of a raw vector: `dimension` numbers of L2 norm 1.
  ///
  /// A raw vector at the very mean has no direction; it answers with the first axis.
  package func callAsFunction(_ raw: Span<Float>) -> [Float] {
    precondition(raw.count == rawDimension, "\(raw.count) raw numbers for \(rawDimension)")
    var block = [Float](repeating: 0, count: dimension)
    var out = block.mutableSpan
    let matrix = matrix.span
    for i in 0..<rawDimension {
      let x = (raw[i] - mean[i]) * scale[i]
      let row = i &* dimension
      for j in 0..<dimension { out[j] += x * matrix[row &+ j] }
    }
    var squares: Float = 0
    for j in 0..<dimension { squares += out[j] * out[j] }
    guard squares > 0, squares.isFinite else {
      for j in 0..<dimension { out[j] = j == 0 ? 1 : 0 }
      return block
    }
    let inverse = 1 / squares.squareRoot()
    for j in 0..<dimension { out[j] *= inverse }
    return block
  }

  /// FNV-1a over the words' bytes, lowest first.
  package static func checksum(_ words: some Sequence<UInt32>) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for word in words {
      for shift: UInt32 in [0, 8, 16, 24] { hash = (hash ^ (word >> shift & 0xFF)) &* 0x0100_0193 }
    }
    return hash
  }
}
