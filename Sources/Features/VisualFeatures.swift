package import Imaging
package import Model

/// What was measured of one picture.
package struct VisualSignature: Sendable {
  /// In the order of `VisualSchema.measured`.
  package let blocks: [Block]
  package let palette: Palette
  /// What tells its copies from other pictures.
  package let copies: CopyDescriptor
}

/// All visual blocks of a picture. Owns the working memory of every extractor: one for each thread.
package struct VisualFeatures: ~Copyable {
  /// Of the method that finds the palette.
  package static let paletteVersion = 1

  private let schema: VisualSchema
  private let projections: [FittedProjection]
  private var features = RawFeatures()
  private var embedding: EmbeddingExtractor
  private var copies = CopyDescriptorExtractor()

  /// - Throws: `EmbeddingModelError`; `FittedProjectionError` when the fitted numbers in the program are damaged.
  package init(_ schema: VisualSchema = .standard) throws {
    let embedding = try EmbeddingExtractor(schema.model)
    projections = try VisualBlock.classic.map { try $0.projection() }
    self.embedding = embedding
    self.schema = schema
  }

  package mutating func measure(_ image: WorkingImage) -> VisualSignature {
    let raw = features.measure(image)
    let classic = zip(projections, raw.vectors).map { $0($1.span) }
    let vectors = classic + [embedding.extract(image), raw.traits.values]
    let blocks = zip(schema.measured, vectors).map { Block(name: $0.name, version: $0.version, vector: $1) }
    return VisualSignature(blocks: blocks, palette: raw.palette, copies: copies.extract(image))
  }
}
