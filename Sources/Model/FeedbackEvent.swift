/// What a person did with a work.
package enum EventKind: String, CaseIterable, Sendable, Codable, Comparable {
  /// Opened it.
  case view
  case like, dislike, favourite
  /// Gave it 1–5.
  case rating
  case purchase
  /// Doesn't want to see it in lists.
  case dismissed
  /// Looked at it for so many seconds.
  case dwell

  /// It needs a value, and means nothing without.
  package var hasValue: Bool { self == .rating || self == .dwell }

  package static func < (a: EventKind, b: EventKind) -> Bool { a.rawValue < b.rawValue }
}

/// One event, as it came from outside.
package struct FeedbackEvent: Sendable, Equatable {
  /// The same event has the same key however often it is sent.
  package let key: String
  /// Ids as they are known outside.
  package let person, work: String
  package let kind: EventKind
  /// A rating, or seconds; nil for other kinds.
  package let value: Double?
  /// Seconds since 1970.
  package let time: Double
  /// The recommended list in which the work was seen; nil where it was in none, or nobody knows.
  package let list: Int64?

  package init(
    key: String, person: String, work: String, kind: EventKind, value: Double? = nil, time: Double,
    list: Int64? = nil
  ) {
    self.key = key
    self.person = person
    self.work = work
    self.kind = kind
    self.value = value
    self.time = time
    self.list = list
  }
}
