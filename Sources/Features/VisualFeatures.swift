package import Imaging
package import Model

/// What was measured of one picture.
package struct VisualSignature: Sendable {
  /// In the order of `VisualFeatures.measured`.
  package let blocks: [Block]
  package let palette: Palette
  /// What tells its copies from other pictures.
  package let copies: CopyDescriptor
}

/// All visual blocks of a picture. Owns the working memory of every extractor: one for each thread.
package struct VisualFeatures: ~Copyable {
  /// The visual blocks in the order of a signature.
  package static var blocks: [VisualBlock] { [.colour, .texture, .shape] }
  /// What they are.
  package static var descriptors: [BlockDescriptor] { blocks.map(\.descriptor) }
  /// All that is kept of a picture: the blocks, then the traits.
  package static var measured: [BlockDescriptor] { descriptors + [VisualTraits.descriptor] }
  /// Of the method that finds the palette.
  package static let paletteVersion = 1

  private let projections: [FittedProjection]
  private var features = RawFeatures()
  private var copies = CopyDescriptorExtractor()

  /// - Throws: `FittedProjectionError` when the fitted numbers in the program are damaged.
  package init() throws(FittedProjectionError) {
    projections = try Self.blocks.map { block throws(FittedProjectionError) in try block.projection() }
  }

  package mutating func measure(_ image: WorkingImage) -> VisualSignature {
    let raw = features.measure(image)
    let vectors = zip(projections, raw.vectors).map { $0($1.span) } + [raw.traits.values]
    let blocks = zip(Self.measured, vectors).map { Block(name: $0.name, version: $0.version, vector: $1) }
    return VisualSignature(blocks: blocks, palette: raw.palette, copies: copies.extract(image))
  }
}
