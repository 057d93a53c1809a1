import Foundation

/// How known works are, and what follows from it for a list.
package struct Popularity: Sendable, Equatable {
  /// All people.
  package let people: Int
  /// Of each work how many of them have to do with it.
  package let counts: [Int]
  /// Of the least known work.
  private let least: Int

  package init(people: Int, counts: [Int]) {
    precondition(people >= 0 && counts.allSatisfy { $0 >= 0 })
    self.people = people
    self.counts = counts
    least = counts.min() ?? 0
  }

  /// How surprising it is that somebody knows the work, 0 (all do) …1 (nobody does): its self-information `−log₂ p` over the largest there
  /// can be, with `p = (count + 1) / (people + 2)` (Zhou et al. 2010, doi:10.1073/pnas.1000488107).
  package func novelty(_ work: Int) -> Float {
    guard people > 0 else { return 1 }
    let p = Double(min(people, counts[work]) + 1) / Double(people + 2)
    return Float(-log2(p) / log2(Double(people + 2)))
  }

  /// What a work's worth is multiplied by, so that what is shown much is not shown ever more: inverse propensity to the power,
  /// `((least + 1) / (count + 1))^power`, 0…1, for the least known work of all (power law of propensities: Yang et al. 2018,
  /// doi:10.1145/3240323.3240355).
  ///
  /// - Parameter power: 0 (no correction) …1.
  package func correction(_ work: Int, power: Float) -> Float {
    power == 0 ? 1 : pow(Float(least + 1) / Float(counts[work] + 1), power)
  }
}
