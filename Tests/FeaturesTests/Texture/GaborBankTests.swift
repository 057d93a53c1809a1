import Features
import Testing

@Suite struct GaborBankTests {
  /// The mean magnitude of each orientation.
  private func means(_ plane: TexturePlane, step: Int = 1) -> [Float] {
    var bank = GaborBank()
    bank.respond(to: plane, step: step)
    return bank.statistics.map(\.mean)
  }

  @Test func agreesWithScikitImage() throws {
    let golden = try TextureGolden.load()
    let plane = try golden.picture()
    var bank = GaborBank()
    bank.respond(to: plane, step: 1)
    #expect(bank.columns == plane.width && bank.rows == plane.height)
    let cells = bank.cellMeans(side: 4)
    for (k, reference) in golden.gabor.enumerated() {
      let statistics = bank.statistics[k]
      #expect(abs(statistics.mean - reference.mean) < 1e-4)
      #expect(abs(statistics.deviation - reference.deviation) < 1e-4)
      #expect(largestDifference(Array(cells[16 * k..<16 * k + 16]), reference.cells) < 2e-4)
      var samples: [Float] = []
      for y in stride(from: 0, to: plane.height, by: 9) {
        for x in stride(from: 0, to: plane.width, by: 9) {
          samples.append(bank.magnitudes[k * plane.count + y * plane.width + x])
        }
      }
      #expect(largestDifference(samples, reference.every9th) < 2e-4)
    }
  }

  @Test func everySecondPixelIsEverySecondPixel() throws {
    let golden = try TextureGolden.load()
    let plane = try golden.picture()
    for (mean, reference) in zip(means(plane, step: 2), golden.gabor) {
      #expect(abs(mean - reference.halfMean) < 1e-4)
    }
    for (width, height) in [(37, 20), (2, 3), (64, 1), (1, 1), (16, 33)] {
      let plane = weave(width: width, height: height)
      var (all, half) = (GaborBank(), GaborBank())
      all.respond(to: plane, step: 1)
      half.respond(to: plane, step: 2)
      #expect(half.columns == (width + 1) / 2 && half.rows == (height + 1) / 2)
      for k in 0..<6 {
        for y in 0..<half.rows {
          for x in 0..<half.columns {
            let a = all.magnitudes[k * width * height + 2 * y * width + 2 * x]
            let b = half.magnitudes[(k * half.rows + y) * half.columns + x]
            #expect(abs(a - b) < 1e-4)
          }
        }
      }
    }
  }

  /// A grating's magnitude is half its amplitude at its own orientation and little at others.
  @Test(arguments: 0..<6) func aGratingAnswersAtItsOrientation(k: Int) {
    let plane = grating(width: 90, height: 90, wavelength: GaborBank.wavelength, degrees: Double(30 * k))
    let means = means(plane)
    #expect(abs(means[k] - 30) < 2)
    #expect(means.indices.allSatisfy { $0 == k || means[$0] < 12 })
  }

  @Test func aQuarterTurnMovesTheEnergyBy90Degrees() {
    let plane = weave(width: 60, height: 60)
    let (before, after) = (means(plane), means(plane.turned))
    #expect((0..<6).allSatisfy { abs(after[($0 + 3) % 6] - before[$0]) < 1e-3 })
    #expect(largestDifference(before, after) > 0.1)
  }

  @Test func aMirrorImageExchangesAnglesAndTheirComplements() {
    let plane = weave(width: 60, height: 47)
    let (before, after) = (means(plane), means(plane.mirrored))
    #expect((0..<6).allSatisfy { abs(after[(6 - $0) % 6] - before[$0]) < 1e-3 })
    #expect(largestDifference(before, after) > 0.1)
  }

  @Test func brightnessDoesNotMatterAndContrastScales() {
    let plane = weave(width: 40, height: 40)
    let before = means(plane)
    #expect(largestDifference(before, means(plane.mapped { $0 + 20 })) < 1e-3)
    let half = means(plane.mapped { 2 * ($0 / 2) }).map { $0 / 2 }
    #expect(largestDifference(half, means(plane.mapped { $0 / 2 })) < 1e-3)
  }

  @Test func oneColourHasNoEnergy() {
    #expect(means(greyPlane(width: 30, height: 30) { _, _ in 77 }).allSatisfy { $0 < 1e-4 })
  }

  @Test func poolingForgetsTheOrientation() {
    let values: [Float] = [5, 1, 2, 1, 0.5, 3, 2, 4, 1, 0, 1, 2]
    let turned: [Float] = [1, 0.5, 3, 5, 1, 2, 0, 1, 2, 2, 4, 1]
    let first = GaborBank.rotationPooled(Array(values.prefix(6)))
    #expect(largestDifference(first, GaborBank.rotationPooled(Array(turned.prefix(6)))) < 1e-4)
    // The sum, and for two orientations sum and difference.
    #expect(abs(first[0] - 12.5) < 1e-4 && first.count == 4)
    #expect(GaborBank.rotationPooled([3, 1]) == [4, 2])
    let aligned = GaborBank.alignedToDominant(values, orientations: 6)
    #expect(aligned == GaborBank.alignedToDominant(turned, orientations: 6))
    #expect(aligned == values)
  }
}
