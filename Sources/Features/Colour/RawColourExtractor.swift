internal import Foundation
package import Model

/// Measures colour before anything fitted comes in: the raw vector and the palette.
///
/// It owns its buffers, so that the pass over the pixels allocates nothing (what follows makes a few small arrays): make
/// one for each thread and keep it.
package struct RawColourExtractor: ~Copyable {
  private var sampler = ColourSampler()
  private var hsvHistogram = HSVHistogram()
  private var labHistogram = LabHistogram()
  private var layout = ColourLayout()
  private var palette = DominantPalette()

  package init() {}

  /// The raw vector, `ColourBlock.rawDimension` numbers with the parts of `ColourBlock.parts`, and the palette: one
  /// pass over the pixels. Finite for any picture.
  package mutating func extract(_ image: AnalysisImage) -> (raw: [Float], palette: Palette) {
    hsvHistogram.reset()
    labHistogram.reset()
    palette.reset()
    for y in 0..<image.height {
      sampler.read(row: y, of: image)
      if y == 0 { layout.reset(reference: sampler.firstColour) }
      // By name, not through the sampler: its spans would keep all of `self` borrowed. No copy is made.
      let (lab, hsv) = (sampler.lab, sampler.hsv)
      hsvHistogram.add(hsv.span, count: image.width)
      labHistogram.add(lab.span, count: image.width)
      layout.add(lab.span, y: y, width: image.width, height: image.height)
      palette.add(lab.span, count: image.width)
    }
    return (rawVector(), palette.palette())
  }

  /// The parts in the order of `ColourBlock.parts`.
  private func rawVector() -> [Float] {
    var raw: [Float] = []
    raw.reserveCapacity(ColourBlock.rawDimension)
    raw.append(contentsOf: hsvHistogram.shares.map { $0.squareRoot() })
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
    assert(raw.count == ColourBlock.rawDimension)
    return raw
  }
}
