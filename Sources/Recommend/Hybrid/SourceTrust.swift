/// How much a source counts for a person, by how much is known of them.
package struct SourceTrust: Sendable, Equatable {
  package enum Course: String, Sendable, Codable, CaseIterable {
    /// The same for everybody.
    case steady
    /// `n / (n + half)` of its weight for a person with n events: what has to learn a person first.
    case grows
    /// `half / (n + half)`: what serves until more is known.
    case fades
  }

  package let weight: Float
  package let course: Course
  /// Events with which half is reached; above 0.
  package let half: Float

  package init(weight: Float, course: Course = .steady, half: Float = 5) {
    precondition(weight >= 0 && weight.isFinite && half > 0)
    self.weight = weight
    self.course = course
    self.half = half
  }

  /// - Parameter events: of the person, 0 or more; what else is known of them may count as some (a statement of taste, say, as two).
  package func weight(events: Float) -> Float {
    let n = max(0, events)
    switch course {
    case .steady: return weight
    case .grows: return weight * n / (n + half)
    case .fades: return weight * half / (n + half)
    }
  }
}
