import Foundation

/// A `.npy` file of float32 rows (NumPy Enhancement Proposal 1), read without the program's own code.
struct NumPyArray {
  struct Malformed: Error {}

  let rows: [[Float]]
  let columns: Int

  init(contentsOf url: URL) throws {
    let data = Data(try Data(contentsOf: url))
    guard data.count > 10, data.prefix(8) == Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0]) else {
      throw Malformed()
    }
    let start = 10 + Int(data[8]) + Int(data[9]) << 8
    guard start % 64 == 0, start <= data.count else { throw Malformed() }
    let header = String(decoding: data[10..<start], as: UTF8.self)
    let numbers = header.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    guard header.contains("'<f4'"), header.contains("'fortran_order': False"), numbers.count == 3 else {
      throw Malformed()  // 4 of <f4, rows, columns
    }
    let (count, width) = (numbers[1], numbers[2])
    guard data.count == start + 4 * count * width else { throw Malformed() }
    let body = Array(data[start...])
    let values = stride(from: 0, to: body.count, by: 4).map { offset in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(body[offset + $1]) << UInt32(8 * $1) })
    }
    columns = width
    rows = (0..<count).map { Array(values[($0 * width)..<(($0 + 1) * width)]) }
  }

  /// The inner product of two rows.
  static func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
