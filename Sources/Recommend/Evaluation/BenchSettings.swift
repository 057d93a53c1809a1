/// What `RecommenderBench` trains, as `settings.json` beside the folds says it; what is left out has its default.
package struct BenchSettings: Sendable, Codable, Equatable {
  /// Folds of the ratings.
  package var folds = 5
  /// Says how folds are made where there are none.
  package var seed: UInt64 = 1
  package var threads = 2
  /// Ratings from so much on are likes.
  package var likedFrom: Float = 4
  /// Splits of the likes, and seeds of each model that has one, for each of them.
  package var splits = 3
  package var modelSeeds = 1
  /// How often each model of rankings is trained, for the median time.
  package var repeats = 1
  /// The share of each person's likes that is asked for.
  package var share = 0.2
  /// The length of lists.
  package var k = 10

  package var ratingFactors = 100
  package var ratingEpochs = 20
  package var neighbours = 40

  package var factors = 64
  package var alsEpochs = 15
  package var alsRegularisation = 30.0
  package var alsConfidence: Float = 3
  package var alsSteps = 3
  package var bprEpochs = 100
  package var bprRate: Float = 0.05
  /// Of the descent with others drawn by how often they are liked, which wants smaller steps.
  package var bprPopularRate: Float = 0.005
  package var bprRegularisation: Float = 0.01
  package var kept = 20
  package var easeRegularisation: Float = 500

  package init() {}

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func read<T: Decodable>(_ key: CodingKeys, _ value: inout T) throws {
      value = try values.decodeIfPresent(T.self, forKey: key) ?? value
    }
    try read(.folds, &folds)
    try read(.seed, &seed)
    try read(.threads, &threads)
    try read(.likedFrom, &likedFrom)
    try read(.splits, &splits)
    try read(.modelSeeds, &modelSeeds)
    try read(.repeats, &repeats)
    try read(.share, &share)
    try read(.k, &k)
    try read(.ratingFactors, &ratingFactors)
    try read(.ratingEpochs, &ratingEpochs)
    try read(.neighbours, &neighbours)
    try read(.factors, &factors)
    try read(.alsEpochs, &alsEpochs)
    try read(.alsRegularisation, &alsRegularisation)
    try read(.alsConfidence, &alsConfidence)
    try read(.alsSteps, &alsSteps)
    try read(.bprEpochs, &bprEpochs)
    try read(.bprRate, &bprRate)
    try read(.bprPopularRate, &bprPopularRate)
    try read(.bprRegularisation, &bprRegularisation)
    try read(.kept, &kept)
    try read(.easeRegularisation, &easeRegularisation)
  }

  /// - Throws: `badTable` where a number is out of its range.
  func check() throws {
    let counts = [threads, modelSeeds, repeats, k, ratingFactors, neighbours, factors, alsSteps, kept]
    let sizes = [bprRate, bprPopularRate, easeRegularisation, Float(alsRegularisation), Float(share)]
    let isSound =
      (2..<1_000).contains(folds) && threads <= 64 && counts.allSatisfy { $0 > 0 }
      && sizes.allSatisfy { $0 > 0 }
      && splits >= 0 && share < 1 && max(factors, ratingFactors) < 1 << 16
      && min(ratingEpochs, alsEpochs, bprEpochs) >= 0 && alsConfidence >= 0 && bprRegularisation >= 0
    guard isSound else { throw RecommendError(.badTable, "settings.json has a number out of its range") }
  }
}
