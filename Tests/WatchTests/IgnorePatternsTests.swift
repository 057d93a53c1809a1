import Foundation
import Platform
import SystemPackage
import TestSupport
import Testing
import Watch

@Suite struct IgnorePatternsTests {
  @Test(
    arguments: [
      // Pattern, path, whether it is left out.
      ("*.part", "a/b.part", true), ("*.part", "a.part/b", true), ("*.part", "a.parts", false),
      ("/a", "a", true), ("/a", "b/a", false), ("a/b", "a/b", true), ("a/b", "c/a/b", false),
      ("**/b", "b", true), ("**/b", "a/c/b", true), ("a/**", "a", false), ("a/**", "a/b/c", true),
      ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/*/b", "a/x/y/b", false),
      ("a**b", "axxb", true), ("x/a**b", "x/a/b", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
      ("[^a-c]x", "dx", true), ("[]]x", "]x", true), ("[a-]x", "-x", true), ("[[:digit:]]x", "7x", true),
      ("[[:nonsense:]]x", "7x", false), ("[a", "[a", false), ("a?c", "a/c", false), ("?", "é", false),
      ("\\*", "*", true), ("\\*", "a", false), ("a\\", "a", false), ("# a", "# a", false),
      ("\\# a", "# a", true),
      ("a ", "a", true), ("a\\ ", "a ", true), ("a\\ ", "a", false), ("", "a", false), ("/", "a", false),
      ("a\r", "a", true),
    ])
  func onePattern(_ pattern: String, _ path: String, _ isIgnored: Bool) {
    #expect(IgnorePatterns([pattern]).ignore(path.utf8, isFolder: false) == isIgnored)
  }

  @Test func aPatternForFoldersLeavesFilesIn() {
    let patterns = IgnorePatterns(["cache/"])
    #expect(!patterns.ignore("cache".utf8, isFolder: false))
    #expect(patterns.ignore("cache".utf8, isFolder: true))
    #expect(patterns.ignore("a/cache/b.jpg".utf8, isFolder: false))
  }

  @Test func theLastPatternDecidesAndFoldersStayOut() {
    let patterns = IgnorePatterns(["*.tif", "!good.tif", "out/", "!out/good.tif"])
    #expect(patterns.ignore("a/bad.tif".utf8, isFolder: false))
    #expect(!patterns.ignore("a/good.tif".utf8, isFolder: false))
    #expect(patterns.ignore("out/good.tif".utf8, isFolder: false))
  }

  @Test(
    arguments: [
      "scan.tif.part", "a/scan.crdownload", "~$letter.docx", ".~lock.list.ods#", ".scan.swp", "@eaDir/x.jpg",
      ".DS_Store", "a/Thumbs.db", "._scan.tif", "#recycle/scan.tif", "a.tmp",
    ])
  func whatProgramsLeaveIsIgnored(_ path: String) {
    #expect(IgnorePatterns.standard.ignore(path.utf8, isFolder: false))
  }

  @Test(arguments: [
    "scan.tif", "Part 1/scan.tif", "temp/x.jpg", "#1.jpg", "~x.jpg", "partial/1.png", "catalog.csv",
  ])
  func worksAreNotIgnored(_ path: String) {
    #expect(!IgnorePatterns.standard.ignore(path.utf8, isFolder: false))
  }

  static let git = ["/usr/bin/git", "/usr/local/bin/git"].first(where: FileManager.default.isExecutableFile)

  /// git is the reference: random patterns against random paths of files that are there.
  @Test(.enabled(if: git != nil, "git is the reference, and isn't there"), arguments: 0..<6)
  func asGitDoes(_ seed: Int) throws {
    let git = try #require(Self.git)
    var random = SeededGenerator(seed: UInt64(seed))
    let folder = try ScratchFolder()
    try run([git, "init", "-q", folder.path.string])
    var paths: [(path: String, isFolder: Bool)] = []
    for _ in 0..<60 {
      let depth = Int.random(in: 1...4, using: &random)
      let names = (0..<depth).map { _ in
        Self.word(["a", "b", "ab", "-", "]", "c.x", "#", "A", "7", " "], &random)
      }
      let path = names.joined(separator: "/")
      guard (try? folder.write("", to: path)) != nil else { continue }
      for count in 1...depth { paths.append((names.prefix(count).joined(separator: "/"), count < depth)) }
    }
    var patterns: [String] = []
    for _ in 0..<25 {
      patterns = (0..<Int.random(in: 1...5, using: &random)).map { _ in Self.pattern(&random) }
      try folder.write(patterns.joined(separator: "\n") + "\n", to: ".gitignore")
      let input = paths.flatMap { path in Array(path.path.utf8) + [UInt8(0)] }
      let output = try run(
        [git, "-c", "core.excludesFile=/dev/null", "check-ignore", "--no-index", "-z", "--stdin"],
        input: input,
        in: folder.path)
      let ignored = Set(output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
      let ours = IgnorePatterns(patterns)
      for (path, isFolder) in paths {
        #expect(
          ours.ignore(path.utf8, isFolder: isFolder) == ignored.contains(path), "\(path) with \(patterns)")
      }
    }
  }

  private static func word(_ parts: [String], _ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
      .joined()
  }

  private static func pattern(_ random: inout SeededGenerator) -> String {
    let parts = [
      "a", "b", "ab", "A", "7", "c.x", "*", "*", "**", "?", "/", "/", "**/", "/**", "[ab]", "[!a]", "[a-c]",
      "[]-]",
      "[[:alpha:]]", "[[:digit:]-b]", "[b-", "[[:x]", "\\*", "\\a", "\\", "#", "-", "]", " ", "\\ ",
    ]
    let body = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      parts.randomElement(using: &random) ?? ""
    }
    let isBack = Int.random(in: 0..<5, using: &random) == 0
    let isFolder = Int.random(in: 0..<5, using: &random) == 0
    return (isBack ? "!" : "") + body.joined() + (isFolder ? "/" : "")
  }
}
