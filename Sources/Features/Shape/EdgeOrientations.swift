internal import Foundation

/// In which orientations a picture's edges run.
///
/// The entropy is that of Redies, Brachmann & Wagemans 2017, "High entropy of edge orientations characterizes visual
/// artworks from diverse cultural backgrounds" (doi:10.1016/j.visres.2017.02.004), of Canny's edges in 8 orientations
/// rather than of Gabor responses in 24.
package struct EdgeOrientations: Sendable, Equatable {
  /// The shares of edge pixels by the nearest multiple of 22.5°: 0 runs upright, then turning clockwise on a screen, 4 lies
  /// level. All zeros without edges.
  package private(set) var shares = [Float](repeating: 0, count: 8)

  package init(_ edges: CannyEdges, _ gradient: GradientField) {
    guard edges.count > 0 else { return }
    var counts = InlineArray<8, Int>(repeating: 0)
    let (list, dx, dy) = (edges.edges.span, gradient.dx.span, gradient.dy.span)
    for i in 0..<edges.count {
      let at = Int(list[i])
      counts[Self.bin(Int32(dx[at]), Int32(dy[at]))] &+= 1
    }
    for k in 0..<8 { shares[k] = Float(counts[k]) / Float(edges.count) }
  }

  /// Shares of level, upright, rising (/) and falling (\) edges, 0…1, together 1: those in between count half for each.
  package var horizontal: Float { about(4) }
  package var vertical: Float { about(0) }
  package var rising: Float { about(2) }
  package var falling: Float { about(6) }

  /// Entropy of the shares, 0 (one orientation) … 1 (all alike); 0 without edges.
  package var entropy: Float { shares.reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 } / 3 }

  private func about(_ bin: Int) -> Float {
    shares[bin] + (shares[(bin + 1) & 7] + shares[(bin + 7) & 7]) / 2
  }

  /// The nearest multiple of 22.5° of a gradient's orientation.
  @inline(__always)
  private static func bin(_ dx: Int32, _ dy: Int32) -> Int {
    // The tangents of 11.25°, 33.75°, 56.25° and 78.75° in 2⁻¹².
    let (across, down) = (abs(dx), abs(dy) &* 4096)
    let bin =
      (down > across &* 815 ? 1 : 0) &+ (down > across &* 2737 ? 1 : 0) &+ (down > across &* 6130 ? 1 : 0)
      &+ (down > across &* 20_592 ? 1 : 0)
    return (dx ^ dy) < 0 ? (8 &- bin) & 7 : bin
  }
}
