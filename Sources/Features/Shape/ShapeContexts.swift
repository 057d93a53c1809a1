internal import Kernels

/// Shape contexts of points sampled from a picture's contours: where the other points lie as seen from each, in log-polar
/// bins (Belongie, Malik & Puzicha 2002, "Shape matching and object recognition using shape contexts",
/// doi:10.1109/34.993558).
///
/// 5 rings, the outer radii 1/8, 1/4, 1/2, 1 and 2 of the points' root mean square distance (the paper: of their mean
/// distance, which takes all pairs twice), of 12 sectors of 30°. Free of place and, but for the raster, of scale. Owns its
/// buffers.
package struct ShapeContexts: Sendable {
  /// Points sampled, evenly along the contours.
  package static let samples = 128
  /// Numbers of a histogram.
  package static let dimension = 60

  private var x = [Float](repeating: 0, count: samples)
  private var y = [Float](repeating: 0, count: samples)
  private var radii = [Float](repeating: 0, count: 5)
  /// `samples` rows of `dimension`: the root of the share of the other points in the ring and sector, ring by ring from
  /// the inner, in each by sector from the right, turning downwards. All zeros without contours.
  package private(set) var histograms = [Float](repeating: 0, count: samples * dimension)

  package init() {}

  /// Describes another picture's contours; `false` where they have no extent.
  package mutating func describe(_ contours: Contours) -> Bool {
    let all = contours.pointCount
    let points = contours.points.span
    guard all >= 2 else { return false }
    var (sumX, sumY): (Float, Float) = (0, 0)
    for i in 0..<Self.samples {
      let at = i * all / Self.samples
      x[i] = Float(points[2 * at])
      y[i] = Float(points[2 * at + 1])
      sumX += x[i]
      sumY += y[i]
    }
    let count = Float(Self.samples)
    let (centreX, centreY) = (sumX / count, sumY / count)
    var squares: Float = 0
    for i in 0..<Self.samples {
      squares += (x[i] - centreX) * (x[i] - centreX) + (y[i] - centreY) * (y[i] - centreY)
    }
    // Two points of a set are on the average √2 times as far from each other as from the centre.
    let distance = 2 * squares / count
    guard distance > 0 else { return false }
    for ring in 0..<5 { radii[ring] = distance * [1.0 / 64, 1.0 / 16, 1.0 / 4, 1, 4][ring] }
    Self.count(x, y, radii, &histograms)
    return true
  }

  private static func count(_ x: [Float], _ y: [Float], _ radii: [Float], _ histograms: inout [Float]) {
    var rows = histograms.mutableSpan
    shapeContexts(x.span, y.span, radii: radii.span, histograms: &rows)
    for i in 0..<samples {
      var total: Float = 0
      for k in i * dimension..<(i + 1) * dimension { total += rows[k] }
      guard total > 0 else { continue }
      for k in i * dimension..<(i + 1) * dimension { rows[k] = (rows[k] / total).squareRoot() }
    }
  }
}
