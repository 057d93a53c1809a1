internal import Foundation
package import Model

/// What colour has to say about one picture before anything fitted comes in.
package struct RawColour: Sendable {
  /// `VisualBlock.colour.rawDimension` numbers with the parts of `VisualBlock.colour.parts`; finite.
  package let vector: [Float]
  /// At least one swatch.
  package let palette: Palette
  package let traits: ColourTraits
}

/// Measures colour before anything fitted comes in.
///
/// It owns its buffers, so that the pass over the pixels allocates nothing (what follows makes a few small arrays): make
/// one for each thread and keep it.
package struct RawColourExtractor: ~Copyable {
  private var sampler = ColourSampler()
  private var grid = ColourGrid()
  private var labHistogram = LabHistogram()
  private var layout = ColourLayout()
  private var autocorrelogram = ColourAutocorrelogram()
  private var palette = DominantPalette()

  package init() {}

  /// One pass over the pixels.
  package mutating func extract(_ image: AnalysisImage) -> RawColour {
    grid.reset()
    labHistogram.reset()
    autocorrelogram.reset()
    for y in 0..<image.height {
      sampler.read(row: y, of: image)
      if y == 0 { layout.reset(reference: sampler.firstColour) }
      // By name, not through the sampler: its span would keep all of `self` borrowed. No copy is made.
      let lab = sampler.lab
      grid.add(lab.span, count: image.width)
      layout.add(lab.span, y: y, width: image.width, height: image.height)
      autocorrelogram.add(lab.span, width: image.width)
    }
    grid.collect()
    labHistogram.add(grid.points)
    let equal = autocorrelogram.shares(width: image.width, height: image.height)
    return RawColour(
      vector: rawVector(autocorrelation: equal), palette: palette.palette(of: grid.points),
      traits: ColourTraits(points: grid.points, layout: layout, flatness: equal[2]))
  }

  /// The parts in the order of `VisualBlock.colour.parts`.
  private func rawVector(autocorrelation: [Float]) -> [Float] {
    var raw: [Float] = []
    raw.reserveCapacity(VisualBlock.colour.rawDimension)
    raw.append(contentsOf: labHistogram.shares.map { $0.squareRoot() })
    ColourStatistics(layout.whole).append(to: &raw)
    for cell in layout.statistics(side: 4) { cell.append(to: &raw, groups: 3) }
    let eight = layout.statistics(side: 8)
    for cell in eight { raw.append(contentsOf: cell.values[3..<6]) }
    ColourStatistics.appendMeansAndDeviations(of: eight, to: &raw)
    ColourStatistics.appendMeansAndDeviations(of: layout.statistics(side: 16), to: &raw)
    let contrast = layout.neighbourContrast
    for side in [contrast.vertical, contrast.horizontal] {
      for channel in 0..<3 { raw.append(Float(log1p(side[channel]))) }
    }
    raw.append(contentsOf: autocorrelation)
    assert(raw.count == VisualBlock.colour.rawDimension)
    return raw
  }
}
