internal import Foundation
import Model

/// 64 bits of the lowest 8 × 8 frequencies of 32 × 32 luma: whether each is above their median (after C. Zauner,
/// *Implementation and Benchmarking of Perceptual Image Hash Functions*, 2010; as the Python package `imagehash`
/// computes `phash`, its `dctlowfreq > median`).
///
/// Of two copies few bits differ, of two different pictures 32 on average. The first bit is the highest; bits go row by
/// row, the vertical frequency counting rows. It departs from `imagehash` in how the picture is shrunk: by area, not by
/// a Lanczos filter.
///
/// Windows are not cut from the picture but interpolated in the 32 × 32 cells, which is linear as the transform is: one
/// 8 × 32 matrix an axis does both.
struct DCTHash: Sendable {
  private static let side = CopyDescriptor.View.side
  private static let frequencies = 8
  /// Vectors of eight in a column.
  private static let lanes = side / 8

  /// The distinct pairs of scale and offset along one axis, and for each window its pair across and down.
  private let matrices: [[Float]]
  private let across, down: [Int]

  init() {
    var axes: [SIMD2<Double>] = []
    func number(_ scale: Double, _ offset: Double) -> Int {
      let axis = SIMD2(scale, offset)
      if let known = axes.firstIndex(of: axis) { return known }
      axes.append(axis)
      return axes.count - 1
    }
    across = CopyWindow.all.map { number($0.scale, $0.offsetX) }
    down = CopyWindow.all.map { number($0.scale, $0.offsetY) }
    matrices = axes.map { Self.matrix(scale: $0.x, offset: $0.y) }
  }

  /// The hashes of all windows of `luma` (32 × 32, row by row), and that of the mirrored whole.
  func callAsFunction(_ luma: Span<UInt8>) -> (windows: [UInt64], mirrored: UInt64) {
    assert(luma.count == Self.side * Self.side)
    let columns = Self.columns(luma)
    let rows = matrices.map { Self.transformed(columns, by: $0) }
    var mirrored: UInt64 = 0
    var windows: [UInt64] = []
    windows.reserveCapacity(across.count)
    for window in across.indices {
      var coefficients = Self.coefficients(rows[across[window]], matrices[down[window]])
      windows.append(Self.bits(coefficients))
      guard window == 0 else { continue }
      // Left for right changes the sign of the odd horizontal frequencies.
      for i in stride(from: 1, to: coefficients.count, by: 2) { coefficients[i] = -coefficients[i] }
      mirrored = Self.bits(coefficients)
    }
    return (windows, mirrored)
  }

  /// The luma column by column, eight rows to a vector.
  private static func columns(_ luma: Span<UInt8>) -> [SIMD8<Float>] {
    var columns = [SIMD8<Float>](repeating: .zero, count: side * lanes)
    for y in 0..<side {
      for x in 0..<side { columns[x &* lanes &+ y / 8][y % 8] = Float(luma[y &* side &+ x]) }
    }
    return columns
  }

  /// Along the rows: for each of 8 frequencies a column, eight rows to a vector.
  private static func transformed(_ columns: [SIMD8<Float>], by matrix: [Float]) -> [SIMD8<Float>] {
    var result = [SIMD8<Float>](repeating: .zero, count: frequencies * lanes)
    var out = result.mutableSpan
    let (columns, matrix) = (columns.span, matrix.span)
    for u in 0..<frequencies {
      for lane in 0..<lanes {
        var sum = SIMD8<Float>.zero
        for x in 0..<side { sum += matrix[u &* side &+ x] * columns[x &* lanes &+ lane] }
        out[u &* lanes &+ lane] = sum
      }
    }
    return result
  }

  /// Down the columns: 8 × 8, the vertical frequency counting rows.
  private static func coefficients(_ rows: [SIMD8<Float>], _ matrix: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: frequencies * frequencies)
    var out = result.mutableSpan
    let (rows, matrix) = (rows.span, matrix.span)
    for v in 0..<frequencies {
      for lane in 0..<lanes {
        let at = v &* side &+ 8 &* lane
        let wave = SIMD8(
          matrix[at], matrix[at &+ 1], matrix[at &+ 2], matrix[at &+ 3], matrix[at &+ 4], matrix[at &+ 5],
          matrix[at &+ 6], matrix[at &+ 7])
        for u in 0..<frequencies { out[v &* frequencies &+ u] += (rows[u &* lanes &+ lane] * wave).sum() }
      }
    }
    return result
  }

  /// The discrete cosine transform (type II, not normalised) of an axis that is interpolated first: 8 rows of 32.
  private static func matrix(scale: Double, offset: Double) -> [Float] {
    var matrix = [Double](repeating: 0, count: frequencies * side)
    let half = Double(side) / 2
    for cell in 0..<side {
      let position = ((Double(cell) + 0.5 - half) / half * scale + offset) * half + half - 0.5
      let clamped = min(max(position, 0), Double(side - 1))
      let first = min(Int(clamped), side - 2)
      let share = clamped - Double(first)
      for frequency in 0..<frequencies {
        let wave = cos(Double.pi * Double(frequency) * (2 * Double(cell) + 1) / Double(2 * side))
        matrix[frequency * side + first] += (1 - share) * wave
        matrix[frequency * side + first + 1] += share * wave
      }
    }
    return matrix.map { Float($0) }
  }

  /// A bit for each coefficient above the median, the first the highest.
  private static func bits(_ coefficients: [Float]) -> UInt64 {
    let sorted = coefficients.sorted()
    let median = (sorted[31] + sorted[32]) / 2
    return coefficients.reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) }
  }
}
