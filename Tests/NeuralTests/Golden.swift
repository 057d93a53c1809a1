import Foundation
import Neural
import Testing

/// A file of reference values by `tools/golden/golden_network.py`.
struct Golden {
  let bytes: [UInt8]
  let tensors: SafeTensors

  init(_ name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Golden"))
    let bytes = Array(try Data(contentsOf: url))
    tensors = try SafeTensors(bytes.span)
    self.bytes = bytes
  }

  func values(_ name: String) throws -> [Float] { try tensors.values(of: name, in: bytes.span) }

  func shape(_ name: String) throws -> [Int] { try #require(tensors.tensors[name]).shape }

  /// A tensor of (1, channels, height, width) as a map.
  func map(_ name: String) throws -> FeatureMap {
    let shape = try shape(name)
    let values = try values(name)
    var map = FeatureMap(width: shape[3], height: shape[2], channels: shape[1])
    for c in 0..<shape[1] {
      for y in 0..<shape[2] {
        for x in 0..<shape[3] {
          map.values[map.offset(x: x, y: y) + c] = values[(c * shape[2] + y) * shape[3] + x]
        }
      }
    }
    return map
  }
}

/// The largest difference of two vectors, as a share of the largest number of the second.
func relativeDifference(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  let largest = b.reduce(0) { max($0, abs($1)) }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / largest
}
