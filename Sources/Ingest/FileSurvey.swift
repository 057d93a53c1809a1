import Catalog
import Imaging
import Platform
import SystemPackage

/// What stands below some paths, told apart without decoding: new, known, refused before, or no image.
struct FileSurvey {
  /// New, overwritten, lacking a signature, or worth another attempt.
  private(set) var toMeasure: [FilePath] = []
  /// Each file to measure as it was when its folder was walked.
  private(set) var sightings: [FilePath: FileSighting] = [:]
  /// Known, and not written to since.
  private(set) var unchanged = 0
  /// Those of them that were missing.
  private(set) var found: [FilePath] = []
  /// New paths of known files, which need no measuring.
  private(set) var renamed: [RenamedFile] = []
  /// Known files at whose path nothing is any more.
  private(set) var missing: [FilePath] = []
  /// Refused: just now, because they can't be read, or before, and nothing has changed.
  private(set) var refused: [RefusedFile] = []
  /// Refused before, and not there any more: nothing is left to tell of them.
  private(set) var gone: [FilePath] = []
  /// Catalogue files.
  private(set) var catalogues: [(path: FilePath, seen: FileSighting)] = []
  /// Files that are no images and don't claim to be.
  private(set) var passedOver = 0

  private let catalog: Catalog
  private let options: IngestOptions
  private let lacking: Set<FilePath>
  /// What the user named: taken for images whatever they are called.
  private let named: Set<FilePath>
  private var seen: Set<FilePath> = []

  init(_ catalog: Catalog, options: IngestOptions, named: [FilePath], lackingBlocks: Set<FilePath>) {
    self.catalog = catalog
    self.named = Set(named)
    self.options = options
    lacking = lackingBlocks
  }

  /// Walks one path.
  mutating func add(_ root: FilePath) throws(CatalogError) {
    let known = try catalog.knownFiles(below: root)
    let quarantine = try catalog.quarantine(below: root)
    for entry in entries(below: root) {
      switch entry {
      case .unreadable(let path, let reason):
        guard seen.insert(path).inserted else { continue }
        if isNoLoss(path, reason) {
          passedOver += 1
          continue
        }
        refused.append(
          RefusedFile(path: path, refusal: Refusal(.unreadable, "\(reason)"), seen: nil, isNew: true))
      case .file(let path, let stamp):
        guard seen.insert(path).inserted else { continue }
        if let name = options.catalogueName, path.lastComponent?.string == name {
          catalogues.append((path, FileSighting(stamp)))
          continue
        }
        try sort(path, FileSighting(stamp), known[path], quarantine[path], isNamed: named.contains(path))
      }
    }
    for (path, file) in known where !file.isMissing && !seen.contains(path) && Self.isGone(path) {
      missing.append(path)
    }
    for path in quarantine.keys where !seen.contains(path) && Self.isSettled(path) { gone.append(path) }
  }

  private func entries(below root: FilePath) -> any Sequence<DirectoryWalk.Entry> {
    options.walk?(root)
      ?? DirectoryWalk(root, includesHidden: options.includesHidden, excluding: options.excluded)
  }

  /// A device, a pipe, a socket or a dangling link that nobody takes for an image.
  private func isNoLoss(_ path: FilePath, _ reason: Errno) -> Bool {
    (reason == .notSupported || reason == .noSuchFileOrDirectory) && !named.contains(path)
      && !ImageNames.looksLikeImage(path)
  }

  /// A refused path at which nothing is now, or a folder that could be listed.
  private static func isSettled(_ path: FilePath) -> Bool {
    do throws(Errno) {
      return try FileKind(at: path) == .directory
    } catch {
      return error == .noSuchFileOrDirectory || error == .notDirectory
    }
  }

  /// There is nothing at a path for certain: a file behind a door that is closed to us is not gone.
  static func isGone(_ path: FilePath) -> Bool {
    do throws(Errno) {
      _ = try FileKind(at: path)
      return false
    } catch {
      return error == .noSuchFileOrDirectory || error == .notDirectory
    }
  }

  /// The file that stands at another path now, if one was renamed: not written to since, and nothing left at the old path.
  private func origin(of path: FilePath, _ now: FileSighting) throws(CatalogError) -> FilePath? {
    try catalog.paths(like: now).first { $0 != path && !lacking.contains($0) && Self.isGone($0) }
  }

  private mutating func sort(
    _ path: FilePath, _ now: FileSighting, _ known: KnownFile?, _ entry: QuarantineEntry?, isNamed: Bool
  ) throws(CatalogError) {
    if let known, known.sighting == now, !lacking.contains(path), !options.remeasures {
      unchanged += 1
      if known.isMissing { found.append(path) }
    } else if known == nil, !options.remeasures, let origin = try origin(of: path, now) {
      renamed.append(RenamedFile(origin: origin, path: path, seen: now))
    } else if let entry, entry.seen == now, entry.limits == options.worker.limitsKey, !options.retriesRefused,
      let code = Refusal.Code(rawValue: entry.code), Refusal.policy(of: code) == .quarantine
    {
      refused.append(RefusedFile(path: path, refusal: Refusal(code, entry.reason), seen: now, isNew: false))
    } else if known != nil || entry != nil || isNamed || ImageNames.looksLikeImage(path) || isImage(path) {
      toMeasure.append(path)
      sightings[path] = now
    } else {
      passedOver += 1
    }
  }

  /// These were taken for renamed ones, and can't be.
  mutating func measureInstead(_ paths: Set<FilePath>) {
    for file in renamed where paths.contains(file.path) {
      toMeasure.append(file.path)
      sightings[file.path] = file.seen
    }
  }

  /// By its first bytes: a scan may have lost its extension.
  private func isImage(_ path: FilePath) -> Bool {
    guard let prefix = try? path.leadingBytes(ImageSniffer.prefixLength),
      case .format(let format) = ImageSniffer.sniff(prefix)
    else { return false }
    return options.worker.limits.formats.contains(format)
  }
}
