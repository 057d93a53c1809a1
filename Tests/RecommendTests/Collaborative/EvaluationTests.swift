import Foundation
import Recommend
import TestSupport
import Testing

@Suite struct EvaluationTests {
  @Test func rankingByHand() {
    let metrics = RankingMetrics([3, 1, 7, 5], relevant: [1, 5, 9], k: 4)
    #expect(metrics.precision == 0.5)
    #expect(abs(metrics.recall - 2.0 / 3) < 1e-12)
    // Hits at ranks 2 and 4; the best would be 1, 2 and 3.
    let gain = 1 / log2(3.0) + 1 / log2(5.0)
    #expect(abs(metrics.ndcg - gain / (1 + 1 / log2(3.0) + 0.5)) < 1e-12)
    #expect(abs(metrics.averagePrecision - (0.5 + 0.5) / 3) < 1e-12)
    #expect(metrics.hitRate == 1 && metrics.reciprocalRank == 0.5)
    let nothing = RankingMetrics([3, 7], relevant: [1], k: 4)
    #expect(nothing.values == [0, 0, 0, 0, 0, 0])
    #expect(RankingMetrics([1, 5, 9], relevant: [1, 5, 9], k: 3).values == [1, 1, 1, 1, 1, 1])
  }

  @Test func errorsByHand() {
    var errors = RatingErrors()
    errors.add(predicted: 3, given: 5)
    errors.add(predicted: 4, given: 3)
    #expect(abs(errors.rootMeanSquare - 2.5.squareRoot()) < 1e-12 && errors.meanAbsolute == 1.5)
    #expect(RatingErrors().rootMeanSquare == 0)
  }

  @Test func top() {
    #expect(topWorks([1, 3, 2, 3], 3) == [1, 3, 2])
    #expect(topWorks([1, 3, 2, 3], 9, excluding: [1, 2]) == [3, 0])
    #expect(topWorks([], 3) == [])
    #expect(topWorks([1, 2], 0) == [])
  }

  @Test func qualityByHand() {
    #expect(ListQuality.coverage([[0, 1], [1, 2]], workCount: 6) == 0.5)
    #expect(ListQuality.diversity([0, 1, 3]) { abs(Double($0) - Double($1)) } == 2)
    #expect(ListQuality.diversity([4]) { _, _ in 1 } == 0)
    // 4 of 8 people: 1 bit; 1 of 8: 3 bits; nobody: as half a person, 4 bits.
    #expect(abs(ListQuality.novelty([0, 1, 2], counts: [4, 1, 0], people: 8) - 8.0 / 3) < 1e-12)
  }

  @Test func splits() {
    let folds = Split.folds(10, folds: 3, seed: 5)
    #expect(folds.flatMap(\.test).sorted() == Array(0..<10))
    #expect(folds.allSatisfy { ($0.training + $0.test).sorted() == Array(0..<10) && $0.test.count >= 3 })
    #expect(folds == Split.folds(10, folds: 3, seed: 5) && folds != Split.folds(10, folds: 3, seed: 6))
    let last = Split.leaveLastOut(people: [0, 1, 0, 1, 2, 0], times: [5, 9, 7, 9, 1, 6])
    #expect(last.test == [2, 3] && last.training == [0, 1, 4, 5])
    let some = Split.leaveSomeOut(people: [0, 0, 0, 0, 0, 1, 1, 1, 1], share: 0.4, seed: 1)
    #expect(some.test.count { $0 < 5 } == 2 && some.test.count { $0 >= 5 } == 1)
  }

  @Test func intervals() {
    let values = (0..<400).map { Double($0 % 2) }
    let interval = ConfidenceInterval(values)
    // The standard error is 0.5/√400 = 0.025.
    #expect(interval.mean == 0.5)
    #expect(
      abs(interval.low - (0.5 - 1.96 * 0.025)) < 0.012 && abs(interval.high - (0.5 + 1.96 * 0.025)) < 0.012)
    #expect(interval == ConfidenceInterval(values))
    // What makes people differ falls out of differences.
    let better = ConfidenceInterval.ofDifferences(values.map { $0 + 0.01 }, values)
    #expect(better.low > 0 && better.high < 0.02)
    #expect(ConfidenceInterval([]).high == 0)
  }

  @Test func readsTables() throws {
    try withFile { path in
      try Data("user,item,rating,time\n7,b,4,100\n12,a,2.5,50\n7,a,1\n".utf8).write(
        to: URL(fileURLWithPath: path))
      let table = try Ratings(reading: path)
      #expect(table.personIDs == ["7", "12"] && table.workIDs == ["a", "b"])
      #expect(table.people == [0, 1, 0] && table.works == [1, 0, 0])
      #expect(table.values == [4, 2.5, 1] && table.times == [100, 50, 0])
      try Data("7\tb\t4\n7\n".utf8).write(to: URL(fileURLWithPath: path))
      #expect { try Ratings(reading: path) } throws: { ($0 as? RecommendError)?.code == .badTable }
    }
    #expect { try Ratings(reading: "/nowhere/ratings") } throws: {
      ($0 as? RecommendError)?.code == .unavailable
    }
  }

  /// The driver from end to end on a small table, twice: the second time with the folds that the first wrote.
  @Test func bench() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var lines: [String] = []
    for person in 1...30 {
      for work in 1...20 where (person * 3 + work) % 4 != 0 {
        lines.append("\(person)\t\(work)\t\(person % 2 == work % 2 ? 5 : 1 + work % 3)\t\(person * work)")
      }
    }
    let ratings = "\(folder)/ratings.txt"
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: ratings))
    try Data(
      #"{"folds": 2, "splits": 1, "factors": 4, "bprEpochs": 30, "ratingFactors": 4, "threads": 1}"#.utf8
    )
    .write(to: URL(fileURLWithPath: "\(folder)/settings.json"))
    let first = try RecommenderBench(ratings: ratings, folds: folder, lists: folder) { _ in }.run()
    let second = try RecommenderBench(ratings: ratings, folds: folder) { _ in }.run()
    #expect(first.rating.map(\.rmse) == second.rating.map(\.rmse))
    #expect(first.ranking.map(\.ndcg) == second.ranking.map(\.ndcg))
    #expect(first.people == 30 && first.works == 20)
    for row in first.rating { #expect(row.rmse < 2, "\(row.model): \(row.rmse)") }
    let popular = try #require(first.ranking.first { $0.model == "popularity" })
    let ease = try #require(first.ranking.first { $0.model == "ease" })
    #expect(ease.ndcg > popular.ndcg)
    let list = try String(contentsOfFile: "\(folder)/ease-1-1.txt", encoding: .utf8)
    #expect(list.split(separator: "\n").count == ease.people)
    try Data("0\n1\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/folds.txt"))
    #expect(throws: RecommendError.self) { try RecommenderBench(ratings: ratings, folds: folder) { _ in } }
  }

  @Test func theBestAreThoseOfASort() {
    var generator = SeededGenerator(seed: 8)
    for (n, k) in [(3_000, 50), (3_000, 400), (500, 499), (20, 40)] {
      let scores = generator.vector(n).map { ($0 * 200).rounded() / 200 + 0 }
      let excluded = (0..<n).filter { _ in Int.random(in: 0..<9, using: &generator) == 0 }.map { Int32($0) }
      let all = (0..<Int32(n)).filter { !excluded.contains($0) }
      let expected = all.sorted { (scores[Int($1)], $0) < (scores[Int($0)], $1) }.prefix(k)
      #expect(topWorks(scores, k, excluding: excluded) == Array(expected))
    }
    // Rising, so that each is better than all before.
    #expect(topWorks((0..<5_000).map { Float($0) }, 3, excluding: [4_999]) == [4_998, 4_997, 4_996])
    #expect(topWorks([-1, 0, -.infinity], 9) == [1, 0, 2])
  }
}
