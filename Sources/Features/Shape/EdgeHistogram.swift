internal import Kernels

/// The edge histogram of MPEG-7 (ISO/IEC 15938-3; Park, Jeon & Won 2000, "Efficient use of local edge histogram
/// descriptor", doi:10.1145/357744.357758): which kinds of edges the blocks in 4 × 4 parts of a picture have.
///
/// Some 1,100 square blocks cover the picture from the top left; each is averaged to 2 × 2 and gets the kind whose filter
/// answers most, if that is over 11: vertical, horizontal, 45°, 135°, or without direction. The standard quantises shares
/// to 3 bits each and lays the blocks out in every part by itself; here the shares stay numbers, and a block belongs to
/// the part that its index falls into, so that no pixel between parts is dropped. Owns its buffers.
package struct EdgeHistogram: Sendable {
  /// Numbers of the local histograms: 16 parts × 5 kinds.
  package static let localCount = 80
  /// The least answer of a filter, in grey levels.
  package static let threshold: Float = 11
  private static let wantedBlocks = 1100

  private var sums = [Int32](repeating: 0, count: AnalysisImage.fullSide * AnalysisImage.fullSide)
  private var scratch = [UInt16](repeating: 0, count: AnalysisImage.fullSide)
  /// Shares of a part's blocks, 0…1: part by part in rows, in each vertical, horizontal, 45°, 135°, without direction.
  package private(set) var local = [Float](repeating: 0, count: localCount)

  package init() {}

  /// The mean of the 16 parts: 5 shares.
  package var global: [Float] { mean(of: Array(0..<16)) }

  /// Won, Park & Park 2002 (doi:10.4218/etrij.02.0102.0103): the means of the 4 rows, the 4 columns, and of 2 × 2 parts at
  /// the top left, top right, bottom left, bottom right and in the middle, 5 shares each: 65.
  package var semiGlobal: [Float] {
    let rows = (0..<4).map { row in (0..<4).map { 4 * row + $0 } }
    let columns = (0..<4).map { column in (0..<4).map { 4 * $0 + column } }
    let squares = [0, 2, 8, 10, 5].map { [$0, $0 + 1, $0 + 4, $0 + 5] }
    return (rows + columns + squares).flatMap { mean(of: $0) }
  }

  /// Measures another picture.
  package mutating func measure(_ image: AnalysisImage) {
    Self.measure(image, &scratch, &sums, &local)
  }

  private func mean(of parts: [Int]) -> [Float] {
    (0..<5).map { kind in parts.reduce(0) { $0 + local[5 * $1 + kind] } / Float(parts.count) }
  }

  private static func measure(
    _ image: AnalysisImage, _ scratch: inout [UInt16], _ sums: inout [Int32], _ local: inout [Float]
  ) {
    let step = max(1, Int((Float(image.count) / Float(wantedBlocks)).squareRoot()) / 2)
    let (width, height) = (image.width / step, image.height / step)
    var columns = scratch.mutableSpan
    var quarters = sums.mutableSpan
    blockSums(
      image.grey.span, width: image.width, height: image.height, step: step, scratch: &columns,
      sums: &quarters)
    var shares = local.mutableSpan
    for i in 0..<localCount { shares[i] = 0 }
    let (across, down) = (width / 2, height / 2)
    let least = threshold * Float(step * step)
    for y in 0..<down {
      let part = 4 * (4 * y / down)
      for x in 0..<across {
        let at = 2 * y &* width &+ 2 * x
        let a = Float(quarters[at])
        let b = Float(quarters[at &+ 1])
        let c = Float(quarters[at &+ width])
        let d = Float(quarters[at &+ width &+ 1])
        let root = Float(2).squareRoot()
        var (best, kind) = (abs(a - b + c - d), 0)
        let others = SIMD4(abs(a + b - c - d), root * abs(a - d), root * abs(b - c), 2 * abs(a - b - c + d))
        for k in 0..<4 where others[k] > best { (best, kind) = (others[k], k + 1) }
        if best > least { shares[5 * (part + 4 * x / across) + kind] += 1 }
      }
    }
    for part in 0..<16 {
      let rows = bounds(part / 4, of: down)
      let blocks = Float(rows.count * bounds(part % 4, of: across).count)
      for kind in 0..<5 { shares[5 * part + kind] /= max(blocks, 1) }
    }
  }

  /// The blocks i with ⌊4i / count⌋ = part.
  private static func bounds(_ part: Int, of count: Int) -> Range<Int> {
    (part * count + 3) / 4..<((part + 1) * count + 3) / 4
  }
}
