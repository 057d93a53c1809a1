import Foundation

/// Trains every collaborative model on folds of a table of ratings and measures it, so that other programs can be measured on the same folds.
package struct RecommenderBench {
  private let table: Ratings
  private let settings: BenchSettings
  private let folds: BenchFolds
  /// Where lists are written to, or nil.
  private let lists: String?
  private let log: (String) -> Void

  /// - Parameters:
  ///   - ratings: the file, see `Ratings`.
  ///   - folder: of the folds, see `BenchFolds`; made where it is missing. `settings.json` in it changes `BenchSettings`.
  ///   - lists: a folder that gets `MODEL-SPLIT-SEED.txt`, a line a person: their id and their list's works; nil for none.
  ///   - log: told what was done, a line each.
  /// - Throws: `unavailable`, `badTable`.
  package init(ratings: String, folds folder: String, lists: String? = nil, log: @escaping (String) -> Void)
    throws
  {
    table = try Ratings(reading: ratings)
    var settings = BenchSettings()
    if let data = FileManager.default.contents(atPath: "\(folder)/settings.json") {
      do {
        settings = try JSONDecoder().decode(BenchSettings.self, from: data)
      } catch { throw RecommendError(.badTable, "\(folder)/settings.json can't be read: \(error)") }
    }
    try settings.check()
    self.settings = settings
    folds = try BenchFolds(folder, table, settings)
    self.lists = lists
    self.log = log
  }

  /// - Parameter rating: false leaves the folds of ratings out.
  /// - Throws: what the models throw.
  package func run(rating: Bool = true) throws -> BenchReport {
    var report = BenchReport(
      ratings: table.count, people: table.personIDs.count, works: table.workIDs.count,
      threads: settings.threads)
    for (fold, split) in Split.given(folds.rating, folds: settings.folds).enumerated() where rating {
      try report.rating += ratingModels(fold, split)
    }
    for (number, parts) in folds.ranking.enumerated() {
      try report.ranking += rankingModels(number + 1, parts)
    }
    return report
  }

  private func ratingModels(_ fold: Int, _ split: Split) throws -> [BenchReport.Rating] {
    let training = try table.interactions(split.training)
    let test = try table.interactions(split.test)
    let scale = RatingScale(
      table.values.min() ?? 1, max(table.values.max() ?? 5, (table.values.min() ?? 1) + 1))
    var options = NeighbourOptions(
      neighbours: settings.neighbours, reach: max(table.personIDs.count, table.workIDs.count))
    var factorOptions = BiasedFactors.Options()
    (factorOptions.factors, factorOptions.epochs) = (settings.ratingFactors, settings.ratingEpochs)
    var found: [BenchReport.Rating] = []
    func measure(_ name: String, folding: Bool = false, _ train: () throws -> some RatingPredictor) throws {
      let (model, trained) = try timed(train)
      let (errors, tested) = timed {
        RatingErrors.of(model, training: training, test: test, folding: folding)
      }
      found.append(
        .init(
          model: name, fold: fold, rmse: errors.rootMeanSquare, mae: errors.meanAbsolute,
          trainSeconds: trained,
          testSeconds: tested))
      log("fold \(fold) \(name): RMSE \(errors.rootMeanSquare)")
    }
    try measure("user-knn") { UserNeighbours(training, options: options, scale: scale) }
    try measure("item-knn") {
      try ItemNeighbours(training: training, options: options, scale: scale, threads: settings.threads)
    }
    let plain = options
    options.similarity = RatingSimilarity(.pearson, shrinkage: 20)
    try measure("user-knn-pearson") { UserNeighbours(training, options: options, scale: scale) }
    try measure("item-knn-pearson") {
      try ItemNeighbours(training: training, options: options, scale: scale, threads: settings.threads)
    }
    options.similarity = RatingSimilarity(.adjustedCosine, shrinkage: 20)
    try measure("item-knn-adjusted") {
      try ItemNeighbours(training: training, options: options, scale: scale, threads: settings.threads)
    }
    try measure("combined-knn") {
      try CombinedNeighbours(
        training: training, people: plain, works: plain, scale: scale, threads: settings.threads)
    }
    options.similarity = RatingSimilarity(.pearson, shrinkage: 20)
    let centred = options
    try measure("combined-knn-pearson") {
      try CombinedNeighbours(
        training: training, people: centred, works: centred, scale: scale, threads: settings.threads)
    }
    try measure("biased-mf") {
      try BiasedFactors(training: training, options: factorOptions, scale: scale)
    }
    try measure("biased-mf-folded", folding: true) {
      try BiasedFactors(training: training, options: factorOptions, scale: scale)
    }
    try measure("svd++") { try SVDPlusPlus(training: training, scale: scale) }
    try measure("svd++-folded", folding: true) { try SVDPlusPlus(training: training, scale: scale) }
    return found
  }

  private func rankingModels(_ number: Int, _ parts: [Int]) throws -> [BenchReport.Ranking] {
    let training = try table.interactions(parts.indices.filter { parts[$0] == 0 }).mapValues { _ in 1 }
    let test = try table.interactions(parts.indices.filter { parts[$0] == 1 })
    let measured = RankingBench(training: training, test: test, k: settings.k)
    var found: [BenchReport.Ranking] = []
    var popular: [Double]?
    func measure(_ name: String, seed: Int = 1, _ train: () throws -> some HistoryScorer) throws {
      let (model, trained) = try trained(train)
      let (result, tested) = timed { measured.run(model) }
      if popular == nil { popular = result.ndcg }
      found.append(result.row(name, number, seed, trained, tested, popular ?? result.ndcg))
      log("split \(number) \(name): nDCG@\(settings.k) \(result.mean(2))")
      if let lists { try write(result, to: "\(lists)/\(name)-\(number)-\(seed).txt") }
    }
    let (threads, settings) = (settings.threads, settings)
    try measure("popularity") { PopularityBaseline(training) }
    try measure("item-cosine") {
      try InteractionNeighbours(training: training, weighting: .cosine, kept: settings.kept, threads: threads)
    }
    try measure("item-tfidf") {
      try InteractionNeighbours(training: training, weighting: .tfIdf, kept: settings.kept, threads: threads)
    }
    try measure("item-bm25") {
      try InteractionNeighbours(
        training: training, weighting: .bm25(k1: 1.2, b: 0.2), kept: settings.kept, threads: threads)
    }
    try measure("ease") {
      var options = LinearAutoencoder.Options()
      options.regularisation = settings.easeRegularisation
      return try LinearAutoencoder(training: training, options: options, threads: threads)
    }
    for seed in 1...settings.modelSeeds {
      try measure("als", seed: seed) {
        var options = AlternatingLeastSquares.Options()
        (options.factors, options.epochs) = (settings.factors, settings.alsEpochs)
        (options.regularisation, options.confidence) = (settings.alsRegularisation, settings.alsConfidence)
        (options.steps, options.seed) = (settings.alsSteps, UInt64(seed))
        return try AlternatingLeastSquares(training: training, options: options, threads: threads)
      }
      func pairwise(_ rate: Float, evenly: Bool) throws -> PairwiseRanking {
        var options = PairwiseRanking.Options()
        (options.factors, options.epochs) = (settings.factors, settings.bprEpochs)
        (options.rate, options.regularisation) = (rate, settings.bprRegularisation)
        (options.drawsEvenly, options.seed) = (evenly, UInt64(seed))
        return try PairwiseRanking(training: training, options: options, threads: threads)
      }
      try measure("bpr", seed: seed) { try pairwise(settings.bprRate, evenly: true) }
      try measure("bpr-popular", seed: seed) { try pairwise(settings.bprPopularRate, evenly: false) }
    }
    return found
  }

  private func write(_ result: RankingBench.Result, to path: String) throws {
    let lines = zip(result.people, result.lists).map { person, list in
      ([table.personIDs[person]] + list.map { table.workIDs[Int($0)] }).joined(separator: " ")
    }
    do {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw RecommendError(.unavailable, "\(path) can't be written: \(error.localizedDescription)")
    }
  }

  /// A model and the median time of training it as often as the settings say.
  private func trained<R>(_ train: () throws -> R) throws -> (R, Double) {
    var (model, time) = try timed(train)
    var times = [time]
    for _ in 1..<max(1, settings.repeats) {
      (model, time) = try timed(train)
      times.append(time)
    }
    return (model, times.sorted()[times.count / 2])
  }

  private func timed<R>(_ body: () throws -> R) rethrows -> (R, Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    let taken = clock.now - start
    return (result, Double(taken.components.seconds) + 1e-18 * Double(taken.components.attoseconds))
  }
}
