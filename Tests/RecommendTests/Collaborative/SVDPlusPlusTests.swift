import Recommend
import Testing

@Suite struct SVDPlusPlusTests {
  /// Without factors, the biases alone learn.
  @Test func oneStepByHand() throws {
    let table = try interactions([(0, 0, 5), (0, 1, 2)], people: 1, works: 2)
    var options = SVDPlusPlus.Options()
    (options.factors, options.epochs, options.deviation) = (1, 1, 0)
    (options.rate, options.regularisation) = (0.1, 0.5)
    let model = try SVDPlusPlus(training: table, options: options)
    // The mean is 3.5: the first rating errs by 1.5, then the person's bias is 0.15 and the second errs by −1.65.
    #expect(abs(model.workBiases[0] - 0.15) < 1e-6 && abs(model.workBiases[1] + 0.165) < 1e-6)
    #expect(abs(model.personBiases[0] - (0.15 * 0.95 - 0.165)) < 1e-6)
    // Factors of 0 have nothing to learn from.
    #expect(model.implicitFactors == [0, 0])
  }

  /// The steps one after another, each moving every y, as the paper has them.
  @Test func theShortWayIsTheLongOne() throws {
    let table = try interactions([(0, 0, 5), (0, 1, 1), (0, 3, 3)], people: 1, works: 4)
    var options = SVDPlusPlus.Options()
    (options.factors, options.epochs, options.rate, options.regularisation) = (3, 0, 0.05, 0.1)
    let before = try SVDPlusPlus(training: table, options: options)
    options.epochs = 1
    let after = try SVDPlusPlus(training: table, options: options)
    let works = [0, 1, 3]
    var (p, q, y) = (before.personFactors, before.workFactors, before.implicitFactors)
    var (own, bias): (Float, [Float]) = (0, [0, 0, 0, 0])
    let size = Float(3).squareRoot()
    for (work, rating) in zip(works, [5, 1, 3] as [Float]) {
      let z = (0..<3).map { i in works.reduce(Float(0)) { $0 + y[$1 * 3 + i] } / size }
      let product = (0..<3).reduce(Float(0)) { $0 + q[work * 3 + $1] * (p[$1] + z[$1]) }
      let error = rating - before.mean - own - bias[work] - product
      own += 0.05 * (error - 0.1 * own)
      bias[work] += 0.05 * (error - 0.1 * bias[work])
      for i in 0..<3 {
        let (a, b) = (p[i], q[work * 3 + i])
        p[i] += 0.05 * (error * b - 0.1 * a)
        q[work * 3 + i] += 0.05 * (error * (a + z[i]) - 0.1 * b)
        for j in works { y[j * 3 + i] += 0.05 * (error * b / size - 0.1 * y[j * 3 + i]) }
      }
    }
    func isNear(_ a: [Float], _ b: [Float]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) < 1e-6 } }
    #expect(isNear(after.personFactors, p) && isNear(after.workFactors, q))
    #expect(isNear(after.implicitFactors, y))
    #expect(isNear(after.workBiases, bias) && isNear(after.personBiases, [own]))
    #expect(!isNear(before.implicitFactors, y))
  }

  /// What somebody rated at all tells what they like: there are two kinds of people, and works that either kind rates.
  @Test func learns() throws {
    var triples: [(person: Int, work: Int, value: Float)] = []
    for person in 0..<40 {
      for work in 0..<20 where (person * 7 + work * 3) % 4 != 0 {
        triples.append((person, work, person % 2 == work % 2 ? 5 : 1))
      }
    }
    let table = try interactions(triples, people: 40, works: 20)
    var options = SVDPlusPlus.Options()
    (options.factors, options.epochs, options.rate) = (4, 200, 0.02)
    let model = try SVDPlusPlus(training: table, options: options)
    #expect(RatingErrors.of(model, training: table, test: table).rootMeanSquare < 0.3)
    let history = History(works: [0, 1, 2, 3], strengths: [5, 1, 5, 1])
    let folded = model.scores(of: history)
    #expect(folded[4] > 4 && folded[5] < 2 && folded[18] > 4 && folded[19] < 2)
    for work in 0..<20 {
      #expect(abs(model.reasons(for: Int32(work), history: history).total - folded[work]) < 1e-3)
    }
    #expect(try SVDPlusPlus(training: table, options: options).workFactors == model.workFactors)
    options.rate = 100
    #expect(throws: RecommendError.self) { try SVDPlusPlus(training: table, options: options) }
  }

  @Test func corners() throws {
    let table = try interactions([(0, 0, 3), (0, 1, 3), (1, 0, 5)], people: 3, works: 4)
    let model = try SVDPlusPlus(training: table)
    for history in [History.empty, History(works: [3, 9], strengths: [5, 1])] {
      var (room, ratings) = (ScoringRoom(), [Float]())
      model.ratings(person: nil, history: history, into: &ratings, using: &room)
      #expect(ratings.count == 4 && ratings.allSatisfy { $0 >= 1 && $0 <= 5 })
      let scores = model.scores(of: history)
      for work in 0..<4 {
        #expect(abs(model.reasons(for: Int32(work), history: history).total - scores[work]) < 1e-4)
      }
    }
    #expect(model.reasons(for: 99, history: .empty).total.isFinite)
    let nothing = try interactions([], people: 0, works: 0)
    #expect(try SVDPlusPlus(training: nothing).scores(of: .empty).isEmpty)
  }
}
