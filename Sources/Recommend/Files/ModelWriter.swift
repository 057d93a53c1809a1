import Foundation
import Kernels

/// Writes a model's file: magic, version, kind, the length of what follows and a checksum over it; then numbers and arrays, little endian, each array
/// after its count.
final class ModelWriter {
  static let magic: [UInt8] = Array("MORELREC".utf8)
  static let version: UInt32 = 1
  static let headerSize = 32
  /// Arrays are read and summed by so many numbers at a time.
  static let chunk = 1 << 20

  private let path: String
  private let part: String
  private let kind: ModelKind
  private let handle: FileHandle
  private var length: UInt64 = 0
  private var sum: UInt64 = 0

  init(_ path: String, _ kind: ModelKind) throws {
    self.path = path
    self.kind = kind
    // Two writers at once are each whole; the last to finish stays.
    part = "\(path).\(UUID().uuidString).part"
    guard FileManager.default.createFile(atPath: part, contents: Data(count: Self.headerSize)),
      let handle = FileHandle(forWritingAtPath: part)
    else { throw RecommendError(.unavailable, "\(path) can't be written") }
    self.handle = handle
    _ = try Self.doing(path) { try handle.seekToEnd() }
  }

  func put(_ number: Int) throws { try write(Self.bytes(UInt64(bitPattern: Int64(number)))) }
  func put(_ number: Double) throws { try write(Self.bytes(number.bitPattern)) }
  func put(_ number: Float) throws { try put(Double(number)) }

  func put(_ numbers: [Float]) throws {
    try put(numbers.count)
    for start in stride(from: 0, to: numbers.count, by: Self.chunk) {
      try write(PlainBytes.of(numbers.span.extracting(start..<min(numbers.count, start + Self.chunk))))
    }
  }

  func put(_ numbers: [Int32]) throws {
    try put(numbers.count)
    for start in stride(from: 0, to: numbers.count, by: Self.chunk) {
      try write(PlainBytes.of(numbers.span.extracting(start..<min(numbers.count, start + Self.chunk))))
    }
  }

  func put(_ rows: SparseRows) throws {
    try put(rows.columnCount)
    try put(rows.offsets)
    try put(rows.columns)
    try put(rows.values)
  }

  /// The file is whole, and safe on disk, when this returns.
  func finish() throws {
    var header = Self.magic
    header += Self.bytes(Self.version) + Self.bytes(kind.rawValue)
    header += Self.bytes(length) + Self.bytes(sum)
    try Self.doing(path) {
      try handle.seek(toOffset: 0)
      try handle.write(contentsOf: header)
      try handle.synchronize()
      try handle.close()
    }
    guard renameFile(part, to: path) else {
      try? FileManager.default.removeItem(atPath: part)
      throw RecommendError(.unavailable, "\(path) can't be put in its place")
    }
  }

  /// Takes away what was written so far.
  func abandon() {
    try? handle.close()
    try? FileManager.default.removeItem(atPath: part)
  }

  /// Writes a model with `body`; nothing is left behind where that fails.
  static func write(
    _ path: String, _ kind: ModelKind, _ body: (ModelWriter) throws -> Void
  ) throws {
    let writer = try ModelWriter(path, kind)
    do {
      try body(writer)
    } catch {
      writer.abandon()
      throw error
    }
    try writer.finish()
  }

  private func write(_ bytes: [UInt8]) throws {
    try Self.doing(path) { try handle.write(contentsOf: bytes) }
    length += UInt64(bytes.count)
    sum = PlainBytes.checksum(bytes.span, from: sum)
  }

  private static func doing<R>(_ path: String, _ body: () throws -> R) throws -> R {
    do { return try body() } catch {
      throw RecommendError(.unavailable, "\(path) can't be written: \(error.localizedDescription)")
    }
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
