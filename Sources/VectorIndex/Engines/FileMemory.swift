import Glibc
import SystemPackage

/// A piece of memory that stays where it is: read from a file, mapped to one, or to be written to.
@safe final class FileMemory: @unchecked Sendable {
  // Invariant: mapped in `init`, unmapped in `deinit`, written only by who made it, before it is shared.
  let start: UnsafeMutableRawPointer
  let count: Int
  private let mapped: Int

  /// Zeros, in huge pages where the system has them: rows are read in no order, and small pages would double
  /// the time.
  init(zeros count: Int) throws(Errno) {
    let size = max(count, 1)
    guard
      let start = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      unsafe start != MAP_FAILED
    else { throw Errno(rawValue: errno) }
    unsafe _ = madvise(start, size, MADV_HUGEPAGE)
    unsafe self.start = start
    self.count = count
    mapped = size
  }

  /// The contents of a file, which may change or go away afterwards.
  ///
  /// - Throws: `.invalidArgument` where the file has not `count` bytes.
  convenience init(reading path: FilePath, count: Int) throws(Errno) {
    try self.init(zeros: count)
    let file = try Self.opened(path, count: count)
    defer { close(file) }
    var done = 0
    while done < count {
      let got = unsafe read(file, start + done, min(count - done, 1 << 28))
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { throw got < 0 ? Errno(rawValue: errno) : .invalidArgument }
      done += got
    }
  }

  /// A file as memory: pages are read as they are needed and given up when memory is short. Whoever cuts the
  /// file short kills the process: only for files of our own that are never written again.
  ///
  /// - Parameter isOrdered: whether it will be read from the beginning to the end rather than here and there.
  init(mapping path: FilePath, count: Int, isOrdered: Bool = false) throws(Errno) {
    let file = try Self.opened(path, count: count)
    defer { close(file) }
    let size = max(count, 1)
    guard let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), unsafe start != MAP_FAILED
    else {
      throw Errno(rawValue: errno)
    }
    unsafe _ = madvise(start, size, isOrdered ? MADV_NORMAL : MADV_RANDOM)
    unsafe self.start = start
    self.count = count
    mapped = size
  }

  deinit { unsafe _ = munmap(start, mapped) }

  private static func opened(_ path: FilePath, count: Int) throws(Errno) -> Int32 {
    let file = unsafe path.withPlatformString { unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { throw Errno(rawValue: errno) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) == count
    else {
      close(file)
      throw .invalidArgument
    }
    return file
  }

  /// The whole as numbers of one type; what is left of a number at the end is left out.
  func numbers<T: BitwiseCopyable>(_ type: T.Type) -> UnsafeBufferPointer<T> {
    let count = count / MemoryLayout<T>.stride
    return unsafe UnsafeBufferPointer(start: start.bindMemory(to: type, capacity: count), count: count)
  }

  var bytes: UnsafeMutablePointer<UInt8> { unsafe start.assumingMemoryBound(to: UInt8.self) }
}
