import Kernels

/// A mean and where it would lie if other people had been asked (percentile bootstrap over people; Efron and Tibshirani 1993).
package struct ConfidenceInterval: Sendable, Equatable {
  package let mean, low, high: Double

  /// - Parameters:
  ///   - values: one for each person.
  ///   - level: 0…1.
  ///   - samples: how many times people are drawn anew.
  package init(_ values: [Double], level: Double = 0.95, samples: Int = 1_000, seed: UInt64 = 1) {
    precondition(level > 0 && level < 1 && samples > 0)
    guard !values.isEmpty else {
      (mean, low, high) = (0, 0, 0)
      return
    }
    var random = SplitMix(state: seed)
    let count = UInt64(values.count)
    var means: [Double] = []
    means.reserveCapacity(samples)
    for _ in 0..<samples {
      var sum = 0.0
      for _ in values.indices { sum += values[Int(random.next().multipliedFullWidth(by: count).high)] }
      means.append(sum / Double(values.count))
    }
    means.sort()
    let tail = (1 - level) / 2
    mean = values.reduce(0, +) / Double(values.count)
    low = means[Int(tail * Double(samples - 1))]
    high = means[Int(((1 - tail) * Double(samples - 1)).rounded(.up))]
  }

  /// Of the differences `a − b` of the same people: narrower than two intervals apart, since what makes a person easy or hard falls out.
  package static func ofDifferences(_ a: [Double], _ b: [Double], seed: UInt64 = 1) -> ConfidenceInterval {
    precondition(a.count == b.count, "differences are of the same people")
    return ConfidenceInterval(zip(a, b).map { $0 - $1 }, seed: seed)
  }
}
