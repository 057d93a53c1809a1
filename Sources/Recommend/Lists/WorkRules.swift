/// What must not be in a list, whatever it is worth.
package struct WorkRules: Sendable {
  /// What a shop or a museum knows of a work.
  package struct Facts: Sendable, Equatable {
    /// nil where there is none.
    package var price: Double?
    /// As written, such as `EUR`.
    package var currency: String?
    /// nil where nothing is said.
    package var isAvailable: Bool?

    package init(price: Double? = nil, currency: String? = nil, isAvailable: Bool? = nil) {
      self.price = price
      self.currency = currency
      self.isAvailable = isAvailable
    }
  }

  /// Why a work is left out.
  package enum Refusal: String, Sendable, CaseIterable {
    case seen, dismissed, sold, unavailable, unknownPrice, otherCurrency, overBudget, filter
  }

  /// What a person may spend on a work.
  package struct Budget: Sendable, Equatable {
    /// Not negative.
    package let most: Double
    /// nil is any: amounts are compared as they are.
    package let currency: String?
    /// Whether a work without a price passes.
    package let takesUnpriced: Bool

    package init(most: Double, currency: String? = nil, takesUnpriced: Bool = false) {
      self.most = most
      self.currency = currency
      self.takesUnpriced = takesUnpriced
    }
  }

  /// Rows.
  package var seen: Set<Int32> = []
  package var dismissed: Set<Int32> = []
  /// Unique stock that is gone: out of everybody's list.
  package var sold: Set<Int32> = []
  /// Works that are said not to be available are left out; where nothing is said, they pass.
  package var onlyAvailable = false
  package var budget: Budget?
  /// Further conditions; nil lets all pass.
  package var filter: (@Sendable (Int32) -> Bool)?

  package init() {}

  /// - Returns: the first rule that refuses the work, nil where it may be shown.
  package func refusal(_ work: Int32, _ facts: Facts) -> Refusal? {
    if sold.contains(work) { return .sold }
    if dismissed.contains(work) { return .dismissed }
    if seen.contains(work) { return .seen }
    if onlyAvailable, facts.isAvailable == false { return .unavailable }
    if let budget, let refusal = refusal(facts, budget) { return refusal }
    if let filter, !filter(work) { return .filter }
    return nil
  }

  private func refusal(_ facts: Facts, _ budget: Budget) -> Refusal? {
    guard let price = facts.price, price.isFinite else { return budget.takesUnpriced ? nil : .unknownPrice }
    if let wanted = budget.currency, let currency = facts.currency, wanted != currency {
      return .otherCurrency
    }
    return price > budget.most ? .overBudget : nil
  }
}
