import Foundation
import Recommend
import Testing

@Suite struct CollaborativeFileTests {
  private func models() throws -> [any HistoryScorer & StoredModel] {
    let likes = try twoTastes(people: 30, works: 12, seed: 9)
    var triples: [(person: Int, work: Int, value: Float)] = []
    for person in 0..<20 {
      for work in 0..<12 where (person + work) % 3 != 0 {
        triples.append((person, work, Float(1 + person * work % 5)))
      }
    }
    let ratings = try interactions(triples, people: 20, works: 12)
    var als = AlternatingLeastSquares.Options()
    als.factors = 3
    var bpr = PairwiseRanking.Options()
    (bpr.factors, bpr.epochs) = (3, 5)
    var factors = BiasedFactors.Options()
    (factors.factors, factors.epochs) = (3, 2)
    var implicit = SVDPlusPlus.Options()
    (implicit.factors, implicit.epochs) = (3, 2)
    let options = NeighbourOptions(
      similarity: RatingSimilarity(.adjustedCosine, leastCommon: 2, shrinkage: 5), neighbours: 7,
      leastNeighbours: 2, reach: 9)
    return [
      UserNeighbours(ratings, options: options), try ItemNeighbours(training: ratings, options: options),
      try CombinedNeighbours(training: ratings), try BiasedFactors(training: ratings, options: factors),
      try InteractionNeighbours(training: likes), try AlternatingLeastSquares(training: likes, options: als),
      try PairwiseRanking(training: likes, options: bpr), try LinearAutoencoder(training: likes),
      try SVDPlusPlus(training: ratings, options: implicit),
    ]
  }

  private func readAgain(_ model: any HistoryScorer & StoredModel, from path: String) throws
    -> any HistoryScorer
  {
    func read<M: HistoryScorer & StoredModel>(_: M) throws -> any HistoryScorer { try M(reading: path) }
    return try read(model)
  }

  @Test func comeBack() throws {
    let history = History(works: [0, 3, 4, 11], strengths: [5, 1, 2, 4])
    for model in try models() {
      try withFile { path in
        try model.write(to: path)
        let again = try readAgain(model, from: path)
        #expect(again.scores(of: history) == model.scores(of: history), "\(type(of: model))")
        #expect(again.reasons(for: 5, history: history) == model.reasons(for: 5, history: history))
        let folder = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(name) }
        #expect(left == [name])
      }
    }
  }

  /// Cut anywhere, or with any byte changed, a file is refused; nothing else happens.
  @Test func damaged() throws {
    for model in try models() {
      try withFile { path in
        try model.write(to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let steps = stride(from: 0, to: whole.count, by: max(1, whole.count / 80))
        for length in steps {
          try whole.prefix(length).write(to: URL(fileURLWithPath: path))
          #expect(throws: RecommendError.self) { try readAgain(model, from: path) }
        }
        for place in steps {
          var bytes = whole
          bytes[place] ^= 0x41
          try bytes.write(to: URL(fileURLWithPath: path))
          #expect(throws: RecommendError.self, "byte \(place)") { try readAgain(model, from: path) }
        }
        try (whole + Data([0])).write(to: URL(fileURLWithPath: path))
        #expect(throws: RecommendError.self) { try readAgain(model, from: path) }
      }
    }
  }

  @Test func codes() throws {
    let models = try models()
    let missing = "/nowhere/model"
    #expect { try readAgain(models[0], from: missing) } throws: {
      ($0 as? RecommendError)?.code == .unavailable
    }
    #expect { try models[0].write(to: missing) } throws: { ($0 as? RecommendError)?.code == .unavailable }
    try withFile { path in
      try models[5].write(to: path)
      #expect { try readAgain(models[6], from: path) } throws: { ($0 as? RecommendError)?.code == .damaged }
      var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      bytes[8] = 9
      try bytes.write(to: URL(fileURLWithPath: path))
      #expect { try readAgain(models[5], from: path) } throws: { ($0 as? RecommendError)?.code == .tooNew }
    }
  }

  /// Counts that name more than there is, with a sound checksum or without, must not lead to memory being taken for them.
  @Test func countsThatLie() throws {
    let model = try models()[5]
    try withFile { path in
      try model.write(to: path)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      // Eight bytes of each number in turn become the largest count.
      for place in stride(from: 32, to: min(whole.count, 232), by: 8) {
        var bytes = whole
        for i in 0..<8 { bytes[place + i] = [0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0][i] }
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(throws: RecommendError.self) { try readAgain(model, from: path) }
      }
    }
  }
}
