/// The pixels of a picture sorted into the cells of a fine grid over CIELAB: some hundreds of points with weights
/// stand for tens of thousands of pixels, and both the histogram and the palette follow from them.
///
/// Values are counted in 1/256 of a unit, so that sums are exact and don't depend on the order of the pixels.
package struct ColourGrid: Sendable {
  // Cells: 4 units of L*, 8 of a* and b*.
  private static let lightnessCells = 26
  private static let chromaCells = 32

  /// Σ (L, a, b) within the cell, from its lower corner, in 1/256; and the number of pixels.
  private var cells = [SIMD4<Int32>](repeating: .zero, count: lightnessCells * chromaCells * chromaCells)
  /// The occupied cells as of `collect`: their mean L*, a*, b*, and how many pixels each has.
  package private(set) var points: [SIMD4<Float>] = []

  package init() {}

  /// Begins a picture.
  package mutating func reset() {
    points.removeAll(keepingCapacity: true)
    var span = cells.mutableSpan
    for i in span.indices { span[i] = .zero }
  }

  /// Sorts `count` pixels in: planes L*, a*, b*, one after another.
  package mutating func add(_ planes: Span<Float>, count: Int) {
    let stride = planes.count / 3
    var span = cells.mutableSpan
    for i in 0..<count {
      let fixedL = min(max(Int32(planes[i] * 256 + 0.5), 0), 26_623)
      let fixedA = min(max(Int32(planes[i &+ stride] * 256 + 32_768.5), 0), 65_535)
      let fixedB = min(max(Int32(planes[i &+ 2 &* stride] * 256 + 32_768.5), 0), 65_535)
      let plane = Int(fixedL >> 10) &* Self.chromaCells &+ Int(fixedA >> 11)
      let cell = plane &* Self.chromaCells &+ Int(fixedB >> 11)
      span[cell] &+= SIMD4(fixedL & 1023, fixedA & 2047, fixedB & 2047, 1)
    }
  }

  /// Fills `points` with what was added.
  package mutating func collect() {
    points.removeAll(keepingCapacity: true)
    for (cell, sum) in cells.enumerated() where sum.w > 0 {
      let corner = SIMD3<Float>(
        Float(4 * (cell / (Self.chromaCells * Self.chromaCells))),
        Float(8 * (cell / Self.chromaCells % Self.chromaCells) - 128),
        Float(8 * (cell % Self.chromaCells) - 128))
      let mean = corner + SIMD3(Float(sum.x), Float(sum.y), Float(sum.z)) / (256 * Float(sum.w))
      points.append(SIMD4(mean, Float(sum.w)))
    }
  }
}
