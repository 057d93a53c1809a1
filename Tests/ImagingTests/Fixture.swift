import Foundation
import Imaging
import Testing

/// One file of `Fixtures` and what the decoder should make of it; `tools/golden/make_imaging_fixtures.py` says how
/// the expectations come about.
struct Fixture: Decodable, Sendable, CustomTestStringConvertible {
  struct Size: Decodable, Equatable {
    let width, height: Int
  }

  /// The expected colour of the pixel at (⌊x·width⌋, ⌊y·height⌋).
  struct Probe: Decodable {
    let x, y: Double
    let r, g, b: Int
  }

  let name, why: String
  let ok: Bool
  let format: ImageFormat?
  /// "svg": decoded only where SVG is turned on.
  let option: String?
  let stored, upright, working: Size?
  let tolerance: Int?
  let probes: [Probe]?
  let codes: [ImagingError.Code]?

  var testDescription: String { name }
  /// The file's contents.
  var bytes: [UInt8] { get throws { try Fixture.bytes(name) } }

  private struct Expected: Decodable {
    let files: [Fixture]
  }

  /// Every file that is listed; none if the list can't be read, which a test of its own would notice.
  static let all: [Fixture] = {
    guard let json = try? bytes("expected.json") else { return [] }
    return (try? JSONDecoder().decode(Expected.self, from: Data(json)).files) ?? []
  }()

  /// - Parameter name: a path below the fixtures' folder.
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = Bundle.module.bundleURL.appending(path: "Fixtures")
    return [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }
}

extension ImageDecoder {
  /// Header, limits and picture, as `Ingest` goes about it.
  func picture(_ bytes: [UInt8]) throws(ImagingError) -> (header: ImageHeader, image: WorkingImage) {
    let header = try header(of: bytes.span)
    return (header, try workingImage(of: bytes.span, format: header.format))
  }

  /// The code that these bytes are refused with, nil if they are decoded.
  func refusal(of bytes: [UInt8]) -> ImagingError.Code? {
    do throws(ImagingError) {
      _ = try picture(bytes)
      return nil
    } catch {
      return error.code
    }
  }
}

extension WorkingImage {
  /// Red, green and blue of one pixel, 0…255.
  func colour(_ x: Int, _ y: Int) -> [Int] {
    let start = 3 * (y * width + x)
    return pixels[start..<(start + 3)].map(Int.init)
  }

  /// The largest difference of any sample; nil if the sizes differ.
  func largestDifference(from other: WorkingImage) -> Int? {
    guard (width, height) == (other.width, other.height) else { return nil }
    return zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max()
  }
}
