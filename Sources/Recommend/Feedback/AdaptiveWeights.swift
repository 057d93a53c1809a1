import Foundation

/// Weights of sources that learn from feedback, one step at a time, and can be taken back step by step.
///
/// A welcome work raises the sources that spoke for it more than the others did, an unwelcome one lowers them: exponentiated
/// gradient (Kivinen & Warmuth 1997, doi:10.1006/inco.1996.2612). The log of the steps is what is kept; the weights are made from it, so
/// that a step that is taken out is as if it had never been, in whatever order.
package struct AdaptiveWeights: Sendable, Equatable {
  /// One step.
  package struct Adjustment: Sendable, Equatable, Codable {
    /// Of the feedback that it came from; each counts once.
    package let id: String
    /// Seconds since 1970.
    package let time: Double
    /// What is added to the logarithm of each weight, by source; they sum to 0.
    package let steps: [String: Double]

    package init(id: String, time: Double, steps: [String: Double]) {
      self.id = id
      self.time = time
      self.steps = steps
    }
  }

  /// By source, above 0: where there is no feedback.
  package let base: [String: Double]
  /// How fast it learns.
  package let rate: Double
  /// A weight stays within `base / bound … base · bound`.
  package let bound: Double
  /// Oldest first.
  package private(set) var log: [Adjustment] = []
  private var ids: Set<String> = []

  package init(base: [String: Double], rate: Double = 0.05, bound: Double = 4) {
    precondition(base.values.allSatisfy { $0 > 0 && $0.isFinite } && rate > 0 && bound >= 1)
    self.base = base
    self.rate = rate
    self.bound = bound
  }

  /// What feedback on one recommended work says of the sources.
  ///
  /// - Parameters:
  ///   - id: of the feedback.
  ///   - reward: −1…1.
  ///   - scores: what each source said of the work, calibrated; one that isn't named said nothing.
  /// - Returns: the step; nil where it says nothing, or its id is in the log already.
  @discardableResult
  package mutating func learn(id: String, at time: Double, reward: Double, scores: [String: Float])
    -> Adjustment?
  {
    precondition(reward >= -1 && reward <= 1 && time.isFinite)
    let known = base.keys.sorted().compactMap { name in scores[name].map { (name, Double($0)) } }
    guard known.count > 1, reward != 0, known.allSatisfy({ $0.1.isFinite }), !ids.contains(id) else {
      return nil
    }
    let mean = known.reduce(0) { $0 + $1.1 } / Double(known.count)
    let steps = known.map { ($0.0, rate * reward * ($0.1 - mean)) }
    guard steps.contains(where: { $0.1 != 0 }) else { return nil }
    let adjustment = Adjustment(id: id, time: time, steps: Dictionary(uniqueKeysWithValues: steps))
    append(adjustment)
    return adjustment
  }

  /// Puts a step that was kept into the log; one whose id is there already is passed over.
  package mutating func append(_ adjustment: Adjustment) {
    guard ids.insert(adjustment.id).inserted else { return }
    var (low, high) = (0, log.count)
    while low < high {
      let middle = (low + high) / 2
      if (adjustment.time, adjustment.id) < (log[middle].time, log[middle].id) {
        high = middle
      } else {
        low = middle + 1
      }
    }
    log.insert(adjustment, at: low)
  }

  /// Takes a step back.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  package mutating func revert(_ id: String) -> Bool {
    guard ids.remove(id) != nil, let place = log.firstIndex(where: { $0.id == id }) else { return false }
    log.remove(at: place)
    return true
  }

  /// Takes back all steps from a time on.
  package mutating func revert(since time: Double) {
    log.removeAll { $0.time >= time }
    ids = Set(log.map(\.id))
  }

  /// By source.
  package var weights: [String: Double] {
    let sums = log.reduce(into: [String: Double]()) { sums, adjustment in
      for (name, step) in adjustment.steps { sums[name, default: 0] += step }
    }
    let most = Foundation.log(bound)
    return base.reduce(into: [:]) { weights, entry in
      weights[entry.key] = entry.value * exp(min(most, max(-most, sums[entry.key] ?? 0)))
    }
  }
}
