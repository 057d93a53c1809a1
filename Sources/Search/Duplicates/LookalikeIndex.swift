package import Model
import VectorIndex

/// Finds views whose hash, as a whole, is near that of a window of another view.
///
/// The whole hashes are indexed, as they are and mirrored, and the windows are looked up: that takes a fourteenth of the
/// memory that it would the other way round.
package struct LookalikeIndex: Sendable {
  /// Where a view has been met.
  package struct Meeting: Sendable, Equatable {
    /// The indexed view, met as a whole.
    package let view: Int
    package let isMirrored: Bool
    /// The window of the view that was asked for, in `CopyWindow.all`.
    package let window: Int
    /// Bits.
    package let distance: Int
  }

  /// Rows 2n and 2n + 1 are view n, as it is and mirrored.
  private let dct: HammingIndex
  private let gradients: HammingIndex
  private let radius: Int
  private let gradientRadius: Int

  /// - Parameters:
  ///   - hashes: of every view that can be met.
  ///   - radius: bits in which DCT hashes may differ.
  ///   - gradientRadius: bits in which gradient hashes may differ.
  package init(_ hashes: [PerceptualHashes], radius: Int, gradientRadius: Int) {
    dct = HammingIndex(hashes.flatMap { [$0.windows[0], $0.mirrored] })
    gradients = HammingIndex(hashes.flatMap { [$0.gradient, Self.mirrored(gradient: $0.gradient)] })
    self.radius = radius
    self.gradientRadius = gradientRadius
  }

  /// The nearest meeting with each view, as it is and mirrored, in the order of the views; with itself too.
  package func meetings(with hashes: PerceptualHashes) -> [Meeting] {
    var nearest: [Int: (window: Int, distance: Int)] = [:]
    for (window, hash) in hashes.windows.enumerated() {
      dct.forEach(within: radius, of: hash) { row, distance in
        guard distance < nearest[row]?.distance ?? .max else { return }
        nearest[row] = (window, distance)
      }
    }
    gradients.forEach(within: gradientRadius, of: hashes.gradient) { row, distance in
      if nearest[row] == nil { nearest[row] = (0, distance) }
    }
    return nearest.sorted { $0.key < $1.key }.map { row, found in
      Meeting(view: row / 2, isMirrored: row % 2 == 1, window: found.window, distance: found.distance)
    }
  }

  /// The gradient hash of the mirrored picture: each row's bits from the other end, and inverted, as what was lighter
  /// than its left neighbour is now darker than its right one. Equal neighbours, rare in pictures, come out wrong.
  static func mirrored(gradient: UInt64) -> UInt64 { ~gradient.bitReversed.byteSwapped }
}

extension UInt64 {
  /// Its bits from the other end.
  fileprivate var bitReversed: UInt64 {
    var x = self
    x = (x & 0x5555_5555_5555_5555) << 1 | (x >> 1 & 0x5555_5555_5555_5555)
    x = (x & 0x3333_3333_3333_3333) << 2 | (x >> 2 & 0x3333_3333_3333_3333)
    x = (x & 0x0F0F_0F0F_0F0F_0F0F) << 4 | (x >> 4 & 0x0F0F_0F0F_0F0F_0F0F)
    return x.byteSwapped
  }
}
