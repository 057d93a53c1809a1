/// How well a map lays one thumbnail over another, and the Gauss–Newton step that lays it better.
struct AffineFit {
  /// Of the map, then gain and bias.
  private static let unknowns = 8
  /// Levenberg's and Marquardt's: a part of the diagonal, and at least this much.
  private static let damping: Float = 1e-3
  /// No number of the map changes by more in one step.
  private static let longestStep: Float = 0.1

  /// The correlation of the two lumas where both are seen, -1…1.
  let correlation: Float
  /// The part of the template's cells that the picture shows.
  let overlap: Float

  private let template: ThumbnailPlane
  private let warped: WarpedLuma
  /// Of the luma where both are seen: the template's and the picture's.
  private let means: SIMD2<Float>
  private let gain: Float

  init(_ template: ThumbnailPlane, _ picture: ThumbnailPlane, _ map: AffineMap) {
    let warped = WarpedLuma(picture, map)
    let (luma, samples) = (template.luma.span, warped.samples.span)
    // Of the template and of the picture.
    var sums = SIMD2<Float>.zero
    var seen: Float = 0
    for i in luma.indices {
      seen += samples[i].w
      sums += samples[i].w * SIMD2(luma[i], samples[i].x)
    }
    let means = sums / max(seen, 1)
    var squares = SIMD2<Float>.zero
    var product: Float = 0
    for i in luma.indices {
      let off = SIMD2(luma[i], samples[i].x) - means
      squares += samples[i].w * off * off
      product += samples[i].w * off.x * off.y
    }
    let count = Float(luma.count)
    self.init(
      template: template, warped: warped, means: means, overlap: seen / count,
      correlation: product / (squares.x * squares.y + 1e-6).squareRoot(),
      gain: min(10, max(0.1, product / (squares.y + 1e-6))))
  }

  private init(
    template: ThumbnailPlane, warped: WarpedLuma, means: SIMD2<Float>, overlap: Float, correlation: Float,
    gain: Float
  ) {
    self.template = template
    self.warped = warped
    self.means = means
    self.overlap = overlap
    self.correlation = correlation
    self.gain = gain
  }

  /// A better map; nil where none can be told.
  func step(from map: AffineMap) -> AffineMap? {
    var (normal, right) = equations()
    guard Self.solve(&normal, &right) else { return nil }
    let largest = right.prefix(6).reduce(0) { max($0, abs($1)) }
    guard largest.isFinite else { return nil }
    let factor = largest > Self.longestStep ? Self.longestStep / largest : 1
    var next = map
    next.a += factor * right[0]
    next.b += factor * right[1]
    next.c += factor * right[2]
    next.d += factor * right[3]
    next.e += factor * right[4]
    next.f += factor * right[5]
    return next
  }

  /// The normal equations of the linearised problem, damped: 8 × 8, row by row, and the right side.
  private func equations() -> (normal: [Float], right: [Float]) {
    let n = Self.unknowns
    var rows = InlineArray<8, SIMD8<Float>>(repeating: .zero)
    let (luma, samples) = (template.luma.span, warped.samples.span)
    var right = SIMD8<Float>.zero
    let side = ThumbnailPlane.side
    for row in 0..<side {
      let y = ThumbnailPlane.middle(row, side: side)
      for column in 0..<side {
        let i = row &* side &+ column
        let sample = samples[i]
        guard sample.w > 0 else { continue }
        let x = ThumbnailPlane.middle(column, side: side)
        let (u, v) = (gain * sample.y, gain * sample.z)
        let p = sample.x - means.y
        let residual = luma[i] - means.x - gain * p
        let jacobian = SIMD8(u * x, u * y, u, v * x, v * y, v, p, 1)
        right += residual * jacobian
        for k in 0..<n { rows[k] += jacobian[k] * jacobian }
      }
    }
    for k in 0..<n { rows[k][k] += Self.damping * rows[k][k] + Self.damping }
    return ((0..<(n * n)).map { rows[$0 / n][$0 % n] }, (0..<n).map { right[$0] })
  }

  /// Cholesky's decomposition of a symmetric positive matrix; the right side becomes the solution.
  private static func solve(_ matrix: inout [Float], _ right: inout [Float]) -> Bool {
    let n = unknowns
    for j in 0..<n {
      for k in 0..<j { matrix[j * n + j] -= matrix[j * n + k] * matrix[j * n + k] }
      guard matrix[j * n + j] > 0, matrix[j * n + j].isFinite else { return false }
      matrix[j * n + j] = matrix[j * n + j].squareRoot()
      for i in (j + 1)..<max(n, j + 1) {
        for k in 0..<j { matrix[i * n + j] -= matrix[i * n + k] * matrix[j * n + k] }
        matrix[i * n + j] /= matrix[j * n + j]
      }
    }
    for i in 0..<n {
      for k in 0..<i { right[i] -= matrix[i * n + k] * right[k] }
      right[i] /= matrix[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in (i + 1)..<max(n, i + 1) { right[i] -= matrix[k * n + i] * right[k] }
      right[i] /= matrix[i * n + i]
    }
    return true
  }
}
