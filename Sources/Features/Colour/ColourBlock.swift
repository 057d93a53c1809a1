internal import CFeatureData
package import Model

/// The colour block: how much of which colour a picture has, how its colours vary, and where they are.
///
/// The raw vector's parts, in order:
///
/// | part | numbers | what |
/// | --- | --- | --- |
/// | `hsvHistogram` | 196 | soft histogram: 4 by value for the lowest saturation, then 16 hues × 3 saturations × 4 values |
/// | `labHistogram` | 288 | soft histogram, 8 × L* in 0…100, 6 × a* in -40…40, 6 × b* in -40…56 |
/// | `moments` | 12 | the whole picture's statistics |
/// | `layout` | 144 | 4 × 4 cells, row by row: the first 9 statistics of each |
/// | `contrastLayout` | 192 | 8 × 8 cells, row by row: the log deviations of L*, a*, b* |
/// | `localStatistics` | 48 | the 12 statistics' means, then deviations, over 8 × 8 cells; then over 16 × 16 cells |
/// | `neighbourContrast` | 6 | of touching cells in 16 × 16: vertical, then horizontal, L*, a*, b* |
///
/// Histograms are square-rooted (Hellinger; Arandjelović & Zisserman 2012, doi:10.1109/CVPR.2012.6248018). The 12
/// statistics of a set of pixels are `ColourStatistics`. Contrast is log (1 + mean absolute difference of the means).
package enum ColourBlock {
  /// Name, version and dimension.
  package static let descriptor = BlockDescriptor(name: .colour, version: 1, dimension: 96)

  /// The raw vector's parts, one after another from 0.
  package static let parts = BlockPart.sequence([
    ("hsvHistogram", HSVHistogram.count),
    ("labHistogram", LabHistogram.count),
    ("moments", ColourStatistics.count),
    ("layout", 16 * 9),
    ("contrastLayout", 64 * 3),
    ("localStatistics", 4 * ColourStatistics.count),
    ("neighbourContrast", 6),
  ])

  /// Numbers in a raw vector.
  package static let rawDimension = parts.reduce(0) { $0 + $1.count }

  /// What was fitted on training art (`tools/fit-colour`).
  static let projection = Result { () throws(FittedProjectionError) -> FittedProjection in
    let count = cfeaturedata_colour_word_count()
    let projection = try FittedProjection(words: (0..<count).map { cfeaturedata_colour_word($0) })
    guard projection.version == descriptor.version, projection.dimension == descriptor.dimension,
      projection.rawDimension == rawDimension
    else { throw .anotherBlock }
    return projection
  }
}
