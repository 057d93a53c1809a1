internal import Model

/// The shape block: how a picture is drawn and composed.
///
/// The raw vector's parts, in order:
///
/// | part | numbers | what |
/// | --- | --- | --- |
/// | `directionPairs` | 256 | `DirectionCooccurrence`, square-rooted |
/// | `strengths` | 48 | shares of pixels by the gradient's strength at three sizes, square-rooted |
/// | `orientationLayout` | 112 | 4 × 4 cells, row by row: log energy, then 6 circular moments over energy |
/// | `edgeHistogram` | 80 | `EdgeHistogram.local`, square-rooted |
/// | `localStatistics` | 48 | by size: means, then deviations, over 8 × 8 cells of log energy, 6 moments, coherence |
/// | `bends` | 24 | `ContourStatistics.bends` at three chords, square-rooted |
/// | `lengths` | 13 | `ContourStatistics.lengths`, square-rooted; log contours, log mean length, log threshold |
/// | `moments` | 14 | Hu's moments on their signed log scale: of all edges, then the dominant contours' means |
/// | `fourier` | 16 | the dominant contours' mean Fourier descriptors |
/// | `composition` | 25 | `Composition.named`; level, upright, rising, falling edges, their entropy, edge density |
///
/// Histograms are square-rooted (Hellinger; Arandjelović & Zisserman 2012, doi:10.1109/CVPR.2012.6248018). Log energy is
/// log (1 + mean gradient in grey levels); moments are divided by energy + 0.5, so that an empty cell has none.
///
/// Shape contexts (`ShapeContexts`, `ShapeWords`) add nothing to these parts and are not measured for every picture.
extension VisualBlock {
  package static let shape = VisualBlock(
    .shape, version: 1, dimension: 96, defaultWeight: 1.4,
    parts: [
      ("directionPairs", DirectionCooccurrence.count),
      ("strengths", OrientationPyramid.scales * OrientationPyramid.strengthBins),
      ("orientationLayout", 16 * OrientationPyramid.moments),
      ("edgeHistogram", EdgeHistogram.localCount),
      ("localStatistics", OrientationPyramid.scales * 16),
      ("bends", ContourStatistics.steps.count * ContourStatistics.bendBins),
      ("lengths", ContourStatistics.lengthBins + 3),
      ("moments", 14),
      ("fourier", FourierDescriptors.count),
      ("composition", 25),
    ], data: .shape)
}
