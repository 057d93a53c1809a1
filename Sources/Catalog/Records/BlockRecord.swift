import Foundation
import GRDB
import Model

/// Vectors as they stand in the database: float32, little-endian.
enum VectorCoding {
  static func data(_ values: [Float]) -> Data {
    Data(values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } })
  }

  /// nil where the length is no multiple of four.
  static func values(_ data: Data) -> [Float]? {
    guard data.count % 4 == 0 else { return nil }
    return unsafe data.withUnsafeBytes { bytes in
      (0..<(data.count / 4)).map { index in
        unsafe Float(
          bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
      }
    }
  }
}

extension Palette {
  var data: Data { VectorCoding.data(swatches.flatMap { [$0.l, $0.a, $0.b, $0.share] }) }

  init?(data: Data) {
    guard let values = VectorCoding.values(data), values.count % 4 == 0 else { return nil }
    self.init(
      swatches: stride(from: 0, to: values.count, by: 4).map {
        Swatch(l: values[$0], a: values[$0 + 1], b: values[$0 + 2], share: values[$0 + 3])
      })
  }
}
