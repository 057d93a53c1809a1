import Recommend
import TestSupport
import Testing

@Suite struct MaximalMarginalRelevanceTests {
  private func distance(_ pairs: [[Float]]) -> (Int, Int) -> Float { { pairs[$0][$1] } }
  private let threeWorks: [[Float]] = [[0, 0.1, 1], [0.1, 0, 1], [1, 1, 0]]

  @Test func byHand() {
    let worths: [Float] = [1, 0.9, 0.8]
    // After the first: ½·0.9 − ½·0.9 = 0 against ½·0.8 − 0.
    #expect(
      MaximalMarginalRelevance.choose(3, worths: worths, share: 0.5, distance: distance(threeWorks)) == [
        0, 2, 1,
      ])
    #expect(
      MaximalMarginalRelevance.choose(3, worths: worths, share: 0.95, distance: distance(threeWorks)) == [
        0, 1, 2,
      ])
    #expect(
      MaximalMarginalRelevance.choose(2, worths: worths, share: 0, distance: distance(threeWorks)) == [0, 2])
    #expect(
      MaximalMarginalRelevance.choose(0, worths: worths, share: 0.5, distance: distance(threeWorks)) == [])
    #expect(MaximalMarginalRelevance.choose(5, worths: [], share: 0.5, distance: distance([])) == [])
  }

  @Test func allWorthIsTheRanking() {
    var generator = SeededGenerator(seed: 2)
    let worths = generator.vector(50)
    let points = generator.vector(50)
    let list = MaximalMarginalRelevance.choose(50, worths: worths, share: 1) {
      abs(points[$0] - points[$1]) / 2
    }
    #expect(list == worths.indices.sorted { worths[$0] > worths[$1] })
    // Each at most once, whatever the share.
    let varied = MaximalMarginalRelevance.choose(50, worths: worths, share: 0.3) {
      abs(points[$0] - points[$1]) / 2
    }
    #expect(varied.sorted() == Array(0..<50))
  }

  @Test func varietyCostsWorth() {
    var generator = SeededGenerator(seed: 6)
    let worths = generator.vector(200).map { ($0 + 1) / 2 }
    let points = generator.vector(200)
    func distance(_ a: Int, _ b: Int) -> Float { abs(points[a] - points[b]) / 2 }
    func list(_ share: Float) -> [Int] {
      MaximalMarginalRelevance.choose(10, worths: worths, share: share, distance: distance)
    }
    func worth(_ list: [Int]) -> Float { list.reduce(0) { $0 + worths[$1] } }
    let (ranking, varied) = (list(1), list(0.5))
    #expect(worth(varied) < worth(ranking))
    func spread(_ list: [Int]) -> Float {
      list.reduce(0) { sum, a in list.reduce(sum) { $0 + distance(a, $1) } }
    }
    #expect(spread(varied) > spread(ranking))
    #expect(varied[0] == ranking[0])
  }

  @Test func quotasHold() {
    var generator = SeededGenerator(seed: 7)
    let worths = generator.vector(60)
    let labels = (0..<60).map { i -> [String?] in [i % 7 == 0 ? nil : "artist \(i % 4)", "style \(i % 3)"] }
    for share: Float in [0, 0.5, 1] {
      let list = MaximalMarginalRelevance.choose(
        12, worths: worths, share: share, quotas: LabelQuotas(most: [2, 5], labels: labels)
      ) { _, _ in 1 }
      let artists = list.compactMap { labels[$0][0] }
      let styles = list.compactMap { labels[$0][1] }
      #expect(Dictionary(grouping: artists) { $0 }.values.allSatisfy { $0.count <= 2 })
      #expect(Dictionary(grouping: styles) { $0 }.values.allSatisfy { $0.count <= 5 })
      #expect(list.count == 12)
    }
    // Quotas shorten a list rather than break.
    let short = MaximalMarginalRelevance.choose(
      9, worths: [1, 2, 3], share: 1, quotas: LabelQuotas(most: [1], labels: [["a"], ["a"], ["b"]])
    ) { _, _ in 1 }
    #expect(short == [2, 1])
  }

  @Test func comparingOnlyWhatMightWinChoosesTheSame() {
    var generator = SeededGenerator(seed: 12)
    for share in [0, 0.3, 0.9, 1] as [Float] {
      // Few values, so that there are many equal ones.
      let worths = generator.vector(80).map { ($0 * 4).rounded() / 4 }
      let points = generator.vector(80).map { ($0 * 8).rounded() / 8 }
      func distance(_ a: Int, _ b: Int) -> Float { abs(points[a] - points[b]) / 2 }
      var left = worths.indices.sorted { (worths[$1], $0) < (worths[$0], $1) }
      var expected = [left.removeFirst()]
      while expected.count < 30 {
        func worth(_ i: Int) -> Float {
          share * worths[i] - (1 - share) * expected.reduce(Float(0)) { max($0, 1 - distance(i, $1)) }
        }
        var best = left[0]
        for i in left where worth(i) > worth(best) { best = i }
        left.removeAll { $0 == best }
        expected.append(best)
      }
      #expect(
        MaximalMarginalRelevance.choose(30, worths: worths, share: share, distance: distance) == expected)
    }
  }
}
