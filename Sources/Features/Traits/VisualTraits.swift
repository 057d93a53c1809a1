package import Model

/// The traits of one picture.
package struct VisualTraits: Sendable, Equatable {
  /// Traits of different versions are never compared.
  package static let descriptor = BlockDescriptor(
    name: .traits, version: 1, dimension: VisualTrait.allCases.count, isUnit: false)

  /// One for each of `VisualTrait.allCases`, finite; ranges and units are told where each is measured.
  package let values: [Float]

  /// nil unless there is one finite value for each trait.
  package init?(values: [Float]) {
    guard values.count == VisualTrait.allCases.count, values.allSatisfy(\.isFinite) else { return nil }
    self.values = values
  }

  init(colour: ColourTraits) {
    values = VisualTrait.allCases.map { trait in
      switch trait {
      case .lightness: colour.lightness
      case .lightDarkContrast: colour.lightDarkContrast
      case .chroma: colour.chroma
      case .saturationContrast: colour.saturationContrast
      case .warmth: colour.warmth
      case .hueVariety: colour.hueVariety
      case .complementaryContrast: colour.complementaryContrast
      case .flatness: colour.flatness
      case .lightAbove: colour.lightAbove
      case .lightWithin: colour.lightWithin
      }
    }
  }

  package subscript(trait: VisualTrait) -> Float {
    VisualTrait.allCases.firstIndex(of: trait).map { values[$0] } ?? 0
  }
}
