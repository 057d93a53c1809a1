import Kernels

/// What a layer puts out: `channels` numbers at each of `width` × `height` positions, side by side, with a border of
/// zeros one position wide, so that the next layer's windows never lie outside.
package struct FeatureMap: Sendable {
  /// Positions, without the border.
  package let width, height: Int
  package let channels: Int
  /// `(height + 2) × (width + 2) × channels` numbers, row by row; the border is never written to.
  package var values: [Float]

  /// All zeros.
  package init(width: Int, height: Int, channels: Int) {
    self.width = width
    self.height = height
    self.channels = channels
    values = [Float](repeating: 0, count: (width + 2) * (height + 2) * channels)
  }

  /// Where the numbers of a position begin.
  package func offset(x: Int, y: Int) -> Int { ((y + 1) * (width + 2) + x + 1) * channels }
}
