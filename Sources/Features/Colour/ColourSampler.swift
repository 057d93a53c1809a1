package import Imaging

/// The one pass over a picture that all of colour reads: rows of sampled pixels, in sRGB, CIELAB and HSV.
///
/// A picture with a side over 256 px is averaged over 2 × 2 pixels: its colours are then those of a small
/// reproduction, and the time an image takes is bounded. A picture narrower or lower than the 16 × 16 layout is repeated
/// pixel by pixel, which changes no distribution and leaves no cell of the layout empty.
package struct ColourSampler: Sendable {
  /// Long sides over this are halved.
  package static let fullSide = 256
  /// Both sides of what is sampled are at least this.
  package static let leastSide = 16

  private let toLab = CIELABConversion()
  private let toHSV = HSVConversion()
  private var rgb = [UInt8](repeating: 0, count: 3 * ColourSampler.fullSide)
  /// The row's CIELAB: three planes of `fullSide` values (L*, a*, b*), of which the first `geometry.width` are valid.
  package private(set) var lab = [Float](repeating: 0, count: 3 * ColourSampler.fullSide)
  /// The row's hue, saturation and value, likewise.
  package private(set) var hsv = [Float](repeating: 0, count: 3 * ColourSampler.fullSide)

  package init() {}

  /// The row's first colour in CIELAB.
  package var firstColour: SIMD3<Float> { SIMD3(lab[0], lab[Self.fullSide], lab[2 * Self.fullSide]) }

  /// Where the rows of a picture come from.
  package struct Geometry: Equatable, Sendable {
    /// Sampled size in pixels, 16…256 each.
    package let width, height: Int
    /// 1, or 2 where source pixels are averaged over 2 × 2.
    package let step: Int
    /// How often each column and each row is repeated.
    package let repeatX, repeatY: Int

    /// For a picture of this size in pixels.
    package init(width: Int, height: Int) {
      step = max(width, height) > ColourSampler.fullSide ? 2 : 1
      let columns = (width + step - 1) / step
      let rows = (height + step - 1) / step
      repeatX = (ColourSampler.leastSide + columns - 1) / columns
      repeatY = (ColourSampler.leastSide + rows - 1) / rows
      self.width = columns * repeatX
      self.height = rows * repeatY
    }
  }

  /// Fills the buffers with sampled row `y`; their first `geometry.width` values are valid.
  package mutating func read(row y: Int, of image: WorkingImage, _ geometry: Geometry) {
    let source = y / geometry.repeatY
    // A repeated row is already here.
    if y % geometry.repeatY != 0 { return }
    if geometry.step == 1 {
      copy(source, of: image, geometry)
    } else {
      average(source, of: image, geometry)
    }
    // Spans of two stored properties at once would be overlapping accesses to `self`; inout arguments are not.
    Self.convert(rgb, count: geometry.width, toLab, into: &lab, toHSV, into: &hsv)
  }

  private static func convert(
    _ rgb: [UInt8], count: Int,
    _ toLab: CIELABConversion, into lab: inout [Float], _ toHSV: HSVConversion, into hsv: inout [Float]
  ) {
    var labPlanes = lab.mutableSpan
    toLab.convert(rgb.span, count: count, into: &labPlanes)
    var hsvPlanes = hsv.mutableSpan
    toHSV.convert(rgb.span, count: count, into: &hsvPlanes)
  }

  private mutating func copy(_ row: Int, of image: WorkingImage, _ geometry: Geometry) {
    let pixels = image.pixels.span
    var out = rgb.mutableSpan
    let start = 3 * row * image.width
    if geometry.repeatX == 1 {
      for i in 0..<3 * image.width { out[i] = pixels[start + i] }
      return
    }
    for x in 0..<geometry.width {
      for c in 0..<3 { out[3 * x + c] = pixels[start + 3 * (x / geometry.repeatX) + c] }
    }
  }

  /// Means of 2 × 2 pixels, rounded; the last column or row of an odd side is averaged with itself.
  private mutating func average(_ row: Int, of image: WorkingImage, _ geometry: Geometry) {
    let pixels = image.pixels.span
    var out = rgb.mutableSpan
    let top = 3 * 2 * row * image.width
    let bottom = 3 * min(2 * row + 1, image.height - 1) * image.width
    for x in 0..<geometry.width {
      let column = 2 * (x / geometry.repeatX)
      let left = 3 * column
      let right = 3 * min(column + 1, image.width - 1)
      for c in 0..<3 {
        let sum =
          Int(pixels[top + left + c]) &+ Int(pixels[top + right + c]) &+ Int(pixels[bottom + left + c])
          &+ Int(pixels[bottom + right + c])
        out[3 * x + c] = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
      }
    }
  }
}
