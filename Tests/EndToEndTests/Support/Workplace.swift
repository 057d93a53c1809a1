import Foundation
import Testing

/// What one test works in: a fresh folder with the program, a home that is not made yet, and the user's files.
final class Workplace: Sendable {
  /// As whom the program runs.
  enum User: Sendable {
    case current
    /// Not root: to whom permissions mean something. The current user, unless that is root.
    case ordinary
  }

  private static let ordinaryUser = 65534

  private let folder: TemporaryFolder
  private let user: User
  /// A link or a copy of the built program, for this test alone.
  let program: URL
  let home: URL
  /// The user's files; also the working directory.
  let files: URL

  init(user: User = .current) throws {
    folder = try TemporaryFolder()
    self.user = user
    program = folder.url.appendingPathComponent("bin/morelli")
    home = folder.url.appendingPathComponent("place/home")
    files = folder.url.appendingPathComponent("place/files")
    for name in ["bin", "place", "place/files", "place/tmp", "output"] {
      try FileManager.default.createDirectory(
        at: folder.url.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    let built = try ProgramLocation.find()
    do {
      try FileManager.default.linkItem(at: built, to: program)
    } catch {
      try FileManager.default.copyItem(at: built, to: program)
    }
    if runsAsOther { try giveAway() }
  }

  /// Has the user's folder empty of what the program puts aside while it works.
  var temporaryFiles: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: temporary.path)) ?? []
  }

  var settings: URL { home.appendingPathComponent("morelli.toml") }

  /// The program has made its home.
  var hasHome: Bool {
    FileManager.default.fileExists(atPath: home.appendingPathComponent("catalog.sqlite").path)
  }

  // MARK: Files

  func file(_ name: String) -> URL { files.appendingPathComponent(name) }

  /// Makes a folder among the user's files.
  @discardableResult
  func makeFolder(_ name: String) throws -> URL {
    try FileManager.default.createDirectory(at: file(name), withIntermediateDirectories: true)
    return file(name)
  }

  /// Copies a file to a name below the user's files, replacing what is there.
  @discardableResult
  func copy(_ source: URL, to name: String) throws -> URL {
    try makeFolder((name as NSString).deletingLastPathComponent)
    // Written in place: an overwritten file keeps its inode, as most programs overwrite.
    try Data(contentsOf: source).write(to: file(name))
    return file(name)
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> URL {
    try Data(text.utf8).write(to: file(name))
    return file(name)
  }

  /// Gives all files to the ordinary user. To be called again after files were added.
  func giveAway() throws {
    guard runsAsOther else { return }
    try Shell.run("chown -R \(Self.ordinaryUser):\(Self.ordinaryUser) '\(folder.url.path)/place'")
  }

  // MARK: The program

  /// Starts the program with this test's home.
  func start(_ arguments: [String], input: Data? = nil, environment: [String: String] = [:]) throws
    -> RunningProgram
  {
    let other = "\(Self.ordinaryUser)"
    let prefix =
      runsAsOther ? ["/usr/bin/setpriv", "--reuid=\(other)", "--regid=\(other)", "--clear-groups", "--"] : []
    var variables = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "HOME": folder.url.appendingPathComponent("place").path,
      "MORELLI_HOME": home.path, "TMPDIR": temporary.path,
    ]
    if let libraries = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] {
      variables["LD_LIBRARY_PATH"] = libraries
    }
    return try RunningProgram(
      prefix + [program.path] + arguments, environment: variables.merging(environment) { $1 },
      directory: files,
      scratch: folder.url.appendingPathComponent("output"), input: input)
  }

  /// Runs the program with this test's home to its end.
  func run(_ arguments: String..., input: Data? = nil, seconds: Double = 30) throws -> Outcome {
    try start(arguments, input: input).wait(seconds: seconds)
  }

  /// The document of a command that has to succeed; `--json` is added.
  func document(_ arguments: String..., location: SourceLocation = #_sourceLocation) throws -> JSONValue {
    let outcome = try start(arguments + ["--json"]).wait(seconds: 30)
    #expect(
      outcome.status == 0, "\(arguments.joined(separator: " ")): \(outcome.errors)", sourceLocation: location)
    return try outcome.json()
  }

  /// Brings files in; every one has to be taken.
  @discardableResult
  func ingest(_ arguments: String..., location: SourceLocation = #_sourceLocation) throws -> JSONValue {
    let outcome = try start(["ingest", "--json"] + arguments).wait(seconds: 60)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)", sourceLocation: location)
    return try outcome.json()
  }

  /// With three images that were ingested: scans/a.png, scans/b.jpg, scans/c.webp.
  static func withThreeScans() throws -> Workplace {
    let workplace = try Workplace()
    for (source, name) in [
      ("png-rgb8.png", "a.png"), ("jpeg-700x500.jpg", "b.jpg"), ("webp-1400x1001.webp", "c.webp"),
    ] {
      try workplace.copy(Repository.goodImage(source), to: "scans/\(name)")
    }
    try workplace.ingest("scans")
    return workplace
  }

  /// All that is known of all works, one a line, as text that compares.
  func catalogue() throws -> [String] {
    try run("export", "catalog", "--format", "jsonl").output.split(separator: "\n").map(String.init)
  }

  /// All works, by id.
  func works() throws -> [String: JSONValue] {
    try run("export", "catalog", "--format", "jsonl").jsonLines().reduce(into: [:]) {
      $0[$1["id"]?.string ?? ""] = $1
    }
  }

  /// Whose work each file is, by the file's path.
  func idsByFile() throws -> [String: String] {
    try works().reduce(into: [:]) { ids, work in
      for case let path? in work.value["files"]?.array.map({ $0["path"]?.string }) ?? [] {
        ids[path] = work.key
      }
    }
  }

  /// The id of the work that has a file of this name.
  func id(ofFile name: String, location: SourceLocation = #_sourceLocation) throws -> String {
    try #require(try idsByFile()[file(name).path], "no work has the file \(name)", sourceLocation: location)
  }

  /// Ids of an answer, best first.
  func similar(_ arguments: String..., location: SourceLocation = #_sourceLocation) throws -> [String] {
    let outcome = try start(["similar", "--json"] + arguments).wait(seconds: 30)
    #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: location)
    return try outcome.json()["results"]?.array.compactMap { $0["id"]?.string } ?? []
  }

  /// Expects that `verify` finds nothing.
  func expectSound(location: SourceLocation = #_sourceLocation) throws {
    let outcome = try run("verify")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)", sourceLocation: location)
  }

  private var temporary: URL { folder.url.appendingPathComponent("place/tmp") }

  private var runsAsOther: Bool {
    if case .ordinary = user { getuid() == 0 } else { false }
  }
}
