package import Model

/// Makes scores readable: how rare it is among two works taken by chance to be as alike as these two, whatever the weights.
///
/// A raw score says little: one picture is alike to hundreds of works at 0.4, another to none. So a score is first standardised
/// on both sides, by what the query's scores with all works are like and what the found work's are (local scaling against hubs,
/// works that are near to everything: Schnitzer, Flexer, Schedl & Widmer 2012, "Local and global scaling reduce hubs in space",
/// JMLR 13), then compared with pairs taken by chance. Means and deviations follow from the collection's covariance, the pairs are
/// kept block by block: so the percentile is of the weights that were asked with, and nothing is fitted anew for them.
package struct Calibration: Sendable, Equatable {
  /// The blocks that it knows.
  package let descriptors: [BlockDescriptor]
  let population: Population
  /// Of works taken by chance.
  let works: [Moments]
  /// Pairs of these works.
  let pairs: [Pair]
  /// Some of these works, each with those of all works that are most like it.
  let nearest: [[Neighbour]]

  init(
    descriptors: [BlockDescriptor], population: Population, works: [Moments], pairs: [Pair],
    nearest: [[Neighbour]]
  ) {
    self.descriptors = descriptors
    self.population = population
    self.works = works
    self.pairs = pairs
    self.nearest = nearest
  }

  /// Two works, by their places in `works`.
  struct Pair: Sendable, Equatable {
    let a, b: Int
    /// One a block.
    let cosines: [Float]
  }

  /// One that is very much like `work`.
  struct Neighbour: Sendable, Equatable {
    /// A place in `works`.
    let work: Int
    let cosines: [Float]
    let moments: Moments
  }

  /// A scale for queries with these weights.
  ///
  /// - Parameter shares: one a block, summing to 1; 0 for a block that the query lacks.
  package func scale(_ shares: [Float]) -> Scale {
    precondition(shares.count == descriptors.count)
    return Scale(self, shares)
  }

  /// Percentiles for one set of weights.
  package struct Scale: Sendable {
    private let shares: [Float]
    private let population: Population
    /// Standard scores of pairs taken by chance, lowest first.
    private let chance: [Float]
    /// What all but a few works of the collection have with the work that is most like them.
    private let usual: Float?

    /// Of the collection's own works so many have no match as good as this: 1 in 20.
    private static let isolated = 0.05

    fileprivate init(_ calibration: Calibration, _ shares: [Float]) {
      self.shares = shares
      population = calibration.population
      let known = calibration.works.map { $0.score(shares) }
      chance = calibration.pairs.map {
        Self.standard(Self.score($0.cosines, shares), known[$0.a], known[$0.b])
      }.sorted()
      let best = calibration.nearest.compactMap { neighbours in
        neighbours.map {
          Self.standard(Self.score($0.cosines, shares), known[$0.work], $0.moments.score(shares))
        }.max()
      }.sorted()
      usual = best.isEmpty ? nil : best[Int(Self.isolated * Double(best.count))]
    }

    /// How the likeness of a query to works is to be read.
    ///
    /// - Parameters:
    ///   - query: its blocks one after another, each of length 1 or zeros, not weighed.
    ///   - found: the works' signatures, one after another.
    /// - Returns: for each work.
    package func judge(query: [Float], found: [Float]) -> [Judgement] {
      let d = population.dimension
      precondition(query.count == d && found.count.isMultiple(of: d))
      guard let own = population.moments(query).first?.score(shares) else { return [] }
      return population.moments(found).enumerated().map { index, moments in
        let cosines = Self.cosines(query[...], found[index * d..<(index + 1) * d], population.bounds)
        let standard = Self.standard(Self.score(cosines, shares), own, moments.score(shares))
        return Judgement(percentile: percentile(standard), isGood: usual.map { standard >= $0 })
      }
    }

    /// 0…100: the part of the pairs taken by chance that are less alike; ties count half.
    func percentile(_ standard: Float) -> Double {
      guard !chance.isEmpty else { return 50 }
      let below = chance.partition { $0 >= standard }
      let above = chance.partition { $0 > standard }
      return 100 * (Double(below) + 0.5 * Double(above - below)) / Double(chance.count)
    }

    static func cosines(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>, _ bounds: [Int]) -> [Float] {
      zip(bounds, bounds.dropFirst()).map { from, to in
        zip(a[a.startIndex + from..<a.startIndex + to], b[b.startIndex + from..<b.startIndex + to])
          .reduce(0) { $0 + $1.0 * $1.1 }
      }
    }

    private static func score(_ cosines: [Float], _ shares: [Float]) -> Float {
      zip(cosines, shares).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// By how many deviations a score is more than either work's usual one, in the mean of both.
    private static func standard(
      _ score: Float, _ a: (mean: Float, deviation: Float), _ b: (mean: Float, deviation: Float)
    ) -> Float {
      0.5 * ((score - a.mean) / a.deviation + (score - b.mean) / b.deviation)
    }
  }

  /// What a score means.
  package struct Judgement: Sendable, Equatable {
    /// 0…100: so many of a hundred pairs of works taken by chance are less alike.
    package let percentile: Double
    /// The two are as alike as works of the collection usually are to the one that is most like them; nil where that is not known.
    package let isGood: Bool?
  }
}

extension [Float] {
  /// In a sorted array, the first place of which the condition is true.
  fileprivate func partition(_ condition: (Float) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
