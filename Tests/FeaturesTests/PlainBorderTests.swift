import Features
import Imaging
import Model
import TestSupport
import Testing

/// What the second view of a descriptor shows: the picture without its border.
@Suite struct PlainBorderTests {
  private func views(_ image: WorkingImage) -> [CopyDescriptor.View] {
    var extractor = CopyDescriptorExtractor()
    return extractor.extract(image).views
  }

  /// Blobs with a border of so many pixels on each side.
  private func framed(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int, colour: [Int]) -> WorkingImage {
    picture(width: 200 + left + right, height: 150 + top + bottom) { x, y, channel in
      let (x, y) = (x - left, y - top)
      guard (0..<200).contains(x), (0..<150).contains(y) else { return colour[channel] }
      return blobLevel(x, y, channel: channel, seed: 4)
    }
  }

  private var plain: CopyDescriptor.View { views(blobs(width: 200, height: 150, seed: 4))[0] }

  @Test func aPictureWithoutABorderHasOneView() {
    #expect(views(blobs(width: 200, height: 150, seed: 4)).count == 1)
  }

  @Test(arguments: [[255, 255, 255], [0, 0, 0], [222, 214, 190]])
  func aBorderIsTakenOff(colour: [Int]) throws {
    let views = views(framed(12, 20, 30, 8, colour: colour))
    try #require(views.count == 2)
    #expect(views[1] == plain)
    #expect(views[0] != plain)
  }

  @Test func aBorderOnOneSideIsEnough() {
    #expect(views(framed(0, 0, 0, 30, colour: [255, 255, 255])).last == plain)
  }

  @Test func aMatWithinAFrameIsTakenOffToo() {
    let inner = framed(20, 20, 20, 20, colour: [240, 236, 222])
    let image = picture(width: 252, height: 202) { x, y, channel in
      guard (6..<246).contains(x), (6..<196).contains(y) else { return 30 }
      return Int(inner.pixels[3 * ((y - 6) * 240 + x - 6) + channel])
    }
    #expect(views(image).last == plain)
  }

  @Test func aNoisyBorderIsABorder() {
    let clean = framed(16, 16, 16, 16, colour: [230, 230, 230])
    let noisy = picture(width: 232, height: 182) { x, y, channel in
      let level = Int(clean.pixels[3 * (y * 232 + x) + channel])
      let isInside = (16..<216).contains(x) && (16..<166).contains(y)
      return isInside ? level : level + (x * 7 + y * 13 + channel * 5) % 17 - 8
    }
    #expect(views(noisy).last == plain)
  }

  @Test func aThinLineIsNoBorder() {
    #expect(views(framed(1, 0, 0, 0, colour: [255, 255, 255])).count == 1)
  }

  /// A plain sky is wider than any border: it belongs to the picture.
  @Test func aPlainHalfIsNoBorder() {
    let image = picture(width: 200, height: 200) { x, y, channel in
      y < 100 ? 200 : blobLevel(x, y, channel: channel, seed: 2)
    }
    #expect(views(image).count == 1)
  }

  @Test func aUniformPictureHasOneView() {
    #expect(views(uniform(width: 100, height: 100, [9, 9, 9])).count == 1)
  }
}
