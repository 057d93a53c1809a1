import Glibc
import Platform
import SystemPackage
import TestSupport
import Testing

@testable import Watch

/// Whatever is done to the folders, and however it falls between the watcher's steps: in the end the consumer knows what is
/// there.
@Suite struct RandomOperationsTests {
  private struct Disorder {
    let scratch: ScratchFolder
    var random: SeededGenerator
    var open: [FileDescriptor] = []
    var links = 0

    mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: values.indices, using: &random)] }

    /// In one of the two roots, or outside of both.
    mutating func folder() -> FilePath {
      var path = scratch.at(pick(["one", "one", "two", "outside"]))
      for _ in 0..<Int.random(in: 0...3, using: &random) { path.append(pick(["a", "b", ".hidden"])) }
      return path
    }

    mutating func file() -> FilePath {
      folder().appending(
        name: pick([Array("1.jpg".utf8), Array("2.jpg".utf8), Array("x.part".utf8), [0xFF, 0x2E]]))
    }

    /// What can't be done (nothing there, something in the way) is left.
    mutating func act() {
      switch Int.random(in: 0..<16, using: &random) {
      case 0...2: _ = try? scratch.write(String(repeating: "x", count: pick([0, 5, 9])), to: file())
      case 3: _ = try? scratch.write("more", to: file(), appending: true)
      case 4: try? scratch.removeFile(file())
      case 5, 6: try? scratch.rename(file(), to: file())
      case 7, 8:
        // Into a folder that is there, or to its name.
        if let old = inner(), let above = inner() {
          try? scratch.rename(old, to: pick([above, above.appending("c")]))
        }
      case 9: if let folder = inner() { try? scratch.removeFolder(folder) }
      case 10: _ = try? scratch.makeFolder(folder())
      case 11:
        // A tree at once.
        let top = folder()
        for name in ["a/a/1.jpg", "a/b/2.jpg", "b/1.jpg"] {
          _ = try? scratch.write("tree", to: FilePath(bytes: top.bytes + Array("/\(name)".utf8)))
        }
      case 12:
        if open.count > 2 { try? open.removeFirst().close() }
        let options: FileDescriptor.OpenOptions = [.create, .append]
        if let new = try? FileDescriptor.open(
          file(), .writeOnly, options: options, permissions: [.ownerReadWrite])
        {
          open.append(new)
        }
      case 13: for file in open { _ = try? file.writeAll(Array("slow".utf8)) }
      case 14:
        links += 1
        // A loop, a file beside the roots, a folder beside the roots.
        let target = pick([scratch.at("one"), scratch.at("linked/file.jpg"), scratch.at("linked/\(links)")])
        _ = try? scratch.write("behind a link", to: scratch.at("linked/\(links)").appending("a/1.jpg"))
        try? scratch.link(folder().appending("link\(links % 3)"), to: target)
      default:
        _ = try? scratch.write(
          String(links), to: pick([scratch.at("linked/file.jpg"), scratch.at("linked/1/a/1.jpg")]))
      }
    }

    /// A folder that is there, if any.
    private mutating func inner() -> FilePath? {
      var path = scratch.at(pick(["one", "one", "two", "outside"]))
      for depth in 0..<Int.random(in: 1...3, using: &random) {
        let below = (try? FolderListing(of: path).entries.filter { $0.kind == .folder }) ?? []
        if below.isEmpty { return depth == 0 ? nil : path }
        path = path.appending(name: pick(below).name)
      }
      return path
    }

    mutating func close() {
      for file in open { try? file.close() }
      open = []
    }
  }

  @Test(arguments: 0..<3) func theMirrorEqualsTheFolders(_ seed: Int) throws {
    let scratch = try ScratchFolder()
    for name in ["one", "two", "outside", "linked"] { try scratch.makeFolder(scratch.at(name)) }
    try scratch.write("", to: "linked/file.jpg")
    var disorder = Disorder(scratch: scratch, random: SeededGenerator(seed: UInt64(seed)))
    for _ in 0..<20 { disorder.act() }
    var mirror = Mirror(try FolderWatcher([scratch.at("one"), scratch.at("two")], options: .quick))
    for round in 0..<3 {
      for _ in 0..<40 {
        disorder.act()
        if disorder.pick([0, 1, 2, 3]) == 0 {
          try mirror.follow(within: .milliseconds(disorder.pick([0, 1, 12])))
        }
        if seed % 4 == 3, disorder.pick(Array(0..<60)) == 0 {
          mirror.watcher.inject(InotifyEvent(watch: -1, mask: .overflow))
        }
      }
      if round % 2 == 1 { disorder.close() }
      try mirror.followToTheEnd()
      let truth = mirror.truth
      #expect(mirror.files == truth, "\(difference(mirror.files, truth)), round \(round)")
      #expect(mirror.watcher.statistics.pending == 0)
    }
    disorder.close()
  }

  private func difference(_ mirror: [FilePath: Mirror.File], _ truth: [FilePath: Mirror.File]) -> String {
    let paths = Set(mirror.keys).union(truth.keys).filter { mirror[$0] != truth[$0] }
    return paths.map {
      "\($0.displayName): \(String(describing: mirror[$0])), is \(String(describing: truth[$0]))"
    }
    .sorted().joined(separator: "\n")
  }
}
