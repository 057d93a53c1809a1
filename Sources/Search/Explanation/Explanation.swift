package import Features
import Foundation
package import Model

/// Why two works look alike, as far as it can be said in words: what is unusual about both.
///
/// A trait that both have in common with everybody explains nothing. What counts is how improbable it is that two works
/// drawn at random are both as far out on the same side: where the less extreme of the two lies in the outermost part e
/// of real art, that is e², and the surprise is -log₂ e² bits (Shannon 1948). Traits that say much the same as one said
/// already (by the correlation of their ranks over real art) are left out.
package struct Explanation: Sendable {
  /// What one work has as another.
  package struct SharedTrait: Sendable, Equatable {
    package let trait: VisualTrait
    package let end: TraitEnd
    /// The values of both works, and the parts of real art that lie below them, 0…1.
    package let values, percentiles: [Float]
    /// In bits.
    package let surprise: Float
  }

  /// What sets two works apart.
  package struct Difference: Sendable, Equatable {
    package let trait: VisualTrait
    package let values, percentiles: [Float]
    /// Where the first work lies.
    package var end: TraitEnd { percentiles[0] < percentiles[1] ? .low : .high }
  }

  /// How alike two works are in one block.
  package struct Agreement: Sendable, Equatable {
    package let block: BlockName
    package let cosine: Float
    /// The part of random pairs that are less alike, 0…1.
    package let percentile: Float
  }

  /// Most surprising first.
  package let alike: [SharedTrait]
  /// Those of `alike` that a person wants to hear: the first eight.
  package var said: [SharedTrait] { Array(alike.prefix(8)) }
  /// Farthest apart first.
  package let unlike: [Difference]
  /// For the blocks that both have.
  package let agreements: [Agreement]
  /// Most present first.
  package let colours: [SharedColour]
  /// Of all that is alike, in bits.
  package let surprise: Float
  /// The part of random pairs that have less in common, 0…1.
  package let percentile: Float

  /// A trait in the outer fifth of both works is worth a word.
  package static let leastExtremity: Float = 0.2
  /// Traits whose ranks correlate more than this say the same.
  private static let sameness: Float = 0.6
  /// Works farther apart than this in a trait's percentile differ in it.
  private static let difference: Float = 0.65
  private static let mostDifferences = 3

  package init(_ a: Subject, _ b: Subject, statistics: TraitStatistics) {
    let pairs = VisualTrait.allCases.map { trait in
      let values = [a.traits[trait], b.traits[trait]]
      return (trait, values, values.map { statistics.percentile(of: $0, in: trait) })
    }
    let shared = pairs.compactMap { trait, values, percentiles -> SharedTrait? in
      let (low, high) = (percentiles.max() ?? 0.5, 1 - (percentiles.min() ?? 0.5))
      let extremity = min(low, high)
      guard extremity <= Self.leastExtremity else { return nil }
      // No more is known than the fitted quantiles tell.
      let surprise = -2 * log2(max(extremity, 0.005))
      return SharedTrait(
        trait: trait, end: low < high ? .low : .high, values: values, percentiles: percentiles,
        surprise: surprise)
    }
    alike = Self.distinct(shared.sorted { $0.surprise > $1.surprise }, statistics)
    surprise = alike.reduce(0) { $0 + $1.surprise }
    percentile = statistics.percentile(ofSurprise: surprise)
    let apart = pairs.filter { abs($0.2[0] - $0.2[1]) > Self.difference }
      .sorted { abs($0.2[0] - $0.2[1]) > abs($1.2[0] - $1.2[1]) }
      .map { Difference(trait: $0.0, values: $0.1, percentiles: $0.2) }
    unlike = Array(Self.distinct(apart, statistics).prefix(Self.mostDifferences))
    agreements = VisualSchema.names.enumerated().compactMap { index, name in
      guard let p = a.vectors[index], let q = b.vectors[index] else { return nil }
      let cosine = zip(p, q).reduce(Float(0)) { $0 + $1.0 * $1.1 }
      return Agreement(
        block: name, cosine: cosine,
        percentile: statistics.percentile(ofCosine: cosine, inBlock: index))
    }
    colours = SharedColour.common(to: a.palette, and: b.palette)
  }

  /// What is known of one of the two works.
  package struct Subject: Sendable {
    package let traits: VisualTraits
    package let palette: Palette
    /// One for each of `VisualSchema.names`, nil where one is missing.
    package let vectors: [[Float]?]

    package init(traits: VisualTraits, palette: Palette, vectors: [[Float]?]) {
      self.traits = traits
      self.palette = palette
      self.vectors = vectors
    }
  }

  /// Those that say something that no earlier one says.
  private static func distinct<T: SpeaksOfTrait>(_ items: [T], _ statistics: TraitStatistics) -> [T] {
    items.reduce(into: []) { said, item in
      let isNew = said.allSatisfy { abs(statistics.correlation($0.trait, item.trait)) <= sameness }
      if isNew { said.append(item) }
    }
  }
}

/// An end of a trait's range.
package enum TraitEnd: String, Codable, Sendable {
  case low, high
}

private protocol SpeaksOfTrait {
  var trait: VisualTrait { get }
}

extension Explanation.SharedTrait: SpeaksOfTrait {}
extension Explanation.Difference: SpeaksOfTrait {}
