import Kernels

/// Learns from everybody's preferences.
package enum Training {
  package struct Options: Sendable, Equatable {
    /// Which sources are trained.
    package var sources: Set<Source>
    package var threads = 2
    package var seed: UInt64 = 1
    /// Works of the linear autoencoder at most.
    package var easeWorks = 10_000

    package init(sources: Set<Source>) { self.sources = sources }
  }

  /// - Parameters:
  ///   - people: each person's number with their preferences; those of nobody who has none.
  ///   - workCount: rows of works.
  /// - Throws: `RecommendError`.
  package static func train(
    _ people: [(number: Int64, preferences: [WorkPreference])], workCount: Int, options: Options,
    watch: TrainingWatch = TrainingWatch()
  ) throws -> TrainedModels {
    var (rows, works, values) = ([Int32](), [Int32](), [Float]())
    for (row, person) in people.enumerated() {
      for preference in person.preferences where preference.value != 0 {
        rows.append(Int32(row))
        works.append(preference.work)
        values.append(preference.value)
      }
    }
    guard !rows.isEmpty else { return .none }
    let all = try Interactions(
      people: rows, works: works, values: values, personCount: people.count, workCount: workCount,
      duplicates: .last)
    let liked = all.filtered { $0 > 0 }
    var scorers: [Source: any HistoryScorer] = [:]
    let chosen = options.sources.filter(\.isTrained).sorted()
    for (place, source) in chosen.enumerated() {
      if watch.isStopped() { throw TrainingWatch.stopped }
      let own = TrainingWatch(
        progress: { watch.progress((Double(place) + $0) / Double(chosen.count)) }, isStopped: watch.isStopped)
      guard source == .people || liked.count > 0 else { continue }
      switch source {
      case .items:
        scorers[.items] = try InteractionNeighbours(
          training: liked, weighting: .cosine, kept: 50, threads: options.threads, watch: own)
      case .people:
        var neighbours = NeighbourOptions()
        neighbours.similarity = RatingSimilarity(.cosine, shrinkage: 10)
        scorers[.people] = UserNeighbours(all.mapValues(PreferenceRatings.rating), options: neighbours)
      case .als:
        var als = AlternatingLeastSquares.Options()
        als.seed = options.seed
        scorers[.als] = try AlternatingLeastSquares(
          training: liked, options: als, threads: options.threads, watch: own)
      case .bpr:
        var bpr = PairwiseRanking.Options()
        bpr.seed = options.seed
        scorers[.bpr] = try PairwiseRanking(
          training: liked, options: bpr, threads: options.threads, watch: own)
      case .ease:
        var ease = LinearAutoencoder.Options()
        ease.works = options.easeWorks
        scorers[.ease] = try LinearAutoencoder(
          training: liked, options: ease, threads: options.threads, watch: own)
      case .content, .attributes, .popularity, .trending: break
      }
    }
    return TrainedModels(
      scorers: scorers, people: options.sources.contains(.people) ? people.map(\.number) : []
    ).indexed(threads: options.threads)
  }
}
