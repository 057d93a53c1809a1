import Foundation
import Kernels
import Recommend
import Testing

/// Against scikit-surprise, implicit and numpy (`tools/golden/golden_recommend.py`).
@Suite struct CollaborativeGoldenTests {
  private struct Golden: Decodable {
    struct Predictions: Decodable {
      struct Model: Decodable {
        let people: Bool
        let measure: String
        let least: Int
        let expected: [Float]
      }
      let pairs: [[Int]]
      let models: [Model]
    }
    struct Alike: Decodable {
      let weighting: String
      let similar: [[Float]]
    }
    struct LeastSquares: Decodable {
      let factors: Int
      let regularisation: Double
      let confidence: Float
      let strengths, people, works, afterThreeSteps, exact: [Float]
    }
    struct Ease: Decodable {
      let regularisation: Float
      let weights: [Float]
    }

    let peopleCount, workCount: Int
    let people, works: [Int32]
    let ratings: [Float]
    let predictions: Predictions
    let alike: [Alike]
    let leastSquares: LeastSquares
    let ease: Ease

    static func read() throws -> Golden {
      let url = try #require(
        Bundle.module.url(forResource: "recommend", withExtension: "json", subdirectory: "Golden"))
      return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    }

    func table(_ values: [Float]) throws -> Interactions {
      try Interactions(
        people: people, works: works, values: values, personCount: peopleCount, workCount: workCount,
        duplicates: .last)
    }
  }

  /// Of equal likenesses Surprise takes whoever comes first in its tables, so that a few predictions may differ; a pair without neighbours gets our
  /// baseline and Surprise's mean.
  @Test func predictions() throws {
    let golden = try Golden.read()
    let table = try golden.table(golden.ratings)
    let measures: [String: RatingSimilarity.Measure] = [
      "msd": .squaredDifference, "cosine": .cosine, "pearson": .pearson,
    ]
    for expected in golden.predictions.models {
      let measure = try #require(measures[expected.measure])
      let options = NeighbourOptions(
        similarity: RatingSimilarity(measure, leastCommon: expected.least), neighbours: 4)
      let model: any RatingPredictor =
        expected.people
        ? UserNeighbours(table, options: options) : try ItemNeighbours(training: table, options: options)
      var (room, ratings, differ) = (ScoringRoom(), [Float](), 0)
      for (pair, value) in zip(golden.predictions.pairs, expected.expected) {
        let history = table.history(pair[0])
        model.ratings(person: nil, history: history, into: &ratings, using: &room)
        let reasons = model.reasons(for: Int32(pair[1]), history: history)
        guard !(reasons.works.isEmpty && reasons.people.isEmpty) else { continue }
        if abs(ratings[pair[1]] - value) > 1e-4 { differ += 1 }
      }
      #expect(
        differ <= golden.predictions.pairs.count / 20,
        "\(expected.measure), people \(expected.people): \(differ) of \(golden.predictions.pairs.count)")
    }
  }

  @Test func alike() throws {
    let golden = try Golden.read()
    let table = try golden.table(golden.ratings)
    for expected in golden.alike {
      let weighting: InteractionNeighbours.Weighting =
        switch expected.weighting {
        case "cosine": .cosine
        case "tfidf": .tfIdf
        default: .bm25(k1: 1.2, b: 0.2)
        }
      let model = try InteractionNeighbours(training: table, weighting: weighting, kept: golden.workCount)
      for (work, row) in expected.similar.enumerated() {
        var own = [Float](repeating: 0, count: golden.workCount)
        for (other, likeness) in model.likeWorks(work) { own[Int(other)] = likeness }
        expectClose(own, row.map { max(0, $0) }, within: 1e-4 * max(1, row.max() ?? 1))
      }
    }
  }

  @Test func leastSquares() throws {
    let golden = try Golden.read()
    let expected = golden.leastSquares
    let table = try golden.table(expected.strengths)
    func solved(_ steps: Int) -> [Float] {
      var people = expected.people
      var rows = people.mutableSpan
      table.byPerson.solveLeastSquares(
        fixed: expected.works.span, rows: &rows, factors: expected.factors, confidence: expected.confidence,
        regularisation: expected.regularisation, steps: steps, threads: 1)
      return people
    }
    expectClose(solved(3), expected.afterThreeSteps, within: 2e-4)
    expectClose(solved(20), expected.exact, within: 2e-4)
  }

  @Test func ease() throws {
    let golden = try Golden.read()
    var options = LinearAutoencoder.Options()
    options.regularisation = golden.ease.regularisation
    let model = try LinearAutoencoder(
      training: try golden.table(golden.ratings).mapValues { _ in 1 }, options: options)
    expectClose(model.weights, golden.ease.weights, within: 1e-6)
  }
}
