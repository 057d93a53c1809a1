package import Imaging
package import Model

/// What was measured of one picture.
package struct VisualSignature: Sendable {
  /// In the order of `VisualFeatures.descriptors`.
  package let blocks: [Block]
  package let palette: Palette
  /// What tells its copies from other pictures.
  package let copies: CopyDescriptor
}

/// All visual blocks of a picture. Owns the working memory of every extractor: one for each thread.
package struct VisualFeatures: ~Copyable {
  /// The visual blocks in the order of a signature.
  package static var descriptors: [BlockDescriptor] { [ColourBlock.descriptor] }
  /// Of the method that finds the palette.
  package static let paletteVersion = 1

  private var colour: ColourExtractor
  private var copies = CopyDescriptorExtractor()

  /// - Throws: `FittedProjectionError` when the fitted numbers in the program are damaged.
  package init() throws(FittedProjectionError) { colour = try ColourExtractor() }

  package mutating func measure(_ image: WorkingImage) -> VisualSignature {
    let measured = colour.extract(image)
    let descriptor = ColourBlock.descriptor
    return VisualSignature(
      blocks: [Block(name: descriptor.name, version: descriptor.version, vector: measured.block)],
      palette: measured.palette, copies: copies.extract(image))
  }
}
