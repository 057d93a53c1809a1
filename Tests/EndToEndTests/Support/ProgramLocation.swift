import Foundation

/// Where the things stand that the tests need.
enum Repository {
  /// The folder with Package.swift.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let samples = root.appendingPathComponent("samples")

  /// Small images of every format, each a case of its own.
  static func goodImage(_ name: String) -> URL { fixtures.appendingPathComponent("good/\(name)") }

  /// Files that are no images, or damaged ones.
  static func badImage(_ name: String) -> URL { fixtures.appendingPathComponent("bad/\(name)") }

  private static let fixtures = root.appendingPathComponent("Tests/ImagingTests/Fixtures")

  /// Data that are given and never committed: `$MORELLI_SHARED`, else `shared` beside the repository.
  static let shared: URL = {
    let set = ProcessInfo.processInfo.environment["MORELLI_SHARED"] ?? ""
    return set.isEmpty
      ? root.deletingLastPathComponent().appendingPathComponent("shared") : URL(fileURLWithPath: set)
  }()
}

/// Where the built program is: `$MORELLI_BIN`, else beside the tests, else in the repository's build folder.
enum ProgramLocation {
  struct NotBuilt: Error, CustomStringConvertible {
    let description = "The program is not built: run swift build first, or set MORELLI_BIN."
  }

  static func find() throws -> URL {
    if let set = ProcessInfo.processInfo.environment["MORELLI_BIN"], !set.isEmpty {
      let program = URL(fileURLWithPath: set)
      guard isProgram(program) else { throw NotBuilt() }
      return program
    }
    guard let program = candidates.first(where: isProgram) else { throw NotBuilt() }
    return program.resolvingSymlinksInPath()
  }

  private static var candidates: [URL] {
    let running = [Bundle.main.executableURL, CommandLine.arguments.first.map { URL(fileURLWithPath: $0) }]
    let beside = running.compactMap { $0 }.flatMap { start in
      (1...3).map { steps in
        (0..<steps).reduce(start) { url, _ in url.deletingLastPathComponent() }.appendingPathComponent(
          "morelli")
      }
    }
    return beside
      + ["release", "debug"].map { Repository.root.appendingPathComponent(".build/\($0)/morelli") }
  }

  private static func isProgram(_ url: URL) -> Bool {
    let path = url.resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeRegular
      && FileManager.default.isExecutableFile(atPath: path)
  }
}
