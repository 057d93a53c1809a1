import Foundation
import Kernels

/// Reads what `ModelWriter` wrote, and trusts none of it: a count is compared with what is left of the file before anything is made for it, every
/// number has a range, and the checksum is compared at the end.
struct ModelReader {
  private let path: String
  private let handle: FileHandle
  private let expected: UInt64
  private var left: UInt64
  private var sum: UInt64 = 0

  init(_ path: String, _ kind: ModelKind) throws {
    self.path = path
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw RecommendError(.unavailable, "\(path) can't be read")
    }
    self.handle = handle
    let header = try Self.bytes(ModelWriter.headerSize, of: handle, path)
    guard Array(header[..<8]) == ModelWriter.magic else {
      throw Self.damaged(path, "is no model of Morelli's")
    }
    let version = Self.number(header[8..<12])
    guard version <= ModelWriter.version else {
      throw RecommendError(.tooNew, "\(path) was written by a newer Morelli (format \(version))")
    }
    guard version == ModelWriter.version, Self.number(header[12..<16]) == UInt64(kind.rawValue) else {
      throw Self.damaged(path, "holds another kind of model")
    }
    left = Self.number(header[16..<24])
    expected = Self.number(header[24..<32])
    let size: UInt64
    do {
      size = try handle.seekToEnd()
      try handle.seek(toOffset: UInt64(ModelWriter.headerSize))
    } catch {
      throw RecommendError(.unavailable, "\(path) can't be read: \(error.localizedDescription)")
    }
    guard size - UInt64(ModelWriter.headerSize) == left else {
      throw Self.damaged(path, "does not have the size that it names")
    }
  }

  mutating func int(_ range: ClosedRange<Int>) throws -> Int {
    let bits = Self.number(try take(8)[...])
    guard let number = Int(exactly: Int64(bitPattern: bits)), range.contains(number) else {
      throw damaged("has a number out of its range")
    }
    return number
  }

  mutating func double(_ range: ClosedRange<Double>) throws -> Double {
    let number = Double(bitPattern: Self.number(try take(8)[...]))
    // A NaN is in no range.
    guard range.contains(number) else { throw damaged("has a number out of its range") }
    return number
  }

  mutating func float(_ range: ClosedRange<Double> = -3e38...3e38) throws -> Float {
    Float(try double(range))
  }

  /// - Parameter count: how many are due; nil for any number.
  mutating func floats(_ count: Int? = nil) throws -> [Float] {
    var numbers: [Float] = []
    try chunks(count) {
      numbers += littleEndianFloats($0.span)
    } reserving: {
      numbers.reserveCapacity($0)
    }
    guard allFinite(numbers.span) else { throw damaged("has a number that is none") }
    return numbers
  }

  /// - Parameters:
  ///   - count: how many are due; nil for any number.
  ///   - bound: each is 0..<bound; nil for any number.
  mutating func int32s(_ count: Int? = nil, below bound: Int?) throws -> [Int32] {
    var numbers: [Int32] = []
    try chunks(count) {
      numbers += PlainBytes.int32s($0.span)
    } reserving: {
      numbers.reserveCapacity($0)
    }
    if let bound {
      guard numbers.allSatisfy({ $0 >= 0 && Int($0) < bound }) else {
        throw damaged("names a row that there is none of")
      }
    }
    return numbers
  }

  /// - Parameters:
  ///   - rows, columns: how many are due; nil for any number.
  mutating func sparseRows(rows: Int? = nil, columns: Int? = nil) throws -> SparseRows {
    let width = try int(0...Int(Int32.max))
    let offsets = try int32s(rows.map { $0 + 1 }, below: nil)
    let entries = try int32s(below: width)
    let values = try floats(entries.count)
    guard columns == nil || columns == width, !offsets.isEmpty,
      let table = SparseRows(offsets: offsets, columns: entries, values: values, columnCount: width)
    else { throw damaged("has a table that is none") }
    return table
  }

  /// To be called last: whether all was read, and is what was written.
  func finish() throws {
    guard left == 0 && sum == expected else { throw damaged("is damaged: its checksum differs") }
    try? handle.close()
  }

  func damaged(_ why: String) -> RecommendError { Self.damaged(path, why) }

  private mutating func chunks(
    _ count: Int?, _ body: ([UInt8]) -> Void, reserving: (Int) -> Void
  ) throws {
    let due = try int(0...Int(Int32.max))
    guard count == nil || count == due, UInt64(due) * 4 <= left else {
      throw damaged("has an array of another length")
    }
    reserving(due)
    for start in stride(from: 0, to: due, by: ModelWriter.chunk) {
      body(try take(4 * min(ModelWriter.chunk, due - start)))
    }
  }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    guard UInt64(count) <= left else { throw damaged("ends too early") }
    let bytes = try Self.bytes(count, of: handle, path)
    left -= UInt64(count)
    sum = PlainBytes.checksum(bytes.span, from: sum)
    return bytes
  }

  private static func bytes(_ count: Int, of handle: FileHandle, _ path: String) throws -> [UInt8] {
    let data: Data?
    do { data = try handle.read(upToCount: count) } catch {
      throw RecommendError(.unavailable, "\(path) can't be read: \(error.localizedDescription)")
    }
    guard let data, data.count == count else { throw damaged(path, "ends too early") }
    return [UInt8](data)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func damaged(_ path: String, _ why: String) -> RecommendError {
    RecommendError(.damaged, "\(path) \(why)")
  }
}
