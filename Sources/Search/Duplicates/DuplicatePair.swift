/// Two files that are proposed to show the same.
package struct DuplicatePair: Sendable, Equatable {
  package let tier: DuplicateTier
  /// The database's numbers, the smaller first.
  package let first, second: Int64
  /// nil for the same bytes, which need none.
  package let evidence: CopyRegistration.Evidence?

  package init(
    tier: DuplicateTier, first: Int64, second: Int64, evidence: CopyRegistration.Evidence?
  ) {
    self.tier = tier
    self.first = first
    self.second = second
    self.evidence = evidence
  }

  /// 1 for the same bytes.
  package var similarity: Float { evidence?.similarity ?? 1 }
}

/// Works that proposals hold together, directly or through one another.
package struct DuplicateGroup: Sendable, Equatable {
  /// The tier of the weakest proposal that the group needs to hold together.
  package let tier: DuplicateTier
  /// The files that take part, in the order of their numbers.
  package let fileIDs: [Int64]
  /// The surest first.
  package let pairs: [DuplicatePair]
}
