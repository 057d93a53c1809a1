import Foundation

/// How much a person is known to like one work, as of its latest event (`PreferenceRule` makes it from events).
package struct WorkPreference: Sendable, Equatable {
  package let work: Int32
  /// −1 (dislikes) … 1 (likes); 0 says nothing.
  package let value: Float
  /// Of the latest event, in seconds since 1970.
  package let time: Double

  package init(work: Int32, value: Float, time: Double) {
    self.work = work
    self.value = value
    self.time = time
  }

  /// What is left of it later on: half for each half-life that has passed; a time in the future counts as now.
  package func value(at now: Double, halfLife: Double) -> Float {
    value * Float(exp2(-max(0, now - time) / halfLife))
  }
}
