import Catalog
import Crypto
import Foundation
import Platform
import SystemPackage
import VectorIndex

/// A copy of a home in a folder of its own: catalogue, settings, the index in use, and a list of all with their checksums.
///
/// Images are not in it: they are the user's, where they are. What can be made again quickly (thumbnails) is not, either.
struct BackupFolder {
  private static let listName = "backup.json"
  private static let format = 1
  private static let portion = 1 << 20

  /// What a backup says of itself.
  struct List: Codable {
    struct File: Codable {
      let bytes: Int
      let sha256: String
    }

    let format: Int
    let version: String
    let made: Date
    let works: Int
    /// By path within the folder.
    let files: [String: File]
  }

  let path: FilePath

  /// Copies a home, also while a daemon has it: what is in the copy is of one moment.
  ///
  /// - Throws: `CommandFailure`; nothing is left then.
  func make(of home: Home, _ catalog: Catalog, progress: (String) -> Void = { _ in }) throws -> List {
    let manager = FileManager.default
    if let there = try? manager.contentsOfDirectory(atPath: path.string), !there.isEmpty {
      throw CommandFailure("\(path.displayName) is not empty: name a new folder")
    }
    let building = path.removingLastComponent().appending(".\(path.lastComponent?.string ?? "backup").making")
    try? manager.removeItem(atPath: building.string)
    do {
      try manager.createDirectory(
        atPath: building.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      // First the index, then the catalogue: what is newer than the index is searched beside it, never the other way round.
      progress("index")
      try copyIndex(home, to: building)
      progress("catalogue")
      try catalog.copy(to: building.appending("catalog.sqlite"))
      if manager.fileExists(atPath: home.settingsFile.path.string) {
        try manager.copyItem(
          atPath: home.settingsFile.path.string, toPath: building.appending("morelli.toml").string)
      }
      progress("checksums")
      let works = try Catalog(at: building.appending("catalog.sqlite")).counts(of: []).artworks
      // Opening it may have put it back into write-ahead mode, with files beside.
      for suffix in ["-wal", "-shm"] {
        try? manager.removeItem(atPath: building.string + "/catalog.sqlite" + suffix)
      }
      let list = List(
        format: Self.format, version: Version.description, made: Date(), works: works,
        files: try Self.files(in: building))
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.dateEncodingStrategy = .iso8601
      try encoder.encode(list).write(to: URL(fileURLWithPath: building.appending(Self.listName).string))
      try? manager.removeItem(atPath: path.string)
      try manager.moveItem(atPath: building.string, toPath: path.string)
      return list
    } catch {
      try? manager.removeItem(atPath: building.string)
      throw error as? CommandFailure ?? CommandFailure("the backup can't be made: \(error)")
    }
  }

  private func copyIndex(_ home: Home, to building: FilePath) throws {
    let store = GenerationStore(folder: home.indexFolder)
    guard let number = try store.currentNumber() else { return }
    let target = building.appending("index")
    try FileManager.default.createDirectory(atPath: target.string, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: home.indexFolder.appending("\(number)").string, toPath: target.appending("\(number)").string)
    try Data("\(number)\n".utf8).write(to: URL(fileURLWithPath: target.appending("CURRENT").string))
    for name in ["calibration", "map"] {
      let file = home.indexFolder.appending(name).string
      guard FileManager.default.fileExists(atPath: file) else { continue }
      try FileManager.default.copyItem(atPath: file, toPath: target.appending(name).string)
    }
  }

  /// Reads the list, and proves every file by its checksum.
  ///
  /// - Throws: `CommandFailure` that names what is wrong.
  func verified() throws -> List {
    guard let data = FileManager.default.contents(atPath: path.appending(Self.listName).string) else {
      throw CommandFailure("\(path.displayName) is no backup: it has no \(Self.listName)")
    }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let list = try? decoder.decode(List.self, from: data) else {
      throw CommandFailure("\(path.displayName): \(Self.listName) can't be understood")
    }
    guard list.format == Self.format else {
      throw CommandFailure("\(path.displayName) was made by a newer Morelli (\(list.version))")
    }
    let found = try Self.files(in: path)
    for (name, file) in list.files.sorted(by: { $0.key < $1.key }) {
      guard let there = found[name] else { throw CommandFailure("\(path.displayName): \(name) is missing") }
      guard there.sha256 == file.sha256, there.bytes == file.bytes else {
        throw CommandFailure("\(path.displayName): \(name) is not what was written: its checksum is wrong")
      }
    }
    guard list.files["catalog.sqlite"] != nil else {
      throw CommandFailure("\(path.displayName): there is no catalogue in it")
    }
    if let fault = Catalog.faults(at: path.appending("catalog.sqlite")).first {
      throw CommandFailure("\(path.displayName): the catalogue in it is damaged: \(fault)")
    }
    return list
  }

  /// Makes a home of it, in a place where none is.
  func restore(to home: Home) throws -> List {
    let manager = FileManager.default
    let list = try verified()
    if let there = try? manager.contentsOfDirectory(atPath: home.path.string), !there.isEmpty {
      throw CommandFailure(
        "the home \(home.path.displayName) is not empty: move it away first, or name another by --home")
    }
    let building = home.path.removingLastComponent().appending(
      ".\(home.path.lastComponent?.string ?? "home").restoring")
    try? manager.removeItem(atPath: building.string)
    do {
      try manager.createDirectory(
        atPath: building.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for name in list.files.keys.sorted() {
        // Names come from a file that anybody may have written.
        guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else {
          throw CommandFailure("\(path.displayName): '\(name)' is no name of a file in it")
        }
        let target = building.appending(name)
        try manager.createDirectory(
          atPath: target.removingLastComponent().string, withIntermediateDirectories: true)
        try manager.copyItem(atPath: path.appending(name).string, toPath: target.string)
        try Self.sync(target)
      }
      try? manager.removeItem(atPath: home.path.string)
      try manager.moveItem(atPath: building.string, toPath: home.path.string)
      return list
    } catch {
      try? manager.removeItem(atPath: building.string)
      throw error as? CommandFailure ?? CommandFailure("the backup can't be restored: \(error)")
    }
  }

  private static func sync(_ path: FilePath) throws {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    try file.closeAfter { try FileHandle(fileDescriptor: file.rawValue, closeOnDealloc: false).synchronize() }
  }

  /// All files below a folder but the list, synced, with their checksums.
  private static func files(in folder: FilePath) throws -> [String: List.File] {
    var files: [String: List.File] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.string) where name != listName {
      let path = folder.appending(name)
      guard case .regular(let stamp)? = try? FileKind(at: path) else { continue }
      var hash = SHA256()
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path.string))
      defer { try? file.close() }
      while let data = try file.read(upToCount: portion), !data.isEmpty { hash.update(data: data) }
      try file.synchronize()
      files[name] = List.File(
        bytes: stamp.size,
        sha256: hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }
    return files
  }
}
