import Catalog
import Foundation
import GRDB
import Glibc
import Model
import SystemPackage

/// A catalogue in a folder of its own, gone with its owner.
final class CatalogFixture {
  let folder: FilePath
  let catalog: Catalog
  var file: FilePath { folder.appending("catalog.sqlite") }

  /// What the store was told stands on the disk.
  var disk: Set<FilePath> = []

  static let colour = BlockDescriptor(name: .colour, version: 1, dimension: 2)
  static let texture = BlockDescriptor(name: BlockName(rawValue: "texture"), version: 3, dimension: 3)
  static let time = Date(timeIntervalSince1970: 1_000_000)

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("morelli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = FilePath(url.path)
    catalog = try Catalog(at: folder.appending("catalog.sqlite"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.string) }

  /// A hash that begins with the text's bytes.
  static func hash(_ text: String) -> Fingerprint {
    Fingerprint(bytes: Array((Array(text.utf8) + [UInt8](repeating: 0, count: 32)).prefix(32)))
  }

  static func sighting(_ modified: Int64 = 1) -> FileSighting {
    FileSighting(size: 10, modified: modified, changed: modified, inode: .max - 5)
  }

  /// A file as if it had been measured; `bytes` stand for its contents.
  static func measured(
    _ path: FilePath, _ bytes: String, modified: Int64 = 1, vector: [Float] = [0.6, 0.8], version: Int = 1
  ) -> MeasuredFile {
    MeasuredFile(
      path: path, seen: sighting(modified), contentHash: hash(bytes), pictureHash: hash("p" + bytes),
      format: "jpeg",
      width: 300, height: 200, blocks: [Block(name: .colour, version: version, vector: vector)],
      palette: Palette(swatches: [.init(l: 50, a: 1, b: -2, share: 1)]), paletteVersion: 1,
      copies: copies)
  }

  /// A descriptor of two views, one of them too flat to have hashes.
  static let copies = CopyDescriptor(views: [
    .init(
      hashes: PerceptualHashes(windows: (0..<14).map { .max - $0 }, mirrored: 1 << 63, gradient: 5),
      thumbnail: (0..<CopyDescriptor.View.thumbnailCount).map { UInt8(truncatingIfNeeded: $0) }),
    .init(hashes: nil, thumbnail: Array(repeating: 7, count: CopyDescriptor.View.thumbnailCount)),
  ])

  /// Stores one file that stands on the disk.
  @discardableResult
  func store(
    _ path: String, _ bytes: String, modified: Int64 = 1, vector: [Float] = [0.6, 0.8], version: Int = 1
  ) throws -> StoredFile? {
    try store(Self.measured(FilePath(path), bytes, modified: modified, vector: vector, version: version))
  }

  @discardableResult
  func store(_ measured: MeasuredFile) throws -> StoredFile? {
    disk.insert(measured.path)
    let disk = disk
    return try catalog.store([.measured(measured)], at: Self.time) { disk.contains($0) }.first ?? nil
  }

  /// Takes a catalogue as if it stood in the folder.
  @discardableResult
  func take(
    _ csv: String, in folder: FilePath = "/scans", scope: Catalog.ImportScope = .everyRow,
    dryRun: Bool = false,
    at time: Date = CatalogFixture.time
  ) throws -> ImportReport {
    try catalog.importTable(
      CSVTable(bytes: Array(csv.utf8)), relativeTo: folder, scope: scope, dryRun: dryRun, at: time)
  }

  /// Whose file it is; nil for an unknown one.
  func owner(of path: FilePath) throws -> String? {
    try catalog.files().first { $0.path == path }?.artworkID.rawValue
  }

  /// Every row of every table, as text: two equal dumps are two equal catalogues.
  func dump() throws -> [String: [String]] {
    try raw { database in
      let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
      return try tables.reduce(into: [:]) { dump, table in
        dump[table] = try Row.fetchAll(database, sql: "SELECT * FROM \"\(table)\"").map(\.debugDescription)
          .sorted()
      }
    }
  }

  /// Past Morelli's own doors, without foreign keys.
  func raw<R>(_ body: (Database) throws -> R) throws -> R {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(10)
    return try DatabaseQueue(path: file.string, configuration: configuration).write(body)
  }
}

extension FilePath {
  /// A path whose bytes may be no UTF-8.
  init(testBytes bytes: [UInt8]) {
    let characters = bytes.map { CChar(bitPattern: $0) } + [0]
    self = unsafe characters.withUnsafeBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe FilePath(platformString: $0) } ?? FilePath()
    }
  }
}
