/// Which names are left out, in the syntax of gitignore(5): one pattern a line, the last one that matches decides, `!` takes
/// back in, and what is below a folder that is left out can't be taken back in.
package struct IgnorePatterns: Sendable {
  private struct Rule: Sendable {
    let glob: GlobPattern
    let takesBackIn: Bool
    let onlyFolders: Bool
    /// Compared with the last name alone; otherwise with the whole path.
    let isName: Bool
  }

  /// What copying, downloading and editing programs and file managers leave in folders, and what is not a finished file.
  package static let standardLines = [
    "# downloads and copies that aren't finished", "*.part", "*.partial", "*.crdownload", "*.download",
    "*.filepart", "*.opdownload", ".rsync-partial/", ".~tmp~/", "*.tmp", "*.temp", "*.~tmp",
    "# editors' own", "~$*", ".~lock.*#", "*.swp", "*.swo", "*~", "\\#*#",
    "# systems' and file managers' own", ".DS_Store", "._*", ".AppleDouble/", ".Spotlight-V100/", ".Trashes/",
    ".fseventsd/", "Thumbs.db", "ehthumbs.db", "desktop.ini", "$RECYCLE.BIN/", "System Volume Information/",
    "@eaDir/", "\\#recycle/", "\\#snapshot/", ".Trash-*/", ".thumbnails/", ".nfs*",
    ".fuse_hidden*", "lost+found/",
  ]

  package static let standard = IgnorePatterns(standardLines)

  private let rules: [Rule]

  /// - Parameter lines: as in a file; empty ones and comments are passed over.
  package init(_ lines: some Sequence<String>) { rules = lines.compactMap { Self.rule(Array($0.utf8)) } }

  /// - Parameters:
  ///   - path: from the root, its names with slashes between them, none at either end.
  ///   - isFolder: of the last name.
  /// - Returns: true also for what is below a folder that is left out.
  package func ignore(_ path: some Collection<UInt8>, isFolder: Bool) -> Bool {
    let bytes = Array(path)
    for (place, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") {
      if ignoreAlone(bytes[..<place], isFolder: true) { return true }
    }
    return ignoreAlone(bytes[...], isFolder: isFolder)
  }

  /// As `ignore`, for a path whose folders are known to be taken.
  func ignoreAlone(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
    let deciding = rules.last { rule in
      (isFolder || !rule.onlyFolders) && rule.glob.matches(rule.isName ? name : path)
    }
    return deciding.map { !$0.takesBackIn } ?? false
  }

  private static func rule(_ line: [UInt8]) -> Rule? {
    var pattern = line[...]
    if pattern.last == UInt8(ascii: "\r") { pattern = pattern.dropLast() }
    guard pattern.first != UInt8(ascii: "#") else { return nil }
    pattern = withoutClosingSpaces(pattern)
    let takesBackIn = pattern.first == UInt8(ascii: "!")
    if takesBackIn { pattern = pattern.dropFirst() }
    let onlyFolders = pattern.last == UInt8(ascii: "/")
    if onlyFolders { pattern = pattern.dropLast() }
    let isName = !pattern.contains(UInt8(ascii: "/"))
    if pattern.first == UInt8(ascii: "/") { pattern = pattern.dropFirst() }
    guard !pattern.isEmpty else { return nil }
    return Rule(
      glob: GlobPattern(Array(pattern), isPath: !isName), takesBackIn: takesBackIn, onlyFolders: onlyFolders,
      isName: isName)
  }

  /// Spaces at the end don't count unless a backslash is before them.
  private static func withoutClosingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.startIndex
    var at = line.startIndex
    while at < line.endIndex {
      let isEscape = line[at] == UInt8(ascii: "\\")
      let isSpace = line[at] == UInt8(ascii: " ")
      at = isEscape ? min(at + 2, line.endIndex) : at + 1
      if !isSpace { end = at }
    }
    return line[..<end]
  }
}
