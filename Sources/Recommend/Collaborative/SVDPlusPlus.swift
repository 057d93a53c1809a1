import Kernels

/// Matrix factorisation that also knows by which works a person rated, whatever they gave (SVD++: Koren 2008, doi:10.1145/1401890.1401944):
/// `r̂ᵤᵢ = μ + bᵤ + bᵢ + qᵢ·(pᵤ + |N(u)|^−½ Σ yⱼ)` over the works j of N(u), by stochastic gradient descent.
///
/// A rating moves the y of all works of its person alike: each shrinks by the same factor and gains the same vector. So their sum is kept up
/// to date by itself, and each y is moved once a person, which is the same to rounding and takes as many steps as there are ratings, not as
/// there are pairs of them.
package struct SVDPlusPlus: RatingPredictor {
  package struct Options: Sendable, Equatable {
    package var factors = 20
    package var epochs = 20
    package var rate: Float = 0.007
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
  /// So many rows of `factors` numbers: p, q, and y.
  package let personFactors, workFactors, implicitFactors: [Float]

  package var workCount: Int { workBiases.count }
  package var personCount: Int { personBiases.count }

  /// - Throws: `stopped`; `numeric` where the rate is so high that the numbers grow without end.
  package init(
    training ratings: Interactions, options: Options = Options(), scale: RatingScale = RatingScale(),
    watch: TrainingWatch = TrainingWatch()
  ) throws {
    var random = SplitMix(state: options.seed)
    let n = options.factors
    var descent = Descent(
      mean: Float(ratings.mean), rate: options.rate, regularisation: options.regularisation, factors: n,
      personBiases: [Float](repeating: 0, count: ratings.personCount),
      workBiases: [Float](repeating: 0, count: ratings.workCount),
      people: random.normal(ratings.personCount * n, deviation: options.deviation),
      works: random.normal(ratings.workCount * n, deviation: options.deviation),
      implicit: random.normal(ratings.workCount * n, deviation: options.deviation))
    var order = (0..<ratings.personCount).map { Int32($0) }
    for epoch in 0..<options.epochs {
      try watch.step(epoch, of: options.epochs)
      // In another order each time, so that nobody always has the last word.
      order.shuffle(using: &random)
      for person in order { descent.learn(Int(person), ratings.byPerson) }
    }
    let all = [descent.people, descent.works, descent.implicit, descent.workBiases]
    guard all.allSatisfy({ allFinite($0.span) }) else {
      throw RecommendError(.numeric, "the descent over ratings went astray: its rate is too high")
    }
    watch.progress(1)
    self.init(
      scale: scale, mean: descent.mean, factors: n, foldInRegularisation: options.foldInRegularisation,
      personBiases: descent.personBiases, workBiases: descent.workBiases, personFactors: descent.people,
      workFactors: descent.works, implicitFactors: descent.implicit)
  }

  init(
    scale: RatingScale, mean: Float, factors: Int, foldInRegularisation: Float, personBiases: [Float],
    workBiases: [Float], personFactors: [Float], workFactors: [Float], implicitFactors: [Float]
  ) {
    (self.scale, self.mean, self.factors) = (scale, mean, factors)
    self.foldInRegularisation = foldInRegularisation
    (self.personBiases, self.workBiases) = (personBiases, workBiases)
    (self.personFactors, self.workFactors) = (personFactors, workFactors)
    self.implicitFactors = implicitFactors
  }

  package func score(_ history: History, into scores: inout [Float], using room: inout ScoringRoom) {
    let known = history.known(workCount)
    let implicit = implicit(known)
    let own = foldIn(known, implicit)
    predict(bias: own.bias, zip(own.factors, implicit).map { $0 + $1 }, into: &scores)
  }

  package func ratings(
    person: Int?, history: History, into ratings: inout [Float], using room: inout ScoringRoom
  ) {
    if let person, person < personCount {
      let own = personFactors[person * factors..<(person + 1) * factors]
      let both = zip(own, implicit(history.known(workCount))).map { $0 + $1 }
      predict(bias: personBiases[person], both, into: &ratings)
    } else {
      score(history, into: &ratings, using: &room)
    }
    for i in ratings.indices { ratings[i] = scale.clip(ratings[i]) }
  }

  /// What each rating gave: that there is one, and how it was, in which the solution is linear.
  package func reasons(for work: Int32, history: History) -> Reasons {
    let known = history.known(workCount)
    guard work >= 0 && work < workCount else { return Reasons(base: mean) }
    let base = mean + workBiases[Int(work)]
    let implicit = implicit(known)
    guard let solution = solution(known, implicit) else { return Reasons(base: base) }
    let row = Array(workFactors[Int(work) * factors..<(Int(work) + 1) * factors])
    let z = solution.system.solve(row.map { Double($0) } + [1])
    let share = 1 / Double(known.count).squareRoot()
    return Reasons(
      base: base,
      works: zip(known.works, deviations(known, implicit)).map { own, deviation in
        let start = Int(own) * factors
        var (told, rated) = (0.0, z[factors])
        for i in 0..<factors {
          told += share * Double(row[i]) * Double(implicitFactors[start + i])
          rated += z[i] * Double(workFactors[start + i])
        }
        return .init(row: own, share: Float(told + rated * deviation))
      })
  }

  /// `|N|^−½ Σ yⱼ`.
  private func implicit(_ history: History) -> [Float] {
    var sum = [Float](repeating: 0, count: factors)
    for work in history.works {
      let start = Int(work) * factors
      for i in 0..<factors { sum[i] += implicitFactors[start + i] }
    }
    let share = 1 / Float(max(1, history.count)).squareRoot()
    return sum.map { share * $0 }
  }

  /// What a person's own bias and factors have to explain.
  private func deviations(_ history: History, _ implicit: [Float]) -> [Double] {
    zip(history.works, history.strengths).map { work, rating in
      let start = Int(work) * factors
      var known = mean + workBiases[Int(work)]
      for i in 0..<factors { known += workFactors[start + i] * implicit[i] }
      return Double(rating - known)
    }
  }

  private func solution(_ history: History, _ implicit: [Float]) -> RatingFoldIn? {
    RatingFoldIn(
      workFactors, factors: factors, works: history.works, deviations: deviations(history, implicit),
      regularisation: foldInRegularisation)
  }

  private func foldIn(_ history: History, _ implicit: [Float]) -> (bias: Float, factors: [Float]) {
    solution(history, implicit)?.solution ?? (0, [Float](repeating: 0, count: factors))
  }

  private func predict(bias: Float, _ own: [Float], into scores: inout [Float]) {
    if scores.count != workCount { scores.fill(workCount) }
    rowScores(workFactors.span, own.span, biases: workBiases, into: &scores)
    for i in scores.indices { scores[i] += mean + bias }
  }
}
