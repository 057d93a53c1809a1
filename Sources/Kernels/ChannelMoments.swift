import CKernels

/// Mean and standard deviation `√(max(mean of squares − square of mean, 0) + ε)` of every channel over the positions of
/// a map.
///
/// - Parameters:
///   - map: `(width + 2) * (height + 2) * channels` numbers, position by position, with a border that is left out.
///   - epsilon: what is added to the variance.
///   - means, deviations: where they begin in `statistics`: `channels` numbers each.
package func channelMoments(
  _ map: Span<Float>, width: Int, height: Int, channels: Int, epsilon: Float, means: Int, deviations: Int,
  in statistics: inout MutableSpan<Float>
) {
  precondition(width > 0 && height > 0 && channels > 0 && map.count == (width + 2) * (height + 2) * channels)
  precondition(means >= 0 && deviations >= means + channels && deviations + channels <= statistics.count)
  for i in 0..<channels {
    statistics[means + i] = 0
    statistics[deviations + i] = 0
  }
  unsafe map.withUnsafeBufferPointer { map in
    unsafe statistics.withUnsafeMutableBufferPointer { statistics in
      guard let source = map.baseAddress, let target = statistics.baseAddress else { return }
      for y in 1...height {
        unsafe ckernels_add_moments(
          source + (y * (width + 2) + 1) * channels, Int32(width), Int32(channels), target + means,
          target + deviations)
      }
    }
  }
  let share = 1 / Float(width * height)
  for i in 0..<channels {
    let mean = statistics[means + i] * share
    let variance = statistics[deviations + i] * share - mean * mean
    statistics[means + i] = mean
    statistics[deviations + i] = (max(variance, 0) + epsilon).squareRoot()
  }
}
