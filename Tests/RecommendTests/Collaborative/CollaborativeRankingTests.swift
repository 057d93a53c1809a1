import Kernels
import Recommend
import Synchronization
import Testing

@Suite struct CollaborativeRankingTests {
  private func als(_ table: Interactions, threads: Int = 1) throws -> AlternatingLeastSquares {
    var options = AlternatingLeastSquares.Options()
    (options.factors, options.regularisation) = (8, 0.5)
    (options.epochs, options.steps) = (30, 8)
    return try AlternatingLeastSquares(training: table, options: options, threads: threads)
  }

  private func bpr(_ table: Interactions, threads: Int = 1) throws -> PairwiseRanking {
    var options = PairwiseRanking.Options()
    (options.factors, options.epochs, options.rate) = (8, 60, 0.05)
    return try PairwiseRanking(training: table, options: options, threads: threads)
  }

  private func ease(_ table: Interactions, _ regularisation: Float = 20) throws -> LinearAutoencoder {
    var options = LinearAutoencoder.Options()
    options.regularisation = regularisation
    return try LinearAutoencoder(training: table, options: options)
  }

  private func all(_ table: Interactions) throws -> [any HistoryScorer] {
    [
      PopularityBaseline(table), try InteractionNeighbours(training: table),
      try InteractionNeighbours(training: table, weighting: .tfIdf),
      try InteractionNeighbours(training: table, weighting: .bm25(k1: 1.2, b: 0.2)), try als(table),
      try bpr(table), try ease(table),
    ]
  }

  @Test func cosineByHand() throws {
    // Works 0 and 1 share one of two and one of one; 0 and 2 share one of two and one of two.
    let table = try interactions(
      [(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 2, 1), (2, 2, 1)], people: 3, works: 3)
    let model = try InteractionNeighbours(training: table)
    let alike = model.likeWorks(0)
    #expect(alike.map(\.work) == [1, 2])
    expectClose(alike.map(\.likeness), [1 / Float(2).squareRoot(), 0.5], within: 1e-6)
    // A dislike counts against what is like it.
    let history = History(works: [0, 2], strengths: [1, -2])
    expectClose(model.scores(of: history), [-1, 1 / Float(2).squareRoot(), 0.5], within: 1e-6)
    let reasons = model.reasons(for: 1, history: history)
    #expect(reasons.works.count == 1 && reasons.works.first?.row == 0)
    let kept = try InteractionNeighbours(training: table, kept: 1)
    #expect(kept.likeWorks(0).map(\.work) == [1])
  }

  @Test func leastSquaresByHand() throws {
    // One work, one person, one factor: (y² + λ + α y²) x = (1 + α) y.
    let rows = try #require(SparseRows(offsets: [0, 1], columns: [0], values: [2], columnCount: 1))
    var x: [Float] = [0]
    var out = x.mutableSpan
    rows.solveLeastSquares(
      fixed: [0.5].span, rows: &out, factors: 1, confidence: 3, regularisation: 0.25, steps: 3, threads: 1)
    // (0.25 + 0.25 + 6 · 0.25) x = 7 · 0.5.
    expectClose(x, [1.75], within: 1e-6)
    // A dislike is a zero that one is sure of.
    let dislike = try #require(SparseRows(offsets: [0, 1], columns: [0], values: [-2], columnCount: 1))
    x = [0.3]
    var again = x.mutableSpan
    dislike.solveLeastSquares(
      fixed: [0.5].span, rows: &again, factors: 1, confidence: 3, regularisation: 0.25, steps: 3, threads: 1)
    expectClose(x, [0], within: 1e-6)
  }

  @Test func pairwiseByHand() {
    // From zeros the score is 0 and σ(−0) = ½: x = rate · ½ · (a − b).
    let descent = PairwiseDescent(factors: 2, rate: 0.2, regularisation: 0.5, seed: 1)
    let works: [Float] = [1, 2, 0.5, -1]
    let one = descent.person(
      liked: [0], others: [1], works: works.span, biases: [0, 0].span, draws: 1, parts: true)
    expectClose(one.factors, [0.05, 0.3], within: 1e-7)
    expectClose(one.parts, [0.05, 0.3], within: 1e-7)
    // The second step shrinks by 1 − 0.2 · 0.5, and σ(−s) is of s = 0.05 · 0.5 + 0.3 · 3.
    let two = descent.person(
      liked: [0], others: [1], works: works.span, biases: [0, 0].span, draws: 2, parts: true)
    let step: Float = 0.2 / (1 + 2.5221)
    expectClose(two.factors, [0.045 + step * 0.5, 0.27 + step * 3], within: 1e-4)
    expectClose(two.parts, two.factors, within: 1e-6)
  }

  @Test func autoencoderByHand() throws {
    // XᵀX = (2 1; 1 2); with λ = 1: B₀₁ = −P₀₁/P₁₁ = 1/3.
    let table = try interactions([(0, 0, 1), (0, 1, 1), (1, 0, 1), (2, 1, 1)], people: 3, works: 3)
    let model = try ease(table, 1)
    #expect(model.works == [0, 1])
    expectClose(model.weights, [0, 1.0 / 3, 1.0 / 3, 0], within: 1e-6)
    expectClose(model.scores(of: History(works: [0], strengths: [3])), [0, 1, 0], within: 1e-6)
    var options = LinearAutoencoder.Options()
    options.works = 1
    #expect(try LinearAutoencoder(training: table, options: options).works == [0])
    #expect(LinearAutoencoder.memory(works: 10_000) == 400_000_000)
  }

  /// Every model must find out who likes what, and its reasons must be its score.
  @Test func findTastes() throws {
    let table = try twoTastes(people: 120, works: 40, seed: 3)
    let history = History(works: [0, 2, 4], strengths: [1, 1, 1])
    for model in try all(table) {
      let scores = model.scores(of: history)
      let list = topWorks(scores, 10, excluding: history.works)
      let own = list.count { $0 % 2 == 0 }
      #expect(model is PopularityBaseline || own >= 9, "\(type(of: model)): \(own) of 10")
      for work in [Int32(0), 6, 7, 39] {
        let total = model.reasons(for: work, history: history).total
        #expect(
          abs(total - scores[Int(work)]) < 1e-4, "\(type(of: model)): \(total) for \(scores[Int(work)])")
      }
      let asked: [Int32] = [39, 0, -1, 7, 400]
      #expect(
        model.reasons(for: asked, history: history) == asked.map { model.reasons(for: $0, history: history) })
      if let model = model as? any FactorScorer {
        let works: [Int32] = [39, 0, 7]
        let chosen = model.scores(of: works, query: model.query(history))
        for (work, score) in zip(works, chosen) { #expect(abs(score - scores[Int(work)]) < 1e-5) }
      }
    }
  }

  /// Nobody, a work that came later, dislikes alone, everything liked, nobody at all.
  @Test func corners() throws {
    let table = try twoTastes(people: 60, works: 20, seed: 4)
    let everything = History(works: Array(0..<20), strengths: [Float](repeating: 1, count: 20))
    let dislikes = History(works: [1, 3, 5], strengths: [-1, -1, -1])
    let endless = History(works: [0], strengths: [10_000])
    for model in try all(table) {
      for history in [
        .empty, dislikes, everything, endless, History(works: [19, 20, 400], strengths: [1, 1, 1]),
      ] {
        let scores = model.scores(of: history)
        #expect(scores.count == 20 && scores.allSatisfy(\.isFinite), "\(type(of: model))")
        let total = model.reasons(for: 3, history: history).total
        #expect(abs(total - scores[3]) <= 1e-3 * max(1, abs(scores[3])), "\(type(of: model))")
      }
      #expect(model.reasons(for: -1, history: dislikes).total == 0 || model is PopularityBaseline)
    }
    let nobody = try interactions([], people: 3, works: 5)
    for model in [try als(nobody), try bpr(nobody), try InteractionNeighbours(training: nobody)]
      as [any HistoryScorer]
    {
      #expect(model.scores(of: endless) == [0, 0, 0, 0, 0])
    }
    #expect(throws: RecommendError.self) { try ease(nobody) }
  }

  /// The person's own history leads back to what was learned of them.
  @Test func foldIn() throws {
    let table = try twoTastes(people: 120, works: 40, seed: 5)
    let model = try als(table)
    for person in [0, 1, 17, 118] {
      let own = Array(model.personFactors[person * 8..<(person + 1) * 8])
      let folded = model.query(table.history(person))
      let apart = zip(own, folded).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
      #expect(apart < 0.1 * folded.map { $0 * $0 }.reduce(0, +).squareRoot())
    }
    // The descent over pairs ends near, not at, the same place.
    let ranking = try bpr(table)
    var agree = 0
    for person in 0..<50 {
      let folded = ranking.scores(of: table.history(person))
      let learned = (0..<40).map { work in
        ranking.biases[work]
          + (0..<8).reduce(Float(0)) {
            $0 + ranking.personFactors[person * 8 + $1] * ranking.workFactors[work * 8 + $1]
          }
      }
      agree += Set(topWorks(folded, 10)).intersection(topWorks(learned, 10)).count
    }
    #expect(agree > 350, "\(agree) of 500")
  }

  @Test func vectorsGiveTheScores() throws {
    let table = try twoTastes(people: 60, works: 20, seed: 6)
    let history = table.history(4)
    for model in [try als(table), try bpr(table)] as [any FactorScorer] {
      let (query, vectors, scores) = (model.query(history), model.workVectors, model.scores(of: history))
      let n = model.dimension
      for work in 0..<20 {
        let inner = (0..<n).reduce(Float(0)) { $0 + query[$1] * vectors[work * n + $1] }
        #expect(abs(inner - scores[work]) < 1e-5)
      }
    }
  }

  @Test func sameOnAnyNumberOfThreads() throws {
    let table = try twoTastes(people: 900, works: 300, seed: 7)
    #expect(table.count > 4_096)
    #expect(try als(table, threads: 1).workFactors == als(table, threads: 2).workFactors)
    #expect(try als(table, threads: 1).personFactors == als(table, threads: 3).personFactors)
    let (one, two) = (try bpr(table, threads: 1), try bpr(table, threads: 2))
    #expect(
      one.workFactors == two.workFactors && one.biases == two.biases && one.personFactors == two.personFactors
    )
    let near = try (1...3).map { try InteractionNeighbours(training: table, threads: $0).similar }
    #expect(near[0] == near[1] && near[1] == near[2])
    let rated = table.mapValues { _ in 3 }
    #expect(
      try ItemNeighbours(training: rated, threads: 1).similar
        == ItemNeighbours(training: rated, threads: 2).similar)
  }

  @Test func stops() throws {
    let table = try twoTastes(people: 60, works: 20, seed: 8)
    let watch = TrainingWatch(isStopped: { true })
    let stopped = RecommendError.Code.stopped
    #expect { try AlternatingLeastSquares(training: table, watch: watch) } throws: {
      ($0 as? RecommendError)?.code == stopped
    }
    #expect { try PairwiseRanking(training: table, watch: watch) } throws: {
      ($0 as? RecommendError)?.code == stopped
    }
    #expect { try LinearAutoencoder(training: table, watch: watch) } throws: {
      ($0 as? RecommendError)?.code == stopped
    }
    #expect { try InteractionNeighbours(training: table, watch: watch) } throws: {
      ($0 as? RecommendError)?.code == stopped
    }
    #expect { try BiasedFactors(training: table, watch: watch) } throws: {
      ($0 as? RecommendError)?.code == stopped
    }
    let last = Mutex(0.0)
    _ = try AlternatingLeastSquares(
      training: table, watch: TrainingWatch(progress: { done in last.withLock { $0 = done } }))
    #expect(last.withLock { $0 } == 1)
  }
}
