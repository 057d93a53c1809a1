import Recommend
import TestSupport
import Testing

@Suite struct ScoreCalibrationTests {
  private let scores: [Float?] = [1, 2, 2, nil, 5]

  private func close(_ a: [Float?], _ b: [Float?]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { x, y in
        guard let x, let y else { return x == nil && y == nil }
        return abs(x - y) < 1e-5
      }
  }

  @Test func byHand() {
    // Ranks 1/8, 4/8 twice and 7/8.
    #expect(close(ScoreCalibration.rank.calibrated(scores), [-0.375, 0, 0, nil, 0.375]))
    #expect(close(ScoreCalibration.normalRank.calibrated(scores), [-1.150349, 0, 0, nil, 1.150349]))
    // Mean 2.5, deviation 1.5.
    let standard: [Float?] = [-1, -0.333333, -0.333333, nil, 1.666667]
    #expect(close(ScoreCalibration.standard.calibrated(scores), standard))
  }

  @Test func normalDeviatesOfTheTails() {
    // 1,000 scores: the best has rank 0.9995, whose deviate is 3.290527.
    let calibrated = ScoreCalibration.normalRank.calibrated((0..<1000).map { Float($0) })
    #expect(abs((calibrated[999] ?? 0) - 3.290527) < 1e-4)
    #expect(abs((calibrated[0] ?? 0) + 3.290527) < 1e-4)
    // 0.9755 lies in the tail too, 0.8415 doesn't.
    #expect(abs((calibrated[975] ?? 0) - 1.968592) < 1e-4)
    #expect(abs((calibrated[841] ?? 0) - 1.000642) < 1e-4)
  }

  @Test(arguments: ScoreCalibration.allCases) func equalScoresAreAllInTheMiddle(
    _ calibration: ScoreCalibration
  ) {
    #expect(calibration.calibrated([0.1, nil, 0.1, 0.1]) == [0, nil, 0, 0])
    #expect(calibration.calibrated([3]) == [0])
    #expect(calibration.calibrated([nil, nil]) == [nil, nil])
    #expect(calibration.calibrated([]) == [])
  }

  @Test(arguments: ScoreCalibration.allCases) func scaleAndPlaceMeanNothing(_ calibration: ScoreCalibration) {
    var generator = SeededGenerator(seed: 5)
    let scores = generator.vector(50)
    let a = calibration.calibrated(scores.map { $0 })
    let b = calibration.calibrated(scores.map { 1000 * $0 - 37 })
    #expect(zip(a, b).allSatisfy { abs(($0 ?? .nan) - ($1 ?? .nan)) < 1e-3 })
    // The order stays.
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    #expect(zip(order, order.dropFirst()).allSatisfy { (a[$0] ?? 0) <= (a[$1] ?? 0) })
  }

  @Test func whatIsNotFiniteIsMissing() {
    #expect(SourceScores("x", [.nan, 1, .infinity, nil]).scores == [nil, 1, nil, nil])
  }
}
