internal import Model

/// The texture block: patterns of neighbouring pixels, energies by scale and orientation, and how
/// all that varies over the picture.
///
/// The raw vector's parts, in order (octave o is the picture at a size of 2⁻ᵒ; RG and YB are the opponent colours at
/// half the size):
///
/// | part | numbers | what |
/// | --- | --- | --- |
/// | `patternsFine` | 59 | uniform local binary patterns (8 points, radius 1), rotations apart, octave 0 |
/// | `patternsMiddle` | 243 | likewise (16, 2) |
/// | `patternsWide` | 26 | (24, 3), rotations together |
/// | `patternsHalf` | 59 | (8, 1) of octave 1 |
/// | `patternsColour` | 118 | (8, 1) of RG, then YB |
/// | `gabor` | 48 | mean and deviation of the magnitudes, 4 octaves × 6 orientations |
/// | `gaborLocal` | 48 | mean and deviation over 16 × 16 cells of their mean magnitudes, likewise |
/// | `gaborColour` | 48 | the 12 numbers as `gabor`, then the 12 as `gaborLocal`, of RG; the same of YB |
/// | `gradientsLocal` | 32 | over 16 × 16 cells, 8 root shares of orientation and the same in rising order: mean, deviation |
/// | `strokes` | 88 | windows of 4, 8, 16 and 32 pixels: 8 root shares of orientation, 14 of `StrokeStatistics.values` |
/// | `strokesCoarse` | 88 | likewise of octaves 1 and 2, windows of 4 and 8 of their pixels |
/// | `cooccurrence` | 36 | distances 1, 2, 4: means, then ranges over directions, of 6 properties |
/// | `markov` | 22 | coefficients and log residual variance of octaves 0 and 1 |
/// | `markovColour` | 22 | likewise of RG and YB |
/// | `tamura` | 9 | `TamuraTexture.values` |
///
/// Patterns are square roots of shares (Hellinger; Arandjelović & Zisserman 2012, doi:10.1109/CVPR.2012.6248018). Magnitudes,
/// their deviations and residual variances are taken as log (1 + x).
extension VisualBlock {
  package static let texture = VisualBlock(
    .texture, version: 1, dimension: 96, defaultWeight: 2,
    parts: [
      ("patternsFine", 59),
      ("patternsMiddle", 243),
      ("patternsWide", 26),
      ("patternsHalf", 59),
      ("patternsColour", 2 * 59),
      ("gabor", 48),
      ("gaborLocal", 48),
      ("gaborColour", 48),
      ("gradientsLocal", 32),
      ("strokes", 4 * (StrokeStatistics.bins + StrokeStatistics.count)),
      ("strokesCoarse", 4 * (StrokeStatistics.bins + StrokeStatistics.count)),
      ("cooccurrence", 3 * 2 * GreyCooccurrence.Properties.count),
      ("markov", 2 * (MarkovField.pairs + 1)),
      ("markovColour", 2 * (MarkovField.pairs + 1)),
      ("tamura", TamuraTexture.count),
    ], data: .texture)
}
