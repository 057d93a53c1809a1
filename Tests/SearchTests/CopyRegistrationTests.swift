import Features
import Foundation
import Imaging
import Model
import Search
import TestSupport
import Testing

@Suite struct CopyRegistrationTests {
  private let whole = CopyWindow.all[0]

  private func evidence(
    _ a: WorkingImage, _ b: WorkingImage, from window: CopyWindow = CopyWindow.all[0],
    isMirrored: Bool = false
  ) -> CopyRegistration.Evidence? {
    var extractor = CopyDescriptorExtractor()
    let (one, other) = (extractor.extract(a).views[0], extractor.extract(b).views[0])
    return CopyRegistration.evidence(
      of: one.thumbnail, isMirrored: isMirrored, over: other.thumbnail, from: window)
  }

  @Test func aPictureIsItsOwnCopy() throws {
    let found = try #require(evidence(blobPicture(seed: 1), blobPicture(seed: 1)))
    #expect(found.similarity > 0.999)
    #expect(abs(found.rotation) < 0.01 && found.shear < 0.01)
    #expect(found.lumaDifference < 0.01 && found.chromaDifference < 0.01)
    #expect(DuplicateTier(found) == .sameReproduction)
  }

  @Test func differentPicturesAreNoCopies() {
    for seed in 2..<40 {
      let found = evidence(blobPicture(seed: 1), blobPicture(seed: seed))
      #expect(found.flatMap(DuplicateTier.init) == nil, "seed \(seed): \(String(describing: found))")
    }
  }

  /// A window nearby is enough to begin from.
  @Test(arguments: [0.03, 0.07, 0.1, 0.14]) func aCropIsFoundFromTheNearestWindow(cut: Double) throws {
    let whole = blobPicture(seed: 5)
    let part = blobPicture(seed: 5, left: Int(400 * cut), top: Int(300 * cut), scale: 1 - 2 * cut)
    let window = try #require(
      CopyWindow.all.prefix(6).min { abs($0.scale - 1 + 2 * cut) < abs($1.scale - 1 + 2 * cut) })
    let found = try #require(evidence(part, whole, from: window))
    #expect(found.similarity > 0.85)
    #expect(DuplicateTier(found) == .sameReproduction)
  }

  /// What is said of the angle is true to a fifth of a degree. Pixels are square in a square picture only.
  @Test(arguments: [-3.0, -1.0, 2.0]) func aTurnedPictureIsToldByHowMuch(degrees: Double) throws {
    let (side, angle) = (300.0, degrees * .pi / 180)
    func turned(by angle: Double) -> WorkingImage {
      image(width: 300, height: 300) { x, y, channel in
        let (u, v) = (Double(x) - side / 2, Double(y) - side / 2)
        let (p, q) = (cos(angle) * u - sin(angle) * v, sin(angle) * u + cos(angle) * v)
        return blobLevel(Int(p + 500), Int(q + 500), channel: channel, seed: 6)
      }
    }
    let found = try #require(evidence(turned(by: angle), turned(by: 0)))
    #expect(found.similarity > 0.8)
    #expect(abs(Double(found.rotation) - degrees) < 0.2)
    #expect(DuplicateTier(found) == .sameWork)
  }

  @Test func aMirroredPictureIsFoundAsOne() throws {
    let mirrored = image(width: 400, height: 300) { x, y, c in blobLevel(399 - x, y, channel: c, seed: 7) }
    let found = try #require(evidence(mirrored, blobPicture(seed: 7), isMirrored: true))
    #expect(found.similarity > 0.99 && found.isMirrored)
    #expect(DuplicateTier(found) == .sameWork)
    #expect(evidence(mirrored, blobPicture(seed: 7)).flatMap(DuplicateTier.init) == nil)
  }

  @Test func anotherLightIsAnotherReproduction() throws {
    let dark = image(width: 400, height: 300) { x, y, c in
      let level = blobLevel(x, y, channel: c, seed: 8)
      return level * level / 300
    }
    let found = try #require(evidence(dark, blobPicture(seed: 8)))
    #expect(found.similarity > 0.85 && found.lumaDifference > 11)
    #expect(DuplicateTier(found) == .sameWork)
  }

  @Test func otherColoursAreAnotherReproduction() throws {
    let grey = image(width: 400, height: 300) { x, y, _ in
      let levels = (0..<3).map { blobLevel(x, y, channel: $0, seed: 9) }
      return (299 * levels[0] + 587 * levels[1] + 114 * levels[2]) / 1000
    }
    let found = try #require(evidence(grey, blobPicture(seed: 9)))
    #expect(found.similarity > 0.95 && found.chromaDifference > 4 && found.lumaDifference < 2)
    #expect(DuplicateTier(found) == .sameWork)
  }

  /// One kind of mat, a tenth of the side at most, agrees with itself all around, and says nothing of what is in it.
  @Test func thePictureCountsNotItsMat() {
    func matted(_ seed: Int) -> WorkingImage {
      image(width: 400, height: 300) { x, y, c in
        (36..<364).contains(x) && (27..<273).contains(y) ? blobLevel(x, y, channel: c, seed: seed) / 3 : 240
      }
    }
    #expect(evidence(matted(1), matted(2)).flatMap(DuplicateTier.init) == nil)
    #expect(evidence(matted(1), matted(1)).flatMap(DuplicateTier.init) == .sameReproduction)
  }

  @Test func flatAndExtremeThumbnailsGiveNoNumbersThatAreNone() {
    let count = CopyDescriptor.View.thumbnailCount
    let flat = [UInt8](repeating: 128, count: count)
    let stripes = (0..<count).map { UInt8($0 % 2 * 255) }
    for (a, b) in [(flat, flat), (flat, stripes), (stripes, flat), (stripes, stripes)] {
      for window in CopyWindow.all {
        guard let found = CopyRegistration.evidence(of: a, isMirrored: false, over: b, from: window) else {
          continue
        }
        #expect(found.similarity.isFinite && found.rotation.isFinite && found.shear.isFinite)
      }
    }
  }

  private func blobPicture(seed: Int, left: Int = 0, top: Int = 0, scale: Double = 1) -> WorkingImage {
    image(width: Int(400 * scale), height: Int(300 * scale)) { x, y, channel in
      blobLevel(x + left, y + top, channel: channel, seed: seed)
    }
  }

  private func image(width: Int, height: Int, _ level: (Int, Int, Int) -> Int) -> WorkingImage {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { for channel in 0..<3 { pixels.append(UInt8(level(x, y, channel))) } }
    }
    return WorkingImage(width: width, height: height, pixels: pixels)
  }
}
