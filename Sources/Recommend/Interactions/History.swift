/// What is known of a person now: works and how much each was liked.
package struct History: Sendable, Equatable {
  /// Rows of works, ascending, each once.
  package let works: [Int32]
  /// One for each work, finite: an implicit preference (above 0; below 0 a dislike) or a rating.
  package let strengths: [Float]

  package var count: Int { works.count }
  package var isEmpty: Bool { works.isEmpty }

  /// - Parameters:
  ///   - works: ascending and distinct, 0 and up.
  ///   - strengths: as many finite numbers.
  package init(works: [Int32], strengths: [Float]) {
    precondition(works.count == strengths.count, "each work of a history needs a strength")
    precondition(works.first.map { $0 >= 0 } ?? true, "a work's row is 0 or more")
    precondition(zip(works, works.dropFirst()).allSatisfy { $0 < $1 }, "the works of a history rise")
    precondition(strengths.allSatisfy(\.isFinite), "a strength is a finite number")
    self.works = works
    self.strengths = strengths
  }

  /// In any order; of a work that comes more than once, the last counts.
  package init(_ pairs: some Sequence<(work: Int32, strength: Float)>) {
    var last: [Int32: Float] = [:]
    for pair in pairs { last[pair.work] = pair.strength }
    let works = last.keys.sorted()
    self.init(works: works, strengths: works.map { last[$0] ?? 0 })
  }

  /// Nothing is known.
  package static let empty = History(works: [], strengths: [])

  /// Without works that a model of so many works doesn't know (they came later).
  func known(_ workCount: Int) -> History {
    guard let last = works.last, Int(last) >= workCount else { return self }
    let count = works.firstIndex { Int($0) >= workCount } ?? works.count
    return History(works: Array(works[..<count]), strengths: Array(strengths[..<count]))
  }

  /// What was liked: strengths above 0.
  var liked: History {
    guard strengths.contains(where: { $0 <= 0 }) else { return self }
    let kept = works.indices.filter { strengths[$0] > 0 }
    return History(works: kept.map { works[$0] }, strengths: kept.map { strengths[$0] })
  }

  /// What is known of a work, or nil.
  func strength(of work: Int32) -> Float? {
    var (low, high) = (0, works.count)
    while low < high {
      let middle = (low + high) / 2
      if works[middle] < work { low = middle + 1 } else { high = middle }
    }
    return low < works.count && works[low] == work ? strengths[low] : nil
  }
}
