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
    var left = descendingOrder(worths)
    // What each is worth beside the first `compared` of those chosen. It falls as more are chosen, so only those that might be the
    // best have to be compared with the rest (Minoux 1978, doi:10.1007/BFb0006528).
    var nearest = [Float](repeating: 0, count: worths.count)
    var compared = [Int](repeating: 0, count: worths.count)
    var values = worths.map { share * $0 }
    var chosen: [Int] = []
    var counter = quotas.counter
    while chosen.count < count {
      if quotas.candidates != nil { left.removeAll { !counter.admits($0) } }
      guard !left.isEmpty else { break }
      // The best of all is chosen first whatever `share`; it has nothing to be like.
      var at = 0
      while !chosen.isEmpty {
        at = 0
        for place in left.indices where values[left[place]] > values[left[at]] { at = place }
        let best = left[at]
        guard share < 1, compared[best] < chosen.count else { break }
        for other in chosen[compared[best]...] {
          nearest[best] = max(nearest[best], 1 - distance(best, other))
        }
        compared[best] = chosen.count
        values[best] = share * worths[best] - (1 - share) * nearest[best]
      }
      let best = left.remove(at: at)
      counter.count(best)
      chosen.append(best)
    }
    return chosen
  }
}
