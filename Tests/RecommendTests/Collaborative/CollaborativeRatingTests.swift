import Foundation
import Kernels
import Recommend
import Testing

@Suite struct CollaborativeRatingTests {
  /// Three people and three works:  5 3 ·  /  4 2 4  /  1 5 2.
  private func table() throws -> Interactions {
    try interactions(
      [(0, 0, 5), (0, 1, 3), (1, 0, 4), (1, 1, 2), (1, 2, 4), (2, 0, 1), (2, 1, 5), (2, 2, 2)], people: 3,
      works: 3)
  }

  @Test func squaredDifferenceByPeople() throws {
    let table = try table()
    let model = UserNeighbours(table)
    // To person 1: ((5−4)² + (3−2)²)/2 = 1, so 1/2; to person 2: (16 + 4)/2 = 10, so 1/11.
    let alike = model.similarPeople(table.history(0), most: 5)
    #expect(alike.map(\.person) == [0, 1, 2])
    expectClose(alike.map(\.similarity), [1, 1.0 / 2, 1.0 / 11], within: 1e-6)
    // Means 4, 10/3 and 8/3: 4 + (1/2 · (4 − 10/3) + 1/11 · (2 − 8/3)) / (1/2 + 1/11).
    let expected: Float = 4 + (0.5 * (4 - 10.0 / 3) + (2 - 8.0 / 3) / 11) / (0.5 + 1.0 / 11)
    #expect(abs(model.scores(of: table.history(0))[2] - expected) < 1e-5)
    let reasons = model.reasons(for: 2, history: table.history(0))
    #expect(reasons.people.map(\.row) == [1, 2] && reasons.base == 4)
    #expect(abs(reasons.total - expected) < 1e-5)
  }

  @Test func nearestAlone() throws {
    let model = UserNeighbours(try table(), options: NeighbourOptions(neighbours: 1))
    let score = model.scores(of: try table().history(0))[2]
    #expect(abs(score - (4 + 4 - 10.0 / 3)) < 1e-5)
  }

  @Test func measures() throws {
    let table = try table()
    func similarity(_ measure: RatingSimilarity) -> [Int32: Float] {
      let model = UserNeighbours(table, options: NeighbourOptions(similarity: measure))
      let pairs = model.similarPeople(table.history(0), most: 3)
      return Dictionary(uniqueKeysWithValues: pairs.map { ($0.person, $0.similarity) })
    }
    // (5·4 + 3·2)/√(34·20), (5·1 + 3·5)/√(34·26).
    let cosine = similarity(RatingSimilarity(.cosine))
    #expect(abs((cosine[1] ?? 0) - 26 / Float(680).squareRoot()) < 1e-6)
    #expect(abs((cosine[2] ?? 0) - 20 / Float(884).squareRoot()) < 1e-6)
    // Two ratings always lie on a line; one that falls is no likeness.
    let pearson = similarity(RatingSimilarity(.pearson))
    #expect(abs((pearson[1] ?? 0) - 1) < 1e-6 && pearson[2] == nil)
    // Two in common: 1/2 · (2 − 1)/(2 − 1 + 3).
    let shrunk = similarity(RatingSimilarity(.squaredDifference, shrinkage: 3))
    #expect(abs((shrunk[1] ?? 0) - 0.125) < 1e-6)
    #expect(similarity(RatingSimilarity(.squaredDifference, leastCommon: 3)).isEmpty)
    // The works' means are 10/3, 10/3 and 3: what is left is (5/3, −1/3) and (2/3, −4/3).
    let adjusted = similarity(RatingSimilarity(.adjustedCosine))
    let expected = (10.0 / 9 + 4.0 / 9) / ((25.0 + 1) / 9 * (4 + 16) / 9).squareRoot()
    #expect(abs(Double(adjusted[1] ?? 0) - expected) < 1e-5)
  }

  @Test func squaredDifferenceByWorks() throws {
    let table = try table()
    let model = try ItemNeighbours(training: table)
    // Work 2 beside 0: (0 + 1)/2; beside 1: (4 + 9)/2.
    let (a, b) = (1 / 1.5, 1 / 7.5)
    let expected = 3 + (a * (5 - 10.0 / 3) + b * (3 - 10.0 / 3)) / (a + b)
    let history = table.history(0)
    #expect(abs(Double(model.scores(of: history)[2]) - expected) < 1e-5)
    let reasons = model.reasons(for: 2, history: history)
    #expect(reasons.base == 3 && reasons.works.map(\.row) == [0, 1])
    #expect(abs(Double(reasons.total) - expected) < 1e-5)
    let nearest = try ItemNeighbours(training: table, options: NeighbourOptions(neighbours: 1))
    #expect(abs(Double(nearest.scores(of: history)[2]) - (3 + 5 - 10.0 / 3)) < 1e-5)
    #expect(abs(nearest.reasons(for: 2, history: history).total - nearest.scores(of: history)[2]) < 1e-5)
  }

  @Test func adjustedCosineByWorks() throws {
    let model = try ItemNeighbours(
      training: try table(), options: NeighbourOptions(similarity: RatingSimilarity(.adjustedCosine)))
    // Without the means 4, 10/3 and 8/3: work 0 has (1, 2/3, −5/3), work 2 has (·, 2/3, −2/3).
    let expected = (4.0 / 9 + 10.0 / 9) / ((4.0 + 25) / 9 * (4 + 4) / 9).squareRoot()
    let row = model.similar.row(0)
    #expect(model.similar.columns[row] == [2])
    #expect(abs(Double(model.similar.values[row.lowerBound]) - expected) < 1e-5)
  }

  @Test func baselines() throws {
    let table = try table()
    let baselines = RatingBaselines(table)
    #expect(abs(baselines.mean - 26.0 / 8) < 1e-6)
    // (5 + 4 + 1 − 3·3.25)/(25 + 3).
    #expect(abs(baselines.works[0] - 0.25 / 28) < 1e-6)
    let bias = baselines.personBias(History(works: [0], strengths: [5]))
    #expect(abs(bias - (1.75 - 0.25 / 28) / 11) < 1e-6)
  }

  /// A work that nobody rated, a person without a history, one who gives the same to everything: each gets something sensible.
  @Test func corners() throws {
    let table = try interactions(
      [(0, 0, 3), (0, 1, 3), (0, 2, 3), (1, 0, 5), (1, 1, 1), (2, 2, 4)], people: 4, works: 4)
    var options = BiasedFactors.Options()
    (options.factors, options.epochs) = (4, 5)
    let works = try ItemNeighbours(training: table)
    let all: [any RatingPredictor] = [
      UserNeighbours(table), works, try CombinedNeighbours(training: table),
      try BiasedFactors(training: table, options: options),
    ]
    for model in all {
      for history in [History.empty, table.history(0), History(works: [3, 9], strengths: [5, 1])] {
        var (room, ratings) = (ScoringRoom(), [Float]())
        model.ratings(person: nil, history: history, into: &ratings, using: &room)
        #expect(ratings.count == 4 && ratings.allSatisfy { $0 >= 1 && $0 <= 5 })
        let scores = model.scores(of: history)
        for work in 0..<4 {
          #expect(abs(model.reasons(for: Int32(work), history: history).total - scores[work]) < 1e-4)
        }
      }
      #expect(model.reasons(for: 99, history: .empty).total.isFinite)
    }
    let nothing = try interactions([], people: 0, works: 0)
    #expect(UserNeighbours(nothing).scores(of: .empty).isEmpty)
    #expect(try ItemNeighbours(training: nothing).scores(of: .empty).isEmpty)
    #expect(try BiasedFactors(training: nothing).scores(of: .empty).isEmpty)
    #expect(try CombinedNeighbours(training: nothing).scores(of: .empty).isEmpty)
  }

  /// One rating, one step by hand.
  @Test func factorsOfOneStep() throws {
    let table = try interactions([(0, 0, 5), (1, 0, 1)], people: 2, works: 1)
    var options = BiasedFactors.Options()
    (options.factors, options.epochs, options.deviation) = (1, 1, 0)
    (options.rate, options.regularisation) = (0.1, 0.5)
    let model = try BiasedFactors(training: table, options: options)
    // The mean is 3. Whoever comes first moves by 0.1 · (±2); the second sees the work's bias of ±0.2 and errs by ∓2.2; the first bias shrinks by 0.05 of itself.
    let (first, second): (Float, Float) = (0.2, 0.22)
    let work = first * 0.95 - second
    #expect(abs(abs(model.workBiases[0]) - abs(work)) < 1e-6)
    #expect(Set(model.personBiases.map { (abs($0) * 100).rounded() }) == [20, 22])
    #expect(model.personFactors.allSatisfy { $0 == 0 })
  }

  /// Two kinds of people: factors must find them, and a history alone must say which kind its person is.
  @Test func factorsLearn() throws {
    var triples: [(person: Int, work: Int, value: Float)] = []
    for person in 0..<40 {
      for work in 0..<20 where (person * 7 + work * 3) % 4 != 0 {
        triples.append((person, work, person % 2 == work % 2 ? 5 : 1))
      }
    }
    let table = try interactions(triples, people: 40, works: 20)
    var options = BiasedFactors.Options()
    (options.factors, options.epochs, options.rate) = (4, 200, 0.02)
    let model = try BiasedFactors(training: table, options: options)
    #expect(RatingErrors.of(model, training: table, test: table).rootMeanSquare < 0.3)
    let folded = model.scores(of: History(works: [0, 1, 2, 3], strengths: [5, 1, 5, 1]))
    #expect(folded[4] > 4 && folded[5] < 2 && folded[18] > 4 && folded[19] < 2)
    #expect(try BiasedFactors(training: table, options: options).workFactors == model.workFactors)
    options.seed = 2
    #expect(try BiasedFactors(training: table, options: options).workFactors != model.workFactors)
    options.rate = 100
    #expect(throws: RecommendError.self) { try BiasedFactors(training: table, options: options) }
  }

  @Test func combinedFindsTheBetter() throws {
    let table = try interactions(
      (0..<30).flatMap { person in
        (0..<12).filter { (person + $0) % 3 != 0 }.map {
          (person: person, work: $0, value: Float(1 + (person * 5 + $0 * ($0 % 3)) % 5))
        }
      }, people: 30, works: 12)
    let model = try CombinedNeighbours(training: table)
    #expect((0...1).contains(model.peopleShare))
    let history = table.history(3)
    let (a, b) = (model.people.scores(of: history), model.works.scores(of: history))
    let both = model.scores(of: history)
    for i in both.indices {
      #expect(abs(both[i] - (model.peopleShare * a[i] + (1 - model.peopleShare) * b[i])) < 1e-5)
    }
  }
}
