import Catalog
import Foundation
import Model
import Recommend

// MARK: What came of lists, and what it teaches

extension RecommendDesk {
  /// Lists that are learnt from at most, the latest.
  private static let taughtBy = 5_000

  /// By strategy the lists of which anything came, the oldest first.
  ///
  /// - Parameter popularity: of each row how many people like the work.
  func feedback(_ settings: RecommendSettings, popularity: [Int]) throws -> [String: [ShownList]] {
    let learning = settings.strategies.filter { $0.adapts || $0.kind == .learned }
    guard !learning.isEmpty else { return [:] }
    let since = settings.learnsSince?.timeIntervalSince1970 ?? 0
    var lists: [String: [ShownList]] = [:]
    for shown in try catalog.shownOutcomes(since: since, limit: Self.taughtBy) {
      lists[shown.list.strategy, default: []].append(ShownList(shown, popularity: popularity))
    }
    return lists
  }

  /// The weights of a strategy that adapts, as feedback has made them.
  static func weights(_ strategy: Strategy, _ lists: [ShownList]) -> AdaptiveWeights {
    let learning = FeedbackLearning(strategy)
    return lists.reduce(into: AdaptiveWeights(base: strategy.baseWeights)) { learning.teach(&$0, $1) }
  }

  /// Strategies that adapt, as they are now.
  func adapted(_ settings: RecommendSettings, popularity: [Int]) throws -> [String: Strategy] {
    let lists = try feedback(settings, popularity: popularity)
    return settings.strategies.filter(\.adapts).reduce(into: [:]) { adapted, strategy in
      adapted[strategy.name] = strategy.adjusted(by: Self.weights(strategy, lists[strategy.name] ?? []))
    }
  }

  /// Orders that lists have taught, by strategy.
  func heads(_ settings: RecommendSettings, popularity: [Int]) throws -> [String: RankingHead] {
    let lists = try feedback(settings, popularity: popularity)
    return settings.strategies.filter { $0.kind == .learned }.reduce(into: [:]) { heads, strategy in
      heads[strategy.name] = FeedbackLearning(strategy).head(lists[strategy.name] ?? [])
    }
  }
}

extension ShownList {
  init(_ shown: Catalog.ShownOutcome, popularity: [Int]) {
    let list = shown.list
    let works = list.works.indices.map { place in
      let said = place < list.said.count ? list.said[place] : []
      let row = Int(list.works[place]) - 1
      return Work(
        number: list.works[place], rank: place + 1,
        said: zip(list.sources, said).reduce(into: [:]) { said, pair in
          if let source = Source(rawValue: pair.0), pair.1.isFinite { said[source] = pair.1 }
        }, outcome: Outcome(shown.deeds[place]),
        events: popularity.indices.contains(row) ? popularity[row] : 0)
    }
    self.init(number: list.number, time: list.time, personEvents: list.known, works: works)
  }
}

extension ShownList.Outcome {
  /// The most telling of what somebody did.
  init(_ deeds: [Catalog.ShownOutcome.Deed]) {
    let kinds = Set(deeds.map(\.kind))
    // The last rating is what they think.
    let rating = deeds.last { $0.kind == .rating }?.value
    if kinds.contains(.purchase) {
      self = .bought
    } else if kinds.contains(.dislike) || rating.map({ $0 <= 2 }) ?? false {
      self = .disliked
    } else if kinds.contains(.dismissed) {
      self = .dismissed
    } else if !kinds.isDisjoint(with: [.like, .favourite]) || rating.map({ $0 >= 4 }) ?? false {
      self = .liked
    } else {
      self = kinds.isEmpty ? .nothing : .viewed
    }
  }
}
