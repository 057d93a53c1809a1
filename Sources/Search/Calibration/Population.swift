import Kernels

/// Mean and covariance of a collection's signatures: what is needed to know how alike any picture is to works in general without
/// comparing it with them.
struct Population: Sendable, Equatable {
  /// Where each block begins, and the end.
  let bounds: [Int]
  /// Of all numbers of a signature.
  let mean: [Float]
  /// dimension × dimension.
  let covariance: [Float]

  var blocks: Int { bounds.count - 1 }
  var dimension: Int { mean.count }

  /// - Parameter rows: signatures, one after another; at least one.
  init(_ layout: SignatureLayout, rows: [Float]) {
    let d = layout.dimension
    let n = Float(rows.count / d)
    precondition(n >= 1)
    var mean = [Float](repeating: 0, count: d)
    for (index, value) in rows.enumerated() { mean[index % d] += value / n }
    let gram = gramMatrix(rows.span, columns: d)
    covariance = gram.indices.map { Float(gram[$0] / Double(n)) - mean[$0 / d] * mean[$0 % d] }
    self.mean = mean
    bounds = layout.offsets + [d]
  }

  init(bounds: [Int], mean: [Float], covariance: [Float]) {
    self.bounds = bounds
    self.mean = mean
    self.covariance = covariance
  }

  /// - Parameter rows: signatures, one after another, not weighed.
  func moments(_ rows: [Float]) -> [Moments] {
    let (d, count) = (dimension, rows.count / dimension)
    guard count > 0 else { return [] }
    var means = [Float](repeating: 0, count: count * blocks)
    var covariances = [Float](repeating: 0, count: count * blocks * blocks)
    for i in 0..<blocks {
      let range = bounds[i]..<bounds[i + 1]
      let part = (0..<count).flatMap { rows[$0 * d + range.lowerBound..<$0 * d + range.upperBound] }
      let strip = Array(covariance[range.lowerBound * d..<range.upperBound * d])
      var products = [Float](repeating: 0, count: count * d)
      var span = products.mutableSpan
      matrixProduct(part.span, strip.span, rows: count, inner: range.count, columns: d, into: &span)
      let all = rows.span
      for row in 0..<count {
        means[row * blocks + i] = dot(
          all.extracting(row * d + range.lowerBound..<row * d + range.upperBound), mean.span.extracting(range)
        )
        for j in 0..<blocks {
          let other = row * d + bounds[j]..<row * d + bounds[j + 1]
          covariances[(row * blocks + i) * blocks + j] = dot(
            products.span.extracting(other), all.extracting(other))
        }
      }
    }
    return (0..<count).map { row in
      Moments(
        means: Array(means[row * blocks..<(row + 1) * blocks]),
        covariances: Array(covariances[row * blocks * blocks..<(row + 1) * blocks * blocks]))
    }
  }
}
