import Platform
package import SystemPackage

/// Which paths belong to the watched folders. It depends on nothing but the path and the file system as it is, so that the
/// watcher and whoever walks a part of a root answer alike.
///
/// Symbolic links: one to a file is a file. One to a folder is followed when it leads out of all roots (or to a part of one
/// that is left out), not to a folder that the path goes through already, and at most four links deep; a folder inside a
/// root is found at its own place.
package struct WatchScope: Sendable {
  private static let maximumLinks = 4

  /// Absolute, without those that lie inside another that takes them.
  package let roots: [FilePath]
  private let rootBytes: [[UInt8]]
  private var realRoots: [[UInt8]]
  private let ignore: IgnorePatterns
  private let includesHidden: Bool
  private let excluded: [FilePath]

  /// - Parameter roots: one that is given twice, or is inside another that takes it, is left out.
  package init(_ roots: [FilePath], options: WatchOptions) {
    ignore = options.ignore
    includesHidden = options.includesHidden
    excluded = options.excluded.map(\.absolute)
    let given = roots.map(\.absolute)
    let real = given.map { ($0.resolved ?? $0).bytes }
    var kept: [Int] = []
    for index in given.indices {
      let covered = given.indices.contains { other in
        guard other != index, let rest = Self.rest(of: real[index], below: real[other]) else { return false }
        // Of two that are the same the first stays.
        return rest.isEmpty
          ? other < index
          : Self.takes(rest, isFolder: true, ignore: options.ignore, hidden: options.includesHidden)
      }
      if !covered { kept.append(index) }
    }
    self.roots = kept.map { given[$0] }
    rootBytes = kept.map { given[$0].bytes }
    realRoots = kept.map { real[$0] }
  }

  /// The roots' places behind links are looked up anew: a root may have come, gone or moved.
  package mutating func resolveRoots() { realRoots = roots.map { ($0.resolved ?? $0).bytes } }

  /// The innermost root that has the path.
  package func root(of path: FilePath) -> FilePath? {
    index(of: path.bytes).map { roots[$0] }
  }

  /// By its name alone: not hidden, not ignored, in a root. A root itself is taken.
  package func takes(_ path: FilePath, isFolder: Bool) -> Bool {
    let bytes = path.bytes
    guard let index = index(of: bytes), let rest = Self.rest(of: bytes, below: rootBytes[index]) else {
      return false
    }
    return Self.takes(rest, isFolder: isFolder, ignore: ignore, hidden: includesHidden)
  }

  /// As `takes`, for a name in a folder that is taken.
  func takesAlone(_ path: FilePath, isFolder: Bool) -> Bool {
    let bytes = path.bytes
    guard let index = index(of: bytes), let rest = Self.rest(of: bytes, below: rootBytes[index]) else {
      return false
    }
    let name = rest.lastIndex(of: 0x2F).map { rest[($0 + 1)...] } ?? rest
    if !includesHidden, name.first == 0x2E { return false }
    return rest.isEmpty || !ignore.ignoreAlone(rest, isFolder: isFolder)
  }

  /// Whether a folder that is taken by name belongs to the watched ones: not excluded, and no link that isn't followed.
  package func admits(folder: FilePath) -> Bool {
    guard let real = folder.resolved?.bytes, let index = index(of: folder.bytes) else { return false }
    if excluded.contains(where: { Self.rest(of: real, below: ($0.resolved ?? $0).bytes) != nil }) {
      return false
    }
    let rest = Self.rest(of: folder.bytes, below: rootBytes[index]) ?? []
    if real == Self.joined(realRoots[index], rest) { return true }
    // A link is on the way.
    for root in realRoots {
      guard let inner = Self.rest(of: real, below: root) else { continue }
      if Self.takes(inner, isFolder: true, ignore: ignore, hidden: includesHidden) { return false }
    }
    var links = 0
    var above = folder
    while above != roots[index], above.removeLastComponent() {
      if above.resolved?.bytes == real { return false }
    }
    above = folder
    while above != roots[index] {
      if (try? PathStatus(at: above))?.isLink == true { links += 1 }
      guard above.removeLastComponent() else { break }
    }
    return links <= Self.maximumLinks
  }

  private func index(of path: [UInt8]) -> Int? {
    if rootBytes.count == 1 { return Self.rest(of: path, below: rootBytes[0]) != nil ? 0 : nil }
    return deepest(path)
  }

  private func deepest(_ path: [UInt8]) -> Int? {
    rootBytes.indices.filter { Self.rest(of: path, below: rootBytes[$0]) != nil }.max {
      rootBytes[$0].count < rootBytes[$1].count
    }
  }

  /// The names below the folder, without a slash at either end; empty for the folder itself, nothing for another path.
  static func rest(of path: [UInt8], below folder: [UInt8]) -> ArraySlice<UInt8>? {
    guard path.starts(with: folder) else { return nil }
    let rest = path[folder.count...]
    if rest.isEmpty || folder.last == 0x2F { return rest }
    return rest.first == 0x2F ? rest.dropFirst() : nil
  }

  private static func joined(_ folder: [UInt8], _ rest: ArraySlice<UInt8>) -> [UInt8] {
    rest.isEmpty ? folder : folder + (folder.last == 0x2F ? [] : [0x2F]) + rest
  }

  private static func takes(
    _ rest: ArraySlice<UInt8>, isFolder: Bool, ignore: IgnorePatterns, hidden: Bool
  ) -> Bool {
    guard !rest.isEmpty else { return true }
    if !hidden, rest.split(separator: 0x2F).contains(where: { $0.first == 0x2E }) { return false }
    return !ignore.ignore(rest, isFolder: isFolder)
  }
}
