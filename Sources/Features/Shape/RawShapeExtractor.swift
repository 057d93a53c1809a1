internal import Foundation

/// Measures shape before anything fitted on blocks comes in: the raw vector, and the traits that have names.
///
/// It owns its buffers, so that the passes over the pixels allocate nothing (what follows makes small arrays): make one for
/// each thread and keep it.
package struct RawShapeExtractor: ~Copyable {
  /// The longest contours, of which each is described by itself.
  package static let dominantContours = 8

  private let fourier = FourierDescriptors()
  private var edges = CannyEdges()
  private var contours = Contours()
  private var pyramid = OrientationPyramid()
  private var pairs = DirectionCooccurrence()
  private var histogram = EdgeHistogram()
  private var grid = CompositionGrid()

  package init() {}

  /// The raw vector alone.
  package mutating func extract(_ image: AnalysisImage, _ gradient: GradientField) -> [Float] {
    measure(image, gradient).raw
  }

  /// The raw vector, `VisualBlock.shape.rawDimension` numbers with the parts of `VisualBlock.shape.parts`, finite for any picture, and
  /// the traits. `gradient` is that of `image`.
  package mutating func measure(
    _ image: AnalysisImage, _ gradient: GradientField
  ) -> (raw: [Float], traits: ShapeTraits) {
    edges.detect(gradient, width: image.width, height: image.height, CannyEdges.standard)
    contours.trace(edges)
    pyramid.measure(image, gradient, edges)
    pairs.measure(gradient, width: image.width, height: image.height)
    histogram.measure(image)
    let statistics = ContourStatistics(contours)
    let traits = ShapeTraits(
      composition: grid.measure(image, edges), orientations: EdgeOrientations(edges, gradient),
      edgeDensity: edges.density, straightness: statistics.straightness, curviness: statistics.curviness,
      meanLength: statistics.meanLength, longestLength: Float(statistics.longest))
    var raw: [Float] = []
    raw.reserveCapacity(VisualBlock.shape.rawDimension)
    Self.appendRoots(pairs.shares, to: &raw)
    for shares in pyramid.strengths { Self.appendRoots(shares, to: &raw) }
    appendLayout(to: &raw)
    Self.appendRoots(histogram.local, to: &raw)
    for scale in 0..<OrientationPyramid.scales { appendStatistics(scale: scale, to: &raw) }
    for bends in statistics.bends { Self.appendRoots(bends, to: &raw) }
    Self.appendRoots(statistics.lengths, to: &raw)
    raw += [log1p(Float(statistics.contours)), log1p(statistics.meanLength), log(Float(edges.high))]
    raw.append(contentsOf: HuMoments(edgeMoments).signedLog)
    appendDominant(to: &raw)
    raw.append(contentsOf: traits.named.prefix(25).map(\.value))
    assert(raw.count == VisualBlock.shape.rawDimension)
    return (raw, traits)
  }

  private static func appendRoots(_ shares: [Float], to raw: inout [Float]) {
    for share in shares { raw.append(share.squareRoot()) }
  }

  /// Log energy and the moments over the energy, of one cell.
  private static func normalised(_ cell: ArraySlice<Float>) -> [Float] {
    let energy = cell[cell.startIndex]
    return [log1p(energy)] + cell.dropFirst().map { $0 / (energy + 0.5) }
  }

  private func appendLayout(to raw: inout [Float]) {
    let cells = pyramid.pooled(scale: 0, group: 2)
    let count = OrientationPyramid.moments
    for cell in 0..<16 { raw.append(contentsOf: Self.normalised(cells[count * cell..<count * (cell + 1)])) }
  }

  private func appendStatistics(scale: Int, to raw: inout [Float]) {
    let count = OrientationPyramid.moments
    var sums = [Float](repeating: 0, count: 8)
    var squares = sums
    for cell in 0..<64 {
      var values = Self.normalised(pyramid.cells[scale][count * cell..<count * (cell + 1)])
      values.append((values[1] * values[1] + values[2] * values[2]).squareRoot())
      for k in 0..<8 {
        sums[k] += values[k]
        squares[k] += values[k] * values[k]
      }
    }
    for k in 0..<8 { raw.append(sums[k] / 64) }
    for k in 0..<8 { raw.append(max(squares[k] / 64 - sums[k] * sums[k] / 4096, 0).squareRoot()) }
  }

  private var edgeMoments: PointMoments {
    var moments = PointMoments()
    let list = edges.edges.span
    let width = Int32(edges.width)
    for i in 0..<edges.count { moments.add(Double(list[i] % width), Double(list[i] / width)) }
    return moments
  }

  /// The means over the dominant contours of Hu's moments and of the Fourier descriptors.
  private func appendDominant(to raw: inout [Float]) {
    var hu = [Float](repeating: 0, count: 7)
    var descriptors = [Float](repeating: 0, count: FourierDescriptors.count)
    let dominant = contours.longest(Self.dominantContours)
    for index in dominant {
      let range = contours[index]
      let points = contours.points.span
      var moments = PointMoments()
      for at in range { moments.add(Double(points[2 * at]), Double(points[2 * at + 1])) }
      let own = HuMoments(moments).signedLog
      for k in 0..<7 { hu[k] += own[k] / Float(dominant.count) }
      let shape = fourier.describe(points, range)
      for k in shape.indices { descriptors[k] += shape[k] / Float(dominant.count) }
    }
    raw += hu
    raw += descriptors
  }
}
