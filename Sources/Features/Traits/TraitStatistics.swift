import Model

/// How traits are spread over real art, and how alike two works of it are by chance: what makes a number unusual.
///
/// Read from the bytes that `tools/fit-blocks/fit_traits.py` writes, little endian, four bytes each: the magic number,
/// the traits' version, their number t, the number q of quantiles, the number b of blocks and the payload's 32-bit
/// FNV-1a checksum; then the payload, float32: t rows of q quantiles (evenly spaced from the least to the greatest value),
/// the t × t correlations of the traits' ranks, b rows of q quantiles of the cosine of two works drawn at random, and q
/// quantiles of the surprise of two works drawn at random (see `Explanation`).
package struct TraitStatistics: Sendable {
  /// "MRLT" in ASCII.
  package static let magic: UInt32 = 0x544C_524D
  private static let headerWords = 6

  private let traitQuantiles: [[Float]]
  private let correlations: [[Float]]
  private let cosineQuantiles: [[Float]]
  private let surpriseQuantiles: [Float]

  /// What is built into the program.
  package init() throws(FittedProjectionError) { try self.init(words: FittedData.traits.words) }

  /// - Parameter words: the bytes, four in a word, the first byte the lowest.
  package init(words: [UInt32]) throws(FittedProjectionError) {
    guard words.count >= Self.headerWords, words[0] == Self.magic else { throw .notAProjection }
    let (traits, quantiles, blocks) = (Int(words[2]), Int(words[3]), Int(words[4]))
    guard max(traits, quantiles, blocks) < 65_536, quantiles >= 2,
      words.count == Self.headerWords + traits * quantiles + traits * traits + (blocks + 1) * quantiles
    else { throw .wrongSize }
    guard FittedProjection.checksum(words.dropFirst(Self.headerWords)) == words[5] else {
      throw .wrongChecksum
    }
    guard words[1] == VisualTraits.descriptor.version, traits == VisualTrait.allCases.count,
      blocks == VisualSchema.names.count
    else { throw .anotherBlock }
    var rest = words.dropFirst(Self.headerWords).map { Float(bitPattern: $0) }[...]
    guard rest.allSatisfy(\.isFinite) else { throw .notFinite }
    func rows(_ count: Int, of length: Int) -> [[Float]] {
      (0..<count).map { _ in
        defer { rest = rest.dropFirst(length) }
        return Array(rest.prefix(length))
      }
    }
    traitQuantiles = rows(traits, of: quantiles)
    correlations = rows(traits, of: traits)
    cosineQuantiles = rows(blocks, of: quantiles)
    surpriseQuantiles = rows(1, of: quantiles)[0]
  }

  /// The part of real art whose value is lower, 0…1.
  package func percentile(of value: Float, in trait: VisualTrait) -> Float {
    VisualTrait.allCases.firstIndex(of: trait).map { Self.rank(value, in: traitQuantiles[$0]) } ?? 0.5
  }

  /// The correlation of the ranks of two traits, -1…1.
  package func correlation(_ a: VisualTrait, _ b: VisualTrait) -> Float {
    guard let i = VisualTrait.allCases.firstIndex(of: a), let j = VisualTrait.allCases.firstIndex(of: b)
    else {
      return 0
    }
    return correlations[i][j]
  }

  /// The part of random pairs whose cosine in block `index` of `VisualSchema.names` is lower, 0…1.
  package func percentile(ofCosine cosine: Float, inBlock index: Int) -> Float {
    Self.rank(cosine, in: cosineQuantiles[index])
  }

  /// The part of random pairs that have less in common that is unusual, 0…1.
  package func percentile(ofSurprise surprise: Float) -> Float { Self.rank(surprise, in: surpriseQuantiles) }

  /// Where a value lies among evenly spaced quantiles; in the middle of those that are equal to it.
  static func rank(_ value: Float, in quantiles: [Float]) -> Float {
    let steps = Float(quantiles.count - 1)
    let below = quantiles.count { $0 < value }
    let notAbove = quantiles.count { $0 <= value }
    guard below == notAbove else { return Float(below + notAbove - 1) / 2 / steps }
    guard below > 0 else { return 0 }
    guard below < quantiles.count else { return 1 }
    let (low, high) = (quantiles[below - 1], quantiles[below])
    return (Float(below - 1) + (value - low) / (high - low)) / steps
  }
}
