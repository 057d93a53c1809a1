/// How alike one work is to works in general, block by block: the means of its cosines with them, and the covariances. From these
/// follow mean and deviation of its score for any weights.
struct Moments: Sendable, Equatable {
  /// One a block.
  let means: [Float]
  /// blocks × blocks, symmetric.
  let covariances: [Float]

  /// Mean and deviation of `Σ wᵢ·cosᵢ`.
  func score(_ shares: [Float]) -> (mean: Float, deviation: Float) {
    let n = shares.count
    var mean: Float = 0
    var variance: Float = 0
    for i in 0..<n where shares[i] != 0 {
      mean += shares[i] * means[i]
      for j in 0..<n { variance += shares[i] * shares[j] * covariances[i * n + j] }
    }
    return (mean, max(variance, Self.leastVariance).squareRoot())
  }

  /// A work that is alike to all others in the same measure is like no other in particular.
  private static let leastVariance: Float = 1e-8
}
