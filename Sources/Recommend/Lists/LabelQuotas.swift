/// No more than so many works with one label in a list: two by one artist and four of one style, say.
package struct LabelQuotas: Sendable, Equatable {
  /// Works with one label at most, one number a kind of label.
  private let most: [Int]
  /// candidates × kinds: a number for each label of a kind, −1 where there is none.
  private let labels: [Int]
  /// Labels of each kind.
  private let counts: [Int]
  /// How many candidates there are labels of; nil where there are no quotas.
  let candidates: Int?

  /// No quotas.
  package init() { (most, labels, counts, candidates) = ([], [], [], nil) }

  /// - Parameters:
  ///   - most: 1 or more, one number a kind of label.
  ///   - labels: of each candidate one a kind; nil where it has none: such are never too many.
  package init(most: [Int], labels: [[String?]]) {
    precondition(most.allSatisfy { $0 >= 1 } && labels.allSatisfy { $0.count == most.count })
    var numbers = [[String: Int]](repeating: [:], count: most.count)
    var flat: [Int] = []
    for candidate in labels {
      for (kind, label) in candidate.enumerated() {
        guard let label else {
          flat.append(-1)
          continue
        }
        let next = numbers[kind].count
        flat.append(numbers[kind][label, default: next])
        numbers[kind][label] = flat[flat.count - 1]
      }
    }
    self.most = most
    self.labels = flat
    counts = numbers.map(\.count)
    candidates = labels.count
  }

  var counter: Counter { Counter(quotas: self, taken: counts.map { [Int](repeating: 0, count: $0) }) }

  /// What has been chosen so far.
  struct Counter {
    let quotas: LabelQuotas
    /// By label, one a kind.
    var taken: [[Int]]

    func admits(_ candidate: Int) -> Bool {
      for kind in taken.indices {
        let label = quotas.labels[candidate * taken.count + kind]
        if label >= 0, taken[kind][label] >= quotas.most[kind] { return false }
      }
      return true
    }

    mutating func count(_ candidate: Int) {
      for kind in taken.indices {
        let label = quotas.labels[candidate * taken.count + kind]
        if label >= 0 { taken[kind][label] += 1 }
      }
    }
  }
}
