import Foundation
import Synchronization
import SystemPackage

/// Pictures that were derived from files, kept in `<home>/thumbnails`: all of it can be deleted, and is made again.
///
/// Each is named by what it was made of, never by what a request says, so that nothing of a request reaches the file system.
final class DerivativeCache: Sendable {
  private struct State {
    /// nil until the folder was looked through.
    var bytes: Int?
  }

  private let folder: FilePath
  private let limit: @Sendable () -> Int
  private let state = Mutex(State())

  /// - Parameter limit: bytes that all may take together.
  init(_ folder: FilePath, limit: @escaping @Sendable () -> Int) {
    self.folder = folder
    self.limit = limit
  }

  /// - Parameter name: hexadecimal digits and dashes, and an extension.
  func data(_ name: String) -> Data? { FileManager.default.contents(atPath: path(name).string) }

  /// Keeps a picture; what can't be kept is made again.
  func keep(_ data: Data, _ name: String) {
    let path = path(name)
    try? FileManager.default.createDirectory(
      atPath: path.removingLastComponent().string, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    guard (try? data.write(to: URL(fileURLWithPath: path.string), options: .atomic)) != nil else { return }
    let isOver = state.withLock { state in
      state.bytes = (state.bytes ?? entries().reduce(0) { $0 + $1.size }) + data.count
      return state.bytes ?? 0 > limit()
    }
    if isOver { clean() }
  }

  /// Deletes the oldest until a fifth of the room is free.
  private func clean() {
    state.withLock { state in
      let entries = entries().sorted { $0.date < $1.date }
      var total = entries.reduce(0) { $0 + $1.size }
      for entry in entries where total > limit() / 5 * 4 {
        if (try? FileManager.default.removeItem(at: entry.url)) != nil { total -= entry.size }
      }
      state.bytes = total
    }
  }

  private func entries() -> [(url: URL, size: Int, date: Date)] {
    let keys: [URLResourceKey] = [.fileSizeKey, .contentModificationDateKey, .isRegularFileKey]
    let walk = FileManager.default.enumerator(
      at: URL(fileURLWithPath: folder.string), includingPropertiesForKeys: keys)
    var entries: [(url: URL, size: Int, date: Date)] = []
    while let url = walk?.nextObject() as? URL {
      guard let values = try? url.resourceValues(forKeys: Set(keys)), values.isRegularFile == true else {
        continue
      }
      entries.append((url, values.fileSize ?? 0, values.contentModificationDate ?? .distantPast))
    }
    return entries
  }

  private func path(_ name: String) -> FilePath {
    precondition(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") })
    return folder.appending(String(name.prefix(2))).appending(name)
  }
}
