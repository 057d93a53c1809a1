package import Imaging
import Kernels
package import Neural

/// Brings a picture to the square that the network sees, whatever its shape: `side` × `side` pixels, (value − shift) ·
/// scale. Owns its buffers.
package struct SquareSampler: ~Copyable {
  private let side: Int
  private let shift, scale: Float
  private var columns, rows: AxisResampler
  /// Sums of pixels down the rows that a new row covers.
  private var band = [Float](repeating: 0, count: 3 * WorkingImage.maximumSide)

  package init(side: Int, shift: Float, scale: Float) {
    self.side = side
    self.shift = shift
    self.scale = scale
    columns = AxisResampler(from: side, to: side)
    rows = columns
  }

  /// Overwrites `square`, a map of `side` × `side` positions of red, green and blue.
  package mutating func sample(_ image: WorkingImage, into square: inout FeatureMap) {
    precondition(square.width == side && square.height == side && square.channels == 3)
    if columns.length != image.width { columns = AxisResampler(from: image.width, to: side) }
    if rows.length != image.height { rows = AxisResampler(from: image.height, to: side) }
    // Spans of two stored properties at once would be overlapping accesses to `self`; inout arguments are not.
    Self.sample(image, rows, columns, band: &band, shift: shift, scale: scale, into: &square)
  }

  private static func sample(
    _ image: WorkingImage, _ rows: AxisResampler, _ columns: AxisResampler, band: inout [Float],
    shift: Float, scale: Float, into square: inout FeatureMap
  ) {
    let pixels = image.pixels.span
    let width = 3 * image.width
    var weight = 0
    for y in 0..<rows.count {
      var sums = band.mutableSpan
      for i in 0..<width { sums[i] = 0 }
      for k in 0..<Int(rows.counts[y]) {
        let start = (Int(rows.first[y]) + k) * width
        addBytes(pixels.extracting(start..<(start + width)), by: rows.weights[weight], to: &sums)
        weight += 1
      }
      let place = square.offset(x: 0, y: y)
      var output = square.values.mutableSpan
      columns.mix(sums.span, shift: shift, scale: scale, into: &output, at: place)
    }
  }
}
