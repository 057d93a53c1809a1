import Kernels

/// Which lines of a table a model learns from, and which it is asked about.
package struct Split: Sendable, Equatable {
  /// Places of lines, ascending.
  package let training, test: [Int]

  /// - Parameter isTest: one for each line.
  package init(_ isTest: [Bool]) {
    training = isTest.indices.filter { !isTest[$0] }
    test = isTest.indices.filter { isTest[$0] }
  }

  /// Random folds of even size: each line is a test in one of them.
  package static func folds(_ count: Int, folds: Int, seed: UInt64) -> [Split] {
    precondition(folds > 1)
    return given(foldNumbers(count, folds: folds, seed: seed), folds: folds)
  }

  /// The fold of each line.
  package static func foldNumbers(_ count: Int, folds: Int, seed: UInt64) -> [Int] {
    var random = SplitMix(state: seed)
    let order = (0..<count).shuffled(using: &random)
    var numbers = [Int](repeating: 0, count: count)
    for (place, line) in order.enumerated() { numbers[line] = place * folds / max(1, count) }
    return numbers
  }

  /// Folds as given.
  ///
  /// - Parameter numbers: the fold of each line, 0..<folds.
  package static func given(_ numbers: [Int], folds: Int) -> [Split] {
    (0..<folds).map { fold in Split(numbers.map { $0 == fold }) }
  }

  /// Each person's latest line is a test, if they have another (of equal times the last line).
  package static func leaveLastOut(people: [Int32], times: [Int64]) -> Split {
    precondition(people.count == times.count)
    var last: [Int32: Int] = [:]
    var counts: [Int32: Int] = [:]
    for line in people.indices {
      counts[people[line], default: 0] += 1
      if let before = last[people[line]], times[before] > times[line] { continue }
      last[people[line]] = line
    }
    var isTest = [Bool](repeating: false, count: people.count)
    for (person, line) in last where counts[person, default: 0] > 1 { isTest[line] = true }
    return Split(isTest)
  }

  /// A share of each person's lines, at random: ⌊share · lines⌋ of them.
  package static func leaveSomeOut(people: [Int32], share: Double, seed: UInt64) -> Split {
    precondition(share > 0 && share < 1)
    var lines: [Int32: [Int]] = [:]
    for (line, person) in people.enumerated() { lines[person, default: []].append(line) }
    var random = SplitMix(state: seed)
    var isTest = [Bool](repeating: false, count: people.count)
    for person in lines.keys.sorted() {
      let own = (lines[person] ?? []).shuffled(using: &random)
      for line in own.prefix(Int(share * Double(own.count))) { isTest[line] = true }
    }
    return Split(isTest)
  }
}
