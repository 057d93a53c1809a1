import Kernels

/// Matrix factorisation of implicit feedback (Hu, Koren and Volinsky 2008, doi:10.1109/ICDM.2008.22): works and people get the factors that make
/// `Σ (1 + α|s|)(p − x·y)² + λ(Σ|x|² + Σ|y|²)` least over all pairs, `p` 1 where the strength s is above 0 and 0 elsewhere; a dislike is a 0 one is sure of.
///
/// Each half-step is a few steps of conjugate gradients (Takács, Pilászy and Tikk 2011, doi:10.1145/2043932.2043987).
package struct AlternatingLeastSquares: FactorScorer {
  package struct Options: Sendable, Equatable {
    package var factors = 64
    package var epochs = 15
    /// λ, above 0.
    package var regularisation = 0.01
    /// α: how much surer one unit of strength makes us.
    package var confidence: Float = 1
    /// Of conjugate gradients, a half-step.
    package var steps = 3
    package var seed: UInt64 = 1

    package init() {}
  }

  package let workCount: Int
  package let factors: Int
  package let confidence: Float
  package let regularisation: Double
  /// A row of `factors` numbers for each work.
  package let workFactors: [Float]
  /// The same for each person of the training.
  package let personFactors: [Float]
  /// `Σ y·yᵀ + λI`.
  private let gram: [Double]

  package var dimension: Int { factors }
  package var workVectors: [Float] { workFactors }

  /// - Throws: `stopped`, `numeric`.
  package init(
    training interactions: Interactions, options: Options = Options(), threads: Int = 2,
    watch: TrainingWatch = TrainingWatch()
  ) throws {
    var random = SplitMix(state: options.seed)
    let n = options.factors
    var people = (0..<interactions.personCount * n).map { _ in 0.01 * random.unit() }
    var works = (0..<interactions.workCount * n).map { _ in 0.01 * random.unit() }
    for epoch in 0..<options.epochs {
      try watch.step(2 * epoch, of: 2 * options.epochs)
      Self.halfStep(interactions.byPerson, fixed: works, rows: &people, options, threads)
      try watch.step(2 * epoch + 1, of: 2 * options.epochs)
      Self.halfStep(interactions.byWork, fixed: people, rows: &works, options, threads)
    }
    guard allFinite(people.span) && allFinite(works.span) else {
      throw RecommendError(.numeric, "least squares over strengths so large lead nowhere")
    }
    watch.progress(1)
    self.init(
      workCount: interactions.workCount, factors: n, confidence: options.confidence,
      regularisation: options.regularisation, workFactors: works, personFactors: people)
  }

  init(
    workCount: Int, factors: Int, confidence: Float, regularisation: Double, workFactors: [Float],
    personFactors: [Float]
  ) {
    (self.workCount, self.factors, self.confidence) = (workCount, factors, confidence)
    (self.regularisation, self.workFactors, self.personFactors) = (regularisation, workFactors, personFactors)
    var gram = rowProducts(workFactors.span, factors: factors, threads: 1)
    for i in 0..<factors { gram[i * factors + i] += regularisation }
    self.gram = gram
  }

  package func query(_ history: History) -> [Float] {
    let known = history.known(workCount)
    guard let solved = system(known) else { return [Float](repeating: 0, count: factors) }
    return solved.solve(right(known)).map { Float($0) }
  }

  package func scores(of works: [Int32], query: [Float]) -> [Float] {
    chosenRowScores(workFactors, works, query[...])
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    let own = query(history)
    if scores.count != workCount { scores.fill(workCount) }
    rowScores(workFactors.span, own.span, into: &scores)
  }

  /// `score(i) = Σⱼ (yᵢᵀ W yⱼ) cⱼ pⱼ`, W the inverse of the history's system (section 5 of the paper).
  package func reasons(for work: Int32, history: History) -> Reasons {
    reasons(for: [work], history: history)[0]
  }

  package func reasons(for works: [Int32], history: History) -> [Reasons] {
    let known = history.known(workCount)
    let solved = system(known)
    return works.map { work in
      guard work >= 0 && work < workCount, let solved else { return Reasons() }
      let start = Int(work) * factors
      let z = solved.solve(workFactors[start..<start + factors].map { Double($0) })
      var shares: [Reasons.Share] = []
      for (own, strength) in zip(known.works, known.strengths) where strength > 0 {
        var sum = 0.0
        for i in 0..<factors { sum += z[i] * Double(workFactors[Int(own) * factors + i]) }
        shares.append(.init(row: own, share: Float(sum * Double(1 + confidence * strength))))
      }
      return Reasons(works: shares)
    }
  }

  /// `YᵀY + λI + Yᵀ(C − I)Y`; nil for an empty history.
  private func system(_ history: History) -> CholeskyFactor? {
    guard !history.isEmpty else { return nil }
    let inner = rowProducts(
      workFactors.span, chosen: history.works, weights: history.strengths.map { confidence * abs($0) },
      factors: factors)
    var matrix = gram
    for i in matrix.indices { matrix[i] += Double(inner[i]) }
    return CholeskyFactor(matrix, n: factors)
  }

  private func right(_ history: History) -> [Double] {
    var sums = [Double](repeating: 0, count: factors)
    for (work, strength) in zip(history.works, history.strengths) where strength > 0 {
      let sureness = Double(1 + confidence * strength)
      let start = Int(work) * factors
      for i in 0..<factors { sums[i] += sureness * Double(workFactors[start + i]) }
    }
    return sums
  }

  private static func halfStep(
    _ table: SparseRows, fixed: [Float], rows: inout [Float], _ options: Options, _ threads: Int
  ) {
    var out = rows.mutableSpan
    table.solveLeastSquares(
      fixed: fixed.span, rows: &out, factors: options.factors, confidence: options.confidence,
      regularisation: options.regularisation, steps: options.steps, threads: threads)
  }
}
