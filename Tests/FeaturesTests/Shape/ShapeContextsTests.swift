import Features
import Imaging
import Testing

@Suite struct ShapeContextsTests {
  private func describe(_ contours: Contours) -> [Float] {
    var contexts = ShapeContexts()
    do {
      let isDescribed = contexts.describe(contours)
      #expect(isDescribed)
    }
    return contexts.histograms
  }

  private func trace(_ rows: [String]) -> Contours {
    let (map, width, height) = map(rows)
    var contours = Contours()
    contours.trace(map, width: width, height: height, least: 1)
    return contours
  }

  @Test func agreeWithNumPy() throws {
    for (golden, image) in try ShapeGolden.pictures() {
      let histograms = describe(image.contours())
      let rows = stride(from: 0, to: 128, by: 16).flatMap { Array(histograms[60 * $0..<60 * ($0 + 1)]) }
      #expect(largestDifference(rows, golden.contexts) < 1e-5)
    }
  }

  /// Two specks 4 apart in a row: half of the samples lie on each, at √2 of the root mean square distance √(2 · 4).
  @Test func twoSpecksByHand() {
    let histograms = describe(trace(["........", ".#...#..", "........"]))
    var (right, left) = ([Float](repeating: 0, count: 60), [Float](repeating: 0, count: 60))
    right[4 * 12] = 1
    left[4 * 12 + 6] = 1
    #expect(Array(histograms[0..<60]) == right)
    #expect(Array(histograms[127 * 60..<128 * 60]) == left)
  }

  @Test func rowsAreRootedShares() {
    let histograms = describe(figures().contours())
    for i in 0..<128 {
      #expect(abs(histograms[60 * i..<60 * (i + 1)].reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
  }

  @Test func freeOfPlaceAndScale() {
    let bar = { (side: Int, left: Int) in
      picture(width: 64, height: 64) { x, y, _ in
        (left..<left + 2 * side).contains(x) && (20..<20 + side).contains(y) ? 30 : 220
      }
    }
    let original = describe(bar(10, 20).contours())
    #expect(largestDifference(original, describe(bar(10, 8).contours())) < 1e-6)
    let mean = { (a: [Float]) in
      (0..<60).map { k in stride(from: k, to: a.count, by: 60).reduce(0) { $0 + a[$1] } / 128 }
    }
    #expect(largestDifference(mean(original), mean(describe(bar(20, 20).contours()))) < 0.15)
  }

  @Test func nothingToDescribe() {
    var contexts = ShapeContexts()
    do {
      let isDescribed = contexts.describe(uniform(width: 40, height: 40, [9, 9, 9]).contours())
      #expect(!isDescribed)
    }
    do {
      let isDescribed = contexts.describe(trace(["......", "..#...", "......"]))
      #expect(!isDescribed)
    }
  }

  @Test func theNearestWordIsCounted() throws {
    let words = try ShapeWords.fitted.get()
    var contexts = ShapeContexts()
    do {
      let isDescribed = contexts.describe(figures().contours())
      #expect(isDescribed)
    }
    var nearest = [Int32](repeating: -1, count: 128)
    let shares = words.shares(contexts.histograms, scratch: &nearest)
    #expect(shares.count == ShapeWords.count && abs(shares.reduce(0, +) - 1) < 1e-5)
    #expect(Set(nearest).count > 3)
    for word in Set(nearest) {
      #expect(abs(shares[Int(word)] - Float(nearest.count { $0 == word }) / 128) < 1e-6)
    }
  }

  /// Words that are axes: a context belongs to the axis where it is largest.
  @Test func assignmentByHand() throws {
    var rows = [Float](repeating: 0, count: ShapeWords.count * 60)
    for word in 0..<ShapeWords.count { rows[60 * word + word % 60] = word < 60 ? 1 : 0 }
    let words = try ShapeWords(words: file(rows.map(\.bitPattern)))
    var histograms = [Float](repeating: 0.1, count: 3 * 60)
    histograms[7] = 0.9
    histograms[60 + 59] = 0.8
    histograms[120 + 31] = 0.5
    var nearest = [Int32](repeating: -1, count: 3)
    words.assign(histograms, to: &nearest)
    #expect(nearest == [7, 59, 31])
  }

  @Test func damagedWordsAreRefused() {
    let payload = [UInt32](repeating: Float(0.5).bitPattern, count: ShapeWords.count * 60)
    let sound = file(payload)
    #expect(throws: Never.self) { try ShapeWords(words: sound) }
    let nan = file([Float.nan.bitPattern] + payload.dropFirst())
    for (damaged, error) in [
      ([], FittedProjectionError.notAProjection), ([1] + sound.dropFirst(), .notAProjection),
      (Array(sound.dropLast()), .wrongSize), (sound.dropLast() + [0], .wrongChecksum),
      ([sound[0], 9] + sound.dropFirst(2), .anotherBlock), (nan, .notFinite),
    ] {
      #expect(throws: error) { try ShapeWords(words: damaged) }
    }
  }

  private func file(_ payload: [UInt32]) -> [UInt32] {
    [ShapeWords.magic, UInt32(ShapeWords.version), UInt32(ShapeWords.count), 60]
      + [FittedProjection.checksum(payload)] + payload
  }
}
