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

  init(colour: ColourTraits, tamura: TamuraTexture, strokes: BrushStrokes, shape: ShapeTraits) {
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
      case .coarseness: tamura.coarseness
      case .strokeScale: strokes.scale
      case .strokeStrength: strokes.strength
      case .strokeUnevenness: strokes.unevenness
      case .strokeCoherence: strokes.coherence
      case .strokeAgreement: strokes.agreement
      case .horizontalStrokes: strokes.horizontal
      case .verticalStrokes: strokes.vertical
      case .risingStrokes: strokes.rising
      case .fallingStrokes: strokes.falling
      case .edgeDensity: shape.edgeDensity
      case .straightness: shape.straightness
      case .contourLength: shape.meanLength
      case .edgeEntropy: shape.orientations.entropy
      case .horizontalEdges: shape.orientations.horizontal
      case .verticalEdges: shape.orientations.vertical
      case .lightAbove: colour.lightAbove
      case .lightWithin: colour.lightWithin
      case .verticalSymmetry: shape.composition.leftRightSymmetry
      case .horizontalSymmetry: shape.composition.topBottomSymmetry
      case .massX: shape.composition.massX
      case .massY: shape.composition.massY
      case .massSpread: shape.composition.massSpread
      case .horizonStrength: shape.composition.horizonStrength
      case .horizon: shape.composition.horizon
      case .divisionStrength: shape.composition.divisionStrength
      case .thirds: shape.composition.thirdsPoints
      case .figureEnergy: shape.composition.figureEnergy
      case .emptiness: shape.composition.emptiness
      }
    }
  }

  package subscript(trait: VisualTrait) -> Float {
    VisualTrait.allCases.firstIndex(of: trait).map { values[$0] } ?? 0
  }
}
