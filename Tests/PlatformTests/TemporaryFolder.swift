import Foundation
import Glibc
import Platform
import SystemPackage

/// Turns the failure of a system call into an error.
func check(_ result: Int32) throws {
  guard result == 0 else { throw Errno(rawValue: errno) }
}

/// A folder of a test's own, gone with its owner.
final class TemporaryFolder {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("morelli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    // The real path: what a test compares must not depend on links above the folder.
    path = FilePath(url.resolvingSymlinksInPath().path)
  }

  deinit {
    // By `rm`, because FileManager can't name what is not UTF-8.
    if let child = try? ChildProcess(["/bin/rm", "-rf", path.string]) { _ = child.wait() }
  }

  /// Writes a file, and the folders that it needs.
  @discardableResult
  func write(_ contents: String = "", to name: String) throws -> FilePath {
    try write(Array(contents.utf8), to: Array(name.utf8))
  }

  @discardableResult
  func write(_ contents: [UInt8], to name: [UInt8]) throws -> FilePath {
    let file = FilePath(bytes: path.bytes + [0x2F] + name)
    try makeFolder(file.removingLastComponent())
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite, .groupRead])
    _ = try descriptor.closeAfter { try descriptor.writeAll(contents) }
    return file
  }

  @discardableResult
  func makeFolder(_ folder: FilePath) throws -> FilePath {
    if case .directory? = try? FileKind(at: folder) { return folder }
    try makeFolder(folder.removingLastComponent())
    try check(unsafe folder.withPlatformString { unsafe mkdir($0, 0o755) })
    return folder
  }

  @discardableResult
  func link(_ name: String, to target: String) throws -> FilePath {
    let link = path.appending(name)
    try check(unsafe symlink(target, link.string))
    return link
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path.appending(name).string)
  }

  /// Beyond the grain of a file system's clock, so that a change shows in the times.
  static func waitForClock() { usleep(20_000) }
}
