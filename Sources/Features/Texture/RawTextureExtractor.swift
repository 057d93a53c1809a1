internal import Foundation
import Kernels

/// What texture has to say about one picture before anything fitted comes in.
package struct RawTexture: Sendable {
  /// `VisualBlock.texture.rawDimension` numbers with the parts of `VisualBlock.texture.parts`; finite.
  package let vector: [Float]
  package let tamura: TamuraTexture
  package let strokes: BrushStrokes
}

/// Measures texture before anything fitted comes in: the raw vector, and what of it has names that people use.
///
/// It owns its buffers, so that the passes over the pixels allocate nothing (what follows makes small arrays): make one
/// for each thread and keep it.
package struct RawTextureExtractor: ~Copyable {
  private var pyramid = TexturePyramid()
  private var fine = LocalBinaryPattern(points: 8, radius: 1)
  // Every second row tells nearly the same, in half the time.
  private var middle = LocalBinaryPattern(points: 16, radius: 2, step: 2)
  private var wide = LocalBinaryPattern(points: 24, radius: 3, step: 2)
  private var gabor = GaborBank()
  private var gradients = OrientedGradients(side: Self.side, bins: Self.bins)
  private var strokeExtractor = BrushStrokeExtractor()
  private var cooccurrence = GreyCooccurrence(step: 2)
  private var markov = MarkovField(step: 2)
  private var tamuraExtractor = TamuraExtractor()
  private var dx = [Int16](repeating: 0, count: AnalysisImage.fullSide * AnalysisImage.fullSide / 4)
  private var dy = [Int16](repeating: 0, count: AnalysisImage.fullSide * AnalysisImage.fullSide / 4)

  /// Cells a side for local statistics, and bins of orientation.
  private static let side = 16
  private static let bins = 8
  /// Sum of magnitudes (Sobel's) below which a cell hardly counts: a slope of one grey level a pixel in a few of them.
  private static let flat: Float = 200

  package init() {}

  /// - Parameter gradient: of this image.
  package mutating func extract(_ image: AnalysisImage, _ gradient: GradientField) -> RawTexture {
    var raw: [Float] = []
    raw.reserveCapacity(VisualBlock.texture.rawDimension)
    pyramid.load(image)
    appendPatterns(to: &raw)
    appendGabor(to: &raw)
    gradients.load(dx: gradient.dx.span, dy: gradient.dy.span, width: image.width, height: image.height)
    appendGradients(to: &raw)
    let strokes = appendStrokes(image, gradient, to: &raw)
    for distance in [1, 2, 4] {
      let properties = cooccurrence.properties(pyramid.grey[0], distance: distance)
      raw.append(contentsOf: GreyCooccurrence.meanAndRange(properties))
    }
    for plane in [pyramid.grey[0], pyramid.grey[1], pyramid.redGreen, pyramid.yellowBlue] {
      let fit = markov.fit(plane)
      raw.append(contentsOf: fit.coefficients)
      raw.append(log(1 + fit.residualVariance))
    }
    let tamura = tamuraExtractor.measure(pyramid.grey[0], dx: gradient.dx.span, dy: gradient.dy.span)
    raw.append(contentsOf: tamura.values)
    assert(raw.count == VisualBlock.texture.rawDimension)
    return RawTexture(vector: raw, tamura: tamura, strokes: strokes)
  }

  private mutating func appendPatterns(to raw: inout [Float]) {
    func append(_ shares: [Float]) { for share in shares { raw.append(share.squareRoot()) } }
    append(fine.uniformShares(pyramid.grey[0]))
    append(middle.uniformShares(pyramid.grey[0]))
    append(wide.rotationInvariantShares(pyramid.grey[0]))
    append(fine.uniformShares(pyramid.grey[1]))
    append(fine.uniformShares(pyramid.redGreen))
    append(fine.uniformShares(pyramid.yellowBlue))
  }

  private mutating func appendGabor(to raw: inout [Float]) {
    // Every second magnitude is enough where there are many.
    var whole: [Float] = []
    var local: [Float] = []
    for (octave, plane) in pyramid.grey.enumerated() {
      appendGabor(plane, step: octave < 2 ? 2 : 1, to: &whole, &local)
    }
    raw.append(contentsOf: whole)
    raw.append(contentsOf: local)
    for plane in [pyramid.redGreen, pyramid.yellowBlue] {
      (whole, local) = ([], [])
      appendGabor(plane, step: 2, to: &whole, &local)
      raw.append(contentsOf: whole)
      raw.append(contentsOf: local)
    }
  }

  private mutating func appendGabor(
    _ plane: TexturePlane, step: Int, to whole: inout [Float], _ local: inout [Float]
  ) {
    gabor.respond(to: plane, step: step)
    for (mean, deviation) in gabor.statistics {
      whole.append(log(1 + mean))
      whole.append(log(1 + deviation))
    }
    let cells = gabor.cellMeans(side: Self.side).map { log(1 + $0) }
    let count = Self.side * Self.side
    for k in 0..<gabor.orientations {
      let (mean, deviation) = Kernels.meanAndDeviation(cells.span.extracting(k * count..<(k + 1) * count))
      local.append(Float(mean))
      local.append(Float(deviation))
    }
  }

  /// Root shares of orientation over cells: mean and deviation of each, and of the smallest, the next, … of a cell.
  private func appendGradients(to raw: inout [Float]) {
    let bins = Self.bins
    let roots = OrientedGradients.rootShares(gradients.histograms, bins: bins, floor: Self.flat)
    var sums = [SIMD8<Float>](repeating: .zero, count: 4)
    for cell in stride(from: 0, to: roots.count, by: bins) {
      let shares = SIMD8<Float>((0..<bins).map { roots[cell + $0] })
      let ranked = SIMD8<Float>(roots[cell..<cell + bins].sorted())
      sums[0] += shares
      sums[1] += shares * shares
      sums[2] += ranked
      sums[3] += ranked * ranked
    }
    let count = Float(roots.count / bins)
    for part in [0, 2] {
      for b in 0..<bins {
        let mean = sums[part][b] / count
        raw.append(mean)
        raw.append(max(0, sums[part + 1][b] / count - mean * mean).squareRoot())
      }
    }
  }

  private mutating func appendStrokes(
    _ image: AnalysisImage, _ gradient: GradientField, to raw: inout [Float]
  ) -> BrushStrokes {
    strokeExtractor.load(
      dx: gradient.dx.span, dy: gradient.dy.span, width: image.width, height: image.height)
    let windows = Self.appendStrokes(strokeExtractor: &strokeExtractor, windows: 4, to: &raw)
    var octaves = [windows[0].energy]
    for plane in pyramid.grey[1...2] {
      Self.sobel(plane, &dx, &dy)
      Self.load(&strokeExtractor, dx, dy, plane)
      octaves.append(Self.appendStrokes(strokeExtractor: &strokeExtractor, windows: 2, to: &raw)[0].energy)
    }
    return BrushStrokes(eight: windows[1], octaves: octaves)
  }

  /// Windows of 4 pixels, 8, …: `windows` sizes. Where a picture is too small for one, the last that fits stands in.
  private static func appendStrokes(
    strokeExtractor: inout BrushStrokeExtractor, windows: Int, to raw: inout [Float]
  ) -> [StrokeStatistics] {
    var all: [StrokeStatistics] = []
    for window in 0..<windows {
      if window > 0, !strokeExtractor.coarsen(), let last = all.last {
        all.append(last)
      } else {
        all.append(strokeExtractor.statistics)
      }
      for share in all[window].orientations { raw.append(share.squareRoot()) }
      raw.append(contentsOf: all[window].values)
    }
    return all
  }

  // Spans of two stored properties at once would be overlapping accesses to `self`; inout arguments are not.
  private static func sobel(_ plane: TexturePlane, _ dx: inout [Int16], _ dy: inout [Int16]) {
    var right = dx.mutableSpan
    var down = dy.mutableSpan
    Kernels.sobel(plane.values.span, width: plane.width, height: plane.height, dx: &right, dy: &down)
  }

  private static func load(
    _ strokes: inout BrushStrokeExtractor, _ dx: [Int16], _ dy: [Int16], _ plane: TexturePlane
  ) {
    strokes.load(dx: dx.span, dy: dy.span, width: plane.width, height: plane.height)
  }
}
