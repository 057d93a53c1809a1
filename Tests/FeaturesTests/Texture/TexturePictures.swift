import Features
import Foundation
import Imaging
import Testing

// The picture that tools/golden/golden_texture.py makes too, and the file it writes.

/// Waves of two wavelengths across each other, with noise on top.
func weave(width: Int, height: Int) -> TexturePlane {
  greyPlane(width: width, height: height) { x, y in
    let first = (x * 5 + y * 3) % 37 * 3
    // Python's remainder is never negative.
    let second = abs(((x * 2 - y * 7) % 50 + 50) % 50 - 25) * 2
    let noise = ((x * 31 + y * 17) * 7919 % 65_536) % 24
    return 40 + first + second + noise
  }
}

/// A grey picture by formula, 0…255.
func greyPlane(width: Int, height: Int, _ value: (Int, Int) -> Int) -> TexturePlane {
  var values: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width { values.append(UInt8(value(x, y))) }
  }
  return TexturePlane(width: width, height: height, values: values)
}

/// A grating of a wavelength in pixels, whose waves run towards `degrees` (from the right downwards), about 128.
func grating(width: Int, height: Int, wavelength: Double, degrees: Double, amplitude: Double = 60)
  -> TexturePlane
{
  let (c, s) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
  return greyPlane(width: width, height: height) { x, y in
    Int((128 + amplitude * cos(2 * .pi / wavelength * (Double(x) * c + Double(y) * s))).rounded())
  }
}

extension TexturePlane {
  /// The value at column x, row y.
  subscript(x: Int, y: Int) -> Int { Int(values[y * width + x]) }

  /// Left and right exchanged.
  var mirrored: TexturePlane { greyPlane(width: width, height: height) { self[width - 1 - $0, $1] } }

  /// A quarter turn: what was on top is on the right.
  var turned: TexturePlane { greyPlane(width: height, height: width) { self[$1, height - 1 - $0] } }

  /// Every value changed alike.
  func mapped(_ change: (Int) -> Int) -> TexturePlane {
    greyPlane(width: width, height: height) { change(self[$0, $1]) }
  }

  /// Sobel's gradient.
  var gradient: (dx: [Int16], dy: [Int16]) {
    var field = GradientField()
    // All sides in these tests are between the bounds within which a picture is analysed as it is.
    field.load(colour.analysed)
    return (Array(field.dx.prefix(count)), Array(field.dy.prefix(count)))
  }

  /// As a picture.
  var colour: WorkingImage { picture(width: width, height: height) { x, y, _ in self[x, y] } }

  /// FNV-1a of the values.
  var checksum: UInt32 {
    values.prefix(count).reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }
}

/// Reference values by `tools/golden/golden_texture.py`.
struct TextureGolden: Decodable {
  struct Gabor: Decodable {
    let mean, deviation, halfMean: Float
    let every9th, cells: [Float]
  }

  struct Gradients: Decodable {
    let hardShares, blocks, softSums: [Float]
  }

  struct Tensors: Decodable {
    let orientations, values: [Float]
  }

  struct Cooccurrence: Decodable {
    let distance: Int
    let matrix: [Float]
    let properties: [[Float]]
  }

  struct Markov: Decodable {
    let coefficients: [Float]
    let residualVariance: Float
  }

  struct Tamura: Decodable {
    let coarseness, contrast, edgeShare, directionality: Float
    let scaleShares: [Float]
  }

  let width, height: Int
  let checksum: UInt32
  let patterns: [String: [Float]]
  let gabor: [Gabor]
  let gradients: Gradients
  let tensors: [Tensors]
  let cooccurrence: [Cooccurrence]
  let markov: Markov
  let tamura: Tamura

  static func load() throws -> TextureGolden {
    let url = try #require(Bundle.module.url(forResource: "Golden/texture", withExtension: "json"))
    return try JSONDecoder().decode(TextureGolden.self, from: Data(contentsOf: url))
  }

  /// The picture that the values are of.
  func picture() throws -> TexturePlane {
    let plane = weave(width: width, height: height)
    try #require(plane.checksum == checksum)
    return plane
  }
}
