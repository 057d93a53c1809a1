import Glibc
import Kernels
import SystemPackage

/// Takes the rows of a generation that is being built, one after another.
package final class RowWriter {
  private static let bufferedNumbers = 1 << 20

  private let schema: IndexSchema
  private let path: FilePath
  private let file: FileDescriptor
  private var buffer: [Float] = []
  private(set) var keys: [Int64] = []

  init(_ schema: IndexSchema, path: FilePath) throws(VectorIndexError) {
    self.schema = schema
    self.path = path
    do {
      file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
    } catch {
      throw VectorIndexError(code: .files, doing: "making \(path)", cause: "\(error)")
    }
  }

  deinit { try? file.close() }

  /// - Parameters:
  ///   - key: greater than the one before.
  ///   - vector: the blocks one after another, a missing one as zeros; finite.
  /// - Throws: `VectorIndexError` with the code `order`, `shape`, `notFinite` or `files`.
  package func append(key: Int64, vector: [Float]) throws(VectorIndexError) {
    func doing() -> String { "adding row \(keys.count) with the key \(key)" }
    if let last = keys.last, last >= key {
      throw VectorIndexError(
        code: .order, doing: doing(), cause: "the key before it is \(last): keys must ascend")
    }
    guard vector.count == schema.dimension else {
      throw VectorIndexError(
        code: .shape, doing: doing(), cause: "it has \(vector.count) numbers, not \(schema.dimension)")
    }
    guard allFinite(vector.span) else {
      throw VectorIndexError(code: .notFinite, doing: doing(), cause: "it holds a number that is not finite")
    }
    guard keys.count < Int(Int32.max) - 1 else {
      throw VectorIndexError(code: .shape, doing: doing(), cause: "no more rows fit an index")
    }
    keys.append(key)
    buffer += vector
    if buffer.count >= Self.bufferedNumbers { try flush() }
  }

  private func flush() throws(VectorIndexError) {
    do {
      try unsafe buffer.withUnsafeBytes { _ = try unsafe file.writeAll($0) }
      buffer.removeAll(keepingCapacity: true)
    } catch {
      throw VectorIndexError(code: .files, doing: "writing \(path)", cause: "\(error)")
    }
  }

  func finish() throws(VectorIndexError) {
    try flush()
    do { try SyncedFiles.sync(file) } catch {
      throw VectorIndexError(code: .files, doing: "syncing \(path)", cause: "\(error)")
    }
  }
}
