/// A picture's rows in CIELAB, one at a time. Owns its buffer.
package struct ColourSampler: Sendable {
  private let conversion = CIELABConversion()
  /// Three planes of `AnalysisImage.fullSide` values (L*, a*, b*), of which the first `width` are valid.
  package private(set) var lab = [Float](repeating: 0, count: 3 * AnalysisImage.fullSide)

  package init() {}

  /// The row's first colour.
  package var firstColour: SIMD3<Float> {
    SIMD3(lab[0], lab[AnalysisImage.fullSide], lab[2 * AnalysisImage.fullSide])
  }

  /// Fills the buffer with row `y`.
  package mutating func read(row y: Int, of image: AnalysisImage) {
    let row = image.rgb.span.extracting(3 * y * image.width..<3 * (y + 1) * image.width)
    let conversion = conversion
    var planes = lab.mutableSpan
    conversion.convert(row, count: image.width, into: &planes)
  }
}
