import Kernels

/// Chooses a varied list: one after another the item that is worth most less its likeness to those chosen already
/// (Carbonell & Goldstein 1998, doi:10.1145/290941.291025).
enum MaximalMarginalRelevance {
  /// - Parameters:
  ///   - count: how many are chosen, or all where there are fewer.
  ///   - relevances: what each is worth.
  ///   - vectors: as many, of one length; their inner product is how alike two are.
  ///   - diversity: 0…1, how much likeness counts beside worth.
  /// - Returns: which items, in the order in which they were chosen.
  static func choose(_ count: Int, relevances: [Float], vectors: [[Float]], diversity: Float) -> [Int] {
    precondition(relevances.count == vectors.count)
    var nearest = [Float](repeating: 0, count: vectors.count)
    var left = Array(vectors.indices)
    var chosen: [Int] = []
    func worth(_ i: Int) -> Float {
      (1 - diversity) * relevances[i] - diversity * (chosen.isEmpty ? 0 : nearest[i])
    }
    while chosen.count < count, let next = left.max(by: { (worth($0), $1) < (worth($1), $0) }) {
      left.removeAll { $0 == next }
      for i in left {
        let (a, b) = (vectors[i], vectors[next])
        let likeness = dot(a.span, b.span)
        nearest[i] = chosen.isEmpty ? likeness : max(nearest[i], likeness)
      }
      chosen.append(next)
    }
    return chosen
  }
}
