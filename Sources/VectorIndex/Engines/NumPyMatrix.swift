package import SystemPackage

/// A matrix of float32 in NumPy's `.npy` format (NumPy Enhancement Proposal 1, version 1, little-endian, C
/// order), mapped.
package struct NumPyMatrix: Sendable {
  package let rows: Int
  package let columns: Int
  private let memory: FileMemory
  private let start: Int

  /// - Throws: `VectorIndexError` with the code `missing`, `files` or `damaged`.
  package init(opening path: FilePath) throws(VectorIndexError) {
    func damaged(_ cause: String) -> VectorIndexError {
      VectorIndexError(code: .damaged, doing: "reading \(path)", cause: cause)
    }
    let size = try SyncedFiles.size(of: path)
    do { memory = try FileMemory(mapping: path, count: size) } catch {
      throw VectorIndexError(code: .files, doing: "reading \(path)", cause: "\(error)")
    }
    let bytes = unsafe memory.numbers(UInt8.self)
    guard size >= 12, unsafe Array(bytes[0..<7]) == [0x93] + Array("NUMPY".utf8) + [1] else {
      throw damaged("it is no .npy file of version 1")
    }
    let length = unsafe Int(bytes[8]) | Int(bytes[9]) << 8
    guard size >= 10 + length else { throw damaged("it is cut short") }
    let header = unsafe String(decoding: bytes[10..<10 + length], as: UTF8.self)
    guard header.contains("'<f4'"), header.contains("'fortran_order': False"),
      let open = header.firstIndex(of: "("), let close = header.firstIndex(of: ")")
    else { throw damaged("it is not float32 in C order") }
    let shape = header[header.index(after: open)..<close].split(separator: ",").compactMap {
      Int($0.filter { !$0.isWhitespace })
    }
    guard shape.count == 2, shape[0] >= 0, shape[1] > 0, (10 + length).isMultiple(of: 4),
      size - 10 - length == shape[0].multipliedReportingOverflow(by: shape[1] * 4).partialValue
    else { throw damaged("its size is not what its header says") }
    rows = shape[0]
    columns = shape[1]
    start = (10 + length) / 4
  }

  package func row(_ index: Int) -> [Float] {
    precondition(index >= 0 && index < rows, "the matrix has \(rows) rows")
    let first = start + index * columns
    return unsafe Array(memory.numbers(Float.self)[first..<first + columns])
  }
}
