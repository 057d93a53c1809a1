import Imaging
import Kernels

/// Shrinks any rectangle of a picture to 32 × 32 cells, each the mean of the pixels that it covers, in parts where it
/// covers them in part (OpenCV calls it INTER_AREA). Owns its buffers.
package struct ThumbnailSampler: ~Copyable {
  /// Cells a side.
  static let side = 32

  /// Sums of pixels down a band of rows: three for each pixel of a row.
  private var band = [Float](repeating: 0, count: 3 * WorkingImage.maximumSide)
  /// Planes red, green, blue of 32 × 32 means, 0…255.
  private(set) var means = [Float](repeating: 0, count: 3 * ThumbnailSampler.side * ThumbnailSampler.side)

  package init() {}

  /// Fills `means` from a rectangle of the picture.
  mutating func sample(_ image: WorkingImage, _ box: PixelBox) {
    assert(box.width > 0 && box.height > 0 && box.right <= image.width && box.bottom <= image.height)
    let side = Self.side
    let height = Double(box.height) / Double(side)
    for row in 0..<side {
      let (top, bottom) = (Double(row) * height, Double(row + 1) * height)
      for i in 0..<(3 * box.width) { band[i] = 0 }
      for y in Int(top)..<min(box.height, Int(bottom.rounded(.up))) {
        let weight = Float((min(bottom, Double(y + 1)) - max(top, Double(y))) / height)
        let start = 3 * ((box.top + y) * image.width + box.left)
        var sums = band.mutableSpan
        addBytes(image.pixels.span.extracting(start..<(start + 3 * box.width)), by: weight, to: &sums)
      }
      Self.reduce(band, width: box.width, into: &means, row: row)
    }
  }

  /// Means of one row of cells, from the sums down its band.
  private static func reduce(_ band: [Float], width: Int, into means: inout [Float], row: Int) {
    let cell = Double(width) / Double(side)
    let sums = band.span
    var out = means.mutableSpan
    for column in 0..<side {
      let (left, right) = (Double(column) * cell, Double(column + 1) * cell)
      var total = SIMD3<Float>.zero
      for x in Int(left)..<min(width, Int(right.rounded(.up))) {
        let weight = Float((min(right, Double(x + 1)) - max(left, Double(x))) / cell)
        total += weight * SIMD3(sums[3 * x], sums[3 * x + 1], sums[3 * x + 2])
      }
      for channel in 0..<3 { out[(channel * side + row) * side + column] = total[channel] }
    }
  }
}
