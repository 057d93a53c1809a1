import Foundation
import Imaging
import Model
import Testing

/// A part of a fixture, cropped and resampled by other programs; `tools/golden/make_renderings.py` says how.
struct GoldenRendering: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  /// Left, top, width, height in the upright picture.
  let crop: [Int]
  let size: [Int]
  /// Row by row, 8 bits a sample.
  let rgb: [UInt8]

  var testDescription: String { "\(name) \(crop) \(size)" }

  /// None if the list can't be read, which a test of its own would notice.
  static let all: [GoldenRendering] = {
    guard let json = try? Fixture.bytes("renderings.json") else { return [] }
    return (try? JSONDecoder().decode([GoldenRendering].self, from: Data(json))) ?? []
  }()
}

extension Decoding {
  struct RendererGoldenTests {
    @Test("the list is there")
    func list() {
      #expect(GoldenRendering.all.count == 78)
    }

    @Test("parts and sizes agree with Pillow's, of every kind of file", arguments: GoldenRendering.all)
    func agreement(_ golden: GoldenRendering) throws {
      let (crop, size) = (golden.crop, golden.size)
      let seen = try Rendered(
        golden.name, crop: .init(x: crop[0], y: crop[1], width: crop[2], height: crop[3]), width: size[0],
        height: size[1]
      ).image
      let expected = WorkingImage(width: size[0], height: size[1], pixels: golden.rgb)
      let mean = try #require(seen.meanDifference(from: expected))
      let most = try #require(seen.largestDifference(from: expected))
      #expect(mean <= 3 && most <= 20, "\(mean) and \(most) of 255")
    }
  }
}
