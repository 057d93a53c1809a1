package import Model
import Synchronization

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
  /// For some works, those of all works that are most like each.
  let nearest: [[Neighbour]]
  private let scales = Scales()

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

  /// A work that is very much like another.
  struct Neighbour: Sendable, Equatable {
    /// With the other, one a block.
    let cosines: [Float]
    let moments: Moments
  }

  /// A scale for queries with these weights.
  ///
  /// - Parameter shares: one a block, summing to 1; 0 for a block that the query lacks.
  package func scale(_ shares: [Float]) -> Scale {
    precondition(shares.count == descriptors.count)
    if let scale = scales.known.withLock({ $0[shares] }) { return scale }
    let scale = Scale(self, shares)
    scales.known.withLock { known in
      // Whoever moves a slider asks with many weights, each once.
      if known.count >= Scales.limit { known = [:] }
      known[shares] = scale
    }
    return scale
  }

  /// Those that were made: to compare all pairs by chance takes longer than a search.
  private final class Scales: Sendable {
    static let limit = 64
    let known = Mutex<[[Float]: Scale]>([:])
  }

  package static func == (a: Calibration, b: Calibration) -> Bool {
    a.descriptors == b.descriptors && a.population == b.population && a.works == b.works && a.pairs == b.pairs
      && a.nearest == b.nearest
  }

  /// What scores mean for one set of weights.
  package struct Scale: Sendable {
    private let shares: [Float]
    private let population: Population
    /// Standard scores of pairs taken by chance, lowest first.
    private let chance: [Float]
    /// What all but a few works of the collection have with the works that are most like them.
    private let usual: Float?

    /// Of the collection's own works so many have no good match: 1 in 33.
    private static let isolated = 0.03
    /// The works most like a query by which it is told whether it has a good match.
    package static let depth = 10

    fileprivate init(_ calibration: Calibration, _ shares: [Float]) {
      self.shares = shares
      population = calibration.population
      let known = calibration.works.map { $0.score(shares) }
      chance = calibration.pairs.map { pair in
        let score = Self.score(pair.cosines, shares)
        return 0.5 * (Self.standard(score, known[pair.a]) + Self.standard(score, known[pair.b]))
      }.sorted()
      let best = calibration.nearest.map { neighbours in
        Self.nearness(neighbours.map { (Self.score($0.cosines, shares), $0.moments.score(shares)) })
      }.sorted()
      usual = best.isEmpty ? nil : best[Int(Self.isolated * Double(best.count))]
    }

    /// How the likeness of a query to works is to be read.
    ///
    /// - Parameters:
    ///   - query: its blocks one after another, each of length 1 or zeros, not weighed.
    ///   - found: the works' signatures, one after another, the most like ones first; `depth` at least, where there are so many.
    /// - Returns: a percentile for each work, and whether the query has a good match among them: whether it is as near to the
    ///   first of them, measured by how near they are to works in general, as works of the collection are to theirs; nil where that
    ///   is not known.
    package func judge(query: [Float], found: [Float]) -> (percentiles: [Double], hasGoodMatch: Bool?) {
      let d = population.dimension
      precondition(query.count == d && found.count.isMultiple(of: d))
      guard let own = population.moments(query).first?.score(shares), !found.isEmpty else { return ([], nil) }
      let scores = population.moments(found).enumerated().map { index, moments in
        let cosines = Self.cosines(query[...], found[index * d..<(index + 1) * d], population.bounds)
        return (score: Self.score(cosines, shares), other: moments.score(shares))
      }
      let percentiles = scores.map {
        percentile(0.5 * (Self.standard($0.score, own) + Self.standard($0.score, $0.other)))
      }
      return (percentiles, usual.map { Self.nearness(scores.map { ($0.score, $0.other) }) >= $0 })
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

    /// By how many deviations a score is more than a work's usual one.
    private static func standard(_ score: Float, _ usual: (mean: Float, deviation: Float)) -> Float {
      (score - usual.mean) / usual.deviation
    }

    /// In the mean over the works with the best scores, by how many deviations of theirs these are more than their usual ones.
    private static func nearness(_ found: [(score: Float, usual: (mean: Float, deviation: Float))]) -> Float {
      let first = found.sorted { $0.score > $1.score }.prefix(depth)
      return first.reduce(0) { $0 + standard($1.score, $1.usual) } / Float(max(1, first.count))
    }
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
