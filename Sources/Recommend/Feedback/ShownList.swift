/// A list that somebody was shown, with what came of it: what feedback is learned from.
package struct ShownList: Sendable, Equatable {
  package enum Outcome: String, CaseIterable, Sendable, Codable {
    case bought, liked, viewed
    /// It was shown, and nothing followed.
    case nothing
    case dismissed, disliked

    /// How welcome it was, −1…1. Conventions, as those of `PreferenceRule`: bought 1, liked 0.8, viewed 0.2, nothing 0, dismissed and
    /// disliked −1.
    package var worth: Float {
      switch self {
      case .bought: 1
      case .liked: 0.8
      case .viewed: 0.2
      case .nothing: 0
      case .dismissed, .disliked: -1
      }
    }
  }

  package struct Work: Sendable, Equatable {
    /// Its number, for ever.
    package let number: Int64
    /// Its place in the list, from 1.
    package let rank: Int
    /// `Recommendation.said`, as it was then.
    package let said: [Source: Float]
    package let outcome: Outcome
    /// People who had to do with it then.
    package let events: Int

    package init(number: Int64, rank: Int, said: [Source: Float], outcome: Outcome, events: Int) {
      precondition(rank >= 1)
      self.number = number
      self.rank = rank
      self.said = said
      self.outcome = outcome
      self.events = events
    }
  }

  package let number: Int64
  /// Seconds since 1970.
  package let time: Double
  /// Events of the person then.
  package let personEvents: Int
  package let works: [Work]

  package init(number: Int64, time: Double, personEvents: Int, works: [Work]) {
    self.number = number
    self.time = time
    self.personEvents = personEvents
    self.works = works
  }
}
