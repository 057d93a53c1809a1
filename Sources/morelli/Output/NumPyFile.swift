import Foundation

/// NumPy's `.npy`, version 1.0, float32 in C order (NumPy Enhancement Proposal 1), written row by row.
final class NumPyFile {
  private static let headerLength = 128

  private let handle: FileHandle
  private let columns: Int
  private var rows = 0

  /// Makes the file, or replaces it.
  init(path: String, columns: Int) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw CommandFailure("\(path) can't be written") }
    try handle.write(contentsOf: Data(count: Self.headerLength))
    self.handle = handle
    self.columns = columns
  }

  /// - Precondition: as many numbers as there are columns.
  func append(_ row: [Float]) throws {
    precondition(row.count == columns)
    try handle.write(
      contentsOf: Data(
        row.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }))
    rows += 1
  }

  /// Writes the header, now that the number of rows is known.
  func finish() throws {
    let text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let padding = String(repeating: " ", count: Self.headerLength - 10 - text.utf8.count - 1)
    try handle.seek(toOffset: 0)
    try handle.write(
      contentsOf: Data(
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(Self.headerLength - 10), 0]
          + Array((text + padding + "\n").utf8)))
    try handle.close()
  }
}
