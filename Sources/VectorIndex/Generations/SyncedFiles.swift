import Crypto
import Glibc
import Model
import Platform
import SystemPackage

/// Writing so that what was written is there after a power cut, and only then under its name.
enum SyncedFiles {
  /// Writes a new file and syncs it.
  static func write(_ bytes: UnsafeRawBufferPointer, to path: FilePath) throws(VectorIndexError) {
    try attempt("writing", path) {
      let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: [.ownerReadWrite])
      try file.closeAfter {
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
          let part = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 26))
          let done = try unsafe file.write(part)
          unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(done))
        }
        try sync(file)
      }
    }
  }

  static func write(_ bytes: [UInt8], to path: FilePath) throws(VectorIndexError) {
    let result = unsafe bytes.withUnsafeBytes { bytes in
      Result { () throws(VectorIndexError) in try unsafe write(bytes, to: path) }
    }
    try result.get()
  }

  /// Syncs a file or a folder that something else wrote.
  static func sync(_ path: FilePath) throws(VectorIndexError) {
    try attempt("syncing", path) {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      try file.closeAfter { try sync(file) }
    }
  }

  static func sync(_ file: FileDescriptor) throws(Errno) {
    guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
  }

  static func rename(_ old: FilePath, to new: FilePath) throws(VectorIndexError) {
    try attempt("renaming \(old) to", new) {
      let result = unsafe old.withPlatformString { old in
        unsafe new.withPlatformString { new in unsafe Glibc.rename(old, new) }
      }
      guard result == 0 else { throw Errno(rawValue: errno) }
    }
  }

  static func makeFolder(_ path: FilePath) throws(VectorIndexError) {
    try attempt("making the folder", path) {
      guard unsafe path.withPlatformString({ unsafe mkdir($0, 0o700) }) == 0 || errno == EEXIST else {
        throw Errno(rawValue: errno)
      }
    }
  }

  static func removeFile(_ path: FilePath) throws(VectorIndexError) {
    try attempt("deleting", path) {
      guard unsafe path.withPlatformString({ unsafe unlink($0) }) == 0 else { throw Errno(rawValue: errno) }
    }
  }

  /// Deletes a folder of plain files, and nothing that is deeper.
  static func removeFolder(_ path: FilePath) throws(VectorIndexError) {
    for name in try names(in: path) { try removeFile(path.appending(name)) }
    try attempt("deleting", path) {
      guard unsafe path.withPlatformString({ unsafe rmdir($0) }) == 0 else { throw Errno(rawValue: errno) }
    }
  }

  /// The names in a folder, in order; none where there is no folder.
  static func names(in folder: FilePath) throws(VectorIndexError) -> [String] {
    var names: [String] = []
    guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
      if errno == ENOENT { return [] }
      throw VectorIndexError(code: .files, doing: "listing \(folder)", cause: "\(Errno(rawValue: errno))")
    }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) {
        unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// In bytes, of a regular file.
  static func size(of path: FilePath) throws(VectorIndexError) -> Int {
    do throws(Errno) {
      guard case .regular(let stamp) = try FileKind(at: path) else { throw Errno.notSupported }
      return stamp.size
    } catch {
      throw VectorIndexError(
        code: error == .noSuchFileOrDirectory ? .missing : .files, doing: "reading \(path)", cause: "\(error)"
      )
    }
  }

  /// Size and SHA-256 of a file.
  static func description(of path: FilePath) throws(VectorIndexError) -> GenerationManifest.File {
    var hash = SHA256()
    var size = 0
    try attempt("reading", path) {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      try file.closeAfter {
        var part = [UInt8](repeating: 0, count: 1 << 20)
        while true {
          let count = try unsafe part.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
          if count == 0 { return }
          size += count
          unsafe part.withUnsafeBytes {
            unsafe hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
          }
        }
      }
    }
    return GenerationManifest.File(size: size, sha256: Fingerprint(bytes: Array(hash.finalize())).hexadecimal)
  }

  private static func attempt(_ what: String, _ path: FilePath, _ body: () throws -> Void)
    throws(VectorIndexError)
  {
    do { try body() } catch let error as VectorIndexError { throw error } catch {
      throw VectorIndexError(code: .files, doing: "\(what) \(path)", cause: "\(error)")
    }
  }
}
