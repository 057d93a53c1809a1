/// The reasons for one recommendation, from what the score was really made of.
///
/// All that speaks for a work is 1. Each source has of it what it adds to the score, over what all sources that speak for it add; each
/// part of a source has of that what it adds to the source's own score, over the positive parts. What speaks against the work is
/// no reason for it. RecommendationReasons that are too small to be worth a word are not said; their shares stay in `unsaid`, and all shares with it
/// add up to 1.
package struct RecommendationReasons: Sendable, Equatable {
  /// What one source adds, and what that consists of.
  package struct Source: Sendable {
    /// To the score of the list.
    package let contribution: Float
    /// Positive or negative, on any scale of their own.
    package let parts: [Part]
    /// Of the source that no part stands for, on the scale of the parts.
    package let rest: Float

    package init(contribution: Float, parts: [Part], rest: Float = 0) {
      self.contribution = contribution
      self.parts = parts
      self.rest = rest
    }
  }

  package struct Part: Sendable, Equatable {
    package let kind: Reason.Kind
    package let value: Float

    package init(_ kind: Reason.Kind, _ value: Float) {
      self.kind = kind
      self.value = value
    }
  }

  /// When nothing is said.
  package struct Thresholds: Sendable, Equatable {
    /// A reason's share at least.
    package var leastShare: Float = 0.05
    /// A block's share of its reason at least, to be named.
    package var leastBlock: Float = 0.2
    /// RecommendationReasons at most.
    package var most = 3

    package init() {}
  }

  /// Largest first; empty where nothing is worth saying.
  package let said: [Reason]
  /// 0…1; 1 where nothing is said.
  package let unsaid: Float

  package init(_ sources: [Source], thresholds: Thresholds = Thresholds()) {
    let speaking = sources.filter { $0.contribution > 0 && $0.contribution.isFinite }
    let total = speaking.reduce(0) { $0 + $1.contribution }
    var all: [(share: Float, source: Int, part: Int)] = []
    // What two sources say alike is one reason.
    var places: [Reason.Sameness: Int] = [:]
    for (place, source) in speaking.enumerated() {
      func isSpeaking(_ part: Part) -> Bool { part.value > 0 && part.value.isFinite }
      var sum = max(0, source.rest)
      for part in source.parts where isSpeaking(part) { sum += part.value }
      guard sum > 0 else { continue }
      for (n, part) in source.parts.enumerated() where isSpeaking(part) {
        let share = source.contribution / total * part.value / sum
        if let sameness = part.kind.sameness {
          if let known = places[sameness] {
            all[known].share += share
            continue
          }
          places[sameness] = all.count
        }
        all.append((share, place, n))
      }
    }
    all.removeAll { $0.share < thresholds.leastShare }
    all.sort { ($1.share, $0.source, $0.part) < ($0.share, $1.source, $1.part) }
    said = all.prefix(thresholds.most).map { share, source, part in
      Reason(speaking[source].parts[part].kind.naming(thresholds.leastBlock), share: share)
    }
    unsaid = max(0, 1 - said.reduce(0) { $0 + $1.share })
  }
}

extension Reason {
  /// What several sources may give as a reason.
  fileprivate enum Sameness: Hashable {
    case peopleOfWork(Int32)
    case popular
    case trending
  }
}

extension Reason.Kind {
  /// nil for what one source alone gives.
  fileprivate var sameness: Reason.Sameness? {
    switch self {
    case .peopleOfWork(let work): .peopleOfWork(work)
    case .popular: .popular
    case .trending: .trending
    case .likedWork, .people, .statement, .attribute: nil
    }
  }

  /// Without blocks that are too small to be named.
  fileprivate func naming(_ least: Float) -> Reason.Kind {
    guard case .likedWork(let work, let blocks) = self else { return self }
    return .likedWork(
      work, blocks: blocks.filter { $0.share >= least }.sorted { ($1.share, $0.block) < ($0.share, $1.block) }
    )
  }
}

extension RecommendationReasons.Source {
  /// The content source: liked works with what their blocks do, and the statement.
  ///
  /// - Parameters:
  ///   - contribution: of the source to the score of the list.
  ///   - score: of the work by the profile.
  ///   - evidence: of the same work.
  ///   - layout: of the profile.
  package static func content(
    contribution: Float, score: TasteScore, evidence: (works: [TasteScorer.Evidence], rest: [Float]),
    layout: TasteLayout
  ) -> RecommendationReasons.Source {
    let works = evidence.works.compactMap { work -> RecommendationReasons.Part? in
      let total = work.total
      guard work.isLiked && total > 0 else { return nil }
      let sum = work.blocks.reduce(0) { $0 + max(0, $1) }
      var blocks: [Reason.BlockShare] = []
      blocks.reserveCapacity(work.blocks.count)
      for (name, value) in zip(layout.names, work.blocks) where value > 0 {
        blocks.append(Reason.BlockShare(name, value / sum))
      }
      return RecommendationReasons.Part(.likedWork(work.work, blocks: blocks), total)
    }
    return RecommendationReasons.Source(
      contribution: contribution, parts: works + [RecommendationReasons.Part(.statement, score.statement)],
      rest: max(0, evidence.rest.reduce(0, +)))
  }

  /// The attribute source.
  package static func attributes(
    contribution: Float, _ contributions: [AttributeProfile.Contribution]
  ) -> RecommendationReasons.Source {
    RecommendationReasons.Source(
      contribution: contribution,
      parts: contributions.map { RecommendationReasons.Part(.attribute($0.attribute), $0.value) })
  }

  /// A collaborative source that tells where a score comes from.
  ///
  /// - Parameters:
  ///   - works: of the person's history, with what each gives.
  ///   - people: of like taste (rows), with what each gives; they are one reason together.
  ///   - base: what the work has whoever asks.
  package static func collaborative(
    contribution: Float, works: [(work: Int32, share: Float)], people: [(person: Int32, share: Float)] = [],
    base: Float = 0
  ) -> RecommendationReasons.Source {
    let alike = people.filter { $0.share > 0 }.sorted { ($1.share, $0.person) < ($0.share, $1.person) }
    let together = alike.reduce(0) { $0 + $1.share }
    let parts = works.map { RecommendationReasons.Part(.peopleOfWork($0.work), $0.share) }
    return RecommendationReasons.Source(
      contribution: contribution,
      parts: parts + [RecommendationReasons.Part(.people(alike.map(\.person)), together)], rest: base)
  }

  /// A source that is one reason, such as popularity.
  package static func whole(_ kind: Reason.Kind, contribution: Float) -> RecommendationReasons.Source {
    RecommendationReasons.Source(contribution: contribution, parts: [RecommendationReasons.Part(kind, 1)])
  }
}
