internal import Foundation
import Model

/// From a point (x, y) of one thumbnail to (a·x + b·y + c, d·x + e·y + f) of another, both from -1 to 1.
struct AffineMap: Equatable {
  var a, b, c, d, e, f: Float

  /// The map onto a window.
  init(_ window: CopyWindow) {
    (a, b, c) = (Float(window.scale), 0, Float(window.offsetX))
    (d, e, f) = (0, Float(window.scale), Float(window.offsetY))
  }

  /// Degrees that it turns by.
  var rotation: Float { degrees(atan2(d - b, a + e)) }

  /// Degrees that its axes are off a right angle.
  var shear: Float { degrees(abs(atan2(d, a) + atan2(b, e))) }

  private func degrees(_ radians: Float) -> Float { radians * 180 / .pi }
}
