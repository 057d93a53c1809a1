package import Model

/// What colour has to say about one picture.
package struct ColourMeasurement: Sendable, Equatable {
  /// The colour block: `ColourBlock.descriptor.dimension` numbers of L2 norm 1, always finite.
  package let block: [Float]
  /// The dominant colours; at least one.
  package let palette: Palette
}

/// Measures the colour block and the palette. Make one for each thread and keep it: it owns its buffers.
package struct ColourExtractor: ~Copyable {
  private let projection: FittedProjection
  private var raw = RawColourExtractor()

  /// - Throws: where the numbers built into the program are damaged.
  package init() throws(FittedProjectionError) { projection = try ColourBlock.projection.get() }

  /// The block and the palette of a picture, in one pass over its pixels.
  package mutating func extract(_ image: AnalysisImage) -> ColourMeasurement {
    let (vector, palette) = raw.extract(image)
    return ColourMeasurement(block: projection(vector.span), palette: palette)
  }
}
