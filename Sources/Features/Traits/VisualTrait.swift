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
  case coarseness
  case strokeScale = "stroke-scale"
  case strokeStrength = "stroke-strength"
  case strokeUnevenness = "stroke-unevenness"
  case strokeCoherence = "stroke-coherence"
  case strokeAgreement = "stroke-agreement"
  case horizontalStrokes = "horizontal-strokes"
  case verticalStrokes = "vertical-strokes"
  case risingStrokes = "rising-strokes"
  case fallingStrokes = "falling-strokes"
  case edgeDensity = "edge-density"
  case straightness
  case contourLength = "contour-length"
  case edgeEntropy = "edge-entropy"
  case horizontalEdges = "horizontal-edges"
  case verticalEdges = "vertical-edges"
  case lightAbove = "light-above"
  case lightWithin = "light-within"
  case verticalSymmetry = "vertical-symmetry"
  case horizontalSymmetry = "horizontal-symmetry"
  case massX = "mass-x"
  case massY = "mass-y"
  case massSpread = "mass-spread"
  case horizonStrength = "horizon-strength"
  case horizon
  case divisionStrength = "division-strength"
  case thirds
  case figureEnergy = "figure-energy"
  case emptiness

  /// What a trait speaks of.
  package enum Aspect: String, CaseIterable, Codable, Sendable {
    case palette, brushwork, drawing, composition
  }

  package var aspect: Aspect {
    switch self {
    case .lightness, .lightDarkContrast, .chroma, .saturationContrast, .warmth, .hueVariety,
      .complementaryContrast:
      .palette
    case .flatness, .coarseness, .strokeScale, .strokeStrength, .strokeUnevenness, .strokeCoherence,
      .strokeAgreement, .horizontalStrokes, .verticalStrokes, .risingStrokes, .fallingStrokes:
      .brushwork
    case .edgeDensity, .straightness, .contourLength, .edgeEntropy, .horizontalEdges, .verticalEdges: .drawing
    case .lightAbove, .lightWithin, .verticalSymmetry, .horizontalSymmetry, .massX, .massY, .massSpread,
      .horizonStrength, .horizon, .divisionStrength, .thirds, .figureEnergy, .emptiness:
      .composition
    }
  }
}
