package import Imaging
package import Model

/// What was measured of one picture before anything fitted comes in.
package struct RawMeasurement: Sendable {
  /// One raw vector for each of `VisualBlock.classic`.
  package let vectors: [[Float]]
  /// At least one swatch.
  package let palette: Palette
  package let traits: VisualTraits
}

/// All classic features of a picture. Owns the working memory of every extractor: one for each thread.
package struct RawFeatures: ~Copyable {
  private var image = AnalysisImage()
  private var gradient = GradientField()
  private var colour = RawColourExtractor()
  private var texture = RawTextureExtractor()
  private var shape = RawShapeExtractor()

  package init() {}

  package mutating func measure(_ working: WorkingImage) -> RawMeasurement {
    image.load(working)
    gradient.load(image)
    let colour = colour.extract(image)
    let texture = texture.extract(image, gradient)
    let shape = shape.measure(image, gradient)
    return RawMeasurement(
      vectors: [colour.vector, texture.vector, shape.raw], palette: colour.palette,
      traits: VisualTraits(
        colour: colour.traits, tamura: texture.tamura, strokes: texture.strokes, shape: shape.traits))
  }
}
