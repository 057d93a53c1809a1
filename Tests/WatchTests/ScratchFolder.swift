import Foundation
import Glibc
import Platform
import SystemPackage

/// A folder of a test's own, gone with its owner. Names are bytes.
final class ScratchFolder {
  let path: FilePath

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "morelli-watch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    // The real path: what a test compares must not depend on links above the folder.
    path = FilePath(url.path).resolved ?? FilePath(url.path)
  }

  deinit { _ = try? run(["/bin/rm", "-rf", path.string]) }

  func at(_ name: String) -> FilePath { path.appending(name: Array(name.utf8)) }

  /// Made with the folders above; opened, written and closed.
  @discardableResult
  func write(_ text: String, to file: FilePath, appending: Bool = false) throws -> FilePath {
    try makeFolder(file.removingLastComponent())
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create, appending ? .append : .truncate], permissions: [.ownerReadWrite])
    _ = try descriptor.closeAfter { try descriptor.writeAll(Array(text.utf8)) }
    return file
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> FilePath { try write(text, to: at(name)) }

  @discardableResult
  func makeFolder(_ folder: FilePath) throws -> FilePath {
    if (try? FileKind(at: folder)) == .directory { return folder }
    try makeFolder(folder.removingLastComponent())
    try check(unsafe folder.withPlatformString { unsafe mkdir($0, 0o755) })
    return folder
  }

  func rename(_ old: FilePath, to new: FilePath) throws {
    try check(
      unsafe old.withPlatformString { old in unsafe new.withPlatformString { unsafe Glibc.rename(old, $0) } })
  }

  func link(_ path: FilePath, to target: FilePath) throws {
    try check(
      unsafe target.withPlatformString { target in
        unsafe path.withPlatformString { unsafe symlink(target, $0) }
      })
  }

  func hardLink(_ path: FilePath, to target: FilePath) throws {
    try check(
      unsafe target.withPlatformString { target in
        unsafe path.withPlatformString { unsafe Glibc.link(target, $0) }
      })
  }

  func removeFile(_ path: FilePath) throws {
    try check(unsafe path.withPlatformString { unsafe unlink($0) })
  }

  /// With all that is in it; links are removed, not followed.
  func removeFolder(_ path: FilePath) throws {
    for entry in try FolderListing(of: path).entries {
      let below = path.appending(name: entry.name)
      if entry.kind == .folder { try removeFolder(below) } else { try removeFile(below) }
    }
    try check(unsafe path.withPlatformString { unsafe rmdir($0) })
  }

  private func check(_ result: Int32) throws {
    guard result == 0 else { throw Errno(rawValue: errno) }
  }
}

/// Runs a program with what it reads, and returns what it wrote.
@discardableResult
func run(_ arguments: [String], input: [UInt8] = [], in folder: FilePath? = nil) throws -> [UInt8] {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: arguments[0])
  process.arguments = Array(arguments.dropFirst())
  if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder.string) }
  let output = Pipe()
  let given = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try Data(input).write(to: given)
  defer { try? FileManager.default.removeItem(at: given) }
  process.standardInput = try FileHandle(forReadingFrom: given)
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
  process.waitUntilExit()
  return bytes
}
