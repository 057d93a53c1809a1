import Kernels

/// Matrix factorisation with biases, `r̂ᵤᵢ = μ + bᵤ + bᵢ + pᵤ·qᵢ`, by stochastic gradient descent (Koren, Bell and Volinsky 2009, doi:10.1109/MC.2009.263;
/// the descent is Funk's of 2006, all factors at once).
package struct BiasedFactors: RatingPredictor {
  package struct Options: Sendable, Equatable {
    package var factors = 100
    package var epochs = 20
    package var rate: Float = 0.005
    package var regularisation: Float = 0.02
    /// Of a history that is folded in, a rating: more than the descent's, which ends before it has fitted everything.
    package var foldInRegularisation: Float = 0.12
    /// Of the normal distribution that factors begin with.
    package var deviation: Float = 0.1
    package var seed: UInt64 = 1

    /// The defaults are Surprise's.
    package init() {}
  }

  package let scale: RatingScale
  package let mean: Float
  package let factors: Int
  /// Of a history that is folded in, a rating.
  package let foldInRegularisation: Float
  /// One a person and one a work.
  package let personBiases, workBiases: [Float]
  /// So many rows of `factors` numbers.
  package let personFactors, workFactors: [Float]

  package var workCount: Int { workBiases.count }
  package var personCount: Int { personBiases.count }

  /// - Throws: `stopped`; `numeric` where the rate is so high that the numbers grow without end.
  package init(
    training ratings: Interactions, options: Options = Options(), scale: RatingScale = RatingScale(),
    watch: TrainingWatch = TrainingWatch()
  ) throws {
    var random = SplitMix(state: options.seed)
    let mean = Float(ratings.mean)
    var personBiases = [Float](repeating: 0, count: ratings.personCount)
    var workBiases = [Float](repeating: 0, count: ratings.workCount)
    var people = random.normal(ratings.personCount * options.factors, deviation: options.deviation)
    var works = random.normal(ratings.workCount * options.factors, deviation: options.deviation)
    let descent = RatingDescent(
      factors: options.factors, mean: mean, rate: options.rate, regularisation: options.regularisation)
    var order = (0..<ratings.personCount).map { Int32($0) }
    for epoch in 0..<options.epochs {
      try watch.step(epoch, of: options.epochs)
      // In another order each time, so that nobody always has the last word.
      order.shuffle(using: &random)
      descent.epoch(
        ratings.byPerson, order: order, personBiases: &personBiases, workBiases: &workBiases, people: &people,
        works: &works)
    }
    guard allFinite(people.span) && allFinite(works.span) && allFinite(workBiases.span) else {
      throw RecommendError(.numeric, "the descent over ratings went astray: its rate is too high")
    }
    watch.progress(1)
    self.init(
      scale: scale, mean: mean, factors: options.factors, foldInRegularisation: options.foldInRegularisation,
      personBiases: personBiases, workBiases: workBiases, personFactors: people, workFactors: works)
  }

  init(
    scale: RatingScale, mean: Float, factors: Int, foldInRegularisation: Float, personBiases: [Float],
    workBiases: [Float], personFactors: [Float], workFactors: [Float]
  ) {
    (self.scale, self.mean, self.factors) = (scale, mean, factors)
    self.foldInRegularisation = foldInRegularisation
    (self.personBiases, self.workBiases) = (personBiases, workBiases)
    (self.personFactors, self.workFactors) = (personFactors, workFactors)
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    let own = foldIn(history.known(workCount))
    predict(bias: own.bias, own.factors, into: &scores)
  }

  package func ratings(
    person: Int?, history: History, into ratings: inout [Float], using room: inout ScoringRoom
  ) {
    if let person, person < personCount {
      let own = Array(personFactors[person * factors..<(person + 1) * factors])
      predict(bias: personBiases[person], own, into: &ratings)
    } else {
      score(history, into: &ratings, using: &room)
    }
    for i in ratings.indices { ratings[i] = scale.clip(ratings[i]) }
  }

  /// The bias and the factors of a person, the works' given: the least squares, its regularisation counted once a rating.
  package func foldIn(_ history: History) -> (bias: Float, factors: [Float]) {
    guard let solution = solution(history) else { return (0, [Float](repeating: 0, count: factors)) }
    return solution.solution
  }

  /// What each rating gave: the solution is linear in them.
  package func reasons(for work: Int32, history: History) -> Reasons {
    let known = history.known(workCount)
    let base = mean + (work >= 0 && work < workCount ? workBiases[Int(work)] : 0)
    guard work >= 0 && work < workCount, let solution = solution(known) else { return Reasons(base: base) }
    let z = solution.system.solve(row(Int(work)))
    return Reasons(
      base: base,
      works: zip(known.works, known.strengths).map { own, rating in
        let inner = zip(z, row(Int(own))).reduce(0) { $0 + $1.0 * $1.1 }
        return .init(row: own, share: Float(inner * Double(rating - mean - workBiases[Int(own)])))
      })
  }

  /// A work's factors and the 1 that a person's bias is multiplied by.
  private func row(_ work: Int) -> [Double] {
    workFactors[work * factors..<(work + 1) * factors].map { Double($0) } + [1]
  }

  private func solution(_ history: History) -> RatingFoldIn? {
    RatingFoldIn(
      workFactors, factors: factors, works: history.works,
      deviations: zip(history.works, history.strengths).map { Double($1 - mean - workBiases[Int($0)]) },
      regularisation: foldInRegularisation)
  }

  private func predict(bias: Float, _ own: [Float], into scores: inout [Float]) {
    if scores.count != workCount { scores.fill(workCount) }
    rowScores(workFactors.span, own.span, biases: workBiases, into: &scores)
    for i in scores.indices { scores[i] += mean + bias }
  }
}
