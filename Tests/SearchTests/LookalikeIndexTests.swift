import Features
import Imaging
import Model
import Search
import TestSupport
import Testing

@Suite struct LookalikeIndexTests {
  private func hashes(
    seed: Int, width: Int = 400, height: Int = 300, left: Int = 0, top: Int = 0, isMirrored: Bool = false
  ) throws -> PerceptualHashes {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<3 {
          pixels.append(
            UInt8(blobLevel((isMirrored ? width - 1 - x : x) + left, y + top, channel: channel, seed: seed)))
        }
      }
    }
    var extractor = CopyDescriptorExtractor()
    let image = WorkingImage(width: width, height: height, pixels: pixels)
    return try #require(extractor.extract(image).views[0].hashes)
  }

  @Test func meetsACropInItsWindow() throws {
    // Nine tenths, from the upper left corner.
    let crop = try hashes(seed: 1, width: 360, height: 270)
    let index = LookalikeIndex([try hashes(seed: 2), crop], radius: 10, gradientRadius: 0)
    let meetings = index.meetings(with: try hashes(seed: 1)).filter { $0.view == 1 }
    #expect(meetings.map(\.isMirrored) == [false])
    let window = try #require(meetings.first.map { CopyWindow.all[$0.window] })
    #expect(window.scale == 0.9 && window.offsetX < 0 && window.offsetY < 0)
    #expect(index.meetings(with: try hashes(seed: 2)).map(\.view) == [0])
  }

  @Test func meetsAMirroredPictureByItsDCTHash() throws {
    let index = LookalikeIndex([try hashes(seed: 3)], radius: 8, gradientRadius: 0)
    let meetings = index.meetings(with: try hashes(seed: 3, isMirrored: true))
    #expect(meetings.map(\.isMirrored) == [true] && meetings.map(\.window) == [0])
  }

  /// The DCT hashes are made strangers to one another, so that only the gradient can tell.
  @Test(arguments: [false, true]) func meetsAPictureByItsGradientHashAlone(isMirrored: Bool) throws {
    let stranger = PerceptualHashes(
      windows: Array(repeating: 0, count: PerceptualHashes.windowCount), mirrored: 0,
      gradient: try hashes(seed: 4).gradient)
    let asked = PerceptualHashes(
      windows: Array(repeating: .max, count: PerceptualHashes.windowCount), mirrored: .max,
      gradient: try hashes(seed: 4, isMirrored: isMirrored).gradient)
    let meetings = LookalikeIndex([stranger], radius: 14, gradientRadius: 4).meetings(with: asked)
    #expect(meetings.map(\.isMirrored) == [isMirrored])
  }
}
