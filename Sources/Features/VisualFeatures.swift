package import Imaging
package import Model

/// What was measured of one picture.
package struct VisualSignature: Sendable {
  /// In the order of `VisualFeatures.descriptors`.
  package let blocks: [Block]
  package let palette: Palette
  package let traits: VisualTraits
}

/// All visual blocks of a picture. Owns the working memory of every extractor: one for each thread.
package struct VisualFeatures: ~Copyable {
  /// The visual blocks in the order of a signature.
  package static var blocks: [VisualBlock] { [.colour] }
  /// What they are.
  package static var descriptors: [BlockDescriptor] { blocks.map(\.descriptor) }
  /// Of the method that finds the palette.
  package static let paletteVersion = 1

  private let projections: [FittedProjection]
  private var features = RawFeatures()

  /// - Throws: `FittedProjectionError` when the fitted numbers in the program are damaged.
  package init() throws(FittedProjectionError) {
    projections = try Self.blocks.map { block throws(FittedProjectionError) in try block.projection() }
  }

  package mutating func measure(_ image: WorkingImage) -> VisualSignature {
    let raw = features.measure(image)
    let blocks = zip(zip(Self.descriptors, projections), raw.vectors).map { fitted, vector in
      Block(name: fitted.0.name, version: fitted.0.version, vector: fitted.1(vector.span))
    }
    return VisualSignature(blocks: blocks, palette: raw.palette, traits: raw.traits)
  }
}
