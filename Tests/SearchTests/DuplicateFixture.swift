import Catalog
import Features
import Foundation
import Imaging
import Model
import SystemPackage
import TestSupport

/// A catalogue in a folder of its own, whose files show pictures by formula.
final class DuplicateFixture {
  /// What a file shows; the number is the picture's.
  enum Look {
    case blobs(Int)
    case cropped(Int)
    case mirrored(Int)
    case bordered(Int)
    case flat(UInt8)
    case unmeasured
  }

  let catalog: Catalog
  private let folder: FilePath
  private var files = 0

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("morelli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = FilePath(url.path)
    catalog = try Catalog(at: folder.appending("catalog.sqlite"))
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.string) }

  /// Stores files, numbered from 1: whose each is, what stands for its bytes, and what it shows.
  func add(_ added: [(work: String, bytes: String, look: Look)]) throws {
    let first = files
    files += added.count
    let rows = zip(first..., added).map { "\($1.work),/f/\($0)\n" }.joined()
    _ = try catalog.importTable(
      CSVTable(bytes: Array(("id,file\n" + rows).utf8)), relativeTo: "/", scope: .everyRow)
    let results = zip(first..., added).map { number, file in
      let hash = Fingerprint(
        bytes: Array((Array(file.bytes.utf8) + [UInt8](repeating: 0, count: 32)).prefix(32)))
      return IngestResult.measured(
        MeasuredFile(
          path: FilePath("/f/\(number)"), seen: FileSighting(size: 1, modified: 1, changed: 1, inode: 1),
          contentHash: hash, pictureHash: hash, format: "png", width: 1, height: 1, blocks: [],
          palette: Palette(swatches: []), paletteVersion: 1, copies: Self.descriptor(file.look)))
    }
    _ = try catalog.store(results) { _ in true }
  }

  private static func descriptor(_ look: Look) -> CopyDescriptor {
    var extractor = CopyDescriptorExtractor()
    guard let image = image(look) else { return CopyDescriptor(views: []) }
    return extractor.extract(image)
  }

  private static func image(_ look: Look) -> WorkingImage? {
    switch look {
    case .blobs(let seed): image(400, 300) { blobLevel($0, $1, channel: $2, seed: seed) }
    case .cropped(let seed): image(360, 270) { blobLevel($0 + 20, $1 + 15, channel: $2, seed: seed) }
    case .mirrored(let seed): image(400, 300) { blobLevel(399 - $0, $1, channel: $2, seed: seed) }
    case .bordered(let seed):
      image(440, 340) { x, y, channel in
        (20..<420).contains(x) && (20..<320).contains(y)
          ? blobLevel(x - 20, y - 20, channel: channel, seed: seed) : 250
      }
    case .flat(let level): image(400, 300) { x, y, _ in Int(level) + (x * 7 + y * 13) % 5 }
    case .unmeasured: nil
    }
  }

  private static func image(_ width: Int, _ height: Int, _ level: (Int, Int, Int) -> Int) -> WorkingImage {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { for channel in 0..<3 { pixels.append(UInt8(level(x, y, channel))) } }
    }
    return WorkingImage(width: width, height: height, pixels: pixels)
  }
}
