import Model
import Platform
import SystemPackage

/// The SHA-256 of a model's weights as it was found, kept beside them: 90 MB need not be read each time a program starts.
///
/// It is believed as long as the file's size, times and inode are the same. Only in the folder that Morelli fetched is one
/// kept: other people's folders are not written to.
struct WeightsNote: Equatable {
  private static let file = ".morelli-checked"

  let hash: Fingerprint
  let stamp: FileStamp

  init(_ model: SentenceModel) {
    hash = model.hash
    stamp = model.stamp
  }

  /// nil where there is none, or none that can be read.
  init?(in folder: FilePath) {
    guard let bytes = try? folder.appending(Self.file).contents(limit: 4096) else { return nil }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 5, words[0].count == 64, words[0].allSatisfy(\.isHexDigit), let size = Int(words[1]),
      let modified = Int64(words[2]), let changed = Int64(words[3]), let inode = UInt64(words[4])
    else { return nil }
    hash = Fingerprint(hexadecimal: String(words[0]))
    stamp = FileStamp(size: size, modified: modified, changed: changed, inode: inode)
  }

  /// Leaves it beside the weights; where that can't be, the next start takes longer.
  func keep(in folder: FilePath) {
    let text = "\(hash.hexadecimal) \(stamp.size) \(stamp.modified) \(stamp.changed) \(stamp.inode)\n"
    guard
      let file = try? FileDescriptor.open(
        folder.appending(Self.file), .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    else { return }
    _ = try? file.closeAfter { try file.writeAll(text.utf8) }
  }
}
