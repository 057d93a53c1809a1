/// What of a picture's drawing and composition a person can name: for explanations.
package struct ShapeTraits: Sendable {
  package let composition: Composition
  package let orientations: EdgeOrientations
  /// Share of the pixels that are edges, 0…1.
  package let edgeDensity: Float
  /// `ContourStatistics.straightness`, 0…1, and `ContourStatistics.curviness`, 0…2.
  package let straightness, curviness: Float
  /// Mean points of a contour, and the longest's; 0 without contours.
  package let meanLength, longestLength: Float

  /// Every trait by name: the composition's, then those of the edges and contours.
  package var named: [(name: String, value: Float)] {
    composition.named + [
      ("horizontalEdges", orientations.horizontal), ("verticalEdges", orientations.vertical),
      ("risingEdges", orientations.rising), ("fallingEdges", orientations.falling),
      ("orientationEntropy", orientations.entropy), ("edgeDensity", edgeDensity),
      ("straightness", straightness), ("curviness", curviness), ("meanLength", meanLength),
      ("longestLength", longestLength),
    ]
  }
}
