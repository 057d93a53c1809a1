import Kernels

/// Bayesian personalised ranking (Rendle and others 2009, arXiv:1205.2618): what a person liked is to score above what they did not,
/// `Σ ln σ(xᵤ·(yᵢ − yⱼ) + bᵢ − bⱼ)`, the others j drawn evenly from all works, as in the paper, or by how often they are liked, as in `implicit`.
package struct PairwiseRanking: FactorScorer {
  package struct Options: Sendable, Equatable {
    package var factors = 64
    package var epochs = 100
    package var rate: Float = 0.01
    package var regularisation: Float = 0.01
    /// Whether others are drawn evenly, or by how often they are liked.
    package var drawsEvenly = true
    package var seed: UInt64 = 1

    package init() {}
  }

  /// Works that stand for all others when a history is folded in.
  static let otherCount = 2_048
  /// Draws of a fold-in, at most.
  static let mostDraws = 20_000

  package let factors: Int
  package let epochs: Int
  package let rate, regularisation: Float
  /// A row of `factors` numbers for each work, and a bias each.
  package let workFactors, biases: [Float]
  /// A row of `factors` numbers for each person of the training.
  package let personFactors: [Float]
  /// Works, at even steps of all or of the likes.
  let others: [Int32]

  package var workCount: Int { biases.count }

  /// - Parameter interactions: those above 0 are likes, the others are left out.
  /// - Throws: `stopped`, `numeric`.
  package init(
    training interactions: Interactions, options: Options = Options(), threads: Int = 2,
    watch: TrainingWatch = TrainingWatch()
  ) throws {
    let table = interactions.byPerson
    let values = table.values
    let liked = values.allSatisfy { $0 > 0 } ? table : table.filtered { values[$0] > 0 }
    let n = options.factors
    var random = SplitMix(state: options.seed)
    var people = (0..<liked.rowCount * n).map { _ in (random.unit() - 0.5) / Float(n) }
    var works = (0..<liked.columnCount * n).map { _ in (random.unit() - 0.5) / Float(n) }
    var biases = [Float](repeating: 0, count: liked.columnCount)
    try Self.descend(liked, options, threads, watch, people: &people, works: &works, biases: &biases)
    guard allFinite(people.span) && allFinite(works.span) && allFinite(biases.span) else {
      throw RecommendError(.numeric, "the descent over pairs went astray: its rate is too high")
    }
    watch.progress(1)
    // Who learned nothing has nothing to compare with.
    let drawn =
      options.drawsEvenly && liked.count > 0 ? Array(0..<Int32(liked.columnCount)) : liked.columns.sorted()
    self.init(
      options: options, workFactors: works, biases: biases, personFactors: people, others: Self.others(drawn))
  }

  init(options: Options, workFactors: [Float], biases: [Float], personFactors: [Float], others: [Int32]) {
    (factors, epochs, rate) = (options.factors, options.epochs, options.rate)
    regularisation = options.regularisation
    (self.workFactors, self.biases, self.personFactors) = (workFactors, biases, personFactors)
    self.others = others
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    let own = foldIn(history.known(workCount).liked, parts: false).factors
    if scores.count != workCount { scores.fill(workCount) }
    rowScores(workFactors.span, own.span, biases: biases, into: &scores)
  }

  /// The factors and the bias.
  package var dimension: Int { factors + 1 }

  package var workVectors: [Float] {
    var vectors: [Float] = []
    vectors.reserveCapacity(workCount * dimension)
    for work in 0..<workCount {
      vectors += workFactors[work * factors..<(work + 1) * factors]
      vectors.append(biases[work])
    }
    return vectors
  }

  package func scores(of works: [Int32], query: [Float]) -> [Float] {
    chosenRowScores(workFactors, works, query.dropLast(), biases: biases)
  }

  package func query(_ history: History) -> [Float] {
    foldIn(history.known(workCount).liked, parts: false).factors + [1]
  }

  /// A person's factors are the sum of what each liked work gave in the descent; the base is the work's bias.
  package func reasons(for work: Int32, history: History) -> Reasons {
    reasons(for: [work], history: history)[0]
  }

  package func reasons(for works: [Int32], history: History) -> [Reasons] {
    let liked = history.known(workCount).liked
    let parts = foldIn(liked, parts: true).parts
    return works.map { work in
      guard work >= 0 && work < workCount else { return Reasons() }
      let start = Int(work) * factors
      var shares: [Reasons.Share] = []
      for (k, own) in liked.works.enumerated() where !parts.isEmpty {
        var sum: Float = 0
        for i in 0..<factors { sum += parts[k * factors + i] * workFactors[start + i] }
        shares.append(.init(row: own, share: sum))
      }
      return Reasons(base: biases[Int(work)], works: shares)
    }
  }

  /// As many draws as the person would have had in the training, with its rate.
  private func foldIn(_ liked: History, parts: Bool) -> (factors: [Float], parts: [Float]) {
    let rest = others.filter { liked.strength(of: $0) == nil }
    guard !liked.isEmpty && !rest.isEmpty else { return ([Float](repeating: 0, count: factors), []) }
    let descent = PairwiseDescent(factors: factors, rate: rate, regularisation: regularisation, seed: 1)
    return descent.person(
      liked: liked.works, others: rest, works: workFactors.span, biases: biases.span,
      draws: min(Self.mostDraws, liked.count * epochs), parts: parts)
  }

  private static func descend(
    _ liked: SparseRows, _ options: Options, _ threads: Int, _ watch: TrainingWatch, people: inout [Float],
    works: inout [Float], biases: inout [Float]
  ) throws {
    var owners: [Int32] = []
    owners.reserveCapacity(liked.count)
    for person in 0..<liked.rowCount {
      owners += repeatElement(Int32(person), count: liked.row(person).count)
    }
    let descent = PairwiseDescent(
      factors: options.factors, rate: options.rate, regularisation: options.regularisation,
      seed: options.seed,
      drawsEvenly: options.drawsEvenly)
    var p = people.mutableSpan
    var w = works.mutableSpan
    var b = biases.mutableSpan
    for epoch in 0..<options.epochs {
      try watch.step(epoch, of: options.epochs)
      descent.epoch(epoch, liked, owners: owners, people: &p, works: &w, biases: &b, threads: threads)
    }
  }

  private static func others(_ sorted: [Int32]) -> [Int32] {
    let count = sorted.isEmpty ? 0 : min(otherCount, sorted.count)
    return (0..<count).map { sorted[(2 * $0 + 1) * sorted.count / (2 * count)] }
  }
}
