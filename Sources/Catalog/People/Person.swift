package import Foundation
package import Model

/// Somebody to whom works are recommended.
package struct Person: Sendable, Equatable {
  /// Short; what events are kept under. Never given twice.
  package let number: Int64
  /// As they are known outside.
  package let id: String
  /// Whatever else is known, by name.
  package let attributes: [String: String]
  /// Their taste in their own words.
  package let statement: String?
  /// What they would pay at most, in the currency of the works.
  package let budget: Double?
  /// Another one with each event and each change.
  package let version: Int64
  package let createdAt: Date
}

/// What is to be said of a person from now on; what isn't named stays.
package struct PersonChange: Sendable, Equatable {
  /// Values that are empty take the attribute away.
  package var attributes: [String: String] = [:]
  /// Empty takes it away.
  package var statement: String?
  /// 0 or less takes it away.
  package var budget: Double?

  package init(attributes: [String: String] = [:], statement: String? = nil, budget: Double? = nil) {
    self.attributes = attributes
    self.statement = statement
    self.budget = budget
  }
}

/// An event as it is kept.
package struct KeptEvent: Sendable, Equatable {
  /// In the order in which they came.
  package let number: Int64
  /// `Person.number`.
  package let person: Int64
  /// `Catalog.workNumbers()`.
  package let work: Int64
  package let kind: EventKind
  package let value: Double?
  /// Seconds since 1970.
  package let time: Double
  package let list: Int64?
}
