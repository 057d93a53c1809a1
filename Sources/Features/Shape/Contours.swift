internal import Kernels

/// The contours in a map of edges: the borders of its connected parts and of the holes in them (Suzuki & Abe 1985,
/// "Topological structural analysis of digitized binary images by border following", doi:10.1016/0734-189X(85)90016-7).
///
/// As `cv2.findContours` with `RETR_LIST` and `CHAIN_APPROX_NONE`, point for point (which part lies in which is not kept),
/// in the order of their first points. A line one pixel wide is followed there and back. Owns its buffers.
package struct Contours: Sendable {
  /// Shorter ones are specks and not kept.
  package static let leastPoints = 8
  /// What does not fit is left out: more than any Canny map of the largest picture has.
  private static let room = 2 * AnalysisImage.fullSide * AnalysisImage.fullSide

  /// x and y by turns, in pixels, contour after contour, each closed.
  package private(set) var points = [Int16](repeating: 0, count: 2 * room)
  /// Points up to the end of each contour; the first `count` are valid.
  private var ends = [Int32](repeating: 0, count: room / leastPoints)
  private var marked: [UInt8] = []
  private var neighbours = [UInt8](
    repeating: 0, count: (AnalysisImage.fullSide + 2) * (AnalysisImage.fullSide + 2))
  /// The contours.
  package private(set) var count = 0

  package init() { marked = neighbours }

  /// Points of all contours together.
  package var pointCount: Int { count == 0 ? 0 : Int(ends[count - 1]) }

  /// Where contour `index` stands among the points; its x is `points[2 * i]`.
  package subscript(index: Int) -> Range<Int> {
    precondition((0..<count).contains(index))
    return (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  /// Traces the contours of another map.
  ///
  /// - Parameter least: contours of fewer points are left out.
  package mutating func trace(_ edges: CannyEdges, least: Int = leastPoints) {
    trace(edges.map, width: edges.width, height: edges.height, least: least)
  }

  /// Traces the contours of a map of 0 and 1 with a border of 0, (width + 2) × (height + 2) values, 6…256 pixels a side.
  package mutating func trace(_ map: [UInt8], width: Int, height: Int, least: Int = leastPoints) {
    precondition(
      (6...AnalysisImage.fullSide).contains(width) && (1...AnalysisImage.fullSide).contains(height))
    precondition(map.count >= (width + 2) * (height + 2))
    count = Self.trace(map, width, height, least, &marked, &neighbours, &points, &ends)
  }

  /// The longest contours, the longest first; of equals the first.
  package func longest(_ most: Int) -> [Int] {
    var best: [Int] = []
    for index in 0..<count where best.count < most || self[index].count > self[best[best.count - 1]].count {
      let place = best.firstIndex { self[$0].count < self[index].count } ?? best.count
      best.insert(index, at: place)
      if best.count > most { best.removeLast() }
    }
    return best
  }

  private static func trace(
    _ map: [UInt8], _ width: Int, _ height: Int, _ least: Int, _ marked: inout [UInt8],
    _ neighbours: inout [UInt8], _ points: inout [Int16], _ ends: inout [Int32]
  ) -> Int {
    var copy = marked.mutableSpan
    let source = map.span
    for i in 0..<(width + 2) * (height + 2) { copy[i] = source[i] }
    var scratch = neighbours.mutableSpan
    var list = points.mutableSpan
    var stops = ends.mutableSpan
    return traceBorders(
      &copy, width: width, height: height, least: least, scratch: &scratch, points: &list, ends: &stops)
  }
}
