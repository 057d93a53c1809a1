import Catalog
import Foundation
import Kernels
import Model
import Recommend
import Search

/// How good strategies are on the events that a home has: some are held out, all else is learnt from, and lists are asked for.
struct RecommendEvaluation {
  enum Split: String, CaseIterable {
    /// Each person's last work that they liked.
    case last
    /// A fifth of the works that each person liked, at random.
    case random
  }

  struct Options {
    var split = Split.last
    var strategies: [Strategy]
    /// Works of a list.
    var count = 10
    var seed: UInt64 = 1
    var threads = 2
  }

  /// What one person was recommended by one strategy.
  struct Outcome {
    let person: Int64
    /// Events that were left.
    let known: Int
    let held, recommended: [Int32]
  }

  let entries: ShelfMaker.Entries
  let search: SimilaritySearch
  let weights: BlockWeights
  let settings: RecommendSettings
  /// Adds what a person says of themselves.
  let details: (inout Visitor, _ person: Int64) throws -> Void

  private struct Subject {
    let number: Int64
    let deeds: [(work: Int32, deed: PreferenceRule.Deed)]
    let held: [Int32]
  }

  struct Answer {
    let strategy: String
    let outcomes: [Outcome]
    let shelf: Shelf
  }

  /// - Parameter progress: told how many people of how many.
  func run(
    _ table: EventTable, _ options: Options, progress: (Int, Int) -> Void = { _, _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws -> [Answer] {
    let rule = settings.rule
    var random = SplitMix(state: options.seed)
    var subjects: [Subject] = []
    var people: [(number: Int64, preferences: [WorkPreference])] = []
    var likes = [Int](repeating: 0, count: entries.works.count)
    var newest = 0.0
    table.forEachPerson { number, deeds in
      let held = Self.held(deeds, rule, options.split, &random)
      let left = deeds.filter { !held.contains($0.work) }
      newest = max(newest, deeds.map(\.deed.time).max() ?? 0)
      let preferences = rule.preferences(left)
      if !preferences.isEmpty { people.append((number, preferences)) }
      for preference in preferences where preference.value > 0 { likes[Int(preference.work)] += 1 }
      if !held.isEmpty { subjects.append(Subject(number: number, deeds: left, held: held)) }
    }
    var recent = [Int](repeating: 0, count: likes.count)
    for subject in subjects {
      for (work, deed) in subject.deeds where deed.time > newest - 7 * 86_400 { recent[Int(work)] += 1 }
    }
    let sources = Set(options.strategies.flatMap(\.parts).map(\.source).filter(\.isTrained))
    var training = Training.Options(sources: sources)
    training.threads = options.threads
    training.seed = options.seed
    let models = try Training.train(
      people, workCount: likes.count, options: training, watch: TrainingWatch(isStopped: isStopped))
    let shelf = ShelfMaker.shelf(
      entries, search, weights, .init(people: people.count, likes: likes, recent: recent))
    let recommender = Recommender(shelf, models, halfLife: settings.halfLife)
    var terms = Recommender.Terms(count: options.count, now: newest)
    terms.explains = false
    var done = 0
    return try options.strategies.map { strategy in
      let outcomes = try subjects.map { subject in
        if isStopped() { throw CommandFailure("stopped") }
        var visitor = Visitor(
          Dictionary(grouping: subject.deeds, by: \.work).mapValues { $0.map(\.deed) }, rule: rule)
        try details(&visitor, subject.number)
        let list = try recommender.list(for: visitor, by: strategy, terms)
        done += 1
        progress(done, subjects.count * options.strategies.count)
        return Outcome(
          person: subject.number, known: subject.deeds.count, held: subject.held,
          recommended: list.map(\.work))
      }
      return Answer(strategy: strategy.name, outcomes: outcomes, shelf: shelf)
    }
  }

  /// Works that the person liked and that are kept from the models.
  private static func held(
    _ deeds: [(work: Int32, deed: PreferenceRule.Deed)], _ rule: PreferenceRule, _ split: Split,
    _ random: inout SplitMix
  ) -> [Int32] {
    let liked = rule.preferences(deeds).filter { $0.value > 0 }
    switch split {
    case .last:
      return liked.max { ($0.time, $0.work) < ($1.time, $1.work) }.map { [$0.work] } ?? []
    case .random:
      return Array(liked.map(\.work).shuffled(using: &random).prefix(liked.count / 5)).sorted()
    }
  }
}
