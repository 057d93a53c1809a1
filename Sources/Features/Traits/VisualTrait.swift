/// One number of a picture that has a meaning for people, and so can be said in words.
///
/// Raw values are the names in documents and never change.
package enum VisualTrait: String, CaseIterable, Codable, Sendable {
  case lightness
  case lightDarkContrast = "light-dark-contrast"
  case chroma
  case saturationContrast = "saturation-contrast"
  case warmth
  case hueVariety = "hue-variety"
  case complementaryContrast = "complementary-contrast"
  case flatness
  case lightAbove = "light-above"
  case lightWithin = "light-within"

  /// What a trait speaks of.
  package enum Aspect: String, CaseIterable, Codable, Sendable {
    case palette, brushwork, drawing, composition
  }

  package var aspect: Aspect {
    switch self {
    case .lightness, .lightDarkContrast, .chroma, .saturationContrast, .warmth, .hueVariety,
      .complementaryContrast:
      .palette
    case .flatness: .brushwork
    case .lightAbove, .lightWithin: .composition
    }
  }
}
