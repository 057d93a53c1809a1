internal import Model

/// The colour block: how much of which colour a picture has, how its colours vary, and where they are.
///
/// The raw vector's parts, in order:
///
/// | part | numbers | what |
/// | --- | --- | --- |
/// | `labHistogram` | 288 | soft histogram, 8 × L* in 0…100, 6 × a* in -40…40, 6 × b* in -40…56 |
/// | `moments` | 12 | the whole picture's statistics |
/// | `layout` | 144 | 4 × 4 cells, row by row: the first 9 statistics of each |
/// | `contrastLayout` | 192 | 8 × 8 cells, row by row: the log deviations of L*, a*, b* |
/// | `localStatistics` | 48 | the 12 statistics' means, then deviations, over 8 × 8 cells; then over 16 × 16 cells |
/// | `neighbourContrast` | 6 | of touching cells in 16 × 16: vertical, then horizontal, L*, a*, b* |
/// | `autocorrelation` | 4 | pairs of pixels with one colour, at the distances of `ColourAutocorrelogram` |
///
/// The histogram is square-rooted (Hellinger; Arandjelović & Zisserman 2012, doi:10.1109/CVPR.2012.6248018). The 12
/// statistics of a set of pixels are `ColourStatistics`. Contrast is log (1 + mean absolute difference of the means).
extension VisualBlock {
  package static let colour = VisualBlock(
    .colour, version: 2, dimension: 96, defaultWeight: 1,
    parts: [
      ("labHistogram", LabHistogram.count),
      ("moments", ColourStatistics.count),
      ("layout", 16 * 9),
      ("contrastLayout", 64 * 3),
      ("localStatistics", 4 * ColourStatistics.count),
      ("neighbourContrast", 6),
      ("autocorrelation", ColourAutocorrelogram.distances.count),
    ], data: .colour)
}
