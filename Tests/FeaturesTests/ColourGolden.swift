import Foundation
import Testing

/// Reference values by `tools/golden/golden_colour.py`.
struct ColourGolden: Decodable {
  struct Conversion: Decodable {
    let rgb: [UInt8]
    let lab, hsv: [Float]
  }

  struct Moments: Decodable {
    let mean, deviation, skewness, covariance: [Double]
  }

  struct Pattern: Decodable {
    let width, height: Int
    let checksum: UInt32
    let hardHSV, hardLab, softHSV, softLab: [Float]
    let moments: Moments
    let cellMoments: [Moments]
    let cellMeans: [String: [Double]]
    let contrastVertical, contrastHorizontal: [Double]
    let autocorrelation, autocorrelogram: [Float]
    let kmeansInertia: [String: Float]

    enum CodingKeys: String, CodingKey {
      case width, height, checksum, moments, autocorrelation, autocorrelogram
      case hardHSV = "hard_hsv_16_4_4"
      case hardLab = "hard_lab_8_6_6"
      case softHSV = "soft_hsv_16_4_4"
      case softLab = "soft_lab"
      case cellMoments = "cells_4x4"
      case cellMeans = "cell_means"
      case contrastVertical = "contrast_vertical"
      case contrastHorizontal = "contrast_horizontal"
      case kmeansInertia = "kmeans_inertia"
    }
  }

  struct Halved: Decodable {
    let width, height, seed: Int
    let checksum: UInt32
    let moments: Moments
  }

  struct Patches: Decodable {
    let width, height: Int
    let checksum: UInt32
    let centres, shares: [Float]
  }

  let conversion: Conversion
  let pattern: Pattern
  let halved: Halved
  let patches: Patches

  static func load() throws -> ColourGolden {
    let url = try #require(Bundle.module.url(forResource: "Golden/colour", withExtension: "json"))
    return try JSONDecoder().decode(ColourGolden.self, from: Data(contentsOf: url))
  }
}
