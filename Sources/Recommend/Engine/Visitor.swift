import Model

/// Somebody for whom works are chosen, as far as they are known now.
package struct Visitor: Sendable {
  /// Each work once.
  package var preferences: [WorkPreference] = []
  /// Works they have had to do with: they need no recommendation.
  package var seen: Set<Int32> = []
  /// Works they don't want to see in lists.
  package var dismissed: Set<Int32> = []
  /// Events of theirs.
  package var events = 0
  package var statement: TasteProfile.Statement?
  package var budget: WorkRules.Budget?

  package init() {}

  /// Of a person who did these things.
  ///
  /// - Parameters:
  ///   - deeds: by work.
  ///   - ignored: works that were shown in vain: what that says, and when it was the last time.
  package init(
    _ deeds: [Int32: [PreferenceRule.Deed]], rule: PreferenceRule,
    ignored: [Int32: (strength: Float, time: Double)] = [:]
  ) {
    for work in Set(deeds.keys).union(ignored.keys).sorted() {
      let done = deeds[work] ?? []
      events += done.count
      if !done.isEmpty { seen.insert(work) }
      if done.contains(where: { $0.kind == .dismissed }) { dismissed.insert(work) }
      if let preference = rule.preference(for: work, done, ignored: ignored[work]) {
        preferences.append(preference)
      }
    }
  }

  /// What counts most now, for or against: a list is made of so much at most, so that its time has a bound.
  ///
  /// - Returns: each work once, in no particular order; of what counts alike, the newest.
  package func foremost(_ count: Int, at now: Double, halfLife: Double) -> [WorkPreference] {
    guard preferences.count > count else { return preferences }
    let strengths = preferences.map { abs($0.value(at: now, halfLife: halfLife)) }
    return preferences.indices.sorted {
      (strengths[$1], preferences[$1].time, $0) < (strengths[$0], preferences[$0].time, $1)
    }.prefix(count).map { preferences[$0] }
  }

  /// Of somebody without a name, of whom only some works are known that they look at.
  package init(works: [Int32], at now: Double) {
    for work in works where seen.insert(work).inserted {
      preferences.append(WorkPreference(work: work, value: 0.5, time: now))
      events += 1
    }
  }
}
