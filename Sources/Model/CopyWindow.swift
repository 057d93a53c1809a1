/// A part of a view that another copy of the picture may show alone: cropped copies and framed ones meet there.
///
/// In coordinates from -1 to 1 across and down, the window's point (x, y) is (scale · x + offsetX, scale · y + offsetY)
/// of the view.
package struct CopyWindow: Hashable, Sendable {
  /// Of the view's sides, 0…1.
  package let scale: Double
  package let offsetX, offsetY: Double

  package init(scale: Double, offsetX: Double, offsetY: Double) {
    self.scale = scale
    self.offsetX = offsetX
    self.offsetY = offsetY
  }

  /// `PerceptualHashes.windowCount` of them: the whole, five about the middle down to three quarters, and one in each
  /// corner at 95 and 90 per cent.
  package static let all: [CopyWindow] =
    [1, 0.95, 0.9, 0.85, 0.8, 0.75].map { CopyWindow(scale: $0, offsetX: 0, offsetY: 0) }
    + [0.95, 0.9].flatMap { scale in
      [(-1.0, -1.0), (-1, 1), (1, -1), (1, 1)].map {
        CopyWindow(scale: scale, offsetX: $0.0 * (1 - scale), offsetY: $0.1 * (1 - scale))
      }
    }
}
