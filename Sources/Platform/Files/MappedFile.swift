import Crypto
import Glibc
package import Model
package import SystemPackage

/// A file's contents as memory, read-only, without a copy.
///
/// The mapping shows writes by others, and a file cut short while it is read kills the process with SIGBUS:
/// only worker processes map files, and `hasChanged()` tells afterwards whether what was read can be believed.
@safe package final class MappedFile {
  /// At the time of opening.
  package let stamp: FileStamp
  private let descriptor: FileDescriptor
  private let mapping: UnsafeRawBufferPointer

  /// - Throws: `Errno`; `.isDirectory` and `.notSupported` for what is not a regular file.
  package init(opening path: FilePath) throws(Errno) {
    let opened: FileDescriptor
    do {
      // Non-blocking, so that a named pipe without a writer doesn't hang us.
      opened = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch let error as Errno { throw error } catch { throw Errno.ioError }
    do throws(Errno) {
      let status = try Self.status(of: opened)
      switch status.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFDIR: throw Errno.isDirectory
      default: throw Errno.notSupported
      }
      stamp = FileStamp(status)
      unsafe mapping = try Self.map(opened, size: stamp.size)
      descriptor = opened
    } catch {
      try? opened.close()
      throw error
    }
  }

  deinit {
    if let base = unsafe mapping.baseAddress, unsafe mapping.count > 0 {
      unsafe munmap(UnsafeMutableRawPointer(mutating: base), mapping.count)
    }
    try? descriptor.close()
  }

  /// The contents; empty for an empty file.
  package func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let bytes = unsafe mapping.bindMemory(to: UInt8.self)
    return try body(unsafe bytes.span)
  }

  /// SHA-256 of the contents.
  package func contentHash() -> Fingerprint {
    var hash = SHA256()
    unsafe hash.update(bufferPointer: mapping)
    return Fingerprint(bytes: Array(hash.finalize()))
  }

  /// The file was written to, or its permissions changed, since it was opened.
  package func hasChanged() -> Bool {
    guard let now = try? Self.status(of: descriptor) else { return true }
    return FileStamp(now) != stamp
  }

  private static func status(of descriptor: FileDescriptor) throws(Errno) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
    return status
  }

  private static func map(_ descriptor: FileDescriptor, size: Int) throws(Errno) -> UnsafeRawBufferPointer {
    guard size > 0 else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
    guard let base = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0),
      unsafe base != MAP_FAILED
    else { throw Errno(rawValue: errno) }
    unsafe madvise(base, size, MADV_SEQUENTIAL)
    return unsafe UnsafeRawBufferPointer(start: base, count: size)
  }
}
