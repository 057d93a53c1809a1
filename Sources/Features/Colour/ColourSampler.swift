/// The one pass over a picture that all of colour reads: its rows in CIELAB and HSV. Owns its buffers.
package struct ColourSampler: Sendable {
  private let toLab = CIELABConversion()
  private let toHSV = HSVConversion()
  /// The row's CIELAB: three planes of `AnalysisImage.fullSide` values (L*, a*, b*), of which the first `width` are
  /// valid.
  package private(set) var lab = [Float](repeating: 0, count: 3 * AnalysisImage.fullSide)
  /// The row's hue, saturation and value, likewise.
  package private(set) var hsv = [Float](repeating: 0, count: 3 * AnalysisImage.fullSide)

  package init() {}

  /// The row's first colour in CIELAB.
  package var firstColour: SIMD3<Float> {
    SIMD3(lab[0], lab[AnalysisImage.fullSide], lab[2 * AnalysisImage.fullSide])
  }

  /// Fills the buffers with row `y`.
  package mutating func read(row y: Int, of image: AnalysisImage) {
    let row = image.rgb.span.extracting(3 * y * image.width..<3 * (y + 1) * image.width)
    // Spans of two stored properties at once would be overlapping accesses to `self`; inout arguments are not.
    Self.convert(row, count: image.width, toLab, into: &lab, toHSV, into: &hsv)
  }

  private static func convert(
    _ rgb: Span<UInt8>, count: Int,
    _ toLab: CIELABConversion, into lab: inout [Float], _ toHSV: HSVConversion, into hsv: inout [Float]
  ) {
    var labPlanes = lab.mutableSpan
    toLab.convert(rgb, count: count, into: &labPlanes)
    var hsvPlanes = hsv.mutableSpan
    toHSV.convert(rgb, count: count, into: &hsvPlanes)
  }
}
