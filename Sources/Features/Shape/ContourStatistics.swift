internal import Foundation
internal import Kernels

/// How long a picture's contours are and how they bend.
///
/// A contour's bend at a point is the angle between the chords that end and begin there, of `step` points each: 0 where it
/// goes straight on, π where it turns back (as at the end of a line, which is followed there and back). After the
/// chord-based curvatures that Freeman & Davis 1977 (doi:10.1109/TC.1977.1674825) introduced. Free of place; nearly free
/// of rotation and mirror, as far as the raster is.
package struct ContourStatistics: Sendable, Equatable {
  /// Chords, in points.
  package static let steps = [2, 4, 8]
  /// Bins of a bend's size, of 22.5°.
  package static let bendBins = 8
  /// Bins of a contour's length: ⌊1.5 log2 n⌋ - 4, from 8 points on; what is beyond the last counts for it.
  package static let lengthBins = 10

  /// By step: the shares of points by the size of their bend; zeros where no contour has four chords.
  package private(set) var bends = [[Float]](
    repeating: [Float](repeating: 0, count: bendBins), count: steps.count)
  /// The shares of all contours' points by their contour's length; zeros for no contour.
  package private(set) var lengths = [Float](repeating: 0, count: lengthBins)
  /// Contours, their mean number of points, and the longest's.
  package private(set) var contours = 0, meanLength: Float = 0, longest = 0

  package init(_ contours: Contours) {
    self.contours = contours.count
    guard contours.count > 0 else { return }
    let all = Float(contours.pointCount)
    meanLength = all / Float(contours.count)
    for index in 0..<contours.count {
      let points = contours[index].count
      longest = max(longest, points)
      lengths[Self.lengthBin(points)] += Float(points) / all
    }
    for (i, step) in Self.steps.enumerated() {
      let counts = Self.bends(contours, step: step)
      let total = counts.reduce(0, +)
      if total > 0 { bends[i] = counts.map { Float($0) / Float(total) } }
    }
  }

  /// The mean bend by the middles of the bins, at the chord of 4 points, divided by a right angle: 0 for straight lines,
  /// up to 2.
  package var curviness: Float {
    bends[1].enumerated().reduce(0) { $0 + $1.element * (Float($1.offset) + 0.5) * 0.25 }
  }

  /// The share of points with a bend under 22.5° at the chord of 8 points.
  package var straightness: Float { bends[2][0] }

  private static func lengthBin(_ points: Int) -> Int {
    min(max(Int(1.5 * log2(Float(points))) - 4, 0), lengthBins - 1)
  }

  /// How many points bend how much, of the contours of at least four chords.
  private static func bends(_ contours: Contours, step: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: bendBins)
    var bins = counts.mutableSpan
    let points = contours.points.span
    for index in 0..<contours.count {
      let range = contours[index]
      if range.count >= 4 * step { countBends(points, range, step: step, into: &bins) }
    }
    return counts
  }
}
