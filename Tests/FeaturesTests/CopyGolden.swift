import Foundation
import Testing

/// Reference values by `tools/golden/golden_copies.py`.
struct CopyGolden: Decodable {
  struct Picture: Decodable {
    let width, height, seed: Int
    let checksum: UInt32
    /// 32 × 32, by OpenCV's INTER_AREA.
    let luma: [UInt8]
    /// 16 hexadecimal digits; of `luma`, and of the picture with the Lanczos filter of the package imagehash.
    let phashOfLuma, phashMirroredOfLuma, dhashOfLuma, phash, dhash: String

    enum CodingKeys: String, CodingKey {
      case width, height, seed, checksum, luma, phash, dhash
      case phashOfLuma = "phash_of_luma"
      case phashMirroredOfLuma = "phash_mirrored_of_luma"
      case dhashOfLuma = "dhash_of_luma"
    }
  }

  let pictures: [Picture]

  static func load() throws -> CopyGolden {
    let url = try #require(Bundle.module.url(forResource: "Golden/copies", withExtension: "json"))
    return try JSONDecoder().decode(CopyGolden.self, from: Data(contentsOf: url))
  }
}
