/// Chooses a varied list: one after another the candidate that is worth most, less its likeness to those chosen already (Carbonell &
/// Goldstein 1998, doi:10.1145/290941.291025).
package enum MaximalMarginalRelevance {
  /// - Parameters:
  ///   - count: how many are chosen, or all where there are fewer.
  ///   - worths: what each candidate is worth, on a scale of about 1.
  ///   - share: λ, 0…1: 1 is the ranking by worth, 0 looks at likeness alone once the best has been chosen.
  ///   - quotas: candidates that they refuse are passed over.
  ///   - distance: of two candidates, 0 (the same) …1.
  /// - Returns: candidates in the order in which they were chosen; of equal ones the one that is worth more, then the first.
  package static func choose(
    _ count: Int, worths: [Float], share: Float, quotas: LabelQuotas = LabelQuotas(),
    distance: (Int, Int) -> Float
  ) -> [Int] {
    precondition(share >= 0 && share <= 1)
    precondition(quotas.candidates == nil || quotas.candidates == worths.count)
    var nearest = [Float](repeating: 0, count: worths.count)
    var left = worths.indices.sorted { (worths[$1], $0) < (worths[$0], $1) }
    var chosen: [Int] = []
    var counter = quotas.counter
    while chosen.count < count {
      left.removeAll { !counter.admits($0) }
      func worth(_ i: Int) -> Float { share * worths[i] - (1 - share) * nearest[i] }
      // The best of all is chosen first whatever `share`; it has nothing to be like.
      guard var best = left.first else { break }
      if !chosen.isEmpty { for i in left where worth(i) > worth(best) { best = i } }
      left.removeAll { $0 == best }
      counter.count(best)
      chosen.append(best)
      if share < 1, chosen.count < count {
        for i in left { nearest[i] = max(nearest[i], 1 - distance(i, best)) }
      }
    }
    return chosen
  }
}
