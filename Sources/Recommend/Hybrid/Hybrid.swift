/// How several sources make one list (the taxonomy is that of Burke 2002, doi:10.1023/A:1021240730564).
package enum Hybrid {
  /// A weighted sum of calibrated scores.
  ///
  /// A candidate that a source says nothing of stands in the middle of it, which pulls what is new to the middle of the list. A part of
  /// the weight of the silent sources therefore goes to those that speak of it, in proportion.
  ///
  /// - Parameters:
  ///   - sources: all of the same candidates.
  ///   - weights: one a source, 0 or more; all 0 is all alike.
  ///   - silentShare: 0 (what is silent says "average": works that nobody has met hardly come up) … 1 (the others speak for it: such
  ///     works come up as if they were known as well as the others are).
  package static func weighted(
    _ sources: [SourceScores], weights: [Float], calibration: ScoreCalibration = .normalRank,
    silentShare: Float = 0.75
  ) -> Blend {
    weighted(
      sources.map { SourceScores($0.name, calibration.calibrated($0.scores)) }, calibratedWith: weights,
      silentShare: silentShare)
  }

  /// The same of scores that are calibrated already.
  static func weighted(
    _ sources: [SourceScores], calibratedWith weights: [Float], silentShare: Float = 0.75
  ) -> Blend {
    precondition(weights.count == sources.count && weights.allSatisfy { $0 >= 0 && $0.isFinite })
    precondition(silentShare >= 0 && silentShare <= 1)
    let total = weights.reduce(0, +)
    let shares = weights.map { total > 0 ? $0 / total : 1 / Float(weights.count) }
    let columns = sources.map(\.scores)
    let candidates = candidateCount(sources)
    var speaking = [Float](repeating: 0, count: candidates)
    for (column, share) in zip(columns, shares) {
      for candidate in 0..<candidates where column[candidate] != nil { speaking[candidate] += share }
    }
    var contributions = [Float](repeating: 0, count: candidates * sources.count)
    for source in columns.indices {
      let (column, share) = (columns[source], shares[source])
      for candidate in 0..<candidates {
        guard let value = column[candidate] else { continue }
        let factor = speaking[candidate] > 0 ? 1 + silentShare * (1 / speaking[candidate] - 1) : 0
        contributions[candidate * columns.count + source] = factor * share * value
      }
    }
    return Blend(sources: sources.map(\.name), contributions: contributions)
  }

  /// When a source of a switching hybrid is asked.
  package struct Condition: Sendable, Equatable {
    /// Events that the person must have.
    package let leastOfPerson: Int
    /// Events that the work must have.
    package let leastOfWork: Int

    package init(leastOfPerson: Int = 0, leastOfWork: Int = 0) {
      self.leastOfPerson = leastOfPerson
      self.leastOfWork = leastOfWork
    }
  }

  /// Each candidate by the first source that may speak and does; those of which none does last, as 0 is the middle they get that.
  ///
  /// - Parameters:
  ///   - sources: the most trusted first.
  ///   - conditions: one a source.
  ///   - personEvents: of the person.
  ///   - workEvents: one a candidate.
  package static func switching(
    _ sources: [SourceScores], conditions: [Condition], personEvents: Int, workEvents: [Int],
    calibration: ScoreCalibration = .normalRank
  ) -> Blend {
    switching(
      sources.map { SourceScores($0.name, calibration.calibrated($0.scores)) },
      calibratedWith: conditions, personEvents: personEvents, workEvents: workEvents)
  }

  /// The same of scores that are calibrated already.
  static func switching(
    _ sources: [SourceScores], calibratedWith conditions: [Condition], personEvents: Int, workEvents: [Int]
  ) -> Blend {
    precondition(conditions.count == sources.count && workEvents.count == candidateCount(sources))
    let columns = sources.map(\.scores)
    var contributions = [Float](repeating: 0, count: workEvents.count * sources.count)
    for (candidate, events) in workEvents.enumerated() {
      let speaker = sources.indices.first { s in
        personEvents >= conditions[s].leastOfPerson && events >= conditions[s].leastOfWork
          && columns[s][candidate] != nil
      }
      if let speaker {
        contributions[candidate * sources.count + speaker] = columns[speaker][candidate] ?? 0
      }
    }
    return Blend(sources: sources.map(\.name), contributions: contributions)
  }

  /// The best of one blend, put into the order of another.
  ///
  /// - Parameters:
  ///   - first: retrieves.
  ///   - second: re-ranks what was retrieved; of the same candidates.
  ///   - retrieved: how many.
  /// - Returns: candidates, best first; equal ones of the second in the order of the first. What was not retrieved is left out.
  package static func cascade(_ first: Blend, then second: Blend, retrieved: Int) -> [Int] {
    precondition(retrieved >= 0 && first.count == second.count)
    let (chosen, scores) = (Array(first.ranking.prefix(retrieved)), second.scores)
    return descendingOrder(chosen.map { scores[$0] }).map { chosen[$0] }
  }

  private static func candidateCount(_ sources: [SourceScores]) -> Int {
    let count = sources.first?.scores.count ?? 0
    precondition(sources.allSatisfy { $0.scores.count == count }, "all sources speak of the same candidates")
    return count
  }
}
