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
    var rows: [[Float]] = []
    for matrix in matrices { rows.append(Self.horizontal(luma, matrix.span)) }
    var mirrored: UInt64 = 0
    var windows: [UInt64] = []
    windows.reserveCapacity(across.count)
    for window in across.indices {
      var coefficients = Self.vertical(rows[across[window]], matrices[down[window]])
      windows.append(Self.bits(coefficients))
      guard window == 0 else { continue }
      // Left for right changes the sign of the odd horizontal frequencies.
      for i in stride(from: 1, to: coefficients.count, by: 2) { coefficients[i] = -coefficients[i] }
      mirrored = Self.bits(coefficients)
    }
    return (windows, mirrored)
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

  /// Along each of 32 rows: 8 frequencies × 32 rows, the rows innermost.
  private static func horizontal(_ luma: Span<UInt8>, _ matrix: Span<Float>) -> [Float] {
    var result = [Float](repeating: 0, count: frequencies * side)
    var out = result.mutableSpan
    for y in 0..<side {
      for u in 0..<frequencies {
        var sum = SIMD8<Float>.zero
        for x in stride(from: 0, to: side, by: 8) {
          let at = y &* side &+ x
          let wave = u &* side &+ x
          for lane in 0..<8 { sum[lane] += Float(luma[at &+ lane]) * matrix[wave &+ lane] }
        }
        out[u * side + y] = sum.sum()
      }
    }
    return result
  }

  /// Down the columns: 8 × 8, the vertical frequency counting rows.
  private static func vertical(_ transformed: [Float], _ matrix: [Float]) -> [Float] {
    let rows = transformed.span
    let matrix = matrix.span
    var result = [Float](repeating: 0, count: frequencies * frequencies)
    var out = result.mutableSpan
    for v in 0..<frequencies {
      for u in 0..<frequencies {
        var sum = SIMD8<Float>.zero
        for y in stride(from: 0, to: side, by: 8) {
          for lane in 0..<8 { sum[lane] += rows[u &* side &+ y &+ lane] * matrix[v &* side &+ y &+ lane] }
        }
        out[v * frequencies + u] = sum.sum()
      }
    }
    return result
  }

  /// A bit for each coefficient above the median, the first the highest.
  private static func bits(_ coefficients: [Float]) -> UInt64 {
    let sorted = coefficients.sorted()
    let median = (sorted[31] + sorted[32]) / 2
    return coefficients.reduce(0) { $0 << 1 | ($1 > median ? 1 : 0) }
  }
}
